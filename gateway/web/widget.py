"""The widget's loader, in every released version, and two demonstration pages that hold it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from gateway.sites import Sites
from gateway.web.assets import IMMUTABLE, STATIC_DIR, Asset, Assets
from gateway.web.view import HTML, View

RELEASES = STATIC_DIR / "widget" / "integrity.json"
"""Version → the `integrity` value that was published with it."""

_FILE = re.compile(r"widget/(\d+\.\d+\.\d+)/loader\.js")
_HOSTS = {
    "plain": "frame-ancestors 'none'",
    # Forbids everything but the page's own style and what docs/widget.md asks a host to add.
    "strict": "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; script-src 'self'; frame-src 'self'",
}


class ChangedRelease(ValueError):
    """A released loader is not what was published: hosts that check its integrity would refuse it."""


@dataclass(frozen=True)
class Loader:
    version: str
    asset: Asset

    @property
    def path(self) -> str:
        return f"/widget/{self.version}/loader.js"

    @property
    def integrity(self) -> str:
        return self.asset.integrity


def loaders(assets: Assets) -> dict[str, Loader]:
    """Released loaders by version, the newest last. Raises ChangedRelease."""
    published = json.loads(RELEASES.read_text(encoding="utf-8"))
    found = {m.group(1): Loader(m.group(1), assets.files[n]) for n in assets.files if (m := _FILE.fullmatch(n))}
    if {version: loader.integrity for version, loader in found.items()} != published:
        raise ChangedRelease(f"loaders {sorted(found)} do not match {RELEASES.name}; a change is a new version")
    return dict(sorted(found.items(), key=lambda item: [int(part) for part in item[0].split(".")]))


def router(view: View, sites: Sites) -> APIRouter:
    routes = APIRouter()
    released = loaders(view.assets)
    current = list(released.values())[-1]
    published = json.dumps({version: loader.integrity for version, loader in released.items()}).encode()

    @routes.get("/widget/integrity.json")
    def integrity(request: Request) -> Response:
        return view.send(request, published, "application/json", {"Cache-Control": "no-cache"})

    @routes.get("/widget/{version}/loader.js")
    def loader(request: Request, version: str) -> Response:
        """For sites of the list: the origin is compared whole."""
        if version not in released:
            return view.not_found(request)
        headers = {"Cache-Control": IMMUTABLE, "Cross-Origin-Resource-Policy": "cross-origin", "Vary": "Origin"}
        origin = request.headers.get("origin", "")
        if origin in sites.origins:
            headers["Access-Control-Allow-Origin"] = origin
        return view.file(request, released[version].asset, headers)

    @routes.get("/demo")
    def plain_host(request: Request) -> Response:
        return host(request, "plain", "/demo/strict")

    @routes.get("/demo/strict")
    def strict_host(request: Request) -> Response:
        return host(request, "strict", "/demo")

    def host(request: Request, variant: str, other: str) -> Response:
        body = view.render("demo.html", variant=variant, other=other, loader=current)
        headers = {"Content-Security-Policy": _HOSTS[variant], "Cache-Control": "no-store"}
        return view.send(request, body.encode(), HTML, headers)

    return routes
