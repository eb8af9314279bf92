"""Access requests: a six-digit code goes to the contact on file, and opens that person's data once.

A request for a number that nobody holds is stored and checked exactly like any other; only, no code can be right.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from mock_anef.clock import Clock
from mock_anef.models import Identifier, Purpose
from mock_anef.problems import Problem
from mock_anef.security import Grant, keyed_hash
from mock_anef.storage import Database

CODE_LIFETIME = timedelta(minutes=10)
CODES_PER_REQUEST = 5
# Closed requests are remembered for a while, so that a late code is told « closed » and not « unknown ».
KEPT_AFTER_EXPIRY = timedelta(hours=1)


@dataclass(frozen=True)
class OpenedRequest:
    """`persona` is None when nobody holds the number; `code` exists all the same."""

    id: str
    expires_at: datetime
    persona: str | None
    code: str


class AccessRequests:
    def __init__(self, database: Database, clock: Clock, pepper: SecretStr) -> None:
        self._database = database
        self._clock = clock
        self._pepper = pepper

    def open(self, persona: str | None, purpose: Purpose) -> OpenedRequest:
        """Store a request and draw its code. Requests for one number do not disturb each other."""
        # Whole seconds: the answer has the same length every time.
        expires_at = self._clock.now().replace(microsecond=0) + CODE_LIFETIME
        request = OpenedRequest(secrets.token_urlsafe(24), expires_at, persona, f"{secrets.randbelow(10**6):06}")
        with self._database.transaction() as sql:
            sql.execute(
                "INSERT INTO access_request (id, persona, purpose, code_hash, expires_at) VALUES (?, ?, ?, ?, ?)",
                (
                    request.id,
                    persona,
                    purpose,
                    self._hash(request.id, request.code),
                    (expires_at + KEPT_AFTER_EXPIRY).timestamp(),
                ),
            )
        return request

    def confirm(self, request_id: str, code: str) -> Grant:
        """Use one attempt. Raises `access-request-unknown`, `access-request-closed`, `code-attempts-exhausted`,
        `code-wrong` (with `attempts_left`)."""
        with self._database.transaction() as sql:
            row = sql.execute("SELECT * FROM access_request WHERE id = ?", (request_id,)).fetchone()
            if row is None:
                raise Problem("access-request-unknown")
            code_expires_at = datetime.fromtimestamp(row["expires_at"], UTC) - KEPT_AFTER_EXPIRY
            if row["confirmed"] or self._clock.now() >= code_expires_at:
                raise Problem("access-request-closed")
            if row["attempts"] >= CODES_PER_REQUEST:
                raise Problem("code-attempts-exhausted")
            same = hmac.compare_digest(row["code_hash"], self._hash(request_id, code))
            right = same and row["persona"] is not None
            attempts = row["attempts"] + 1
            sql.execute(
                "UPDATE access_request SET attempts = ?, confirmed = ? WHERE id = ?", (attempts, right, request_id)
            )
        if right:
            return Grant(row["persona"], row["purpose"])
        if attempts >= CODES_PER_REQUEST:
            raise Problem("code-attempts-exhausted")
        raise Problem("code-wrong", attempts_left=CODES_PER_REQUEST - attempts)

    def _hash(self, request_id: str, code: str) -> str:
        """Bound to its request: the code of one request is wrong for all others."""
        return keyed_hash(self._pepper, "code", request_id, code)


def find_persona(database: Database, identifier: Identifier) -> str | None:
    """Who holds this number, if anybody."""
    with database.transaction() as sql:
        row = sql.execute(
            "SELECT persona FROM identifier WHERE type = ? AND value = ?", (identifier.type, identifier.key())
        ).fetchone()
    return row and row["persona"]
