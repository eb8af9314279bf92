"""The operations of the ANEF interface that the look-ups need."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn, TypeVar

import httpx2
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState

from actions.anef import _answers
from actions.anef._auth import ServiceToken
from actions.anef._channel import Answer, Channel
from actions.anef._exceptions import (
    AccessRequestClosed,
    CircuitOpen,
    CodesExhausted,
    CodeWrong,
    CredentialsRefused,
    NotTheContract,
    PersonTokenRefused,
    RequestInvalid,
    Throttled,
    TimedOut,
)

T = TypeVar("T")
Send = Callable[[dict[str, str]], Awaitable[Answer]]

WRITE_SECONDS = 3.0
READ_SECONDS = 4.2
"""A whole call, token and second try included. A turn confirms a code and reads: both fit in its eight seconds."""
FAILURES_BEFORE_OPEN = 5
OPEN_SECONDS = 15
_CIRCUIT = "anef"
_ITS_RIGHT = [Throttled, RequestInvalid, CodeWrong, CodesExhausted, AccessRequestClosed, PersonTokenRefused]
"""Refusals are answers: they close the circuit rather than open it."""
_LONGEST_WAIT = 24 * 3600


class AnefClient:
    """Every operation raises what `_exceptions` draws. One instance serves all conversations of one event loop."""

    def __init__(
        self,
        url: str,
        client_id: str,
        client_secret: str,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        open_seconds: float = OPEN_SECONDS,
    ) -> None:
        """`transport` and `open_seconds` are for tests; without them the network and the production value hold."""
        self._channel = Channel(url, transport)
        self._token = ServiceToken(self._channel, client_id, client_secret)
        self._breakers = AsyncCircuitBreakerFactory(FAILURES_BEFORE_OPEN, open_seconds, exclude=[*_ITS_RIGHT])

    async def open_access_request(self, identifier: dict[str, str], purpose: str, *, end_user: str, key: str) -> str:
        """Have a code sent to the contact on file, if there is one; the id of the request, in any case.

        `identifier`: {"type", "value"}; `key`: the same again has no second effect.
        """
        body = {"identifier": identifier, "purpose": purpose}
        return await self._post("/v1/access-requests", body, 202, _answers.access_request, key, end_user)

    async def confirm(self, request_id: str, code: str, *, key: str) -> _answers.Token:
        """The person's token for the right code."""
        path = f"/v1/access-requests/{request_id}/confirmation"
        return await self._post(path, {"code": code}, 200, _answers.person_token, key)

    async def reset_password(self, identifier: dict[str, str], *, end_user: str, key: str) -> None:
        """Have the reset e-mail sent to the address of the account, if there is one."""
        await self._post(
            "/v1/account/password-reset", {"identifier": identifier}, 202, _answers.accepted, key, end_user
        )

    async def applications(self, person_token: str) -> list[_answers.Application]:
        """Newest first, maybe none."""
        return await self._get("/v1/applications", person_token, _answers.applications)

    async def account(self, person_token: str) -> _answers.Account:
        return await self._get("/v1/account", person_token, _answers.account)

    async def close(self) -> None:
        await self._channel.close()

    async def _post(
        self, path: str, body: dict[str, Any], good: int, read: Callable[[Any], T], key: str, end_user: str = ""
    ) -> T:
        extra = {"Idempotency-Key": key, **({"ANEF-End-User": end_user} if end_user else {})}

        def send(headers: dict[str, str]) -> Awaitable[Answer]:
            return self._channel.send("POST", path, headers={**headers, **extra}, json=body)

        return await self._guarded(send, good, read, WRITE_SECONDS)

    async def _get(self, path: str, person_token: str, read: Callable[[Any], T]) -> T:
        def send(headers: dict[str, str]) -> Awaitable[Answer]:
            return self._channel.read(path, headers={**headers, "ANEF-Person-Token": person_token})

        return await self._guarded(send, 200, read, READ_SECONDS)

    async def _guarded(self, send: Send, good: int, read: Callable[[Any], T], seconds: float) -> T:
        try:
            async with await self._breakers.get_breaker(_CIRCUIT):
                return await self._in_time(self._authorised(send, good, read), seconds)
        except OpenedState:
            raise CircuitOpen from None

    @staticmethod
    async def _in_time(call: Awaitable[T], seconds: float) -> T:
        try:
            return await asyncio.wait_for(call, seconds)
        except asyncio.TimeoutError:
            raise TimedOut from None

    async def _authorised(self, send: Send, good: int, read: Callable[[Any], T]) -> T:
        """Send with the service token; once more with a fresh one if that was refused."""
        for _ in range(2):
            token = await self._token.get()
            answer = await send({"Authorization": f"Bearer {token}"})
            if answer.status != 401 or answer.problem() != "service-token-invalid":
                return read(answer.body) if answer.status == good else _refuse(answer)
            self._token.forget(token)
        raise CredentialsRefused


def _refuse(answer: Answer) -> NoReturn:
    """Raise what the problem means."""
    slug = answer.problem()
    if answer.status == 429:
        raise Throttled(_seconds(answer.retry_after))
    if slug == "code-wrong":
        raise CodeWrong(_attempts_left(answer.body))
    known = {
        "code-attempts-exhausted": CodesExhausted,
        "access-request-closed": AccessRequestClosed,
        "access-request-unknown": AccessRequestClosed,
        "person-token-invalid": PersonTokenRefused,
        "purpose-not-granted": PersonTokenRefused,
        "request-invalid": RequestInvalid,
        "idempotency-key-reused": RequestInvalid,
        "idempotency-in-flight": RequestInvalid,
    }
    raise known.get(slug, NotTheContract)(slug or "status")


def _seconds(header: str | None) -> int:
    """Retry-After, within reason; a minute where it says nothing usable."""
    return min(int(header), _LONGEST_WAIT) if header and header.isascii() and header.isdigit() else 60


def _attempts_left(body: dict[str, Any]) -> int:
    left = body.get("attempts_left")
    if not isinstance(left, int) or isinstance(left, bool) or not 1 <= left <= 4:
        raise NotTheContract("attempts_left")
    return left
