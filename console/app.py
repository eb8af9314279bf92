"""The console put together: an application of its own, behind the gateway's guard, at /console or at its own name.

Every router of the console is included here and has whole paths (`/console/…`). What they share is
`request.app.state.console`, a `Console`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

import httpx2
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from actions.anef import AnefClient
from console.audit import Audit
from console.calls import Calls
from console.oidc import Provider
from console.pending import Pending
from console.quota import Lookups
from console.routes import answers, calls, figures, inbox, notices, signin
from console.sessions import Session, SessionOver, Sessions, current
from console.settings import ConsoleSettings
from console.shelf import Shelf
from console.staff import Staff
from console.view import ConsoleTexts, View
from gateway.cards import Cards
from gateway.guard import Guard
from gateway.problems import Problem
from gateway.services import Services

PREFIX = "/console"
ROUTERS = (signin.router, answers.router, calls.router, inbox.router, figures.router, notices.router)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass
class Console:
    settings: ConsoleSettings
    services: Services
    """The gateway's: search, conversations, turns, vault."""
    texts: ConsoleTexts
    view: View
    staff: Staff
    sessions: Sessions
    provider: Provider
    pending: Pending
    audit: Audit
    lookups: Lookups
    shelf: Shelf
    calls: Calls
    cards: Cards


class Front:
    """What the public listener serves: /console goes to the console, the rest to the public application.

    The console has a guard of its own, for one name and one origin. When that name is not one of the public
    application's, it answers to the console and to nothing else.
    """

    def __init__(self, public: Any, console: FastAPI) -> None:
        shared: Console = console.state.console
        self._public, self._console, self._url = public, console, shared.settings.url
        self._host = shared.settings.host.encode()
        self._alone = shared.settings.host not in shared.services.settings.allowed_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._target(scope)(scope, receive, send)

    def _target(self, scope: Scope) -> Any:
        """The application, or the redirection, that this request is for."""
        if scope["type"] != "http":
            return self._public
        inside = scope["path"] == PREFIX or scope["path"].startswith(PREFIX + "/")
        here = dict(scope["headers"]).get(b"host", b"").partition(b":")[0].lower() == self._host
        if inside and (here or not self._alone):
            if not here and scope["method"] == "GET":  # localhost for 127.0.0.1: cookies belong to one of them
                return RedirectResponse(self._url + PREFIX, 303)
            return self._console
        return RedirectResponse(PREFIX, 303) if here and self._alone else self._public


def create_console(
    services: Services,
    settings: ConsoleSettings,
    transport: httpx2.AsyncBaseTransport | None = None,
    anef: httpx2.AsyncBaseTransport | None = None,
) -> FastAPI:
    """`transport` and `anef` stand in for the network to the identity provider and to the interface, in tests."""
    if settings.staff is None:
        raise ValueError("ANEF_CONSOLE_STAFF is not set: nobody could enter")
    texts = ConsoleTexts(services.texts.faq)
    audit = Audit(services.data_dir / "audit")
    app = FastAPI(title="Console", openapi_url=None, redirect_slashes=False)
    sessions = Sessions(settings.idle_minutes * 60, settings.life_minutes * 60)
    secret = settings.anef_client_secret.get_secret_value()
    callers = Calls(AnefClient(settings.anef_url, settings.anef_client_id, secret, transport=anef), services.vault)
    sessions.when_ended(lambda session: callers.end(session.handle))
    app.state.console = Console(
        settings=settings,
        services=services,
        texts=texts,
        view=View(texts),
        staff=Staff(settings.staff),
        sessions=sessions,
        provider=Provider(settings, transport),
        pending=Pending(),
        audit=audit,
        lookups=Lookups(audit),
        calls=callers,
        cards=Cards(services.texts),
        shelf=Shelf(services.data_dir / "console.db"),
    )
    _install_problems(app)
    for router in ROUTERS:
        app.include_router(router)
    own = services.settings.model_copy(update={"allowed_hosts": [settings.host], "allowed_origins": []})
    app.add_middleware(Guard, settings=own, origins=frozenset(), texts=texts)
    return app


def _who(request: Request) -> Session | None:
    try:
        return current(request)
    except SessionOver:
        return None


def _install_problems(app: FastAPI) -> None:
    """Refusals: a page for who looks at a page, a problem for programs. Without a session, a page leads to sign-in."""

    def answer(request: Request, problem: Problem) -> Response:
        console: Console = app.state.console
        if "text/html" not in request.headers.get("accept", ""):
            return problem.response(console.texts)
        if problem.code == "console-session" and request.method == "GET":
            return RedirectResponse(f"{PREFIX}/connexion", 303)
        keys = (f"problem.{problem.code}", f"problem.{problem.status}")
        detail = next(key for key in keys if key in console.texts)
        return console.view.page("refused.html", _who(request), problem.status, detail=detail)

    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> Response:
        return answer(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return answer(request, Problem(422, "shape"))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        return answer(request, Problem(error.status_code, "http", dict(error.headers or {})))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        return answer(request, Problem(500, "internal"))
