"""« Effacer la conversation »: nothing of it is left, in memory or in any byte of any file."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.conversations import Conversations
from gateway.erasure import Erasure, SqliteTrackers
from gateway.journal import Journal
from gateway.journal_database import JOURNAL_FILE, SqliteDatabase
from gateway.services import Services
from gateway.vault import MemoryVault
from tests.console.conftest import FakeRasa, Talk, bytes_under

CANARY = "canarifluorescent"


def sender_of(services: Services, conversation: str) -> str:
    return hmac.new(services.settings.server_key.encode(), conversation.encode(), hashlib.sha256).hexdigest()


def test_no_byte_is_left_on_the_disk(talk: Callable[..., Talk], services: Services, data: Path, rasa: FakeRasa):
    other = talk()
    for _ in range(30):
        other.say("où est le mot de passe témoin")
    talking = talk()
    for number in range(30):
        answer = talking.say(f"mot de passe {CANARY} {'long ' * (number * 3)}")[0]
    talking.judge(answer["id"], False, "faux")
    other.say("encore le mot de passe témoin")
    services.journal.flush()
    sender = sender_of(services, talking.id)
    assert CANARY.encode() in bytes_under(data)
    assert sender.encode() in bytes_under(data)

    assert talking.erase() == 204

    left = bytes_under(data)
    assert CANARY.encode() not in left
    assert sender.encode() not in left
    assert b"moin" in left, "the other conversation is untouched"
    assert rasa.count() == 31
    assert talking.client.get(talking.address, headers=talking.headers).status_code == 404


def test_a_turn_that_ends_after_the_erasure_is_erased_too(data: Path, tmp_path: Path):
    """Rasa may write after the gateway gave the turn up."""
    data.mkdir()
    rasa = FakeRasa(data / "tracker.db")

    async def scene() -> None:
        conversations = Conversations("key", 60, 60)
        journal = Journal(lambda: SqliteDatabase(data / JOURNAL_FILE))
        erasure = Erasure(conversations, MemoryVault(), journal, SqliteTrackers(data / "tracker.db"), later=0.2)
        conversation, _ = conversations.start("page", "fr", None)
        await erasure.forget(conversation)
        rasa.remember(conversation.sender, CANARY, time.time())
        await asyncio.sleep(0.5)
        assert rasa.count() == 0
        await erasure.forget(conversation)
        rasa.remember(conversation.sender, CANARY, time.time())
        await erasure.close()
        journal.close()

    asyncio.run(scene())
    assert rasa.count() == 0


def test_a_turn_under_way_ends_before_it_is_erased(data: Path):
    data.mkdir()
    rasa = FakeRasa(data / "tracker.db")

    async def scene() -> None:
        conversations = Conversations("key", 60, 60)
        journal = Journal(lambda: SqliteDatabase(data / JOURNAL_FILE))
        erasure = Erasure(conversations, MemoryVault(), journal, SqliteTrackers(data / "tracker.db"), later=60)
        conversation, token = conversations.start("page", "fr", None)
        await conversation.lock.acquire()
        erasing = asyncio.create_task(erasure.forget(conversation))
        await asyncio.sleep(0.05)
        assert conversations.find(conversation.id, token) is None, "no new turn can begin"
        rasa.remember(conversation.sender, CANARY, time.time())
        conversation.lock.release()
        await erasing
        await erasure.close()
        journal.close()

    asyncio.run(scene())
    assert CANARY.encode() not in bytes_under(data)


def test_erasing_before_rasa_made_its_database_is_no_error(tmp_path: Path):
    trackers = SqliteTrackers(tmp_path / "none.db")
    assert trackers.forget("a" * 32) == 0
    assert trackers.purge(time.time()) == 0
    assert not (tmp_path / "none.db").exists()


def test_a_failed_erasure_is_not_announced_as_done(
    talk: Callable[..., Talk], services: Services, monkeypatch: pytest.MonkeyPatch
):
    def broken(sender: str) -> int:
        raise OSError("disk")

    talking = talk()
    talking.client = talking.client.__class__(
        talking.client.app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False
    )
    monkeypatch.setattr(services.erasure._trackers, "forget", broken)
    assert talking.erase() == 500


def test_a_synthetic_turn_leaves_nothing_in_rasas_database(talk: Callable[..., Talk], rasa: FakeRasa):
    talking = talk()
    for _ in range(3):
        talking.client.get("/health/ready")
    assert rasa.count() == 0
