"""How well and how fast search answers: on the real entries, and on ten thousand that are made up.

    python -m bench.search

Each query is new to the index (its memory of words is emptied), so this is the slow case: while someone types, only
the last word is new.
"""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import quantiles

import yaml

from bot.faq import Body, Entry, Faq, load_faq
from gateway.phrases import known_phrases
from gateway.search import Search

QUERY_FILE = Path(__file__).resolve().parent.parent / "evaluation" / "search" / "queries.yml"
SYNTHETIC = 10_000
QUERIES = 400
LIMITS_MS = {"real": 5.0, "synthetic": 20.0}
"""p99 of one search, of issue « call-centre's aide »."""
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve zi cho gra pre tion ment eau ou an en".split()  # noqa: SIM905


def measure(search: Search, queries: list[str], clock: Callable[[], float] = time.perf_counter) -> dict[str, float]:
    """Milliseconds: p50, p95, p99. With `time.thread_time` a busy machine does not look like a slow search."""
    search("échauffement", 8)
    taken = []
    gc.collect()
    for query in queries:
        search.forget_words()
        start = clock()
        search(query, 8)
        taken.append(1000 * (clock() - start))
    cuts = quantiles(taken, n=100)
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


def real() -> tuple[Search, list[str]]:
    """The entries as they are, and queries made from what people write."""
    phrases = known_phrases()
    rng = random.Random(7)
    said = [phrase for each in phrases.values() for phrase in each]
    return Search(load_faq(), phrases), [" ".join(_noisy(rng.choice(said), rng)) for _ in range(QUERIES)]


def synthetic(count: int = SYNTHETIC) -> tuple[Search, list[str]]:
    """`count` entries of words with frequencies as in a language, and queries made from their titles."""
    rng = random.Random(11)
    vocabulary = ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(20_000)]
    frequency = [1 / (rank + 10) for rank in range(len(vocabulary))]
    entries, phrases = {}, {}
    for number in range(count):
        drawn = iter(rng.choices(vocabulary, frequency, k=100))
        entry = _entry(f"entree-{number}", drawn)
        entries[entry.id] = entry
        phrases[entry.id] = [" ".join(next(drawn) for _ in range(5)) for _ in range(3)]
    titles = [entry.title for entry in entries.values()]
    queries = [" ".join(_noisy(rng.choice(titles), rng)) for _ in range(QUERIES)]
    return Search(Faq(entries, {}), phrases), queries


def _entry(id_: str, words: Iterator[str]) -> Entry:
    title, short, full = (" ".join(next(words) for _ in range(count)) for count in (7, 15, 30))
    body = {"fr": Body(short, full)}
    return Entry(id_, title, "essai", "essai", date(2026, 1, 1), (), (), (), (), (), body, "0" * 12)


def _noisy(text: str, rng: random.Random) -> Iterator[str]:
    """Two to five words of `text`, one of them mistyped, the last one not finished."""
    kept = text.split()
    start = rng.randrange(max(1, len(kept) - 4))
    kept = kept[start : start + rng.randint(2, 5)]
    wrong = rng.randrange(len(kept))
    for at, word in enumerate(kept):
        if at == wrong and len(word) > 4:
            cut = rng.randrange(1, len(word) - 1)
            word = word[:cut] + word[cut + 1 :]
        yield word[: max(3, len(word) - 2)] if at == len(kept) - 1 else word


def found() -> tuple[int, int, int]:
    """On the noisy queries of evaluation/search: how many, entry in the first three, entry first."""
    queries = yaml.safe_load(QUERY_FILE.read_text(encoding="utf-8"))
    search = Search(load_faq(), known_phrases())
    places = [[hit.entry.id for hit in search(query["text"], 3)] for query in queries]
    expected = [query["expect"] for query in queries]
    in_three = sum(wanted in ids for wanted, ids in zip(expected, places, strict=True))
    first = sum([wanted] == ids[:1] for wanted, ids in zip(expected, places, strict=True))
    return len(queries), in_three, first


def main() -> None:
    count, in_three, first = found()
    print(f"Of {count} noisy queries: entry first {first / count:.1%}, in the first three {in_three / count:.1%}.\n")
    print(f"Milliseconds; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    print("| entries | time | p50 | p95 | p99 | limit p99 |\n|---|---|---|---|---|---|")
    for name, made in (("real", real), ("synthetic", synthetic)):
        search, queries = made()
        for label, clock in (("on the clock", time.perf_counter), ("of the processor", time.thread_time)):
            taken = measure(search, queries, clock)
            row = " | ".join(f"{taken[cut]:.2f}" for cut in ("p50", "p95", "p99"))
            print(f"| {name}, {len(search)} | {label} | {row} | {LIMITS_MS[name]:.0f} |", flush=True)


if __name__ == "__main__":
    main()
