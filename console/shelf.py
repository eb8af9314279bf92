"""What each member keeps at hand: favourite entries, and those they opened last. Entry ids, nothing else."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

RECENT = 8
FAVOURITES = 30


class Shelf:
    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._clock = path, clock
        with closing(self._open()) as sql, sql:
            sql.execute("PRAGMA journal_mode=WAL")
            sql.execute(
                "CREATE TABLE IF NOT EXISTS shelf (actor TEXT, kind TEXT, entry TEXT, at REAL, "
                "PRIMARY KEY (actor, kind, entry))"
            )

    def favourites(self, actor: str) -> list[str]:
        """Ids, the latest first."""
        return self._read(actor, "favourite", FAVOURITES)

    def recent(self, actor: str) -> list[str]:
        return self._read(actor, "recent", RECENT)

    def opened(self, actor: str, entry: str) -> None:
        self._put(actor, "recent", entry)

    def toggle(self, actor: str, entry: str) -> bool:
        """Keep `entry` as a favourite, or no longer; whether it is one now."""
        with closing(self._open()) as sql, sql:
            gone = sql.execute(
                "DELETE FROM shelf WHERE actor = ? AND kind = 'favourite' AND entry = ?", (actor, entry)
            ).rowcount
        if not gone:
            self._put(actor, "favourite", entry)
        return not gone

    def _put(self, actor: str, kind: str, entry: str) -> None:
        with closing(self._open()) as sql, sql:
            sql.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?)", (actor, kind, entry, self._clock()))

    def _read(self, actor: str, kind: str, most: int) -> list[str]:
        with closing(self._open()) as sql:
            rows = sql.execute(
                "SELECT entry FROM shelf WHERE actor = ? AND kind = ? ORDER BY at DESC LIMIT ?", (actor, kind, most)
            )
            return [entry for (entry,) in rows]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=5)
