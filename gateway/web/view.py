"""What every page shares: templates, interface strings with public addresses in place, headers, compression."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from bot.faq import Faq
from bot.wording import Wording
from gateway.notices import Notice
from gateway.web import markup
from gateway.web.assets import Asset, Assets

GATEWAY = Path(__file__).resolve().parent.parent
HTML = "text/html; charset=utf-8"

_NAME = re.compile(r"\{([a-z-]+)\}")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors "
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True)
class Options:
    """`public_url`: where people reach us, without a slash at its end. Minutes are those of the conversations. `off`:
    whether the assistant is switched off; `notices`: those of now."""

    public_url: str = "http://127.0.0.1:8000"
    idle_minutes: int = 30
    life_minutes: int = 240
    off: Callable[[], bool] = lambda: False
    notices: Callable[[], Sequence[Notice]] = tuple


class View:
    """Reads strings, templates and static files at once, so that a fault stops the start and not a visitor."""

    def __init__(self, faq: Faq, options: Options) -> None:
        self.faq, self.options = faq, options
        self.assets = Assets()
        self.wording = Wording(directory=GATEWAY / "strings")
        self._templates = Environment(
            loader=FileSystemLoader(GATEWAY / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["unbroken"] = markup.unbroken
        self._templates.globals.update(
            s=lambda key, **params: markup.unbroken(self.plain(key, **params)),
            html=self.html,
            asset=self.assets.url,
            public_url=options.public_url,
            notices=options.notices,
            markdown=markup.html,
            query="",
        )

    def string(self, key: str, **params: Any) -> str:
        """Markdown with public addresses in place; other names in braces, which the browser fills in, stay."""

        def address(match: re.Match[str]) -> str:
            return self.faq.expand(match.group()) if match.group(1) in self.faq.addresses else match.group()

        return _NAME.sub(address, self.wording(key, **params))

    def plain(self, key: str, **params: Any) -> str:
        return markup.plain(self.string(key, **params))

    def html(self, key: str, **params: Any) -> Markup:
        return markup.html(self.string(key, **params))

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        ancestors: str = "'none'",
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> Response:
        """A page under our policy. `ancestors`: who may frame it."""
        alone = {"Cross-Origin-Opener-Policy": "same-origin"} if ancestors == "'none'" else {}
        policy = {"Content-Security-Policy": POLICY + ancestors, "Cache-Control": "no-cache"}
        body = self.render(template, **values).encode()
        return self.send(request, body, HTML, {**policy, **alone, **(headers or {})}, status)

    def not_found(self, request: Request) -> Response:
        return self.page(request, "not_found.html", status=404, page="")

    def render(self, template: str, **values: Any) -> str:
        return self._templates.get_template(template).render(**values)

    def send(
        self, request: Request, content: bytes, type_: str, headers: dict[str, str], status: int = 200
    ) -> Response:
        packed = gzip.compress(content, 6) if _takes_gzip(request) else None
        return _response(content, packed, type_, headers, status)

    def file(self, request: Request, asset: Asset, headers: dict[str, str]) -> Response:
        packed = asset.packed if _takes_gzip(request) else None
        return _response(asset.content, packed, asset.type, headers)


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def _response(content: bytes, packed: bytes | None, type_: str, headers: dict[str, str], status: int = 200) -> Response:
    vary = ", ".join(filter(None, ["Accept-Encoding", headers.get("Vary")]))
    headers = {**_HEADERS, **headers, "Content-Type": type_, "Vary": vary}
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    return Response(packed if packed is not None else content, status, headers)
