"""Where one sentence may end and another begin, in French as people type it, and which of them ask for something."""

from __future__ import annotations

import re
from typing import List, NamedTuple, Text

# Where one question may end and another begin. The first kind says itself that something else follows.
_SENTENCE = r"[?!…\n]+|\.(?=\s|$)"
_ANOTHER = (
    r"et aussi|et puis|et sinon|et en plus|et ensuite|et autre chose|(?<=[,;] )sinon|par ailleurs|d' autre part|"
    r"(?:et )?(?:une )?(?:autre|deuxieme|2eme|seconde) question|"
    r"(?:et|sinon) (?=(?:comment|ou|quand|combien|pourquoi|quel(?:le)?s?|est-ce|c' est (?:ou|quoi|combien))\b)"
)
_BREAK = re.compile(rf"(?P<another>\b(?:{_ANOTHER})\b\s*[,:]?)|{_SENTENCE}")
_ASKS = re.compile(
    r"\b(?:comment|ou est|ou sont|ou se|ou puis|ou je|quand|combien|quel(?:le)?s?|est-ce|est ce|pourquoi|peut-on|"
    r"puis-je|faut-il|dois-je|c' est quoi|je (?:veux|voudrais|cherche|souhaite)|j' aimerais|besoin)\b"
    r"|^(?:qui|ou)\b|\b(?:ou|quoi)$"
)


class Sentence(NamedTuple):
    """A part of a message. `asks`: put as a question or a wish. `apart`: « et aussi » stands before or behind it."""

    text: Text
    asks: bool
    apart: bool


def sentences(text: Text) -> List[Sentence]:
    """The parts of `text`, normalised, in order, without the marks between them."""
    found, start, apart = [], 0, False
    for match in [*_BREAK.finditer(text), None]:
        part = text[start : match.start() if match else len(text)].strip(" ,;:-")
        another = bool(match and match.group("another"))
        if part:
            asks = bool(match and "?" in match.group()) or bool(_ASKS.search(part))
            found.append(Sentence(part, asks, another or apart))
        if part or another:
            apart = another
        start = match.end() if match else start
    return found


def asking(text: Text) -> Text:
    """What of a normalised text asks for something; the last sentence where none does.

    People tell their story around what they want: the story is mostly about something else.
    """
    parts = sentences(text)
    return " ".join([part.text for part in parts if part.asks] or [part.text for part in parts[-1:]])
