"""A mock interface in this process, with its limits and a clock that tests move on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import uvicorn
from pydantic import SecretStr

from mock_anef.app import create_app
from mock_anef.clock import SystemClock
from mock_anef.settings import Settings
from tests.scenario.conftest import Stack


class MovingClock(SystemClock):
    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead

    def forward(self, **span: float) -> None:
        self.ahead += timedelta(**span)


@contextmanager
def own_office(stack: Stack, **settings: bool) -> Iterator[MovingClock]:
    """The actions of `stack` meet an interface of their own, until the block ends. Limits hold unless lifted."""
    mock = stack.services["mock"].environment
    secret = SecretStr(mock["ANEF_MOCK_CLIENT_SECRET"])
    clock = MovingClock()
    options = Settings(
        client_id=mock["ANEF_MOCK_CLIENT_ID"], client_secret=secret, database=":memory:", response_floor_ms=20,
        **{"lift_limits": False, **settings},
    )  # fmt: skip
    server = uvicorn.Server(uvicorn.Config(create_app(options, clock), port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with stack.anef.sent_to(f"http://127.0.0.1:{port}"):
            yield clock
    finally:
        server.should_exit = True
        thread.join(10)
