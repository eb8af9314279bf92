"""The editor's own sentences: what they must not be, and how they join the training examples of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from bot.placeholders import CLOSE, OPEN
from bot.text import normalise
from gateway import masking

NLU = Path("data/nlu")
COPY_FROM = 80.0
"""Likeness (0 to 100) of two sentences, or of their words in any order, from which one is a copy of the other."""
HELD_WORDS = 4
"""A visitor's text of so many words may not stand inside a sentence either."""
_LONGEST = 200
_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"[\[\]{}|<>]|^[-#]")


@dataclass(frozen=True)
class Refused:
    sentence: str
    why: str


def refused(sentences: Sequence[str], visitors: Iterable[str], known: Iterable[str]) -> list[Refused]:
    """What may not be adopted, and why: copies and near-copies of `visitors`' texts, what is `known` already, what
    holds an identifier or Rasa's markup."""
    theirs = [_words(text) for text in visitors]
    taken = {_words(text) for text in known}
    found = []
    for sentence in sentences:
        plain = _words(sentence)
        why = _why_not(sentence) or ("déjà parmi les exemples" if plain in taken else "") or _copied(plain, theirs)
        taken.add(plain)
        if why:
            found.append(Refused(sentence, why))
    return found


def _words(text: str) -> str:
    return " ".join(_WORD.findall(normalise(text)))


def _why_not(sentence: str) -> str:
    if not 3 <= len(sentence) <= _LONGEST:
        return f"entre 3 et {_LONGEST} caractères"
    if OPEN in sentence or CLOSE in sentence or masking.mask(sentence, lambda kind, value: "") != sentence:
        return "contient un identifiant"
    if _MARKUP.search(sentence):
        return "contient un signe réservé : [ ] { } | < > ou un tiret au début"
    return ""


def _copied(plain: str, theirs: list[str]) -> str:
    for text in theirs:
        alike = max(fuzz.ratio(plain, text), fuzz.token_sort_ratio(plain, text))
        held = len(text.split()) >= HELD_WORDS and text in plain
        if alike >= COPY_FROM or held:
            return "trop proche d'un texte de visiteur : dites-le autrement"
    return ""


def known_examples(root: Path) -> list[str]:
    """Every example there is, under any label."""
    return [example for path in sorted((root / NLU).rglob("*.yml")) for example in _examples(path.read_text("utf-8"))]


def with_sentences(content: str, entry: str, sentences: Sequence[str]) -> str:
    """The file of `entry` with `sentences` at its end. Raises ValueError when the result is not exactly that."""
    lines = "".join(f"      - {sentence}\n" for sentence in sentences)
    written = content.rstrip("\n") + "\n" + lines
    blocks = yaml.safe_load(written)["nlu"]
    if blocks[-1]["intent"] != f"faq/{entry}" or _examples(written) != [*_examples(content), *sentences]:
        raise ValueError(f"{entry}: the file of examples does not end with its list")
    return written


def _examples(content: str) -> list[str]:
    blocks = yaml.safe_load(content)["nlu"]
    lines = (line.strip() for block in blocks for line in block["examples"].splitlines())
    return [line.removeprefix("-").strip() for line in lines if line]
