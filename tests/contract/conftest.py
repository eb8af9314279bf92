"""The gateway in process, with a stand-in for Rasa's channel behind the same transport."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from bot import turn
from gateway.app import create_app
from gateway.services import Services, build
from gateway.settings import Settings

Reply = Callable[[dict[str, Any]], httpx2.Response]


class RasaStub:
    """Answers as the channel does; a test sets `reply` to what it wants said or broken."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.reply: Reply = lambda body: said(turn.said(turn.SMALLTALK, "smalltalk.greet", topic="greet"))

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(json.loads(request.content))
        return self.reply(self.asked[-1])


def said(*messages: dict[str, Any]) -> httpx2.Response:
    return httpx2.Response(200, json={"messages": list(messages)})


@pytest.fixture
def rasa() -> RasaStub:
    return RasaStub()


@pytest.fixture
def settings() -> Settings:
    return Settings(limit_messages="1000/minute", limit_address="1000/minute", limit_conversations="1000/hour")


@pytest.fixture
def services(rasa: RasaStub, settings: Settings) -> Services:
    return build(settings, httpx2.MockTransport(rasa))


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_app(services), base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def opened(client: TestClient) -> dict[str, Any]:
    """A conversation: its JSON, with `address` and `headers` to speak in it."""
    body = client.post("/api/conversations", json={"surface": "page"}).json()
    return {
        **body,
        "address": f"/api/conversations/{body['id']}",
        "headers": {"Authorization": f"Bearer {body['token']}"},
    }
