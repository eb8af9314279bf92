"""Figures for supervisors, from counts by day that point to nobody, and from the audit trail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from console.audit import Audit
from console.quota import ALARM, LOOKUP
from gateway.journal_database import JOURNAL_FILE, SqliteDatabase, bucket_seconds

DAYS = 30
REFUSED_KINDS = ("not_understood", "out_of_scope")


@dataclass(frozen=True)
class Figures:
    """The last `DAYS` days, today included. Lists by day are in the order of `days`."""

    days: list[str]
    turns: list[int]
    refused_share: list[float | None]
    """Percent of turns not understood or out of scope; None on a day without turns."""
    entries: list[tuple[str, int]]
    """(entry, answers given), most frequent first."""
    useful: list[tuple[str, int, int]]
    """(entry, judged useful, judged not useful), most judged first."""
    lookups: list[int]
    """Look-ups asked of the assistant: turns of that kind."""
    agent_lookups: list[int]
    alarms: list[int]
    median: list[float | None]
    slowest_twentieth: list[float | None]
    """Seconds that half and nineteen in twenty turns did not exceed."""


def figures(data_dir: Path, audit: Audit, today: date) -> Figures:
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    named = [day.isoformat() for day in days]
    database = SqliteDatabase(data_dir / JOURNAL_FILE)
    try:
        turns = database.rows("SELECT day, kind, topic, count FROM daily_turns WHERE day >= ?", named[0])
        times = database.rows("SELECT day, bucket, count FROM daily_times WHERE day >= ? ORDER BY bucket", named[0])
        judged = database.rows(
            "SELECT entry, SUM(useful), SUM(1 - useful) FROM feedback "
            "WHERE entry IS NOT NULL AND date(at, 'unixepoch') >= ? GROUP BY entry ORDER BY COUNT(*) DESC",
            named[0],
        )
    finally:
        database.close()
    total = _by_day(named, ((row["day"], row["count"]) for row in turns))
    refused = _by_day(named, ((row["day"], row["count"]) for row in turns if row["kind"] in REFUSED_KINDS))
    answers: Counter[str] = Counter()
    for row in turns:
        if row["kind"] == "answer":
            answers[row["topic"]] += row["count"]
    acts = Counter((line.at[:10], line.action) for line in audit.lines(days[0]) if line.action in (LOOKUP, ALARM))
    spread: dict[str, list[tuple[int, int]]] = {day: [] for day in named}
    for row in times:
        spread.setdefault(row["day"], []).append((row["bucket"], row["count"]))
    return Figures(
        days=named,
        turns=total,
        refused_share=[round(100 * r / t, 1) if t else None for r, t in zip(refused, total, strict=True)],
        entries=answers.most_common(),
        useful=[(row[0], row[1], row[2]) for row in judged],
        lookups=_by_day(named, ((row["day"], row["count"]) for row in turns if row["kind"] == "lookup")),
        agent_lookups=[acts[day, LOOKUP] for day in named],
        alarms=[acts[day, ALARM] for day in named],
        median=[percentile(spread[day], 0.5) for day in named],
        slowest_twentieth=[percentile(spread[day], 0.95) for day in named],
    )


def percentile(classes: Sequence[tuple[int, int]], share: float) -> float | None:
    """Seconds that `share` (0 to 1) of the durations did not exceed; `classes`: (bucket, count), ascending."""
    total = sum(count for _, count in classes)
    seen = 0
    for number, count in classes:
        seen += count
        if seen >= share * total:
            return round(bucket_seconds(number), 3)
    return None


def _by_day(days: list[str], counts: Iterable[tuple[str, int]]) -> list[int]:
    summed: Counter[str] = Counter()
    for day, count in counts:
        summed[day] += count
    return [summed[day] for day in days]
