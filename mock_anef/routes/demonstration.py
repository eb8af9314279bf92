"""What only a demonstration has: the list of personas and the outbox, as pages and, for tests, as JSON."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates

from mock_anef.models import Outbox
from mock_anef.openapi import problems

HERE = Path(__file__).parents[1]
UNKNOWN_NUMBER = "9600000000"

router = APIRouter(tags=["demonstration"])
templates = Jinja2Templates(HERE / "templates")


@router.get("/outbox.json", summary="Messages sent, newest first (demonstration only)", responses=problems(422))
async def read_outbox(
    request: Request,
    persona: Annotated[str | None, Query(pattern="^[a-z0-9-]{1,60}$", description="Only this persona's.")] = None,
) -> Outbox:
    return Outbox(messages=request.app.state.outbox.messages(persona))


@router.get("/", include_in_schema=False)
async def home() -> RedirectResponse:
    return RedirectResponse("/personas")


@router.get("/personas", include_in_schema=False)
async def personas_page(request: Request) -> HTMLResponse:
    context = {"page": "personas", "personas": request.app.state.personas, "unknown_number": UNKNOWN_NUMBER}
    return templates.TemplateResponse(request, "personas.html", context)


@router.get("/outbox", include_in_schema=False)
async def outbox_page(request: Request, actualisation: str = "oui") -> HTMLResponse:
    """Reloads itself every few seconds unless asked not to (WCAG 2.2.2)."""
    messages = request.app.state.outbox.messages()
    context = {"page": "outbox", "messages": messages, "refreshes": actualisation != "non"}
    return templates.TemplateResponse(request, "outbox.html", context)


@router.get("/style.css", include_in_schema=False)
async def stylesheet() -> FileResponse:
    return FileResponse(HERE / "static" / "style.css", media_type="text/css")
