"""The journal: turns and feedback, kept for editors for a while. Written by a thread of its own: no turn waits for it.

What is queued keeps its order, so that an erasure also erases what was said just before it.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import structlog

from gateway import metrics
from gateway.journal_database import Database, Row

log = structlog.get_logger()

CAPACITY = 10_000
BATCH = 200


@dataclass(frozen=True)
class _Job:
    """Rows are written together; anything else is done alone, and its result goes to `done`."""

    row: Row | None = None
    act: Callable[[Database], Any] | None = None
    done: Future[Any] | None = None


class Journal:
    """`open_` makes the database, in the thread that will use it."""

    def __init__(self, open_: Callable[[], Database]) -> None:
        self._open = open_
        self._jobs: queue.Queue[_Job | None] = queue.Queue(CAPACITY)
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._starting = threading.Lock()
        self._started = False

    def add(self, row: Row) -> None:
        """Queue a row. When the disk cannot follow, rows are dropped and counted: a lost row is not a lost turn."""
        self._start()
        try:
            self._jobs.put_nowait(_Job(row=row))
        except queue.Full:
            metrics.JOURNAL_LOST.inc()

    async def erase(self, conversation: str) -> int:
        """Rows erased, gone from the disk when this returns. Raises sqlite3.Error and the like."""
        return int(await asyncio.wrap_future(self._do(lambda database: database.erase(conversation))))

    def flush(self) -> None:
        """Wait until everything queued so far is written."""
        self._do(lambda database: None).result()

    def close(self) -> None:
        """Write what is queued, and end."""
        if self._started:
            self._jobs.put(None)
            self._thread.join()

    def _do(self, act: Callable[[Database], Any]) -> Future[Any]:
        self._start()
        done: Future[Any] = Future()
        self._jobs.put(_Job(act=act, done=done))
        return done

    def _start(self) -> None:
        with self._starting:
            if not self._started:
                self._started = True
                self._thread.start()

    def _work(self) -> None:
        database = self._open()
        going = True
        while going:
            rows: list[Row] = []
            for job in self._waiting():
                if job is not None and job.row is not None:
                    rows.append(job.row)
                    continue
                _write(database, rows)
                rows = []
                if job is None:
                    going = False
                else:
                    _act(database, job)
            _write(database, rows)

    def _waiting(self) -> Iterator[_Job | None]:
        """The next job, however long it takes, and those that are queued behind it already."""
        yield self._jobs.get()
        for _ in range(BATCH):
            try:
                yield self._jobs.get_nowait()
            except queue.Empty:
                return


def _write(database: Database, rows: list[Row]) -> None:
    if not rows:
        return
    try:
        database.add(rows)
    except Exception as error:  # the assistant goes on without its journal
        metrics.JOURNAL_LOST.inc(len(rows))
        log.error("journal.failed", error=type(error).__name__, rows=len(rows))


def _act(database: Database, job: _Job) -> None:
    assert job.act is not None and job.done is not None
    try:
        job.done.set_result(job.act(database))
    except Exception as error:
        job.done.set_exception(error)
