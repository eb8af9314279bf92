"""One turn of Rasa, through our own channel: bounded in time and size, never retried (a turn is not idempotent)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx2

MAX_BYTES = 256 * 1024


class RasaUnavailable(Exception):
    """Rasa gave no turn. `code`: unreachable, slow, busy, silent, failed or malformed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RasaClient:
    def __init__(
        self, client: httpx2.AsyncClient, url: str, secret: str, timeout: float, at_once: int, queue: float
    ) -> None:
        """`timeout` and `queue` in seconds; `at_once` turns may be under way."""
        self._client, self._url, self._timeout, self._queue = client, f"{url}/webhooks/gateway/webhook", timeout, queue
        self._headers = {"X-Channel-Secret": secret}
        self._places = asyncio.Semaphore(at_once)

    async def turn(self, sender: str, message: str, metadata: dict[str, str]) -> list[dict[str, Any]]:
        """What the dialogue says to `message`: at least one message of `bot.turn`. Raises RasaUnavailable."""
        try:
            await asyncio.wait_for(self._places.acquire(), self._queue)
        except TimeoutError:
            raise RasaUnavailable("busy") from None
        try:
            return await asyncio.wait_for(self._post(sender, message, metadata), self._timeout)
        except TimeoutError:
            raise RasaUnavailable("slow") from None
        finally:
            self._places.release()

    async def _post(self, sender: str, message: str, metadata: dict[str, str]) -> list[dict[str, Any]]:
        body = {"sender": sender, "message": message, "metadata": metadata}
        try:
            async with self._client.stream("POST", self._url, json=body, headers=self._headers) as response:
                content = bytearray()
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > MAX_BYTES:
                        raise RasaUnavailable("malformed")
        except httpx2.TimeoutException:
            raise RasaUnavailable("slow") from None
        except httpx2.HTTPError:
            raise RasaUnavailable("unreachable") from None
        if response.status_code != 200:
            raise RasaUnavailable("silent" if response.status_code == 502 else "failed")
        return _messages(bytes(content))


def _messages(content: bytes) -> list[dict[str, Any]]:
    try:
        messages = json.loads(content)["messages"]
    except (ValueError, KeyError, TypeError):
        raise RasaUnavailable("malformed") from None
    if not isinstance(messages, list) or not messages or not all(isinstance(m, dict) for m in messages):
        raise RasaUnavailable("silent")
    return messages
