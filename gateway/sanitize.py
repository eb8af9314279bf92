"""What a person typed, made safe to handle. The order is the security property: normalise first, check last."""

from __future__ import annotations

import re
import unicodedata

from bot import placeholders

_JOINERS = {"\u200c", "\u200d"}  # needed between letters in Persian and Indic scripts
_BLANKS = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r" ?(?:\n ?)+")


class Refused(ValueError):
    """The text cannot be taken. `code` names why; the wording is in the problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean(text: str) -> str:
    """Normalise `text`: no control, format or bidi character, no leading slash in any disguise, no forged placeholder.

    Properties (tested): `clean(clean(x)) == clean(x)` and `not clean(x).strip().startswith("/")`.
    Raises Refused("nul") or Refused("surrogate") for what is not text at all.
    """
    if "\x00" in text:
        raise Refused("nul")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise Refused("surrogate")
    previous = None
    while text != previous:  # dropping a character can let its neighbours combine, so until nothing changes
        previous, text = text, _pass(text)
    return text


def _pass(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for i, char in enumerate(text) if _kept(text, i, char))
    text = text.replace(placeholders.OPEN, "[").replace(placeholders.CLOSE, "]")
    text = _NEWLINES.sub("\n", _BLANKS.sub(" ", text)).strip()
    while text.startswith("/"):
        text = text[1:].strip()
    return text


def _kept(text: str, i: int, char: str) -> bool:
    if char in _JOINERS:
        return 0 < i < len(text) - 1 and text[i - 1].isalpha() and text[i + 1].isalpha()
    if char in "\n\t":
        return True
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") or char.isspace()
