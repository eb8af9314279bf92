"""/api/notices: what everybody must know for now. Surfaces ask every thirty seconds while they are looked at."""

from __future__ import annotations

from fastapi import APIRouter

from gateway import notices, schemas
from gateway.api.conversations import Injected

router = APIRouter(prefix="/api/notices")


@router.get("")
async def current(injected: Injected) -> schemas.Notices:
    return published(injected.notices)


def published(known: notices.Notices) -> schemas.Notices:
    """The notices of now, as a surface gets them."""
    shown = [schemas.Notice(id=n.id, text=n.text, entries=list(n.entries)) for n in known.current()]
    return schemas.Notices(notices=shown)
