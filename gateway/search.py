"""Search in the entries, tolerant of typos, accents, elision, abbreviations and word order."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.faq import Entry, Faq
from bot.text import normalise

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WEIGHTS = {"title": 4.0, "short": 1.5, "full": 1.0}
_ALIKE_FROM = 78.0
"""Likeness (0 to 100) from which a word of the index stands for a mistyped one."""
_CANDIDATES = 3
_STOP = frozenset(
    "a ai au aux avec ce ces cette comme comment d dans de des du elle en est est-ce et etre faire fait il ils j je "
    "l la le les leur lui m ma mais me mes mon n ne nos notre nous on ou par pas peut plait plus pour pourquoi qu "
    "quand que quel quelle qui quoi s sa se ses si son sont sur t te un une vos votre vous y bonjour merci".split()
)


@dataclass(frozen=True)
class Hit:
    entry: Entry
    score: float


class Search:
    """An inverted index over titles, texts and ids. Immutable: build a new one when the entries change."""

    def __init__(self, faq: Faq, phrases: dict[str, list[str]] | None = None) -> None:
        """`phrases`: entry id → further ways to say it, which weigh as a text does."""
        self._entries = faq.entries
        self._postings: dict[str, dict[str, float]] = defaultdict(dict)
        for entry in faq.entries.values():
            for word, weight in self._weights(entry, (phrases or {}).get(entry.id, [])).items():
                self._postings[word][entry.id] = weight
        self._vocabulary = list(self._postings)
        count = len(faq.entries)
        self._idf = {word: math.log(1 + count / len(ids)) for word, ids in self._postings.items()}

    @staticmethod
    def _weights(entry: Entry, phrases: list[str]) -> Counter[str]:
        weights: Counter[str] = Counter()
        fields = {"title": f"{entry.title} {entry.id}", "short": entry.french.short, "full": entry.french.full}
        for name, text in fields.items():
            for word in set(words(text)):
                weights[word] += _WEIGHTS[name]
        said = Counter(word for phrase in phrases for word in set(words(phrase)))
        for word, count in said.items():
            weights[word] += 3.0 * math.sqrt(count / len(phrases))
        return weights

    def __call__(self, query: str, limit: int = 5) -> list[Hit]:
        """Entries for `query`, best first; scores 0 to 100 compare within one search only."""
        scores: Counter[str] = Counter()
        asked = list(dict.fromkeys(words(query)))
        for word in asked:
            self._add(word, scores)
        best = scores.most_common(limit)
        top = best[0][1] if best else 1.0
        return [Hit(self._entries[id_], round(100 * score / top, 1)) for id_, score in best]

    def _add(self, word: str, scores: Counter[str]) -> None:
        """Each entry takes the best of what the index knows near `word`, once."""
        best: dict[str, float] = {}
        for known, likeness in self._near(word):
            for id_, weight in self._postings[known].items():
                best[id_] = max(best.get(id_, 0.0), likeness * self._idf[known] * weight)
        scores.update(best)

    def _near(self, word: str) -> list[tuple[str, float]]:
        if word in self._postings:
            near = [(word, 1.0)]
        else:
            close = process.extract(
                word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_ALIKE_FROM, limit=_CANDIDATES
            )
            near = [(known, (likeness / 100) ** 2) for known, likeness, _ in close]
        if len(word) >= 3:
            near += [(known, 0.6) for known in self._vocabulary if known != word and known.startswith(word)]
        return near


def words(text: str) -> list[str]:
    """The words that carry meaning, normalised."""
    return [word for word in _WORD.findall(normalise(text)) if word not in _STOP]
