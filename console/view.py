"""What every page of the console shares: templates, strings, static files, the strict policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.faq import Faq
from bot.wording import Wording
from console.sessions import Session
from gateway.texts import Texts
from gateway.web import markup
from gateway.web.assets import IMMUTABLE, Asset, Assets

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "console"
SHARED = {"gateway/static/chat/" + name for name in ("dom.js", "markup.js", "strings.js", "card.js")}
"""Modules of the public page that the console uses too, so that an answer and a card look the same."""
SHARED_STRINGS = ("chat.card_", "chat.new_window", "chat.entry")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class ConsoleTexts(Texts):
    """The console's own strings, with public addresses in place."""

    def __init__(self, faq: Faq) -> None:
        super().__init__(faq)
        self._wording = Wording(directory=HERE / "strings")

    def all(self) -> dict[str, str]:
        """Strings for the browser, which fills in the names left in braces."""
        keys = [key for key in self._wording.keys() if key.startswith("js.")]  # noqa: SIM118
        return {key: self._wording(key) for key in keys}


class View:
    def __init__(self, texts: ConsoleTexts) -> None:
        self.texts, self._files = texts, _files()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(s=texts.plain, html=self._html, asset=self.url)
        shared = Wording(directory=ROOT / "gateway" / "strings")
        kept = [key for key in shared.keys() if key.startswith(SHARED_STRINGS)]  # noqa: SIM118
        card = {key: shared(key) for key in kept}
        self.strings = {key.split(".", 1)[1]: text for key, text in {**card, **texts.all()}.items()}

    def page(self, template: str, session: Session | None, status: int = 200, **values: Any) -> Response:
        """A page under our policy. `session` gives the page its handle, its roles and its sign-out button."""
        body = self._templates.get_template(template).render(session=session, strings=self.strings, **values)
        return HTMLResponse(body, status, headers=HEADERS)

    def url(self, name: str) -> str:
        """The address of `name`, a path from the root of the project. Raises KeyError."""
        self._files[1][name]
        return f"/console/static/{self._files[0]}/{name}"

    def file(self, digest: str, name: str) -> Response | None:
        asset = self._files[1].get(name) if digest == self._files[0] else None
        if asset is None:
            return None
        headers = {"Cache-Control": IMMUTABLE, "Cross-Origin-Resource-Policy": "same-origin"}
        return Response(asset.content, media_type=asset.type, headers=headers)

    def _html(self, key: str, **params: Any) -> Markup:
        return markup.html(self.texts.markdown(key, **params))


def _files() -> tuple[str, dict[str, Asset]]:
    """Paths are those of the project, so that modules import each other as the type checker reads them."""
    own, public = Assets(HERE / "static"), Assets()
    files = {f"console/static/{name}": asset for name, asset in own.files.items()}
    files |= {name: public.files[name.removeprefix("gateway/static/")] for name in SHARED}
    return own.digest + public.digest, files
