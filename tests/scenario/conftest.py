"""The real processes: Rasa, actions, gateway (and the mock API), on free ports of loopback, ended by their own id."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deploy.local import processes, training
from deploy.local.processes import Ports, Service
from tests.scenario.anef_proxy import AnefProxy

START_SECONDS = 150


@dataclass
class Stack:
    """A running assistant. `services` by name: actions, rasa, gateway …"""

    ports: Ports
    run: Path
    services: dict[str, Service]
    anef: AnefProxy
    """The way of the actions to the mock interface, which a test may break."""
    base: str = field(init=False)

    def __post_init__(self) -> None:
        self.base = f"http://127.0.0.1:{self.ports.public}"

    def ready(self) -> bool:
        try:
            return httpx2.get(f"{self.base}/health/ready", timeout=15).status_code == 200
        except httpx2.HTTPError:
            return False

    def wait(self, seconds: float = START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while not self.ready():
            dead = [name for name, service in self.services.items() if service.ended()]
            assert not dead, f"{dead} ended; see {self.run}"
            assert time.monotonic() < deadline, f"not ready after {seconds} s; see {self.run}"
            time.sleep(0.3)

    def talk(self, surface: str = "page", address: str = "127.0.0.1") -> Talk:
        """A new conversation; `address`: where on loopback it comes from."""
        return Talk(self.base, surface, address)


class Talk:
    """One conversation as a page would hold it."""

    def __init__(self, base: str, surface: str = "page", address: str = "127.0.0.1") -> None:
        transport = httpx2.HTTPTransport(local_address=address)
        self.client = httpx2.Client(base_url=base, timeout=20, transport=transport)
        response = self.client.post("/api/conversations", json={"surface": surface})
        assert response.status_code == 201, response.text
        opened = response.json()
        self.id, self.token, self.messages = opened["id"], opened["token"], opened["messages"]
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def post(self, body: dict[str, Any]) -> httpx2.Response:
        return self.client.post(f"/api/conversations/{self.id}/messages", json=body, headers=self.headers)

    def say(self, text: str) -> list[dict[str, Any]]:
        """One turn by typing; the messages that came back."""
        return self._turn({"text": text})

    def press(self, title: str) -> list[dict[str, Any]]:
        """One turn by the button of the last reply whose title begins with `title`."""
        buttons = [button for message in self.messages for button in message["buttons"]]
        found = [button for button in buttons if button["title"].startswith(title)]
        assert found, f"no button {title!r} among {[button['title'] for button in buttons]}"
        return self._turn({"button": found[0]["id"]})

    def thread(self) -> list[dict[str, Any]]:
        return self.client.get(f"/api/conversations/{self.id}", headers=self.headers).json()["messages"]

    def _turn(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        response = self.post({"message_id": str(uuid.uuid4()), **body})
        assert response.status_code == 200, response.text
        self.messages = response.json()["messages"]
        assert self.messages, "a silent turn"
        return self.messages


def kinds(messages: list[dict[str, Any]]) -> list[str]:
    return [message["kind"] for message in messages]


def topics(messages: list[dict[str, Any]]) -> list[str | None]:
    return [message["topic"] for message in messages]


def words(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in messages)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole assistant, started once for all scenarios."""
    run = tmp_path_factory.mktemp("run")
    training.ensure()
    started = start(run)
    try:
        started.wait()
        yield started
    finally:
        stop(started)


def start(run: Path) -> Stack:
    processes.RUN = run
    ports = Ports(public=processes.free_port(), mock=processes.free_port())
    os.environ.setdefault("ANEF_LIMIT_MESSAGES", "100000/minute")
    os.environ.setdefault("ANEF_MOCK_RESPONSE_FLOOR_MS", "50")
    anef = AnefProxy(f"http://127.0.0.1:{ports.mock}")
    os.environ["ANEF_API_URL"] = anef.url
    services = {service.name: service for service in processes.services(ports)}
    for service in services.values():
        service.start()
    return Stack(ports, run, services, anef)


def stop(stack: Stack) -> None:
    for service in reversed(list(stack.services.values())):
        service.stop()
    stack.anef.close()
