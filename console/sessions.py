"""Who is signed in: sessions kept on the server, known to the browser by a cookie and to the page by a handle.

    @router.get("/console/inbox")
    async def inbox(session: Annotated[Session, Depends(require("editor", "supervisor"))]) -> ...

Pages that change nothing need the cookie; everything else needs `require_action`, which also demands the handle of
the page in `X-Console-Session`. The handle stops other sites (they cannot read it), and a tab that an agent left
open when the next one signed in on the same machine.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import structlog
from fastapi import Request

from gateway.problems import Problem

log = structlog.get_logger()

Role = Literal["agent", "supervisor", "editor"]
COOKIE = "__Host-anef-console"
NOBODY = "-"
"""The actor of a refusal before anybody signed in."""
HANDLE_HEADER = "X-Console-Session"


@dataclass(frozen=True)
class Member:
    """Someone of the staff: `actor` is the short name of the staff list, which audit lines carry; never a person's."""

    actor: str
    roles: frozenset[str]


@dataclass
class Session:
    member: Member
    handle: str
    """Public part, written into the page; worth nothing without the cookie."""
    id_token: str
    """Given back to the identity provider at sign-out."""
    started: float
    last_seen: float

    @property
    def actor(self) -> str:
        return self.member.actor


class SessionOver(Exception):
    """The session of the cookie was alive, and is over: by time, or because its member lost their place."""

    def __init__(self, actor: str) -> None:
        super().__init__(actor)
        self.actor = actor


class Sessions:
    """Sessions in this process, found by the hash of the cookie's value."""

    def __init__(self, idle: float, life: float, clock: Callable[[], float] = time.time) -> None:
        """`idle` and `life` in seconds."""
        self._idle, self._life, self._clock = idle, life, clock
        self._all: dict[bytes, Session] = {}
        self._on_end: list[Callable[[Session], None]] = []

    def start(self, member: Member, id_token: str) -> tuple[Session, str]:
        """A new session and the value of its cookie. Always a new value: none is taken from the browser."""
        self._sweep()
        value, now = secrets.token_urlsafe(32), self._clock()
        session = Session(member, secrets.token_urlsafe(16), id_token, now, now)
        self._all[_hash(value)] = session
        return session, value

    def find(self, value: str) -> Session | None:
        """The living session of a cookie; being found counts as activity. Raises SessionOver, once."""
        session = self._all.get(_hash(value)) if value else None
        if session is None:
            return None
        if self._expires(session) <= self._clock():
            self.end(value)
            raise SessionOver(session.actor)
        session.last_seen = self._clock()
        return session

    def end(self, value: str) -> Session | None:
        """Forget the session, and everything that was bound to it."""
        session = self._all.pop(_hash(value), None)
        if session is not None:
            for told in self._on_end:
                told(session)
        return session

    def when_ended(self, told: Callable[[Session], None]) -> None:
        self._on_end.append(told)

    def _expires(self, session: Session) -> float:
        return min(session.last_seen + self._idle, session.started + self._life)

    def _sweep(self) -> None:
        now = self._clock()
        for key in [key for key, session in self._all.items() if self._expires(session) <= now]:
            session = self._all.pop(key)
            for told in self._on_end:
                told(session)


def current(request: Request) -> Session | None:
    """The session of the request's cookie. Raises SessionOver when it just ended."""
    console, value = request.app.state.console, request.cookies.get(COOKIE, "")
    session: Session | None = console.sessions.find(value)
    if session is not None and not console.staff.still(session.member):
        console.sessions.end(value)
        raise SessionOver(session.actor)
    return session


def require(*roles: Role) -> Callable[[Request], Session]:
    """A dependency: the session of a member who has one of `roles` (any member when none is named).

    Refuses, and records the refusal: 401 `console-session` when the session is over, 403 `console-role`. Who never
    had a session gets 401 too; that is logged only, since anybody could fill the audit trail with it.
    """

    def required(request: Request) -> Session:
        try:
            session = current(request)
        except SessionOver as over:
            raise refusal(request, 401, "console-session", over.actor) from None
        if session is None:
            log.info("console.no_session", path=request.scope["path"])
            raise Problem(401, "console-session")
        if roles and session.member.roles.isdisjoint(roles):
            raise refusal(request, 403, "console-role", session.actor)
        return session

    return required


def require_action(*roles: Role) -> Callable[[Request], Session]:
    """The same for what changes or reveals something: the page's handle must be that of the cookie's session.

    403 `console-other-session` when it is another's.
    """
    required = require(*roles)

    def acting(request: Request) -> Session:
        session = required(request)
        if not hmac.compare_digest(request.headers.get(HANDLE_HEADER, "").encode(), session.handle.encode()):
            raise refusal(request, 403, "console-other-session", session.actor)
        return session

    return acting


def refusal(request: Request, status: int, code: str, actor: str) -> Problem:
    """The problem to raise, already in the log and in the audit trail."""
    log.warning("console.refused", code=code, actor=actor, path=request.scope["path"])
    request.app.state.console.audit.record(actor, "refused", code)
    return Problem(status, code)


def _hash(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()
