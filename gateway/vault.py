"""The vault: values that may live for minutes only, by reference, for one owner.

An interface that Redis can fill later; in memory for now. Nothing else holds an identifier.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Vault(Protocol):
    def put(self, owner: str, kind: str, value: Any, seconds: float) -> str: ...

    def get(self, owner: str, reference: str) -> Any | None: ...

    def take(self, owner: str, reference: str) -> Any | None: ...

    def forget(self, owner: str) -> None: ...


@dataclass
class _Held:
    owner: str
    kind: str
    value: Any
    until: float


class MemoryVault:
    """Keeps values in this process. `owner` is a sender id; a reference of another owner is as good as unknown."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: dict[str, _Held] = {}

    def put(self, owner: str, kind: str, value: Any, seconds: float) -> str:
        """Keep `value` for `seconds`; returns a reference of 16 hex digits that says nothing of the value."""
        self._sweep()
        reference = secrets.token_hex(8)
        self._held[reference] = _Held(owner, kind, value, self._clock() + seconds)
        return reference

    def get(self, owner: str, reference: str) -> Any | None:
        """The value, or None when it is unknown, someone else's or past its time."""
        held = self._held.get(reference)
        if held is None or held.owner != owner or held.until <= self._clock():
            return None
        return held.value

    def take(self, owner: str, reference: str) -> Any | None:
        """The value, once."""
        value = self.get(owner, reference)
        if value is not None:
            del self._held[reference]
        return value

    def forget(self, owner: str) -> None:
        """Drop everything that `owner` has here."""
        for reference in [r for r, held in self._held.items() if held.owner == owner]:
            del self._held[reference]

    def _sweep(self) -> None:
        now = self._clock()
        for reference in [r for r, held in self._held.items() if held.until <= now]:
            del self._held[reference]
