"""Wording made ready for a person: strings with their values, and addresses in place."""

from __future__ import annotations

import re
from typing import Any

from bot.faq import Faq
from bot.wording import Wording

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


class Texts:
    """French for now; a language is one more `Wording`."""

    def __init__(self, faq: Faq) -> None:
        self.faq = faq
        self._wording = Wording()

    def markdown(self, key: str, **params: Any) -> str:
        return self.faq.expand(self._wording(key, **params))

    def plain(self, key: str, **params: Any) -> str:
        """The same without links or emphasis, for problems and buttons."""
        return _LINK.sub(r"\1", self.markdown(key, **params)).replace("**", "")

    def __contains__(self, key: str) -> bool:
        return key in self._wording
