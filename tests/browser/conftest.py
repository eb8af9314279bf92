"""The pages behind a fake API, a host site on an origin of its own, and one Chromium for all tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.stub import Stub, create_app

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "artefacts" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}


@dataclass
class Place:
    """Where things are: our origin, the origin of a listed host site, and of one that is not listed."""

    ours: str
    host: str
    stranger: str


@pytest.fixture(scope="session")
def stub() -> Stub:
    return Stub()


@pytest.fixture(scope="session")
def place(stub: Stub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    from tests.browser.hosts import host_app

    ours, host, stranger = (_listener() for _ in range(3))
    where = Place(*(f"http://127.0.0.1:{s.getsockname()[1]}" for s in (ours, host, stranger)))
    sites = tmp_path_factory.mktemp("sites") / "sites.yml"
    sites.write_text(f"demo: {{name: Demo, origins: [self]}}\ntest: {{name: Test, origins: ['{where.host}']}}\n")
    apps = [create_app(stub, where.ours, sites), host_app(where), host_app(where)]
    servers = [_serve(app, listener) for app, listener in zip(apps, (ours, host, stranger), strict=True)]
    yield where
    for server in servers:
        server.should_exit = True


@pytest.fixture(scope="session", autouse=True)
def shots() -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def fresh(stub: Stub) -> None:
    stub.reset()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own; a page error fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(**options: Any) -> Page:
        options = {"viewport": DESKTOP, "locale": "fr-FR", "reduced_motion": "reduce", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    return listener


def _serve(app: Any, listener: socket.socket) -> uvicorn.Server:
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    deadline = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    return server
