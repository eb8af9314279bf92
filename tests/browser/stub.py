"""A stand-in for the gateway's API: canned messages of every kind behind the real pages.

What is answered depends on the words sent (`REPLIES`); faults are set on `Stub` by the test.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI, Header, Request
from starlette.responses import JSONResponse, Response

from bot.faq import load_faq
from gateway.pages import Options, pages
from gateway.search import Search
from gateway.sites import load_sites

HERE = Path(__file__).parent
HOSTILE: list[str] = yaml.safe_load((HERE / "hostile.yml").read_text(encoding="utf-8"))
REPLIES: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "replies.yml").read_text(encoding="utf-8"))["replies"]


@dataclass
class Stub:
    """What the fake API does, and what it was sent."""

    down: bool = False
    slow: float = 0.0
    refusals: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    """Status, detail and headers of the next refusals, used up one by one."""
    conversations: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    received: list[dict[str, Any]] = field(default_factory=list)
    feedback: list[dict[str, Any]] = field(default_factory=list)
    notices: list[dict[str, str]] = field(default_factory=list)
    replies: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def reset(self) -> None:
        fresh = Stub()
        self.__dict__.update(fresh.__dict__)


def message(kind: str, text: str, **rest: Any) -> dict[str, Any]:
    """A message of the public API; `buttons` are titles."""
    empty = {"topic": None, "language": "fr", "buttons": [], "answer": None, "suggestions": None, "card": None}
    titles = rest.pop("buttons", [])
    offered = [{"id": f"b-{title}", "title": title} for title in titles]
    return {"id": secrets.token_hex(6), "kind": kind, "text": text, **empty, "buttons": offered, **rest}


def canned(text: str) -> list[dict[str, Any]]:
    """The reply to `text`, by the first word that is known."""
    if "attaque" in text:
        return attack()
    found = next((reply for word, reply in REPLIES.items() if word in text), None)
    return [message(**said) for said in found] if found else [message("smalltalk", f"Vous dites : {text}")]


def attack() -> list[dict[str, Any]]:
    """Every text of two messages and a card is hostile."""
    one, two, three = HOSTILE[:3]
    entry = REPLIES["remboursement"][0]["answer"]
    sources = [{"document": one, "section": two, "checked_on": three}]
    links = [{"text": two, "url": "javascript:window.hacked=1"}]
    card = {
        **REPLIES["carte"][0]["card"],
        "title": one,
        "reference": two,
        "meaning": three,
        "do": HOSTILE,
        "documents": [{"label": one, "note": two}],
        "complement": {"asked_on": one, "document": two, "message": three},
    }
    said = {**entry, "title": one, "sources": sources, "links": links}
    return [
        message("answer", "\n\n".join(HOSTILE), answer=said, buttons=[three]),
        message("lookup", one, card=card, field={"type": "code", "label": one, "hint": two}),
    ]


def welcome() -> dict[str, Any]:
    return message(**REPLIES["bonjour"][0])


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"status": status, "detail": detail}, status, headers, "application/problem+json")


def create_app(stub: Stub, public_url: str, sites_file: Path) -> FastAPI:
    app = FastAPI(openapi_url=None)
    faq = load_faq()

    @app.middleware("http")
    async def faults(request: Request, call_next: Any) -> Response:
        api = request.url.path.startswith(("/api", "/health"))
        if stub.down and api:
            return Response("<h1>Bad gateway</h1>", 502)
        if api and request.method == "POST":
            await asyncio.sleep(stub.slow)
        return await call_next(request)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/api/notices")
    async def notices() -> dict[str, Any]:
        return {"notices": stub.notices}

    @app.post("/api/conversations", status_code=201)
    async def start(request: Request) -> dict[str, Any]:
        stub.received.append(await request.json())
        id_ = secrets.token_hex(8)
        stub.conversations[id_] = [welcome()]
        expires = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
        return {"id": id_, "token": f"t-{id_}", "expires_at": expires, "messages": stub.conversations[id_]}

    @app.post("/api/conversations/{id}/messages")
    async def speak(id: str, request: Request, authorization: str = Header("")) -> Any:
        body = await request.json()
        stub.received.append(body)
        if stub.refusals:
            return problem(*stub.refusals.pop(0))
        if id not in stub.conversations or authorization != f"Bearer t-{id}":
            return problem(404, "Cette conversation n'existe plus.")
        text = body.get("text") or body["button"].removeprefix("b-")
        reply = stub.replies.get(text) or canned(text)
        stub.conversations[id] += [{"id": body["message_id"], "kind": "person", "text": text}, *reply]
        return {"messages": reply}

    @app.get("/api/conversations/{id}")
    async def thread(id: str) -> Any:
        if id not in stub.conversations:
            return problem(404, "Cette conversation n'existe plus.")
        return {"messages": stub.conversations[id]}

    @app.delete("/api/conversations/{id}", status_code=204)
    async def erase(id: str) -> Response:
        stub.conversations.pop(id, None)
        return Response(status_code=204)

    @app.post("/api/conversations/{id}/feedback", status_code=204)
    async def feedback(id: str, request: Request) -> Response:
        stub.feedback.append(await request.json())
        return Response(status_code=204)

    app.include_router(pages(faq, load_sites(sites_file), Search(faq), Options(public_url=public_url)))
    return app
