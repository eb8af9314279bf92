"""Search in the entries, tolerant of typos, accents, elision, abbreviations and word order.

Two steps. Words of the query, and known words near them, give each entry a score (an inverted index). The best dozen
are then compared phrase by phrase with what people are known to write about them (`data/nlu`).
The weights were set on `tests/console/search_queries.yml`; `evaluation/search` measures the result.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.faq import Entry, Faq
from gateway.search_words import STOP, stem, tokens, words

_TITLE, _SHORT, _FULL, _PHRASES = 8.0, 1.0, 0.5, 50.0
_PHRASE_SHARE = 2.5
"""What likeness to known phrases weighs beside the index, both being 0 to 1."""
_CANDIDATES = 12
_LONGEST_POSTINGS = 250
_NEAR_POSTINGS = 80
"""Entries kept for one word, and for one that is only near: those it says most about. Bounds the work."""
_PREFIXES = 15
_LOOKED_AT = 400
_PREFIX_WEIGHT = 0.6
_TYPO_WEIGHTS = {1: 0.7, 2: 0.45}
_RARE = 3
"""A word of fewer entries may itself be a typo that someone made in an example: look around it too."""


@dataclass(frozen=True)
class Hit:
    entry: Entry
    score: float


@dataclass
class _Phrases:
    """What people write about one entry: word → (number of a phrase, weight of the word in it)."""

    by_word: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))


class Search:
    """Immutable: build a new one when the entries change."""

    def __init__(self, faq: Faq, phrases: dict[str, list[str]] | None = None) -> None:
        """`phrases`: entry id → further ways to say it."""
        self._entries = list(faq.entries.values())
        said = [
            [frozenset(words(text)) for text in (entry.title, *(phrases or {}).get(entry.id, []))]
            for entry in self._entries
        ]
        weights = [_weights(entry, phrases) for entry, phrases in zip(self._entries, said, strict=True)]
        found_in = Counter(word for each in weights for word in each)
        self._idf = {word: math.log(1 + len(weights) / count) for word, count in found_in.items()}
        self._found_in = found_in
        self._postings = self._index(weights)
        self._phrases = [self._of(phrases) for phrases in said]
        self._vocabulary = sorted(found_in)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            self._by_length[len(word)].append(word)
        self._near = lru_cache(10_000)(self._look_near)  # while someone types, only the last word changes

    def __call__(self, query: str, limit: int = 5) -> list[Hit]:
        """Entries for `query`, best first; scores 0 to 100 compare within one search only."""
        asked = [near for word in self._asked(query) if (near := self._near(word))]
        candidates = self._candidates(asked)
        if not candidates:
            return []
        likeness = self._likeness(asked, [at for at, _ in candidates])
        first = candidates[0][1]
        scored = [(score / first + _PHRASE_SHARE * likeness[at], at) for at, score in candidates]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        top = scored[0][0]
        return [Hit(self._entries[at], round(100 * score / top, 1)) for score, at in scored[:limit]]

    def __len__(self) -> int:
        return len(self._entries)

    def forget_words(self) -> None:
        """Empty the memory of words looked up, for who measures."""
        self._near.cache_clear()

    def _candidates(self, asked: list[dict[str, float]]) -> list[tuple[int, float]]:
        """The best entries by words: what each word of the query says for them, times how much of it they cover."""
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        mass = 0.0
        for near in asked:
            best: dict[int, float] = {}
            for known, likeness in near.items():
                for at, weight in self._postings[known][: None if likeness == 1.0 else _NEAR_POSTINGS]:
                    if likeness * weight > best.get(at, 0.0):
                        best[at] = likeness * weight
            idf = self._weight_of(near)
            mass += idf
            for at, weight in best.items():
                scores[at] += weight
                covered[at] += idf
        found = ((at, score * (covered[at] / mass) ** 2) for at, score in scores.items())
        return nlargest(_CANDIDATES, found, key=itemgetter(1))

    def _likeness(self, asked: list[dict[str, float]], candidates: list[int]) -> dict[int, float]:
        """0 to 1 for each candidate: how near the query is to its three nearest phrases (cosine of weighted words)."""
        wanted: dict[str, float] = {}
        for near in asked:
            for known, likeness in near.items():
                wanted[known] = max(wanted.get(known, 0.0), likeness * self._idf[known])
        length = math.sqrt(sum(self._weight_of(near) ** 2 for near in asked)) or 1.0
        return {at: self._like(self._phrases[at], wanted) / length for at in candidates}

    @staticmethod
    def _like(phrases: _Phrases, wanted: dict[str, float]) -> float:
        products: dict[int, float] = defaultdict(float)
        for word in wanted.keys() & phrases.by_word.keys():
            for number, weight in phrases.by_word[word]:
                products[number] += wanted[word] * weight
        best = sorted(products.values(), reverse=True)[:3]
        return sum(product * share for product, share in zip(best, (1.0, 0.5, 0.25), strict=False)) / 1.75

    def _weight_of(self, near: dict[str, float]) -> float:
        return max(self._idf[known] * likeness for known, likeness in near.items())

    def _asked(self, query: str) -> list[str]:
        """The words of the query; two neighbours that make one known word together are that word (« e photo »)."""
        typed = tokens(query)
        joined = [a + b for a, b in pairwise(typed) if not {a, b} <= STOP and stem(a + b) in self._idf]
        return list(dict.fromkeys([*words(query), *map(stem, joined)]))

    def _look_near(self, word: str) -> dict[str, float]:
        """Known words that `word` may stand for, each with its likeness (0 to 1]."""
        near = {word: 1.0} if word in self._idf else {}
        if not near:
            near.update(dict.fromkeys(self._parts(word), 0.95))
        if len(word) >= 4 and self._found_in[word] < _RARE:
            near.update((known, _TYPO_WEIGHTS[typos]) for known, typos in self._misspelt(word) if known not in near)
        if len(word) >= 3:
            near.update(
                (k, _PREFIX_WEIGHT * math.sqrt(len(word) / len(k))) for k in self._longer(word) if k not in near
            )
        return near

    def _misspelt(self, word: str) -> list[tuple[str, int]]:
        """Known words one typo away, or two where the word is long and its first letter is right."""
        most = 2 if len(word) >= 8 else 1
        close = [known for size in range(-most, most + 1) for known in self._by_length.get(len(word) + size, [])]
        found = process.extract(word, close, scorer=OSA.distance, score_cutoff=most, limit=6)
        return [(known, typos) for known, typos, _ in found if typos > 0 and (typos == 1 or known[0] == word[0])]

    def _longer(self, start: str) -> list[str]:
        """The commonest known words that begin with `start`."""
        first = bisect_left(self._vocabulary, start)
        last = bisect_left(self._vocabulary, start + "\x7f")
        longer = self._vocabulary[first : min(last, first + _LOOKED_AT)]
        return nlargest(_PREFIXES, (known for known in longer if known != start), key=self._found_in.__getitem__)

    def _parts(self, word: str) -> list[str]:
        """Words typed without the space or apostrophe between them: « lattestation », « enligne »."""
        for cut in range(1, len(word) - 1):
            first, rest = word[:cut], stem(word[cut:])
            if len(rest) > 2 and rest in self._idf and (first in STOP or (cut > 2 and stem(first) in self._idf)):
                return [rest] if first in STOP else [stem(first), rest]
        return []

    def _index(self, weights: list[dict[str, float]]) -> dict[str, list[tuple[int, float]]]:
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, each in enumerate(weights):
            for word, weight in each.items():
                postings[word].append((at, math.log1p(weight) * self._idf[word]))
        for held in postings.values():
            held.sort(key=lambda pair: -pair[1])
            del held[_LONGEST_POSTINGS:]
        return dict(postings)

    def _of(self, phrases: list[frozenset[str]]) -> _Phrases:
        made = _Phrases()
        for number, phrase in enumerate(phrases):
            length = math.sqrt(sum(self._idf[word] ** 2 for word in phrase)) or 1.0
            for word in phrase:
                made.by_word[word].append((number, self._idf[word] / length))
        return made


def _weights(entry: Entry, phrases: list[frozenset[str]]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    written = ((f"{entry.title} {entry.id}", _TITLE), (entry.french.short, _SHORT), (entry.french.full, _FULL))
    for text, weight in written:
        for word in set(words(text)):
            weights[word] += weight
    for phrase in phrases:
        for word in phrase:
            weights[word] += _PHRASES / len(phrases)
    return weights
