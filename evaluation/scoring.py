"""What a first reply is worth: right, suggested, wrong or missed; and the shares with their intervals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from evaluation.data import Question

RIGHT, SUGGESTED, WRONG, MISSED = "right", "suggested", "wrong", "missed"
ANSWERING = ("answer", "question", "lookup")
PHONE_VOICES = ("phone", "learner")
SMALLTALK = ("greet", "goodbye", "thanks", "bot", "frustration", "help")
LOOKUPS = {"lookup_status": "status", "lookup_account": "account"}


@dataclass(frozen=True)
class Reply:
    """A first reply: kind and topic as in the public API; `dialogue` with the label for what needs a context.

    `confidence` is None where nobody tells it (through the gateway).
    """

    kind: str
    topic: str | None = None
    suggestions: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True)
class Scored:
    question: Question
    reply: Reply
    outcome: str


def expected(label: str) -> tuple[str, str | None]:
    """The kind and topic that answer a label: « faq/arnaques » → (« answer », « arnaques »)."""
    if label.startswith("faq/"):
        return "answer", label.partition("/")[2]
    if label in LOOKUPS:
        return "lookup", LOOKUPS[label]
    if label.startswith("out_of_scope"):
        return "out_of_scope", None
    return ("smalltalk", label) if label in SMALLTALK else ("dialogue", label)


def outcome(question: Question, reply: Reply) -> str:
    """RIGHT; SUGGESTED: unsure, with the right one to choose; WRONG: an answer to another question; else MISSED."""
    wanted = [expected(label) for label in question.expect]
    kind = "answer" if reply.kind == "question" else reply.kind
    if (kind, reply.topic) in wanted:
        return RIGHT
    if kind in ("out_of_scope", "not_understood") and ("out_of_scope", None) in wanted:
        return RIGHT
    if kind == "suggestions" and any(topic in reply.suggestions for _, topic in wanted if topic):
        return SUGGESTED
    return WRONG if kind in ANSWERING else MISSED


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share; (0, 1) when there is nothing to count."""
    if not n:
        return 0.0, 1.0
    z, share = 1.96, hits / n
    centre, reach = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, (centre - reach) / (1 + z * z / n)), min(1.0, (centre + reach) / (1 + z * z / n))


def summary(scored: Sequence[Scored]) -> dict[str, Any]:
    """All that is stored of a run but its fingerprint."""
    ours = [item for item in scored if is_ours(item.question)]
    theirs = [item for item in scored if item.question.expect[0].startswith("out_of_scope")]
    talk = [item for item in scored if item not in ours and item not in theirs]
    phone = [item for item in ours if item.question.voice in PHONE_VOICES]
    return {
        "scores": {
            "right": _share(ours, _is(RIGHT)),
            "right_or_suggested": _share(ours, _is(RIGHT, SUGGESTED)),
            "wrong": _share(ours, _is(WRONG)),
            "phone_right": _share(phone, _is(RIGHT)),
            "phone_right_or_suggested": _share(phone, _is(RIGHT, SUGGESTED)),
            "out_of_scope_answered": _share(theirs, _is(WRONG)),
            "conversation_right": _share(talk, _is(RIGHT)),
            "conversation_answered": _share(talk, _is(WRONG)),
        },
        "voices": _by(ours, lambda item: item.question.voice),
        "entries": _by(ours, lambda item: item.question.expect[0]),
        "families": _by(theirs, lambda item: item.question.expect[0]),
        "acts": _by(talk, lambda item: item.question.expect[0]),
        "calibration": _calibration(scored),
        "confusions": _confusions(scored),
        "misses": [_miss(item) for item in scored if item.outcome != RIGHT],
    }


def is_ours(question: Question) -> bool:
    return expected(question.expect[0])[0] in ("answer", "lookup")


def _is(*outcomes: str) -> Callable[[Scored], bool]:
    return lambda item: item.outcome in outcomes


def _share(items: Sequence[Scored], hit: Callable[[Scored], bool]) -> dict[str, Any]:
    hits, n = sum(map(hit, items)), len(items)
    low, high = wilson(hits, n)
    return {
        "share": round(hits / n, 4) if n else None,
        "hits": hits,
        "n": n,
        "low": round(low, 4),
        "high": round(high, 4),
    }


def _by(items: Iterable[Scored], key: Callable[[Scored], str]) -> dict[str, dict[str, int]]:
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        groups[key(item)][item.outcome] += 1
    return {name: {**counts, "n": sum(counts.values())} for name, counts in sorted(groups.items())}


def _calibration(scored: Sequence[Scored], bins: int = 10) -> list[dict[str, Any]]:
    """For carried replies by confidence: how many were right."""
    told = [
        (item.reply.confidence, item)
        for item in scored
        if item.reply.confidence is not None and item.outcome in (RIGHT, WRONG)
    ]
    rows = []
    for i in range(bins):
        inside = [(confidence, item) for confidence, item in told if min(int(confidence * bins), bins - 1) == i]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            rows.append({"confidence": round(mean, 3), **_share([item for _, item in inside], _is(RIGHT))})
    return rows


def _confusions(scored: Sequence[Scored]) -> list[dict[str, Any]]:
    pairs = Counter((item.question.expect[0], said(item.reply)) for item in scored if item.outcome == WRONG)
    return [{"expected": a, "got": b, "times": times} for (a, b), times in pairs.most_common()]


def _miss(item: Scored) -> dict[str, Any]:
    return {
        "id": item.question.id,
        "expected": item.question.expect[0],
        "got": said(item.reply),
        "outcome": item.outcome,
    }


def said(reply: Reply) -> str:
    return f"{reply.kind}/{reply.topic}" if reply.topic else reply.kind
