"""`GET /health/live`: the process answers."""

from fastapi import APIRouter

from mock_anef.models import Health

router = APIRouter(tags=["health"])


@router.get("/health/live", summary="Is the process up?")
async def live() -> Health:
    return Health()
