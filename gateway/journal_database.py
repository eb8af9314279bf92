"""The journal's tables, and everything that writes to them. SQLite; PostgreSQL can fill the same `Database` later.

What stands in them is masked before (gateway.masking): no identifier, and no text at all of a look-up. `conversation`
is a sender id, from which nobody gets back to a conversation without the server's key.
"""

from __future__ import annotations

import hashlib
import math
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.text import normalise

JOURNAL_FILE = "journal.db"
WAIT_SECONDS = 15.0
"""How long a writer waits for another: longer than any of our transactions."""
CHUNK = 500
"""Rows deleted in one transaction, so that a purge never keeps a turn waiting."""
_WORD = re.compile(r"\w+")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS turns (
  id INTEGER PRIMARY KEY, at REAL NOT NULL, conversation TEXT NOT NULL, surface TEXT NOT NULL, text TEXT,
  likeness TEXT, kind TEXT NOT NULL, topic TEXT, decision TEXT NOT NULL, seconds REAL NOT NULL);
CREATE INDEX IF NOT EXISTS turns_conversation ON turns (conversation);
CREATE INDEX IF NOT EXISTS turns_at ON turns (at);
CREATE TABLE IF NOT EXISTS feedback (
  id INTEGER PRIMARY KEY, at REAL NOT NULL, conversation TEXT, message TEXT, entry TEXT, version TEXT,
  kind TEXT NOT NULL, useful INTEGER NOT NULL, reason TEXT, text TEXT, likeness TEXT, UNIQUE (conversation, message));
CREATE INDEX IF NOT EXISTS feedback_at ON feedback (at);
CREATE TABLE IF NOT EXISTS reports (
  id INTEGER PRIMARY KEY, at REAL NOT NULL, actor TEXT NOT NULL, sort TEXT NOT NULL, entry TEXT, version TEXT,
  text TEXT, likeness TEXT);
