"""The agent's page: search, entries, what is kept at hand, reports of wrong and missing answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import StringConstraints
from starlette.responses import Response

from bot.faq import Entry, Faq
from console.reports import report
from console.scripts import scripts
from console.sessions import Session, require, require_action
from gateway import sanitize
from gateway.problems import Problem
from gateway.schemas import Strict

if TYPE_CHECKING:
    from console.app import Console

router = APIRouter()
RESULTS = 8
LEAST_SCORE = 25.0
"""Of the best one's 100: below, an entry shares a common word at most."""
LONGEST_QUERY = 200

Member = Annotated[Session, Depends(require())]
Acting = Annotated[Session, Depends(require_action())]
EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")]


class Opened(Strict):
    entry: EntryId


class Report(Strict):
    """`wrong` names the entry; `missing` the words that found nothing good."""

    kind: Literal["wrong", "missing"]
    entry: EntryId | None = None
    query: Annotated[str, StringConstraints(max_length=LONGEST_QUERY)] = ""


@router.get("/console")
async def page(request: Request, session: Member) -> Response:
    return _console(request).view.page("console.html", session)


@router.get("/console/api/entries")
async def entries(request: Request, session: Member) -> dict[str, Any]:
    """Every entry, whole: an answer opens without asking the server."""
    console = _console(request)
    faq = console.texts.faq
    return {
        "entries": [_entry(entry, faq) for entry in faq.entries.values()],
        "favourites": console.shelf.favourites(session.actor),
        "recent": console.shelf.recent(session.actor),
    }


@router.get("/console/api/search")
async def search(
    request: Request, session: Member, q: Annotated[str, Query(max_length=LONGEST_QUERY)]
) -> dict[str, list[str]]:
    """Ids, best first. Asked at each keystroke: nothing is logged or kept."""
    try:
        query = sanitize.clean(q)
    except sanitize.Refused as refusal:
        raise Problem(422, refusal.code) from None
    hits = _console(request).services.search(query, RESULTS)
    return {"found": [hit.entry.id for hit in hits if hit.score >= LEAST_SCORE]}


@router.post("/console/api/opened", status_code=204)
async def opened(request: Request, body: Opened, session: Acting) -> None:
    _console(request).shelf.opened(session.actor, _known(request, body.entry).id)


@router.post("/console/api/favourite")
async def favourite(request: Request, body: Opened, session: Acting) -> dict[str, bool]:
    return {"favourite": _console(request).shelf.toggle(session.actor, _known(request, body.entry).id)}


@router.post("/console/api/reports", status_code=204)
async def report_answer(request: Request, body: Report, session: Acting) -> None:
    """Into the editors' inbox, masked: the words of a query may be a caller's."""
    console = _console(request)
    try:
        report(console.services.journal, console.texts.faq, session.actor, body.kind, body.entry, body.query)
    except (ValueError, sanitize.Refused):
        raise Problem(422, "console-report") from None


def _known(request: Request, id_: str) -> Entry:
    entry = _console(request).texts.faq.entries.get(id_)
    if entry is None:
        raise Problem(404, "entry")
    return entry


def _entry(entry: Entry, faq: Faq) -> dict[str, Any]:
    said = scripts(entry, faq)
    return {
        "id": entry.id,
        "title": entry.title,
        "theme": entry.theme,
        "owner": entry.owner,
        "version": entry.version,
        "checked_on": entry.checked_on.isoformat(),
        "short": faq.expand(entry.french.short),
        "full": faq.expand(entry.french.full),
        "sources": [{"document": source.document, "section": source.section} for source in entry.sources],
        "contradictions": list(entry.contradictions),
        "neighbours": list(entry.neighbours),
        "avoid": list(entry.avoid),
        "scripts": {"phone": said.phone, "mail": said.mail, "sms": said.sms},
    }


def _console(request: Request) -> Console:
    console: Console = request.app.state.console
    return console
