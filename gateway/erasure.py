"""Erasure: a conversation leaves no trace, wherever parts of it are kept."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Protocol

import structlog

from gateway import metrics
from gateway.conversations import Conversation, Conversations
from gateway.journal import Journal
from gateway.journal_database import CHUNK, connect, transaction
from gateway.vault import Vault

log = structlog.get_logger()

REQUESTS = "erasures"
WATCH_SECONDS = 5.0


class Trackers(Protocol):
    """Rasa's tracker store, which can forget nothing by itself."""

    def forget(self, sender: str) -> int: ...

    def purge(self, before: float) -> int: ...


class SqliteTrackers:
    """Rasa's own SQLite file, beside Rasa: in WAL mode neither waits for the other longer than one transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def forget(self, sender: str) -> int:
        """Delete every event of `sender`, out of the file and its log. Returns how many there were."""
        connection = self._connect()
        if connection is None:
            return 0
        try:
            with transaction(connection) as write:
                gone = write.execute("DELETE FROM events WHERE sender_id = ?", (sender,)).rowcount
            if gone:
                _out_of_the_files(connection)
            return gone
        finally:
            connection.close()

    def purge(self, before: float) -> int:
        """Delete conversations whose last event is older than `before` (seconds since the epoch), a few at a time."""
        connection = self._connect()
        if connection is None:
            return 0
        old = "SELECT sender_id FROM events GROUP BY sender_id HAVING MAX(timestamp) < ?"
        gone = 0
        try:
            for (sender,) in connection.execute(old, (before,)).fetchall():
                done = CHUNK
                while done == CHUNK:
                    with transaction(connection) as write:
                        done = write.execute(
                            f"DELETE FROM events WHERE id IN (SELECT id FROM events WHERE sender_id = ? LIMIT {CHUNK})",
                            (sender,),
                        ).rowcount
                    gone += done
            if gone:
                _out_of_the_files(connection)
            return gone
        finally:
            connection.close()

    def _connect(self) -> sqlite3.Connection | None:
        """None before Rasa has made its table."""
        if not self._path.exists():
            return None
        connection = connect(self._path)
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            return connection
        connection.close()
        return None


def _out_of_the_files(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Erasure:
    """Erases conversations: memory, vault, journal, tracker.

    A turn that the gateway gave up may still end in Rasa and write: databases are gone over once more a little later.
    """

    def __init__(
        self, conversations: Conversations, vault: Vault, journal: Journal, trackers: Trackers, later: float
    ) -> None:
        """`later`: seconds after which no turn can be under way."""
        self._conversations, self._vault = conversations, vault
        self._journal, self._trackers, self._later = journal, trackers, later
        self._again: dict[str, asyncio.Task[None]] = {}

    async def forget(self, conversation: Conversation) -> None:
        """When this returns nothing of it is left. Raises an error of the database if something is."""
        self._conversations.forget(conversation)
        async with conversation.lock:  # a turn under way ends first
            await self.forget_sender(conversation.sender)

    async def forget_sender(self, sender: str) -> None:
        self._vault.forget(sender)
        await self._databases(sender)
        metrics.ERASURES.inc()
        self._again[sender] = asyncio.create_task(self._once_more(sender))

    async def forget_probe(self, sender: str) -> None:
        """The events of a synthetic turn. When it fails, the next one tries again."""
        try:
            await asyncio.to_thread(self._trackers.forget, sender)
        except Exception as error:
            log.warning("erasure.probe_failed", error=type(error).__name__)

    async def watch(self, data_dir: Path) -> None:
        """Carry out requests that the command (deploy.retention) leaves: files named after a sender."""
        while True:
            for request in sorted((data_dir / REQUESTS).glob("*")):
                await self._carry_out(request)
            await asyncio.sleep(WATCH_SECONDS)

    async def _carry_out(self, request: Path) -> None:
        try:
            living = self._conversations.with_sender(request.name)
            await (self.forget(living) if living else self.forget_sender(request.name))
        except Exception as error:  # the file stays, for another try
            log.error("erasure.failed", error=type(error).__name__)
        else:
            request.unlink(missing_ok=True)

    async def close(self) -> None:
        """Do now what was to be done later."""
        for sender, task in list(self._again.items()):
            task.cancel()
            await self._databases(sender)

    async def _once_more(self, sender: str) -> None:
        await asyncio.sleep(self._later)
        try:
            await self._databases(sender)
        except Exception as error:
            log.error("erasure.failed", error=type(error).__name__)
        finally:
            self._again.pop(sender, None)

    async def _databases(self, sender: str) -> None:
        rows = await self._journal.erase(sender)
        events = await asyncio.to_thread(self._trackers.forget, sender)
        log.info("erasure", rows=rows, events=events)
