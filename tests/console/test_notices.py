"""Notices: said in time, where they belong, and gone by themselves; a bad file changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from bot.faq import Faq
from gateway.notices import NOTICES_FILE, PARIS, Notices, NoticesError, read_notices
from tests.console.conftest import Talk

NOON = datetime(2026, 6, 15, 12, tzinfo=PARIS)


def notice(**changed: Any) -> dict[str, Any]:
    usual = {
        "id": "panne",
        "from": "2026-06-15 08:00",
        "until": "2026-06-15 18:00",
        "text": "Le paiement est en panne.",
    }
    return {**usual, **changed}


class Clock:
    """Two clocks that a test moves together."""

    def __init__(self) -> None:
        self.now, self.seconds = NOON, 0.0

    def move(self, seconds: float) -> None:
        self.now, self.seconds = self.now + timedelta(seconds=seconds), self.seconds + seconds


class File:
    def __init__(self, path: Path) -> None:
        self.path, self._age = path, 0

    def write(self, *notices: dict[str, Any]) -> None:
        self.raw(yaml.safe_dump({"notices": list(notices)}, allow_unicode=True))

    def raw(self, text: str) -> None:
        self._age += 1
        self.path.write_text(text, encoding="utf-8")
        os.utime(self.path, ns=(self._age, self._age))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path / "own-notices.yml")


@pytest.fixture
def notices(file: File, clock: Clock, faq: Faq) -> Notices:
    return Notices(faq, file.path, now=lambda: clock.now, clock=lambda: clock.seconds)


def said(notices: Notices) -> list[str]:
    return [each.id for each in notices.current()]


def test_the_projects_own_file_is_in_order(faq: Faq):
    read_notices(NOTICES_FILE, faq)


@pytest.mark.parametrize(
    ("hour", "shown"), [("07:59:59", False), ("08:00:00", True), ("17:59:59", True), ("18:00:00", False)]
)
def test_a_notice_begins_and_ends_by_itself_in_paris_time(
    notices: Notices, file: File, clock: Clock, hour: str, shown: bool
):
    file.write(notice())
    clock.now = datetime.fromisoformat(f"2026-06-15T{hour}").replace(tzinfo=PARIS)
    assert said(notices) == (["panne"] if shown else [])


def test_a_new_file_is_read_within_ten_seconds(notices: Notices, file: File, clock: Clock):
    file.write()
    assert said(notices) == []
    file.write(notice())
    clock.move(9)
    assert said(notices) == []
    clock.move(1)
    assert said(notices) == ["panne"]
    file.write()
    clock.move(10)
    assert said(notices) == []


BAD = [
    "notices: [",
    "- rien",
    "notices: {}",
    "autre: []",
    yaml.safe_dump({"notices": [{"id": "panne"}]}),
    yaml.safe_dump({"notices": [notice(until="2026-06-15 07:00")]}),
    yaml.safe_dump({"notices": [notice(entries=["pas-une-fiche"])]}),
    yaml.safe_dump({"notices": [notice(entries="timbre-paiement")]}),
    yaml.safe_dump({"notices": [notice(text="")]}),
    yaml.safe_dump({"notices": [notice(text="x" * 401)]}),
    yaml.safe_dump({"notices": [notice(text="Appelez le {inconnu}.")]}),
    yaml.safe_dump({"notices": [notice(id="Panne n° 1")]}),
    yaml.safe_dump({"notices": [notice(), notice()]}),
    yaml.safe_dump({"notices": [notice(**{"from": "demain"})]}),
    yaml.safe_dump({"notices": [notice(colour="rouge")]}),
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_a_bad_file_changes_nothing_and_the_log_says_why(
    notices: Notices, file: File, clock: Clock, faq: Faq, bad: str, capsys: pytest.CaptureFixture[str]
):
    file.write(notice())
    assert said(notices) == ["panne"]
    file.raw(bad)
    clock.move(10)
    assert said(notices) == ["panne"]
    assert "notices.kept" in capsys.readouterr().out
    with pytest.raises(NoticesError):
        read_notices(file.path, faq)


def test_a_file_that_is_gone_changes_nothing(notices: Notices, file: File, clock: Clock):
    file.write(notice())
    assert said(notices) == ["panne"]
    file.path.unlink()
    clock.move(10)
    assert said(notices) == ["panne"]


def write_now(path: Path, *entries: str) -> None:
    now = datetime.now(PARIS)
    times = {"from": str(now - timedelta(hours=1)), "until": str(now + timedelta(hours=1))}
    path.write_text(yaml.safe_dump({"notices": [notice(**times, entries=list(entries), text="En panne : {ccc}.")]}))


def test_a_notice_is_said_under_the_answers_that_it_concerns_and_in_the_thread(
    talk: Callable[..., Talk], tmp_path: Path, client: TestClient
):
    write_now(tmp_path / "notices.yml", "timbre-paiement")
    talking = talk()
    _, beside = talking.say("payer le timbre")
    assert (beside["kind"], beside["topic"]) == ("notice", None)
    assert "0 806 001 620" in beside["text"]
    assert [message["kind"] for message in talking.say("mot de passe perdu")] == ["answer"]
    thread = client.get(talking.address, headers=talking.headers).json()["messages"]
    assert [message["kind"] for message in thread] == ["smalltalk", "person", "answer", "notice", "person", "answer"]


def test_surfaces_read_the_notices_of_now(client: TestClient, tmp_path: Path):
    write_now(tmp_path / "notices.yml", "timbre-paiement")
    (shown,) = client.get("/api/notices").json()["notices"]
    assert (shown["id"], shown["entries"]) == ("panne", ["timbre-paiement"])
    assert shown["text"].startswith("En panne : [0 806 001 620](tel:")


def test_pages_hold_the_notices_without_javascript(client: TestClient, tmp_path: Path):
    write_now(tmp_path / "notices.yml")
    for path in ("/", "/faq", "/faq/timbre-paiement", "/widget/frame?site=demo"):
        response = client.get(path)
        assert response.status_code == 200, path
        assert "En panne" in response.text, path
