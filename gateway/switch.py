"""The off switch: chat and widget answer 503 with the telephone number; the FAQ and search stay.

    python -m gateway.switch off | on | state

The state is a file, `off` in the data directory: every gateway on that disk follows it within two seconds, and it
outlives a restart. An erasure goes through even then: it is a right, not a service.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from gateway import metrics

log = structlog.get_logger()

FILE = "off"
LOOK_SECONDS = 2.0
RETRY_SECONDS = 300
"""What Retry-After says while it is off."""


class Switch:
    """Whether the assistant is switched off; looks at the disk every two seconds at most."""

    def __init__(self, data_dir: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._file, self._clock = data_dir / FILE, clock
        self._looked, self._off = float("-inf"), False

    @property
    def off(self) -> bool:
        if self._clock() >= self._looked + LOOK_SECONDS:
            self._looked = self._clock()
            off = self._file.exists()
            if off != self._off:
                log.warning("switch", off=off)
            self._off = off
            metrics.SWITCHED_OFF.set(off)
        return self._off

    def turn(self, off: bool) -> None:
        if off:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch()
        else:
            self._file.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m gateway.switch", description="Éteint ou rallume l'assistant.")
    parser.add_argument("command", choices=["off", "on", "state"])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("ANEF_DATA_DIR", ".run")))
    given = parser.parse_args(arguments)
    switch = Switch(given.data)
    if given.command != "state":
        switch.turn(off=given.command == "off")
    print("Assistant éteint : page et widget donnent le téléphone." if switch.off else "Assistant allumé.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