CREATE TABLE IF NOT EXISTS sorting (
  likeness TEXT PRIMARY KEY, state TEXT NOT NULL, actor TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS daily_turns (
  day TEXT, surface TEXT, kind TEXT, topic TEXT, count INTEGER NOT NULL, PRIMARY KEY (day, surface, kind, topic));
CREATE TABLE IF NOT EXISTS daily_times (
  day TEXT, bucket INTEGER, count INTEGER NOT NULL, PRIMARY KEY (day, bucket));
"""
_UNUSED = """DELETE FROM sorting WHERE likeness NOT IN (
  SELECT likeness FROM turns WHERE likeness IS NOT NULL UNION SELECT likeness FROM feedback WHERE likeness IS NOT NULL
  UNION SELECT likeness FROM reports WHERE likeness IS NOT NULL)"""


@dataclass(frozen=True)
class Turn:
    """`text`: the person's words, masked; None for a look-up. `decision`: the string or part that was said."""

    conversation: str
    surface: str
    text: str | None
    kind: str
    topic: str | None
    decision: str
    seconds: float
    at: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Feedback:
    """A judgement of one message. A second one of the same message replaces the first."""

    conversation: str
    message: str
    entry: str | None
    version: str | None
    kind: str
    useful: bool
    reason: str | None
    text: str | None
    at: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Report:
    """What an agent found `wrong` or `missing`; `text` masked."""

    actor: str
    sort: str
    entry: str | None
    version: str | None
    text: str
    at: float = field(default_factory=time.time)


Row = Turn | Feedback | Report


class Database(Protocol):
    def add(self, rows: Iterable[Row]) -> None: ...

    def erase(self, conversation: str) -> int: ...

    def purge(self, texts_before: float, rows_before: float) -> dict[str, int]: ...


class SqliteDatabase:
    """One connection; each thread opens its own. Deleted bytes are overwritten, in the file and in the log."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path)
        self._connection.executescript(_SCHEMA)

    def add(self, rows: Iterable[Row]) -> None:
        """All of `rows` in one transaction."""
        with transaction(self._connection) as write:
            for row in rows:
                if isinstance(row, Turn):
                    _add_turn(write, row)
                elif isinstance(row, Feedback):
                    values = (*_named(row), likeness(row.text))
                    write.execute(f"INSERT OR REPLACE INTO feedback ({_FEEDBACK}) VALUES ({_marks(values)})", values)
                else:
                    values = (*_named(row), likeness(row.text))
                    write.execute(f"INSERT INTO reports ({_REPORT}) VALUES ({_marks(values)})", values)

    def sort(self, likenesses: Iterable[str], state: str, actor: str) -> None:
        """Put every text with one of these likenesses into `state`."""
        rows = [(each, state, actor, time.time()) for each in likenesses]
        with transaction(self._connection) as write:
            write.executemany("INSERT OR REPLACE INTO sorting VALUES (?, ?, ?, ?)", rows)

    def erase(self, conversation: str) -> int:
        """Everything of one conversation, out of the files too. Daily counts stay: they point to nobody."""
        with transaction(self._connection) as write:
            gone = write.execute("DELETE FROM turns WHERE conversation = ?", (conversation,)).rowcount
            gone += write.execute("DELETE FROM feedback WHERE conversation = ?", (conversation,)).rowcount
            write.execute(_UNUSED)
        self.empty_log()
        return gone

    def purge(self, texts_before: float, rows_before: float) -> dict[str, int]:
        """Turns older than `texts_before` go; feedback and reports lose text and conversation, and go at
        `rows_before` (both in seconds since the epoch). Returns what was done, by name."""
        done = {
            "turns": self._in_chunks("DELETE FROM turns WHERE id IN (SELECT id FROM turns WHERE at < ?", texts_before)
        }
        for table, nothing in (
            ("feedback", "text = NULL, likeness = NULL, conversation = NULL, message = NULL"),
            ("reports", "text = NULL, likeness = NULL"),
        ):
            some = "text IS NOT NULL" if table == "reports" else "conversation IS NOT NULL"
            done[f"{table}_without_text"] = self._in_chunks(
                f"UPDATE {table} SET {nothing} WHERE id IN (SELECT id FROM {table} WHERE {some} AND at < ?",
                texts_before,
            )
            done[table] = self._in_chunks(
                f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE at < ?", rows_before
            )
        with transaction(self._connection) as write:
            done["sorting"] = write.execute(_UNUSED).rowcount
        self.empty_log()
        return done

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        return self._connection.execute(query, values).fetchall()

    def empty_log(self) -> None:
        """Write-ahead log into the file, then cut to nothing: what was deleted is nowhere."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._connection.close()

    def _in_chunks(self, statement: str, before: float) -> int:
        total = 0
        while True:
            with transaction(self._connection) as write:
                done = write.execute(f"{statement} LIMIT {CHUNK})", (before,)).rowcount
            total += done
            if done < CHUNK:
                return total
            time.sleep(0.01)  # others write in between


def connect(path: Path) -> sqlite3.Connection:
    """A connection that waits for others, overwrites what it deletes, and leaves transactions to us."""
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA secure_delete=ON")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """IMMEDIATE: a transaction that began by reading could not wait for another writer, and would fail."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def likeness(text: str | None) -> str | None:
    """The same for texts that differ in case, accents, signs and shorthand only: what a state of the inbox hangs on."""
    return hashlib.sha256(" ".join(_WORD.findall(normalise(text))).encode()).hexdigest()[:12] if text else None


def bucket(seconds: float) -> int:
    """A class of durations: twenty to a power of ten, so that a percentile is right to one part in eight."""
    return math.ceil(20 * math.log10(max(seconds, 0.001)))


def bucket_seconds(number: int) -> float:
    """The longest duration of a class."""
    return float(10 ** (number / 20))


_TURN = "conversation, surface, text, kind, topic, decision, seconds, at, likeness"
_FEEDBACK = "conversation, message, entry, version, kind, useful, reason, text, at, likeness"
_REPORT = "actor, sort, entry, version, text, at, likeness"


def _add_turn(write: sqlite3.Connection, turn: Turn) -> None:
    values = (*_named(turn), likeness(turn.text))
    write.execute(f"INSERT INTO turns ({_TURN}) VALUES ({_marks(values)})", values)
    day = datetime.fromtimestamp(turn.at, UTC).date().isoformat()
    counted = (day, turn.surface, turn.kind, turn.topic or "")
    write.execute("INSERT INTO daily_turns VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1", counted)
    timed = (day, bucket(turn.seconds))
    write.execute("INSERT INTO daily_times VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1", timed)


def _named(row: Row) -> tuple[object, ...]:
    return tuple(vars(row).values())


def _marks(values: tuple[object, ...]) -> str:
    return ", ".join("?" * len(values))
