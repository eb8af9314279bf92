"""Time, as something that can be passed in."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the application needs of time."""

    def now(self) -> datetime:
        """The date and time, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds since an arbitrary start, never going back."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""

    async def sleep_until(self, moment: float) -> None:
        """Wait until `monotonic()` reaches `moment`, to the fraction of a millisecond."""


# The event loop's timers round a wait up to whole milliseconds, counted from when it begins.
TIMER_GRAIN_SECONDS = 0.002


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def sleep_until(self, moment: float) -> None:
        await asyncio.sleep(max(0.0, moment - self.monotonic() - TIMER_GRAIN_SECONDS))
        while self.monotonic() < moment:
            await asyncio.sleep(0)
