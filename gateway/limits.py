"""Rate limits, by the `limits` package: a moving window in memory, Redis later."""

from __future__ import annotations

import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from gateway.problems import Problem


class Limits:
    """Named limits. `hit` counts and refuses with 429 and Retry-After (seconds)."""

    def __init__(self, **named: str) -> None:
        """name → « 15/minute »."""
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._items: dict[str, RateLimitItem] = {name: parse(text) for name, text in named.items()}

    async def hit(self, name: str, key: str) -> None:
        item = self._items[name]
        if not await self._limiter.hit(item, name, key):
            window = await self._limiter.get_window_stats(item, name, key)
            wait = max(1, round(window.reset_time - time.time()))
            raise Problem(429, "rate", {"Retry-After": str(wait)})
