"""What the stand-in remembers: codes for 30 seconds, access tokens for 60, its own sessions for 12 hours."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
CODE_SECONDS = 30
TOKEN_SECONDS = 60
SESSION_SECONDS = 12 * 3600


@dataclass(frozen=True)
class User:
    id: str
    label: str
    sub: str
    amr: list[str]


@dataclass(frozen=True)
class Grant:
    """Who signed in, for which `nonce`, and whether `amr` was asked for."""

    user: User
    nonce: str
    with_amr: bool


class Once(Generic[T]):
    """Values behind random keys, for a number of seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.time) -> None:
        self._seconds, self._clock = seconds, clock
        self._held: dict[str, tuple[float, T]] = {}

    def put(self, value: T) -> str:
        key = secrets.token_urlsafe(32)
        self._held[key] = (self._clock() + self._seconds, value)
        return key

    def get(self, key: str) -> T | None:
        until, value = self._held.get(key, (0.0, None))
        return value if until > self._clock() else None

    def take(self, key: str) -> T | None:
        value = self.get(key)
        self._held.pop(key, None)
        return value
