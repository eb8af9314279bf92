"""The whole assistant on free ports of this machine, for as long as a measurement lasts."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from deploy.local import processes, training
from deploy.local.processes import Ports, Service

START_SECONDS = 180
# One address asks a thousand questions in a row, which no person does.
UNLIMITED = {"ANEF_LIMIT_MESSAGES": "100000/minute", "ANEF_LIMIT_ADDRESS": "100000/minute"}


@contextmanager
def running() -> Iterator[str]:
    """The address of a gateway with all that is behind it, trained when stale; everything ends with the block.

    RuntimeError, with the end of the logs, when it does not get ready.
    """
    training.ensure()
    with tempfile.TemporaryDirectory(prefix="evaluation-") as folder:
        processes.RUN = Path(folder)
        os.environ.update(UNLIMITED)
        ports = Ports(public=processes.free_port(), mock=processes.free_port())
        services = processes.services(ports)
        base = f"http://127.0.0.1:{ports.public}"
        try:
            for service in services:
                service.start()
            _wait(base, services)
            yield base
        finally:
            for service in reversed(services):
                service.stop()


def _wait(base: str, services: list[Service]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _ready(base):
        ended = [service.name for service in services if service.ended()]
        if ended or time.monotonic() > deadline:
            raise RuntimeError(f"not ready ({', '.join(ended) or 'too slow'}):\n{_logs()}")
        time.sleep(0.5)


def _ready(base: str) -> bool:
    try:
        return httpx2.get(f"{base}/health/ready", timeout=15).status_code == 200
    except httpx2.HTTPError:
        return False


def _logs(characters: int = 1500) -> str:
    return "\n".join(f"{log.name}: {log.read_text()[-characters:]}" for log in sorted(processes.RUN.glob("*.log")))
