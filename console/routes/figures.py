"""/console/figures: how the assistant is doing, for supervisors."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from console import plots
from console.figures import figures
from console.sessions import Session, require

MOST_ENTRIES = 20

router = APIRouter()
Supervisor = Annotated[Session, Depends(require("supervisor"))]


@router.get("/console/figures")
def page(request: Request, session: Supervisor) -> Response:
    console = request.app.state.console
    found = figures(console.services.data_dir, console.audit, datetime.now(UTC).date())
    s, titles = console.texts.plain, {e.id: e.title for e in console.services.texts.faq.entries.values()}
    days = [date.fromisoformat(day).strftime("%d/%m") for day in found.days]
    entries = [(titles.get(entry, entry), count) for entry, count in found.entries]
    useful = [(titles.get(entry, entry), yes, no, round(100 * yes / (yes + no))) for entry, yes, no in found.useful]
    shares = [(title, share) for title, *_, share in useful]
    sections = [
        {
            "title": s("figures.turns"),
            "plot": plots.lines(s("figures.turns"), days, [found.turns]),
            "head": [s("figures.day"), s("figures.turns")],
            "rows": zip(days, found.turns, strict=True),
        },
        {
            "title": s("figures.entries"),
            "plot": plots.bars(s("figures.entries"), entries[:MOST_ENTRIES]),
            "head": [s("figures.entry"), s("figures.answers")],
            "rows": entries,
        },
        {
            "title": s("figures.refused"),
            "plot": plots.lines(s("figures.refused"), days, [found.refused_share], " %"),
            "head": [s("figures.day"), s("figures.refused")],
            "rows": zip(days, found.refused_share, strict=True),
        },
        {
            "title": s("figures.useful"),
            "plot": plots.bars(s("figures.useful"), shares[:MOST_ENTRIES], " %", top=100),
            "head": [s("figures.entry"), s("figures.yes"), s("figures.no"), s("figures.useful")],
            "rows": useful,
        },
        {
            "title": s("figures.lookups"),
            "plot": plots.lines(s("figures.lookups"), days, [found.lookups, found.agent_lookups]),
            "head": [s("figures.day"), s("figures.by_people"), s("figures.by_agents"), s("figures.alarms")],
            "rows": zip(days, found.lookups, found.agent_lookups, found.alarms, strict=True),
        },
        {
            "title": s("figures.times"),
            "plot": plots.lines(s("figures.times"), days, [found.median, found.slowest_twentieth], " s"),
            "head": [s("figures.day"), s("figures.median"), s("figures.slowest")],
            "rows": zip(days, found.median, found.slowest_twentieth, strict=True),
        },
    ]
    response: Response = console.view.page("figures.html", session, sections=sections)
    return response
