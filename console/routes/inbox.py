"""/console/inbox: what editors read to make answers better."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from console.inbox import STATES, TO_SORT, Inbox
from console.sessions import Session, require, require_action
from gateway.problems import Problem
from gateway.schemas import Strict

ROLES = ("editor", "supervisor")
SHOWN = 100
PARIS = ZoneInfo("Europe/Paris")

router = APIRouter()
Reader = Annotated[Session, Depends(require(*ROLES))]
Editor = Annotated[Session, Depends(require_action("editor"))]


class NewState(Strict):
    state: str


def inbox_of(request: Request) -> Inbox:
    """One for the process: it remembers what it has compared."""
    state = request.app.state
    if not hasattr(state, "inbox"):
        state.inbox = Inbox(state.console.services.data_dir)
    inbox: Inbox = state.inbox
    return inbox


Injected = Annotated[Inbox, Depends(inbox_of)]


@router.get("/console/inbox")
def page(request: Request, session: Reader, inbox: Injected, etat: str = TO_SORT) -> Response:
    """Groups in one state, the largest first."""
    console = request.app.state.console
    chosen = etat if etat in STATES else TO_SORT
    groups = inbox.groups()
    counts = {state: sum(group.state == state for group in groups) for state in STATES}
    shown = [group for group in groups if group.state == chosen][:SHOWN]
    response: Response = console.view.page(
        "inbox.html",
        session,
        groups=shown,
        counts=counts,
        chosen=chosen,
        may_sort="editor" in session.member.roles,
        titles={entry.id: entry.title for entry in console.services.texts.faq.entries.values()},
        day=_day,
    )
    return response


@router.post("/console/api/inbox/{group}", status_code=204)
def sort(group: str, body: NewState, session: Editor, inbox: Injected) -> Response:
    """Put a group into a state. 404 when it is not there any more, 422 for an unknown state."""
    found = inbox.find(group)
    if found is None:
        raise Problem(404, "inbox-group")
    try:
        inbox.sort(found, body.state, session.actor)
    except ValueError:
        raise Problem(422, "shape") from None
    return Response(status_code=204)


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(PARIS).strftime("%d/%m/%Y %H:%M")
