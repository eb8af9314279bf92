"""The chat page, and the same page as the widget's frame."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from gateway.sites import Sites
from gateway.switch import RETRY_SECONDS
from gateway.web.view import View

_OFF = {"Cache-Control": "no-store", "Retry-After": str(RETRY_SECONDS)}


def router(view: View, sites: Sites) -> APIRouter:
    routes = APIRouter()
    keys = [key for key in view.wording.keys() if key.startswith("chat.")]  # noqa: SIM118 - not a dict
    shared: dict[str, Any] = {
        "page": "chat",
        "strings": {key.removeprefix("chat."): view.string(key) for key in keys},
        "modules": [name for name in view.assets.files if name.startswith("chat/") and name != "chat/main.js"],
        "idle": view.options.idle_minutes,
        "life": view.options.life_minutes,
    }

    @routes.get("/")
    def chat(request: Request) -> Response:
        if view.options.off():
            return view.page(request, "off.html", status=503, headers=_OFF, page="off")
        headers = {"Cache-Control": "no-store"}
        return view.page(request, "chat.html", headers=headers, surface="page", site="", origins="", **shared)

    @routes.get("/widget/frame")
    def frame(request: Request, site: str = "") -> Response:
        """The frame for one site of the list, which alone may hold it."""
        known = sites.get(site)
        if known is None:
            return view.not_found(request)
        if view.options.off():
            framed = {**_OFF, "Cross-Origin-Resource-Policy": "cross-origin"}
            return view.page(
                request, "off_frame.html", status=503, ancestors=known.frame_ancestors, headers=framed, page="off"
            )
        return view.page(
            request,
            "frame.html",
            ancestors=known.frame_ancestors,
            headers={"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "cross-origin"},
            surface="widget",
            site=known.id,
            origins=" ".join(known.origins),
            **shared,
        )

    return routes
