"""Words as they are heard: « otentifié », « authentifier » and « autentifié » are one word to the ear.

Many write French by ear, on a phone or while learning it. Rules in order, rough on purpose: two words that meet here
by mistake stay apart in the other features.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"eau|au", "o"), (r"ph", "f"), (r"qu", "k"), (r"ch", "S"), (r"ai|ei", "e"), (r"er\b|ez\b", "e"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"([a-z])\1", r"\1"), (r"[estdxp]+\b", ""), (r"y", "i"), (r"h", ""),
        (r"g(?=[ei])", "j"), (r"en|an|em|am", "A"), (r"in|ain|un", "I"),
    )
)  # fmt: skip


@lru_cache(maxsize=50_000)
def as_heard(word: str) -> str:
    """A normalised word by its sounds; capitals stand for sounds of two letters. Mute ends are gone."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


def all_as_heard(text: str) -> str:
    """Each word of a normalised text by its sounds."""
    return " ".join(map(as_heard, text.split()))
