"""The staff list: who may enter, with which roles. ProConnect says who someone is, never what they may do here.

    agent-1: {sub: "3f2c…", roles: [agent]}

Only one issuer is trusted and checked at each sign-in, so `sub` alone names a member (ASVS 6.8.1).
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import yaml

from console.sessions import Member, Role


class StaffError(ValueError):
    """The list does not have the agreed shape; the message names the member."""


class Staff:
    """Reads the file again when it changes, so that a removal takes effect at the member's next request."""

    def __init__(self, path: Path) -> None:
        self._path, self._read_at = path, 0
        self._by_sub: dict[str, Member] = {}
        self._refresh()

    def of_subject(self, sub: str) -> Member | None:
        self._refresh()
        return self._by_sub.get(sub)

    def still(self, member: Member) -> bool:
        """Whether the member is on the list with the same roles."""
        self._refresh()
        return member in self._by_sub.values()

    def _refresh(self) -> None:
        changed = self._path.stat().st_mtime_ns
        if changed != self._read_at:
            self._by_sub, self._read_at = read(self._path), changed


def read(path: Path) -> dict[str, Member]:
    """`sub` → member. Raises StaffError."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    found: dict[str, Member] = {}
    for actor, line in raw.items():
        roles = frozenset(line.get("roles", []))
        if not line.get("sub") or line["sub"] in found or not roles <= set(get_args(Role)):
            raise StaffError(f"{actor}: a sub of its own and known roles are expected")
        found[line["sub"]] = Member(actor, roles)
    return found
