"""The service token: OAuth 2.0 client credentials, kept until shortly before its end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import httpx2

from actions.anef import _answers
from actions.anef._channel import Channel
from actions.anef._exceptions import CredentialsRefused, NotTheContract

_MARGIN_SECONDS = 30
"""Renewed this long before the end, so that no call meets a token that dies on the way."""


class ServiceToken:
    def __init__(
        self, channel: Channel, client_id: str, client_secret: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._channel, self._clock = channel, clock
        self._credentials = httpx2.BasicAuth(client_id, client_secret)
        self._value: str | None = None
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def get(self) -> str:
        """The present token, or a new one; calls that come together fetch one. Raises CredentialsRefused."""
        async with self._lock:
            if self._value is None or self._clock() >= self._until:
                await self._fetch()
            assert self._value is not None
            return self._value

    def forget(self, refused: str) -> None:
        """Drop `refused`, unless somebody renewed it meanwhile."""
        if self._value == refused:
            self._value = None

    async def _fetch(self) -> None:
        form = {"grant_type": "client_credentials"}
        answer = await self._channel.send("POST", "/oauth/token", headers={}, data=form, auth=self._credentials)
        if answer.status in (400, 401):
            raise CredentialsRefused
        if answer.status != 200:
            raise NotTheContract("status")
        token = _answers.service_token(answer.body)
        self._value, self._until = token.value, self._clock() + token.seconds - _MARGIN_SECONDS
