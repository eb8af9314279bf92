"""Durations: what is past its time goes, what is not stays, and nobody who is talking notices."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import time_machine

from console.audit import Audit
from deploy import retention
from deploy.retention import DAY, Durations
from gateway.journal_database import Feedback, Report, SqliteDatabase, Turn
from gateway.services import Services
from tests.console.conftest import FakeRasa, Talk, bytes_under

NOW = time.time()


def old_turn(text: str, days: float) -> Turn:
    return Turn(f"sender{days}" * 4, "page", text, "answer", "timbre-paiement", "short", 0.2, NOW - days * DAY)


def judged(text: str, days: float) -> Feedback:
    sender = f"sender{days}" * 4
    return Feedback(sender, "m1", "timbre-paiement", "abc", "answer", False, "faux", text, NOW - days * DAY)


@pytest.fixture
def aged(database: SqliteDatabase, rasa: FakeRasa, data: Path) -> SqliteDatabase:
    """Conversations of 1, 29, 31 and 400 days, feedback, an agent's report, events, audit lines."""
    for days in (1, 29, 31, 400):
        database.add([old_turn(f"question-{days}-jours", days), judged(f"question-{days}-jours", days)])
        rasa.remember(f"sender{days}" * 4, f"question-{days}-jours", NOW - days * DAY)
    database.add([Report("agent-3", "wrong", "timbre-paiement", "abc", "rapport-ancien", NOW - 31 * DAY)])
    for when in ("2025-01-05", date.fromtimestamp(NOW - 300 * DAY).isoformat()):
        with time_machine.travel(f"{when}T08:00:00Z"):
            Audit(data / "audit").record("agent-3", "lookup", "status", "etape")
    return database


def test_conversations_live_thirty_days_and_feedback_goes_on_without_text(
    aged: SqliteDatabase, rasa: FakeRasa, data: Path
):
    report = retention.purge(Durations(data_dir=data), NOW)
    assert [row["text"] for row in aged.rows("SELECT text FROM turns ORDER BY at")] == [
        "question-29-jours",
        "question-1-jours",
    ]
    kept = aged.rows("SELECT * FROM feedback ORDER BY at")
    assert [(row["reason"], row["text"]) for row in kept] == [
        ("faux", None),
        ("faux", "question-29-jours"),
        ("faux", "question-1-jours"),
    ]
    assert (kept[0]["conversation"], kept[0]["entry"], kept[0]["version"]) == (None, "timbre-paiement", "abc")
    assert rasa.count() == 2
    left = bytes_under(data)
    for gone in (b"question-31-jours", b"question-400-jours", b"rapport-ancien", b"sender31sender31"):
        assert gone not in left, gone
    assert report["gone"]["turns"] == 2
    assert report["gone"]["tracker_events"] == 2


def test_the_audit_keeps_a_year_and_still_holds(aged: SqliteDatabase, data: Path):
    report = retention.purge(Durations(data_dir=data), NOW)
    assert report["gone"]["audit_lines"] == 1
    assert Audit(data / "audit").verify() == 2


def test_the_report_is_kept_and_says_numbers_only(aged: SqliteDatabase, data: Path):
    report = retention.purge(Durations(data_dir=data), NOW)
    (path,) = (data / retention.REPORTS).glob("*.json")
    assert json.loads(path.read_text()) == report
    assert "question" not in path.read_text()


def test_a_second_purge_finds_nothing(aged: SqliteDatabase, data: Path):
    retention.purge(Durations(data_dir=data), NOW)
    again = retention.purge(Durations(data_dir=data), NOW)
    assert set(again["gone"].values()) == {0}


def test_counts_by_day_stay(aged: SqliteDatabase, data: Path):
    retention.purge(Durations(data_dir=data), NOW)
    assert sum(row["count"] for row in aged.rows("SELECT count FROM daily_turns")) == 4


def test_a_purge_and_erasures_during_traffic_cost_no_turn(
    talk: Callable[..., Talk], services: Services, database: SqliteDatabase, rasa: FakeRasa, data: Path
):
    """Twenty thousand old rows go in another process while two conversations talk and a third is erased."""
    database.add(old_turn(f"vieille question {i}", 40) for i in range(20_000))
    with rasa._connection as connection:
        rows = ((f"sender{i % 50}" * 4, "user", NOW - 40 * DAY, "{}") for i in range(10_000))
        connection.executemany("INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)", rows)
    command = [sys.executable, "-m", "deploy.retention", "purge"]
    environment = {"ANEF_DATA_DIR": str(data), "PATH": ""}
    slowest, turns, failures = 0.0, 0, []
    job = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])

    def speak() -> None:
        nonlocal slowest, turns
        talking = talk()
        while job.poll() is None or turns < 60:
            start = time.monotonic()
            try:
                if talking.say("payer le timbre")[0]["kind"] != "answer":
                    failures.append("degraded")
            except Exception as error:
                failures.append(repr(error))
            slowest = max(slowest, time.monotonic() - start)
            turns += 1
        if talking.erase() != 204:
            failures.append("erase")

    speakers = [threading.Thread(target=speak) for _ in range(2)]
    for speaker in speakers:
        speaker.start()
    lasting = talk()
    lasting.say("mot de passe")
    for speaker in speakers:
        speaker.join()
    assert job.wait() == 0
    services.journal.flush()
    assert failures == []
    assert json.loads(job.stdout.read())["gone"]["turns"] == 20_000  # type: ignore[union-attr]
    assert slowest < 5
    assert [row["text"] for row in database.rows("SELECT text FROM turns")] == ["mot de passe"]
    assert rasa.count() == 1


def test_an_erasure_request_by_id_reaches_databases_and_the_running_gateway(
    talk: Callable[..., Talk], services: Services, data: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("gateway.erasure.WATCH_SECONDS", 0.1)
    talking = talk()
    talking.say("mot de passe canarifluorescent")
    services.journal.flush()
    done = retention.erase(Durations(data_dir=data), talking.id)
    assert done == {"journal_rows": 1, "tracker_events": 1}
    assert b"canarifluorescent" not in bytes_under(data)
    deadline = time.monotonic() + 8
    while talking.client.get(talking.address, headers=talking.headers).status_code != 404:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert list((data / "erasures").iterdir()) == []


def test_an_unknown_conversation_is_nothing_to_erase(services: Services, data: Path):
    assert retention.erase(Durations(data_dir=data), "0" * 32) == {"journal_rows": 0, "tracker_events": 0}
