"""How many look-ups one agent may make: an alarm on an unusual number, a refusal beyond it."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from prometheus_client import Counter

from console.audit import Audit
from gateway.problems import Problem

log = structlog.get_logger()

LOOKUP, REFUSED, ALARM = "lookup", "refused", "alarm"
HOUR, DAY = 3600.0, 86_400.0
ALARMS = Counter("anef_console_alarms_total", "Agents whose look-ups were unusually many", ["window"])


@dataclass(frozen=True)
class Allowance:
    """Look-ups an agent in a window. A call takes six minutes: ten an hour is a full one, and few are about a file."""

    name: str
    seconds: float
    alarm: int
    most: int


ALLOWANCES = (Allowance("hour", HOUR, alarm=12, most=20), Allowance("day", DAY, alarm=50, most=100))


class Lookups:
    """Counts look-ups and writes each into the audit trail before anything is read. Takes up the count of the last day
    from the trail, so that a restart forgives nothing."""

    def __init__(
        self,
        audit: Audit,
        allowances: tuple[Allowance, ...] = ALLOWANCES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._audit, self._allowances, self._clock = audit, allowances, clock
        self._made: dict[str, deque[float]] = defaultdict(deque)
        yesterday = datetime.fromtimestamp(clock(), UTC) - timedelta(seconds=DAY)
        for line in audit.lines(yesterday.date()):
            if line.action == LOOKUP:
                self._made[line.actor].append(datetime.fromisoformat(line.at).timestamp())

    def make(self, actor: str, kind: str, reason: str, reference: str = "") -> None:
        """One look-up of `kind` (status, account) for `reason`.

        Raises Problem: 422 `console-reason` without a reason, 429 `console-quota` beyond the allowance. Both are
        recorded.
        """
        if not reason:
            self._refuse(actor, "console-reason", 422)
        made, now = self._made[actor], self._clock()
        while made and made[0] <= now - DAY:
            made.popleft()
        for allowance in self._allowances:
            count = sum(at > now - allowance.seconds for at in made)
            if count >= allowance.most:
                self._refuse(actor, "console-quota", 429, {"Retry-After": str(round(allowance.seconds / 10))})
            if count + 1 == allowance.alarm:
                self._alarm(actor, allowance)
        self._audit.record(actor, LOOKUP, kind, reason, reference)
        made.append(now)

    def _alarm(self, actor: str, allowance: Allowance) -> None:
        ALARMS.labels(allowance.name).inc()
        log.warning("console.alarm", actor=actor, window=allowance.name, count=allowance.alarm)
        self._audit.record(actor, ALARM, "lookups", allowance.name)

    def _refuse(self, actor: str, code: str, status: int, headers: dict[str, str] | None = None) -> None:
        log.warning("console.refused", code=code, actor=actor)
        self._audit.record(actor, REFUSED, code)
        raise Problem(status, code, headers)
