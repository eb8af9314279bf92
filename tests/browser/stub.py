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

from fastapi import FastAPI, Header, Request
from starlette.responses import JSONResponse, Response

from bot.faq import load_faq
from gateway.pages import Options, pages
from gateway.search import Search
from gateway.sites import load_sites

ENTRY = {
    "id": "timbre-remboursement",
    "title": "Se faire rembourser un timbre",
    "version": "0123456789ab",
    "sources": [{"document": "FAQ Séjour", "section": "question 14", "checked_on": "2026-11-23"}],
    "links": [{"text": "Service-Public.fr", "url": "https://www.service-public.fr"}],
}
CARD = {
    "title": "Votre demande de renouvellement",
    "reference": "DEMO-0001",
    "stage": {"id": "instruction", "label": "Instruction en cours", "index": 2, "of": 4},
    "since": "2026-09-01",
    "meaning": "Le service connaît votre demande et la **traite**.",
    "do": ["Regardez votre messagerie.", "Gardez votre ancien titre."],
    "avoid": ["Ne déposez pas une seconde demande."],
    "documents": [{"label": "Confirmation de dépôt", "note": "prouve le dépôt"}],
    "complement": {"asked_on": "2026-10-02", "document": "Justificatif de domicile", "message": "Photo illisible."},
    "entry": "suivi-demande",
}
HOSTILE = [
    "<script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    "<svg/onload=window.hacked=1>",
    "[clic](javascript:window.hacked=1)",
    "[clic](JaVaScRiPt:window.hacked=1)",
    "[clic](data:text/html,<script>window.hacked=1</script>)",
    "[clic](https://user:pw@example.invalid/)",
    "[clic](//example.invalid/)",
    "**<b onmouseover=window.hacked=1>gras</b>**",
    "</script><script>window.hacked=1</script>",
    "&lt;img src=x onerror=window.hacked=1&gt;",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<a href=javascript:window.hacked=1>clic</a>",
    "{{ 7 * 7 }} ${7*7} <%= 7*7 %>",
    '[a](https://example.invalid/"onclick="window.hacked=1)',
]


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
    replies: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def reset(self) -> None:
        fresh = Stub()
        self.__dict__.update(fresh.__dict__)


def message(kind: str, text: str, **rest: Any) -> dict[str, Any]:
    empty = {"topic": None, "language": "fr", "buttons": [], "answer": None, "suggestions": None, "card": None}
    return {"id": secrets.token_hex(6), "kind": kind, "text": text, **empty, **rest}


def buttons(*titles: str) -> list[dict[str, str]]:
    return [{"id": f"b-{title}", "title": title} for title in titles]


def canned(text: str) -> list[dict[str, Any]]:
    """The reply to `text`, by the first word that is known."""
    short = "Un timbre **non utilisé** se rembourse sur [timbres.impots.gouv.fr](https://timbres.impots.gouv.fr).\n\n1. Ouvrez le site.\n2. Demandez le remboursement."
    more = buttons("Voir toutes les étapes", "Payer le timbre")
    replies = {
        "remboursement": [message("answer", short, answer=ENTRY, buttons=more)],
        "Voir toutes": [message("answer", "- Étape une\n- Étape deux\n\n" + short, answer=ENTRY)],
        "attestation": [message("question", "Première demande ou renouvellement ?", buttons=buttons("Première demande", "Renouvellement"))],
        "flou": [message("suggestions", "Je ne suis pas sûr. Est-ce l'une de ces questions ?", buttons=buttons("Se faire rembourser un timbre", "Payer le timbre", "Aucune de ces questions"), suggestions=["timbre-remboursement"])],
        "dossier": [message("lookup", "Quel est votre numéro étranger ?", field={"type": "numero-etranger", "label": "Numéro étranger", "hint": "10 chiffres, sur votre titre."})],
        "9900000000": [message("lookup", "Un code vous est envoyé.", field={"type": "code", "label": "Code reçu", "hint": "6 chiffres."})],
        "123456": [message("lookup", "Voici votre demande.", card=CARD)],
        "carte": [message("lookup", "Voici votre demande.", card=CARD)],
        "asile": [message("out_of_scope", "L'asile ne fait pas partie de ce que je connais. Appelez le [3939](tel:3939).")],
        "qsdf": [message("not_understood", "Je n'ai pas compris. Appelez le [0 806 001 620](tel:+33806001620).")],
        "arabe": [message("notice", "هذا المساعد آلي وليس موظفا. اتصلوا بالرقم 0 806 001 620.", language="ar")],
        "deux": [message("notice", "J'ai caché ce qui ressemble à une donnée personnelle."), message("answer", short, answer=ENTRY)],
        "attaque": [message("answer", "\n\n".join(HOSTILE), answer={**ENTRY, "title": HOSTILE[0], "links": [{"text": HOSTILE[1], "url": "javascript:window.hacked=1"}]}, buttons=[{"id": "x", "title": HOSTILE[2]}]), message("lookup", HOSTILE[0], card={**CARD, "title": HOSTILE[0], "reference": HOSTILE[1], "meaning": HOSTILE[2], "do": HOSTILE, "complement": {"asked_on": HOSTILE[0], "document": HOSTILE[1], "message": HOSTILE[2]}, "documents": [{"label": HOSTILE[0], "note": HOSTILE[1]}]}, field={"type": "code", "label": HOSTILE[0], "hint": HOSTILE[1]})],
    }  # fmt: skip
    return next(
        (reply for word, reply in replies.items() if word in text), [message("smalltalk", f"Vous dites : {text}")]
    )


def welcome() -> dict[str, Any]:
    return message(
        "smalltalk",
        "Bonjour. Je suis un **assistant automatique**, pas un agent.\n\nN'écrivez jamais votre mot de passe ici. "
        "Pour parler à une personne : [0 806 001 620](tel:+33806001620).",
        buttons=buttons("Où trouver mon numéro étranger ?", "J'ai oublié mon mot de passe"),
    )


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
