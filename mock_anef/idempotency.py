"""`Idempotency-Key`: a POST that is sent again gets the first answer again, and has no second effect."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Header
from fastapi.responses import Response
from pydantic import BaseModel, SecretStr

from mock_anef.clock import Clock
from mock_anef.problems import Problem
from mock_anef.security import keyed_hash
from mock_anef.storage import Database

# Short, because a confirmation's answer holds a token; long enough for any retry.
KEPT_SECONDS = 600
# An answer of these is worth keeping although it is an error: the attempt was counted, and must not be again.
FINAL_ERRORS = {403, 404, 410}

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern="^[0-9A-Za-z_-]{16,64}$",
        description="A value that is new for each intended effect, such as a UUID. Remembered for 10 minutes.",
    ),
]


class Idempotency:
    def __init__(self, database: Database, clock: Clock, pepper: SecretStr) -> None:
        self._database = database
        self._clock = clock
        self._pepper = pepper

    async def once(
        self, key: str | None, operation: str, body: BaseModel, produce: Callable[[], Awaitable[Response]]
    ) -> Response:
        """The stored answer, or that of `produce`. Raises `idempotency-key-reused` and `idempotency-in-flight`.

        A 429, a 5xx or a crash is not stored: the same key may be tried again.
        """
        if key is None:
            return await produce()
        hashed = keyed_hash(self._pepper, "idempotency", operation, key)
        stored = self._reserve(hashed, keyed_hash(self._pepper, "body", body.model_dump_json()))
        if stored is not None:
            return stored
        try:
            answer = await produce()
        except Problem as problem:
            if problem.status not in FINAL_ERRORS:
                self._release(hashed)
                raise
            answer = problem.response()
        except BaseException:
            self._release(hashed)
            raise
        self._store(hashed, answer)
        return answer

    def _reserve(self, hashed: str, fingerprint: str) -> Response | None:
        now = self._clock.now().timestamp()
        with self._database.transaction() as sql:
            sql.execute("DELETE FROM idempotency WHERE key = ? AND expires_at <= ?", (hashed, now))
            row = sql.execute("SELECT * FROM idempotency WHERE key = ?", (hashed,)).fetchone()
            if row is None:
                sql.execute(
                    "INSERT INTO idempotency (key, fingerprint, expires_at) VALUES (?, ?, ?)",
                    (hashed, fingerprint, now + KEPT_SECONDS),
                )
                return None
        if row["fingerprint"] != fingerprint:
            raise Problem("idempotency-key-reused")
        if row["status"] is None:
            raise Problem("idempotency-in-flight")
        return Response(row["body"], row["status"], media_type=row["media_type"])

    def _release(self, hashed: str) -> None:
        with self._database.transaction() as sql:
            sql.execute("DELETE FROM idempotency WHERE key = ?", (hashed,))

    def _store(self, hashed: str, answer: Response) -> None:
        with self._database.transaction() as sql:
            sql.execute(
                "UPDATE idempotency SET status = ?, media_type = ?, body = ? WHERE key = ?",
                (answer.status_code, answer.media_type, bytes(answer.body), hashed),
            )
