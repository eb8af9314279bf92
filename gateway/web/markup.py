"""The Markdown of entries as HTML for server-rendered pages: no raw HTML in, an allow-list out."""

from __future__ import annotations

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence", "heading", "lheading", "hr"])
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def unbroken(text: str) -> str:
    """French punctuation stays with its word at the end of a line."""
    return re.sub(r" (?=[?!:;»])", "\N{NO-BREAK SPACE}", text).replace("« ", "«\N{NO-BREAK SPACE}")


def html(markdown: str) -> Markup:
    """`markdown` as safe HTML; nh3 is the last step."""
    return Markup(
        nh3.clean(
            _MARKDOWN.render(unbroken(markdown)),
            tags=_TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            attribute_filter=_absolute,
            url_schemes={"https", "tel"},
            link_rel="noopener noreferrer",
        )
    )


def _absolute(tag: str, attribute: str, value: str) -> str | None:
    """Entries name public addresses; a relative one would be a slip."""
    return value if attribute != "href" or value.startswith(("https://", "tel:")) else None


def plain(markdown: str) -> str:
    """`markdown` as one line of text, for descriptions."""
    return " ".join(_LINK.sub(r"\1", markdown).replace("**", "").split())
