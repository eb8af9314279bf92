"""Who is calling: the service (OAuth 2.0 client credentials) and, for personal data, the verified person."""

import base64
import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote_plus

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, OAuth2
from pydantic import SecretStr

from mock_anef.clock import Clock
from mock_anef.models import Purpose
from mock_anef.problems import TOKEN_PATH, Problem
from mock_anef.storage import Database

SERVICE_TOKEN_SECONDS = 600
PERSON_TOKEN_SECONDS = 300
PERSON_HEADER = "ANEF-Person-Token"

service_scheme = OAuth2(
    flows={"clientCredentials": {"tokenUrl": TOKEN_PATH, "scopes": {}}},
    scheme_name="service",
    description="Token of the calling service.",
    auto_error=False,
)
person_scheme = APIKeyHeader(
    name=PERSON_HEADER,
    scheme_name="person",
    description="Token given by the confirmation of an access request. It is worth nothing without the service's.",
    auto_error=False,
)


def keyed_hash(pepper: SecretStr, *parts: str) -> str:
    """Hexadecimal HMAC of the parts, which cannot run into each other."""
    message = b"".join(len(part).to_bytes(4) + part for part in (text.encode() for text in parts))
    return hmac.digest(pepper.get_secret_value().encode(), message, hashlib.sha256).hex()


@dataclass(frozen=True)
class Grant:
    """What a person's token opens: whose data, and which part of it."""

    persona: str
    purpose: Purpose


class Tokens:
    """Opaque tokens, kept as hashes."""

    def __init__(self, database: Database, clock: Clock, pepper: SecretStr) -> None:
        self._database = database
        self._clock = clock
        self._pepper = pepper

    def issue_service(self) -> str:
        return self._issue("service", None, None, SERVICE_TOKEN_SECONDS)

    def issue_person(self, grant: Grant) -> str:
        return self._issue("person", grant.persona, grant.purpose, PERSON_TOKEN_SECONDS)

    def service_is_valid(self, token: str) -> bool:
        return self._find("service", token) is not None

    def grant_of(self, token: str) -> Grant | None:
        """None when the token is unknown or its time is over."""
        row = self._find("person", token)
        return Grant(row["persona"], row["purpose"]) if row else None

    def _issue(self, kind: str, persona: str | None, purpose: str | None, seconds: int) -> str:
        token = secrets.token_urlsafe(32)
        expires_at = self._clock.now().timestamp() + seconds
        with self._database.transaction() as sql:
            row = (keyed_hash(self._pepper, kind, token), kind, persona, purpose, expires_at)
            sql.execute("INSERT INTO token VALUES (?, ?, ?, ?, ?)", row)
        return token

    def _find(self, kind: str, token: str) -> sqlite3.Row | None:
        with self._database.transaction() as sql:
            return sql.execute(
                "SELECT persona, purpose FROM token WHERE hash = ? AND kind = ? AND expires_at > ?",
                (keyed_hash(self._pepper, kind, token), kind, self._clock.now().timestamp()),
            ).fetchone()


def basic_credentials(header: str) -> tuple[str, str] | None:
    """Client id and secret of an `Authorization: Basic` header (RFC 6749 section 2.3.1), or None."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:  # not base64, or not UTF-8
        return None
    return (unquote_plus(client_id), unquote_plus(secret)) if colon else None


def challenge(scheme: str, *, presented: bool) -> dict[str, str]:
    error = ', error="invalid_token"' if presented else ""
    return {"WWW-Authenticate": f'{scheme} realm="anef"{error}'}


async def require_service(request: Request, header: Annotated[str | None, Depends(service_scheme)]) -> None:
    """Raises `service-token-invalid`."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not request.app.state.tokens.service_is_valid(token.strip()):
        raise Problem("service-token-invalid", headers=challenge("Bearer", presented=bool(header)))


async def require_person(request: Request, token: Annotated[str | None, Depends(person_scheme)]) -> Grant:
    """Raises `person-token-invalid`."""
    grant = request.app.state.tokens.grant_of(token or "")
    if grant is None:
        raise Problem("person-token-invalid", headers=challenge("ANEF-Person", presented=bool(token)))
    return grant
