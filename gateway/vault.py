"""The vault: values that may live for minutes only, by reference, for one owner.

An interface that Redis can fill later; in memory for now. Nothing else holds an identifier, a token or a card.
"""

from __future__ import annotations

import heapq
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

MOST_OF_ONE_OWNER = 300


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

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST_OF_ONE_OWNER) -> None:
        """`most`: values of one owner; with more, the oldest goes, so that nobody fills the memory."""
        self._clock, self._most = clock, most
        self._held: dict[str, _Held] = {}
        self._due: list[tuple[float, str]] = []
        self._of_owner: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def put(self, owner: str, kind: str, value: Any, seconds: float) -> str:
        """Keep `value` for `seconds`; returns a reference of 16 hex digits that says nothing of the value."""
        self._sweep()
        reference = secrets.token_hex(8)
        held = _Held(owner, kind, value, self._clock() + seconds)
        self._held[reference] = held
        self._of_owner[owner][reference] = None
        heapq.heappush(self._due, (held.until, reference))
        if len(self._of_owner[owner]) > self._most:
            self._drop(next(iter(self._of_owner[owner])))
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
            self._drop(reference)
        return value

    def forget(self, owner: str) -> None:
        """Drop everything that `owner` has here."""
        for reference in list(self._of_owner.get(owner, ())):
            self._drop(reference)

    def __len__(self) -> int:
        return len(self._held)

    def _sweep(self) -> None:
        while self._due and self._due[0][0] <= self._clock():
            self._drop(heapq.heappop(self._due)[1])

    def _drop(self, reference: str) -> None:
        held = self._held.pop(reference, None)
        if held is None:  # taken or forgotten before its time
            return
        own = self._of_owner[held.owner]
        del own[reference]
        if not own:
            del self._of_owner[held.owner]
