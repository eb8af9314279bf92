"""A gateway in process whose data lies in a directory of the test, with a stand-in for Rasa behind the transport."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from bot import turn
from bot.faq import Faq, load_faq
from gateway.app import create_app
from gateway.journal_database import JOURNAL_FILE, SqliteDatabase
from gateway.search import Search
from gateway.services import Services, build
from gateway.settings import Settings

EVENTS = """CREATE TABLE events (id INTEGER NOT NULL PRIMARY KEY, sender_id VARCHAR(255) NOT NULL,
 type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"""
"""Rasa's table, as its SQLTrackerStore makes it."""


class FakeRasa:
    """Writes its events as Rasa does, and says what the words ask for: an entry's id, « refus » or « rien »."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database, timeout=5, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(EVENTS)
        self._connection.execute("CREATE INDEX ix_events_sender_id ON events (sender_id)")

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        asked = json.loads(request.content)
        self.remember(asked["sender"], asked["message"], time.time())
        return httpx2.Response(200, json={"messages": [said(asked["message"])]})

    def remember(self, sender: str, text: str, at: float) -> None:
        row = (sender, "user", at, json.dumps({"event": "user", "text": text}))
        with self._connection:
            self._connection.execute(
                "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)", row
            )

    def count(self) -> int:
        return int(self._connection.execute("SELECT COUNT(*) FROM events").fetchone()[0])


def said(text: str) -> dict[str, Any]:
    if "mot de passe" in text or "mot-de-passe-oublie" in text:
        return turn.answer("mot-de-passe-oublie", "")
    if "timbre" in text:
        return turn.answer("timbre-paiement", "")
    if "dossier" in text or "⟦numero-etranger" in text:
        return turn.said(turn.LOOKUP, "lookup.consent_status", topic="status")
    if "recette" in text:
        return turn.said(turn.OUT_OF_SCOPE, "out_of_scope.asile")
    return turn.said(turn.NOT_UNDERSTOOD, "not_understood.first")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def rasa(data: Path) -> FakeRasa:
    data.mkdir()
    return FakeRasa(data / "tracker.db")


@pytest.fixture(scope="session")
def faq() -> Faq:
    return load_faq()


@pytest.fixture(scope="session")
def search(faq: Faq) -> Search:
    return Search(faq)


@pytest.fixture
def services(
    data: Path, rasa: FakeRasa, tmp_path: Path, faq: Faq, search: Search, monkeypatch: pytest.MonkeyPatch
) -> Services:
    """The real ones; entries and index are read once for all tests."""
    monkeypatch.setattr("gateway.services.load_faq", lambda directory: faq)
    monkeypatch.setattr("gateway.services.Search", lambda *_: search)
    (tmp_path / "notices.yml").write_text("notices: []\n")
    settings = Settings(
        data_dir=data,
        notices_file=tmp_path / "notices.yml",
        limit_messages="100000/minute",
        limit_address="100000/minute",
        limit_conversations="100000/hour",
        turns_per_conversation=100_000,
        turn_timeout=2,
    )
    return build(settings, httpx2.MockTransport(rasa))


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_app(services), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture
def database(data: Path, services: Services) -> SqliteDatabase:
    return SqliteDatabase(data / JOURNAL_FILE)


class Talk:
    """One conversation over the public API."""

    def __init__(self, client: TestClient, surface: str = "page") -> None:
        opened = client.post("/api/conversations", json={"surface": surface}).json()
        self.client, self.id = client, opened["id"]
        self.address = f"/api/conversations/{self.id}"
        self.headers = {"Authorization": f"Bearer {opened['token']}"}

    def say(self, text: str) -> list[dict[str, Any]]:
        body = {"message_id": str(uuid.uuid4()), "text": text}
        response = self.client.post(f"{self.address}/messages", json=body, headers=self.headers)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def judge(self, message: str, useful: bool, reason: str | None = None) -> None:
        body = {"message": message, "useful": useful, **({"reason": reason} if reason else {})}
        assert self.client.post(f"{self.address}/feedback", json=body, headers=self.headers).status_code == 204

    def erase(self) -> int:
        return self.client.delete(self.address, headers=self.headers).status_code


@pytest.fixture
def talk(client: TestClient) -> Callable[..., Talk]:
    return lambda surface="page": Talk(client, surface)


def bytes_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
