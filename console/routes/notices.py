"""/console/api/notices: the notices of now, for every member. The page asks every thirty seconds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from console.sessions import Session, require
from gateway.api.notices import published
from gateway.schemas import Notices

router = APIRouter()


@router.get("/console/api/notices")
def notices(request: Request, session: Annotated[Session, Depends(require())]) -> Notices:
    return published(request.app.state.console.services.notices)
