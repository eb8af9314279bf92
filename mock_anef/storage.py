"""The SQLite database: its tables, and transactions on its one connection."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Times are seconds since 1970. Codes, tokens, and whatever is made from a number are kept as keyed hashes only.
SCHEMA = """
CREATE TABLE IF NOT EXISTS person (
    persona TEXT PRIMARY KEY,
    contact TEXT NOT NULL,
    account TEXT NOT NULL,
    applications TEXT NOT NULL,
    fault TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS identifier (
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    persona TEXT NOT NULL,
    PRIMARY KEY (type, value)
);
CREATE TABLE IF NOT EXISTS access_request (
    id TEXT PRIMARY KEY,
    persona TEXT,
    purpose TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    expires_at REAL NOT NULL,
    confirmed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS token (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    persona TEXT,
    purpose TEXT,
    expires_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS hit (
    bucket TEXT NOT NULL,
    at REAL NOT NULL,
    expires_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS hit_bucket ON hit (bucket, at);
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status INTEGER,
    media_type TEXT,
    body BLOB,
    expires_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sent_at REAL NOT NULL,
    channel TEXT,
    recipient TEXT,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    code TEXT,
    persona TEXT,
    access_request TEXT,
    expires_at REAL NOT NULL
);
"""
SHORT_LIVED = ("access_request", "token", "hit", "idempotency", "message")


class Database:
    """One connection behind one lock.

    Calls are synchronous although the handlers are not: each takes well under a millisecond, and no transaction
    is held across an `await`.
    """

    def __init__(self, path: str) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything done inside is kept, or, when an exception leaves the block, none of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def purge(self, now: float) -> None:
        """Delete every row whose time is over."""
        with self.transaction() as sql:
            for table in SHORT_LIVED:
                sql.execute(f"DELETE FROM {table} WHERE expires_at <= ?", (now,))
