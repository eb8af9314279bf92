"""Signing in at the identity provider, coming back, signing out; static files."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

import structlog
from fastapi import APIRouter, Cookie, Depends, Request
from starlette.responses import RedirectResponse, Response

from console.oidc import SignInFailed
from console.pending import PENDING_SECONDS
from console.sessions import COOKIE, NOBODY, Session, require_action
from gateway.problems import Problem

if TYPE_CHECKING:
    from console.app import Console

log = structlog.get_logger()
router = APIRouter()

PENDING_COOKIE = "__Host-anef-console-connexion"


@router.get("/console/connexion")
async def sign_in(request: Request) -> Response:
    console: Console = request.app.state.console
    browser = secrets.token_urlsafe(32)
    state, nonce = console.pending.begin(browser)
    try:
        address = await console.provider.authorization_url(state, nonce)
    except Exception as error:  # whatever is wrong over there, the agent must read a sentence
        return _failed(request, SignInFailed("provider"), error)
    answer = RedirectResponse(address, 303)
    _set(answer, PENDING_COOKIE, browser, PENDING_SECONDS)
    return answer


@router.get("/console/retour")
async def returned(
    request: Request,
    code: str = "",
    state: str = "",
    browser: Annotated[str, Cookie(alias=PENDING_COOKIE)] = "",
    before: Annotated[str, Cookie(alias=COOKIE)] = "",
) -> Response:
    """From the identity provider: a new session, or a page that says why not."""
    console: Console = request.app.state.console
    try:
        nonce = console.pending.end(state, browser)
        if not code:
            raise SignInFailed("declined")
        identity = await console.provider.identity(code, nonce)
        member = console.staff.of_subject(identity.sub)
        if member is None:
            raise SignInFailed("not-staff")
    except SignInFailed as failure:
        return _failed(request, failure, failure.__cause__)
    console.sessions.end(before)
    _, value = console.sessions.start(member, identity.id_token)
    console.audit.record(member.actor, "signed-in", "session")
    answer = RedirectResponse("/console", 303)
    _set(answer, COOKIE, value, console.settings.life_minutes * 60)
    answer.delete_cookie(PENDING_COOKIE, secure=True, httponly=True)
    return answer


@router.post("/console/api/session/end")
async def sign_out(
    request: Request,
    session: Annotated[Session, Depends(require_action())],
    value: Annotated[str, Cookie(alias=COOKIE)] = "",
) -> dict[str, str]:
    """Ends the session here, then names the address that ends it at the identity provider."""
    console: Console = request.app.state.console
    console.sessions.end(value)
    console.audit.record(session.actor, "signed-out", "session")
    return {"location": await console.provider.sign_out_url(session.id_token)}


@router.get("/console/deconnecte")
async def signed_out(request: Request) -> Response:
    console: Console = request.app.state.console
    answer = console.view.page("signed_out.html", None)
    answer.delete_cookie(COOKIE, secure=True, httponly=True)
    return answer


@router.get("/console/static/{digest}/{name:path}")
async def static(request: Request, digest: str, name: str) -> Response:
    console: Console = request.app.state.console
    found = console.view.file(digest, name)
    if found is None:
        raise Problem(404, "http")
    return found


def _failed(request: Request, failure: SignInFailed, cause: BaseException | None) -> Response:
    console: Console = request.app.state.console
    log.warning("console.sign_in_failed", code=failure.code, cause=type(cause).__name__ if cause else None)
    if failure.code != "state":  # anybody can bring a wrong one, and fill the audit trail
        console.audit.record(NOBODY, "refused", f"sign-in-{failure.code}")
    return console.view.page("sign_in_failed.html", None, 403, why=f"sign_in.{failure.code}")


def _set(answer: Response, name: str, value: str, seconds: int) -> None:
    """`__Host-` demands Secure, the path / and no domain. Lax, so that the way back from sign-in carries it."""
    answer.set_cookie(name, value, max_age=seconds, secure=True, httponly=True, samesite="lax", path="/")
