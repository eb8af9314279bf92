"""The off switch: chat and widget say 503 and the telephone; answers and search stay; within five seconds."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gateway.services import Services
from gateway.switch import LOOK_SECONDS, Switch
from tests.console.conftest import Talk

PHONE = "0 806 001 620"


def command(data: Path, verb: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "gateway.switch", verb, "--data", str(data)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def seen_at_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.switch.LOOK_SECONDS", 0.0)


def test_the_command_takes_effect_within_five_seconds_both_ways(client: TestClient, data: Path):
    for verb, status in (("off", 503), ("on", 200)):
        command(data, verb)
        start = time.monotonic()
        while client.get("/").status_code != status:
            assert time.monotonic() - start < 5
            time.sleep(0.1)


def test_the_command_says_the_state(data: Path):
    assert "allumé" in command(data, "state")
    assert "éteint" in command(data, "off")
    assert "éteint" in command(data, "state")
    assert "allumé" in command(data, "on")


def test_off_gives_a_page_or_a_problem_with_the_telephone(
    talk: Callable[..., Talk], client: TestClient, services: Services, seen_at_once: None
):
    talking = talk()
    services.switch.turn(off=True)
    for path in ("/", "/widget/frame?site=demo"):
        page = client.get(path)
        assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
        assert PHONE in page.text.replace("\u00a0", " ")
        assert "/faq" in page.text
        assert page.headers["retry-after"]
    refusals = [
        client.post("/api/conversations", json={"surface": "page"}),
        client.post(f"{talking.address}/messages", json={}, headers=talking.headers),
        client.get(talking.address, headers=talking.headers),
    ]
    for refusal in refusals:
        assert (refusal.status_code, refusal.json()["code"]) == (503, "off")
        assert PHONE in refusal.json()["detail"]


def test_the_frame_may_still_be_framed_by_its_site_alone(client: TestClient, services: Services, seen_at_once: None):
    before = client.get("/widget/frame?site=demo").headers["content-security-policy"]
    services.switch.turn(off=True)
    assert client.get("/widget/frame?site=demo").headers["content-security-policy"] == before
    assert client.get("/widget/frame?site=unknown").status_code == 404


def test_answers_search_health_and_erasure_stay(
    talk: Callable[..., Talk], client: TestClient, services: Services, seen_at_once: None
):
    talking = talk()
    services.switch.turn(off=True)
    assert talking.erase() == 204
    for path in (
        "/faq",
        "/faq?q=timbre",
        "/faq/timbre-paiement",
        "/api/faq",
        "/api/faq/search?q=timbre",
        "/health/live",
    ):
        assert client.get(path).status_code == 200, path


def test_a_conversation_goes_on_when_it_is_on_again(talk: Callable[..., Talk], services: Services, seen_at_once: None):
    talking = talk()
    services.switch.turn(off=True)
    services.switch.turn(off=False)
    assert talking.say("payer le timbre")[0]["kind"] == "answer"


def test_the_disk_is_looked_at_every_two_seconds_at_most(data: Path):
    seconds = 0.0
    switch = Switch(data, clock=lambda: seconds)
    assert not switch.off
    switch.turn(off=True)
    assert not switch.off
    seconds = LOOK_SECONDS
    assert switch.off
