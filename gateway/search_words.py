"""The words that search compares: normalised, without the small ones, cut to their stems."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text import normalise

_SMALL = """
a ai au aux avec ce ces cette comme d dans de des du elle en est est-ce et etre faire fait il ils j je l la le les leur
lui m ma mais me mes mon n ne nos notre nous on par peut plait plus pour qu que qui quoi s sa se ses si son sont sur t
te un une vos votre vous y bonjour merci
"""
STOP = frozenset(_SMALL.split())
"""« où », « quand », « comment », « quel », « pas » stay: they tell entries of one subject apart."""
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SAME = {
    "email": "mail", "courriel": "mail", "mel": "mail", "mails": "mail", "portable": "telephone",
    "mobile": "telephone", "gsm": "telephone", "cpte": "compte", "tps": "temps", "pdt": "pendant",
}  # fmt: skip
"""Shorthand of people who type while they listen, besides what `bot.text` knows."""
_ENDINGS = (
    "issement", "ations", "ation", "ements", "ement", "ateur", "ees", "ee", "er", "ez", "es", "is", "e", "i", "s", "x",
)  # fmt: skip
_SHORTEST_STEM = 3


def tokens(text: str) -> list[str]:
    """Every word as typed, normalised."""
    return _WORD.findall(normalise(text))


def words(text: str) -> list[str]:
    """The words that carry meaning, as stems. « e-photo » is one word and also its long part."""
    found: list[str] = []
    for token in tokens(text):
        if token in STOP:
            continue
        parts = token.split("-")
        if len(parts) > 1:
            found.append(stem("".join(parts)))
        found += [stem(part) for part in parts if part not in STOP and (len(part) > 2 or len(parts) == 1)]
    return found


@lru_cache(50_000)
def stem(word: str) -> str:
    """`word` without its ending, so that « payer » finds « paiement »: rough, the same for index and query."""
    word = _SAME.get(word, word)
    if word.isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
