"""The FAQ as pages of its own: themes, search, one address an entry. Works without JavaScript."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.faq import Entry, Faq
from gateway.search import Search
from gateway.web import markup
from gateway.web.view import View

RESULTS = 10
LONGEST_QUERY = 1000
THEMES = ("compte", "identifiants", "depot", "e-photo", "suivi", "documents", "timbre", "changements", "aide")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_FRESH = {"Cache-Control": "no-cache"}


def router(view: View, search: Search) -> APIRouter:
    routes = APIRouter()
    faq = view.faq
    themes = [
        {"id": id_, "label": view.plain(f"theme.{id_}"), "entries": entries}
        for id_ in THEMES
        if (entries := [entry for entry in faq.entries.values() if entry.theme == id_])
    ]
    kept = json.dumps({"entries": [_kept(entry, faq) for entry in faq.entries.values()]}, ensure_ascii=False).encode()

    @routes.get("/faq")
    def all_answers(request: Request, q: str = "") -> Response:
        query = " ".join(q[:LONGEST_QUERY].split())
        found = [_found(hit.entry, faq) for hit in search(query, RESULTS)] if query else []
        return view.page(request, "faq.html", page="faq", query=query, found=found, themes=themes)

    @routes.get("/faq/index.json")
    def index(request: Request) -> Response:
        """What an opened chat page keeps, to answer by search when we cannot be reached."""
        return view.send(request, kept, "application/json", _FRESH)

    @routes.get("/faq/{id}")
    def one_answer(request: Request, id: str) -> Response:
        entry = faq.entries.get(id)
        if entry is None:
            return view.not_found(request)
        short, full = faq.expand(entry.french.short), faq.expand(entry.french.full)
        return view.page(
            request,
            "entry.html",
            page="faq",
            entry=entry,
            theme=view.plain(f"theme.{entry.theme}"),
            short=markup.html(short),
            full=markup.html(full),
            description=markup.plain(short),
            checked=view.plain("faq.checked", date=_day(entry.checked_on)),
            neighbours=[faq.entries[id_] for id_ in entry.neighbours],
            structured=_structured(entry, short + "\n\n" + full),
        )

    @routes.get("/sitemap.xml")
    def sitemap(request: Request) -> Response:
        body = view.render("sitemap.xml", entries=faq.entries.values())
        return view.send(request, body.encode(), "application/xml", _FRESH)

    @routes.get("/robots.txt")
    def robots(request: Request) -> Response:
        text = f"User-agent: *\nDisallow: /api/\nDisallow: /widget/\nSitemap: {view.options.public_url}/sitemap.xml\n"
        return view.send(request, text.encode(), "text/plain; charset=utf-8", _FRESH)

    return routes


def _found(entry: Entry, faq: Faq) -> dict[str, Any]:
    return {"id": entry.id, "title": entry.title, "short": markup.html(faq.expand(entry.french.short))}


def _kept(entry: Entry, faq: Faq) -> dict[str, Any]:
    checked = entry.checked_on.isoformat()
    sources = [{"document": s.document, "section": s.section, "checked_on": checked} for s in entry.sources]
    return {"id": entry.id, "title": entry.title, "short": faq.expand(entry.french.short), "sources": sources}


def _structured(entry: Entry, answer: str) -> dict[str, Any]:
    """schema.org's FAQPage, for search engines."""
    question = {
        "@type": "Question",
        "name": entry.title,
        "acceptedAnswer": {"@type": "Answer", "text": str(markup.html(answer))},
    }
    return {"@context": "https://schema.org", "@type": "FAQPage", "inLanguage": "fr", "mainEntity": [question]}


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
