"""Sign-ins under way: each `state` with its nonce and the browser that began it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

from console.oidc import SignInFailed

PENDING_SECONDS = 600
MOST = 5000
"""Beyond, the oldest goes: anybody can begin a sign-in, nobody may fill the memory with them."""


class Pending:
    """Each sign-in is good once, in the browser that began it."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._held: dict[str, tuple[float, str, bytes]] = {}

    def begin(self, browser: str) -> tuple[str, str]:
        """A new `state` and `nonce`, 43 characters each (ProConnect asks for 32)."""
        now = self._clock()
        self._held = {state: kept for state, kept in self._held.items() if kept[0] > now}
        while len(self._held) >= MOST:
            del self._held[next(iter(self._held))]
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._held[state] = (now + PENDING_SECONDS, nonce, _hash(browser))
        return state, nonce

    def end(self, state: str, browser: str) -> str:
        """The nonce. Raises SignInFailed when this browser did not begin this sign-in, or not lately."""
        until, nonce, begun_by = self._held.pop(state, (0.0, "", b""))
        if until <= self._clock() or not hmac.compare_digest(begun_by, _hash(browser)):
            raise SignInFailed("state")
        return nonce


def _hash(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()
