"""HTTP to the interface: bounded in time and size, retried where that is harmless. Knows nothing of its operations."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
import stamina

from actions.anef._exceptions import NoConnection, NotTheContract, ServerFailed, TimedOut

TRY_SECONDS = 2.0
READ_TRIES = 2
_PASSING = (502, 503, 504)
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """A status under 500 and a JSON body (None when there is none)."""

    status: int
    body: Any
    retry_after: str | None

    def problem(self) -> str:
        """The slug of a problem+json, or an empty string."""
        type_ = self.body.get("type") if isinstance(self.body, dict) else None
        return type_.rpartition(":")[2] if isinstance(type_, str) else ""


class Channel:
    """`transport` stands in for the network in tests."""

    def __init__(self, url: str, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._http = httpx2.AsyncClient(
            base_url=url, transport=transport, timeout=TRY_SECONDS, follow_redirects=False, trust_env=False
        )

    async def send(self, method: str, path: str, *, headers: Mapping[str, str], **content: Any) -> Answer:
        """One try, for what must not happen twice. Raises NoConnection, TimedOut, ServerFailed, NotTheContract."""
        try:
            return await asyncio.wait_for(self._try(method, path, headers, content), TRY_SECONDS)
        except asyncio.TimeoutError:
            raise TimedOut from None

    async def read(self, path: str, *, headers: Mapping[str, str]) -> Answer:
        """A GET, tried once more after a failure that may pass. Raises as `send` does."""
        tries = stamina.retry_context(
            on=_may_pass, attempts=READ_TRIES, timeout=None, wait_initial=0.05, wait_max=0.2, wait_jitter=0.1
        )
        async for attempt in tries:
            with attempt:
                return await self.send("GET", path, headers=headers)
        raise AssertionError("unreachable: the last attempt raises")

    async def close(self) -> None:
        await self._http.aclose()

    async def _try(self, method: str, path: str, headers: Mapping[str, str], content: Mapping[str, Any]) -> Answer:
        body = bytearray()
        try:
            async with self._http.stream(method, path, headers=dict(headers), **content) as response:
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > _MOST_BYTES:
                        raise NotTheContract("size")
        except httpx2.TimeoutException:
            raise TimedOut from None
        except httpx2.DecodingError:
            raise NotTheContract("encoding") from None
        except httpx2.HTTPError:
            raise NoConnection from None
        if response.status_code >= 500:
            raise ServerFailed(response.status_code)
        return Answer(response.status_code, _json(bytes(body)), response.headers.get("Retry-After"))


def _may_pass(error: Exception) -> bool:
    return isinstance(error, NoConnection) or (isinstance(error, ServerFailed) and error.status in _PASSING)


def _json(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:  # also what is not UTF-8
        raise NotTheContract("json") from None
