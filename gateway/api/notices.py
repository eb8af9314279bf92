"""/api/notices: what everybody must know for now. Surfaces ask every thirty seconds while they are looked at."""

from __future__ import annotations

from fastapi import APIRouter

from gateway import schemas
from gateway.api.conversations import Injected

router = APIRouter(prefix="/api/notices")


@router.get("")
async def notices(injected: Injected) -> schemas.Notices:
    current = injected.notices.current()
    return schemas.Notices(notices=[schemas.Notice(id=n.id, text=n.text, entries=list(n.entries)) for n in current])
