"""A progress display that tells the truth: it moves when a step is done, not with the clock."""

from __future__ import annotations

import sys
import time
from typing import Optional

WIDTH = 28


class Progress:
    """One line of its own on a terminal, redrawn; elsewhere one line a step."""

    def __init__(self, title: str, steps: int) -> None:
        self._title, self._steps, self._done, self._start = title, steps, 0, time.monotonic()
        self._live = sys.stdout.isatty()
        self._draw("")

    def step(self, what: str) -> None:
        """One step more is done; `what` is said beside the bar."""
        self._done = min(self._done + 1, self._steps)
        self._draw(what)

    def doing(self, what: str) -> None:
        self._draw(what)

    def end(self, what: str = "terminé") -> None:
        self._done = self._steps
        self._draw(what)
        if self._live:
            print()

    def _draw(self, what: str) -> None:
        filled = WIDTH * self._done // self._steps
        bar = "█" * filled + "·" * (WIDTH - filled)
        line = f"{self._title:<22} {bar} {self._done}/{self._steps}  {time.monotonic() - self._start:4.0f} s  {what}"
        if self._live:
            print(f"\r\033[K{line[:110]}", end="", flush=True)
        elif what:
            print(line, flush=True)


def fail(message: str, hint: Optional[str] = None) -> None:
    """End the command with a sentence that helps."""
    print(f"\n{message}", file=sys.stderr)
    if hint:
        print(f"→ {hint}", file=sys.stderr)
    raise SystemExit(1)
