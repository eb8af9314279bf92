"""The check of `make check`: python -m evaluation.check [--accept]. Prints what is wrong and exits 1.

A stored run must be of the present data, configuration and code, and not below the accepted scores; no question may
be nearly a training example; no two examples of a label may be nearly the same. `--accept` takes the scores of the
stored runs as the accepted ones: a decision that shows in the history.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz, process

from bot.text import normalise
from evaluation import fingerprint, runs
from evaluation.data import ROOT, SETS, Example, examples, questions

ACCEPTED = ROOT / "evaluation" / "accepted.json"
TOLD_AHEAD_FROM = 92.0  # likeness of a question to a training example
TWICE_FROM = 95.0  # likeness of two examples of one label
FLOORS = ("right", "right_or_suggested", "wrong", "phone_right", "out_of_scope_answered")
LOWER_IS_BETTER = ("wrong", "out_of_scope_answered")
# There are few ways to say yes or hello: in these labels examples may be alike, and questions may meet them.
SHORT_TALK = (
    "greet", "goodbye", "thanks", "bot", "frustration", "help", "affirm", "deny", "dont_know", "cancel",
    "none_of_these", "not_that", "repeat", "inform", "follow_up", "out_of_scope/charabia",
)  # fmt: skip


def stale_runs() -> Iterator[str]:
    """Runs named in accepted.json that are missing, of other data, or below."""
    for name, accepted in json.loads(ACCEPTED.read_text(encoding="utf-8")).items():
        try:
            run = runs.load(name)
        except FileNotFoundError:
            yield f"run {name}: missing; `make evaluate` makes it"
            continue
        if run["fingerprint"] != fingerprint.of(run["set"]):
            yield f"run {name}: not of the present data, configuration and code; `make evaluate` makes it anew"
        yield from _below(name, run["scores"], accepted)


def _below(name: str, scores: dict, accepted: dict[str, float]) -> Iterator[str]:
    for score, limit in accepted.items():
        share = scores[score]["share"]
        if share > limit if score in LOWER_IS_BETTER else share < limit:
            yield f"run {name}: {score} is {share:.1%}, accepted is {limit:.1%}"


def known_questions(known: list[Example]) -> Iterator[str]:
    """Questions that are nearly a training example; the id and the likeness, never the text."""
    texts = [_in_order(example.text) for example in known]
    for name in SETS:
        asked = [q for q in questions(name) if not _exempt(q.text, q.expect[0])]
        likeness = process.cdist([_in_order(q.text) for q in asked], texts, scorer=fuzz.ratio, dtype=np.float32)
        for question, row in zip(asked, likeness, strict=True):
            if row.max() >= TOLD_AHEAD_FROM:
                yield f"{name} {question.id}: {row.max():.0f} % alike « {known[int(row.argmax())].text} » in data/nlu"


def repeated_examples(known: list[Example]) -> Iterator[str]:
    """Pairs of examples of one label that differ in next to nothing."""
    groups: dict[str, list[str]] = defaultdict(list)
    for example in known:
        groups[example.label].append(example.text)
    for label, texts in groups.items():
        if label.startswith(SHORT_TALK):
            continue
        likeness = process.cdist(*[[_in_order(text) for text in texts]] * 2, scorer=fuzz.ratio, dtype=np.float32)
        for i, j in zip(*np.where(np.triu(likeness, 1) >= TWICE_FROM), strict=True):
            yield f"{label}: « {texts[i]} » and « {texts[j]} » are nearly the same example"


def _exempt(text: str, label: str) -> bool:
    return len(normalise(text).split()) < 2 or label.startswith(SHORT_TALK)


def _in_order(text: str) -> str:
    """Normalised words in alphabetical order, so that a plain ratio is a token-sort ratio."""
    return " ".join(sorted(normalise(text).split()))


def accept() -> None:
    """Write the scores of every stored run as those to hold."""
    stored = {path.stem: runs.load(path.stem)["scores"] for path in sorted(runs.RUNS.glob("*.json"))}
    floors = {
        name: {score: scores[score]["share"] for score in FLOORS if scores[score]["n"]}
        for name, scores in stored.items()
    }
    ACCEPTED.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="accept the scores of the stored runs")
    if parser.parse_args().accept:
        accept()
    known = examples()
    wrong = [*stale_runs(), *known_questions(known), *repeated_examples(known)]
    print("\n".join(wrong) or f"evaluation: {len(known)} examples, {len(SETS)} sets of questions, all in order")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
