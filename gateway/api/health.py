"""Health: the process is up; a question is answered."""

from __future__ import annotations

import hmac

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot import turn
from gateway.api.conversations import Injected
from gateway.rasa_client import RasaUnavailable
from gateway.services import Services

router = APIRouter(prefix="/health")


@router.get("/live")
async def live() -> dict[str, str]:
    return {"status": "live"}


@router.get("/ready")
async def ready(injected: Injected) -> JSONResponse:
    """200 when a synthetic turn through Rasa and the actions gives the entry it must."""
    answered = await synthetic_turn(injected)
    return JSONResponse({"status": "ready" if answered else "not ready"}, 200 if answered else 503)


async def synthetic_turn(injected: Services) -> bool:
    """Ask for a known entry under a sender id of its own, and compare. Rasa's events of it are taken away again: asked
    every ten seconds for a month, it would carry them all along."""
    sender = hmac.new(injected.settings.server_key.encode(), b"readiness", "sha256").hexdigest()
    entry = next(iter(injected.texts.faq.entries))
    try:
        said = await injected.rasa.turn(sender, turn.payload("faq", entry_id=entry), {"surface": "readiness"})
    except RasaUnavailable:
        return False
    finally:
        await injected.erasure.forget_probe(sender)
    return said[0].get("entry") == entry
