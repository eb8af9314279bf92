"""The pages that browsers get, as one router."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.faq import Faq
from gateway.search import Search
from gateway.sites import Sites
from gateway.web import chat, widget
from gateway.web import faq as faq_pages
from gateway.web.assets import IMMUTABLE
from gateway.web.view import Options, View

__all__ = ["Options", "pages"]


def pages(faq: Faq, sites: Sites, search: Search, options: Options | None = None) -> APIRouter:
    """Every page over these entries. Raises at once when a template, a string or a released loader is not in order."""
    view = View(faq, options or Options())
    router = APIRouter(include_in_schema=False)
    for part in (chat.router(view, sites), widget.router(view, sites), faq_pages.router(view, search)):
        router.include_router(part)

    @router.get("/static/{digest}/{name:path}")
    def static(request: Request, digest: str, name: str) -> Response:
        asset = view.assets.get(digest, name)
        if asset is None:
            return view.not_found(request)
        return view.file(request, asset, {"Cache-Control": IMMUTABLE, "Cross-Origin-Resource-Policy": "same-origin"})

    return router
