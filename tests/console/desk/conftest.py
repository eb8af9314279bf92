"""The console with its identity provider and the mock interface: in process, and as real servers for Chromium."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from console.app import Console, Front, create_console
from console.audit import Line
from console.idp.app import create_app as create_idp
from console.idp.settings import IdpSettings
from console.quota import Lookups
from console.settings import ConsoleSettings
from gateway.app import create_app
from gateway.services import build
from gateway.settings import Settings
from mock_anef.app import create_app as create_anef
from mock_anef.settings import Settings as AnefSettings

STAFF = Path(__file__).resolve().parents[3] / "console" / "idp" / "staff.yml"
NUMBER = "9600000102"  # persona instruction-en-cours
SECRET = "demonstration"


def nobody_answers(request: httpx2.Request) -> httpx2.Response:
    """Rasa, when it is down: the console must not need it."""
    raise httpx2.ConnectError("down")


@dataclass
class Member:
    """A browser of one member of the staff: cookies, and the handle that the page holds."""

    client: TestClient
    handle: str

    def post(self, address: str, body: dict[str, Any], **headers: str) -> httpx2.Response:
        return self.client.post(address, json=body, headers={"X-Console-Session": self.handle, **headers})

    def get(self, address: str, **headers: str) -> httpx2.Response:
        return self.client.get(address, headers=headers)


class Desk:
    """Everything in process. `clock` moves the sessions' time."""

    def __init__(self, data_dir: Path, url: str = "https://console.invalid") -> None:
        self.url, self.moved = url, 0.0
        idp = IdpSettings(redirect_uri=f"{url}/console/retour", signed_out_uri=f"{url}/console/deconnecte")
        self.idp_app = create_idp(idp, lambda: time.time() + self.moved)
        self.anef_app = create_anef(AnefSettings(response_floor_ms=0, lift_limits=True))
        services = build(Settings(data_dir=data_dir), httpx2.MockTransport(nobody_answers))
        settings = ConsoleSettings(
            url=url,
            issuer=idp.issuer,
            staff=STAFF,
            client_secret=SecretStr(SECRET),
            anef_url="http://anef.invalid",
            anef_client_id="assistant-demo",
            anef_client_secret=SecretStr("demo-secret"),
        )
        self.idp_url = idp.issuer.removesuffix("/api/v2")
        self.app = create_console(
            services, settings, httpx2.ASGITransport(self.idp_app), httpx2.ASGITransport(self.anef_app)
        )
        self.front = Front(create_app(services), self.app)
        self.console: Console = self.app.state.console
        self.console.sessions._clock = lambda: time.time() + self.moved
        self._audited = 0

    def browser(self, url: str = "") -> TestClient:
        return TestClient(self.front, base_url=url or self.url, follow_redirects=False, raise_server_exceptions=False)

    def at_idp(self) -> TestClient:
        return TestClient(self.idp_app, base_url=self.idp_url, follow_redirects=False)

    def sign_in(self, user: str) -> tuple[TestClient, httpx2.Response]:
        """The whole way through; the client and the last answer of the console."""
        client = self.browser()
        asked = client.get("/console/connexion").headers["location"]
        back = self.at_idp().post(asked, data={"user": user}).headers["location"]
        return client, client.get(back)

    def member(self, user: str) -> Member:
        client, _ = self.sign_in(user)
        page = client.get("/console").text
        return Member(client, page.split('data-session="')[1].split('"')[0])

    def outbox_code(self) -> str:
        """The code that the mock sent last."""
        messages = TestClient(self.anef_app, base_url="http://anef.invalid").get("/outbox.json").json()["messages"]
        return str(next(message["code"] for message in messages if message["code"]))

    def audited(self) -> list[Line]:
        """What the audit trail got since it was last asked."""
        lines = list(self.console.audit.lines())[self._audited :]
        self._audited += len(lines)
        return lines


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(made: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """As new: nobody signed in, no look-up made, nothing audited yet that a test would see."""
    made.audited()
    monkeypatch.setattr(made.console, "lookups", Lookups(made.console.audit))
    made.console.lookups._made.clear()
    yield made
    made.moved = 0.0
    for session in made.console.sessions._all.values():
        made.console.calls.end(session.handle)
    made.console.sessions._all.clear()


@dataclass
class Place:
    console: str
    anef: str
    data_dir: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Real servers on loopback, as `make run` starts them, without Rasa."""
    data_dir = tmp_path_factory.mktemp("desk")
    listeners = [_listener() for _ in range(3)]
    console, idp_port, anef = (listener.getsockname()[1] for listener in listeners)
    url = f"http://127.0.0.1:{console}"
    idp = IdpSettings(port=idp_port, redirect_uri=f"{url}/console/retour", signed_out_uri=f"{url}/console/deconnecte")
    services = build(Settings(data_dir=data_dir), httpx2.MockTransport(nobody_answers))
    settings = ConsoleSettings(
        url=url,
        issuer=idp.issuer,
        staff=STAFF,
        client_secret=SecretStr(SECRET),
        anef_url=f"http://127.0.0.1:{anef}",
        anef_client_id="assistant-demo",
        anef_client_secret=SecretStr("demo-secret"),
    )
    apps = [
        Front(create_app(services), create_console(services, settings)),
        create_idp(idp),
        create_anef(AnefSettings(response_floor_ms=0, lift_limits=True)),
    ]
    servers = [_serve(app, listener) for app, listener in zip(apps, listeners, strict=True)]
    yield Place(url, f"http://127.0.0.1:{anef}", data_dir)
    for server in servers:
        server.should_exit = True


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener


def _serve(app: FastAPI | Callable[..., Any], listener: socket.socket) -> uvicorn.Server:
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    deadline = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    return server
