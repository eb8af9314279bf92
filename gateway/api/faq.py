"""/api/faq: the entries themselves, and search in them. Works without Rasa."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gateway import sanitize, schemas
from gateway.api.conversations import Injected
from gateway.problems import Problem
from gateway.rendering import answer_of

router = APIRouter(prefix="/api/faq", responses={"4XX": {"model": schemas.ProblemBody}})


@router.get("")
async def entries(injected: Injected) -> schemas.EntryList:
    lines = [schemas.EntryLine(id=e.id, title=e.title, theme=e.theme) for e in injected.texts.faq.entries.values()]
    return schemas.EntryList(entries=lines)


@router.get("/search")
async def search(
    injected: Injected,
    q: Annotated[str, Query(max_length=1000)],
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
) -> schemas.SearchResults:
    try:
        query = sanitize.clean(q)
    except sanitize.Refused as refusal:
        raise Problem(422, refusal.code) from None
    if not query:
        raise Problem(422, "empty")
    expand = injected.texts.faq.expand
    found = [
        schemas.Found(id=hit.entry.id, title=hit.entry.title, short=expand(hit.entry.french.short), score=hit.score)
        for hit in injected.search(query, limit)
    ]
    return schemas.SearchResults(results=found)


@router.get("/{id}")
async def entry(id: str, injected: Injected) -> schemas.EntryFull:
    faq = injected.texts.faq
    found = faq.entries.get(id)
    if found is None:
        raise Problem(404, "entry")
    answer = answer_of(found, faq)
    return schemas.EntryFull(
        id=found.id,
        title=found.title,
        version=found.version,
        short=faq.expand(found.french.short),
        full=faq.expand(found.french.full),
        links=answer.links,
        sources=answer.sources,
        contradictions=list(found.contradictions),
        neighbours=list(found.neighbours),
    )
