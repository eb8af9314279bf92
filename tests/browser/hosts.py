"""A host site: pages that hold the widget, under policies of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.responses import Response

from gateway.web.assets import Assets
from gateway.web.widget import loaders

if TYPE_CHECKING:
    from tests.browser.conftest import Place

VARIABLES = (
    "--assistant-accent: #6a2c70; --assistant-on-accent: #fff; "
    "--assistant-background: #fffaf3; --assistant-text: #2b1d2e"
)


def host_app(place: Place) -> FastAPI:
    app = FastAPI(openapi_url=None)
    loader = list(loaders(Assets()).values())[-1]
    snippet = (
        f'<script src="{place.ours}{loader.path}" integrity="{loader.integrity}" crossorigin="anonymous" '
        'data-site="test" async></script>'
    )
    strict = f"default-src 'none'; style-src 'self'; img-src data:; script-src {place.ours}; frame-src {place.ours}"

    def host(head: str, policy: str = "", body: str = "") -> Response:
        html = (
            f'<!doctype html><html lang="fr"><head><title>Hôte</title><link rel="icon" href="data:,">{head}</head>'
            f'<body><main><h1>Hôte</h1><p><a href="/other">Suite</a></p>{body}</main></body></html>'
        )
        headers = {"Content-Security-Policy": policy} if policy else {}
        return Response(html, headers={"Content-Type": "text/html; charset=utf-8", **headers})

    @app.get("/")
    @app.get("/other")
    def plain() -> Response:
        return host(snippet)

    @app.get("/strict")
    def under_policy() -> Response:
        return host('<link rel="stylesheet" href="/host.css">' + snippet, strict)

    @app.get("/host.css")
    def css() -> Response:
        return Response(f":root {{ {VARIABLES} }}", media_type="text/css")

    @app.get("/altered")
    def altered() -> Response:
        """The same integrity, with the loader changed on its way (the test routes it)."""
        return host(snippet)

    @app.get("/frames")
    def frames() -> Response:
        return host("", body=f'<iframe title="Chat" src="{place.ours}/widget/frame?site=test"></iframe>')

    return app
