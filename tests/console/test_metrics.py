"""Metrics: on the private listener, behind its secret, in numbers that name nobody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from gateway.private import create_private_app
from gateway.services import Services
from tests.console.conftest import Talk


@pytest.fixture
def published(services: Services) -> Callable[[], str]:
    private = TestClient(create_private_app(services), base_url="http://127.0.0.1:8001")
    secret = {"Authorization": f"Bearer {services.settings.metrics_secret}"}
    return lambda: private.get("/metrics", headers=secret).text


def value(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found.group(1)) if found else 0.0


def test_turns_answers_lookups_feedback_and_times_are_counted(talk: Callable[..., Talk], published: Callable[[], str]):
    names = (
        'anef_turns_total{kind="answer",surface="widget"}',
        'anef_turns_total{kind="not_understood",surface="widget"}',
        'anef_answers_total{entry="timbre-paiement"}',
        'anef_lookup_messages_total{topic="status"}',
        'anef_feedback_total{entry="timbre-paiement",reason="faux",useful="false"}',
        'anef_conversations_total{surface="widget"}',
        "anef_turn_seconds_count",
    )
    before = published()
    talking = talk("widget")
    answer = talking.say("payer le timbre")[0]
    talking.judge(answer["id"], False, "faux")
    talking.say("où en est mon dossier")
    talking.say("bla bla")
    after = published()
    grown = {name: value(after, name) - value(before, name) for name in names}
    assert grown == {name: 3.0 if name == "anef_turn_seconds_count" else 1.0 for name in names}


def test_metrics_hold_no_words_and_no_conversation(talk: Callable[..., Talk], published: Callable[[], str]):
    talking = talk()
    talking.say("canarifluorescent mon numéro 9987654321")
    text = published()
    for secret in ("canarifluorescent", "9987654321", talking.id):
        assert secret not in text


def test_the_public_listener_has_no_metrics(client: TestClient):
    assert client.get("/metrics").status_code == 404


def test_metrics_have_a_secret_that_does_not_open_the_vault(services: Services):
    private = TestClient(create_private_app(services), base_url="http://127.0.0.1:8001")
    assert private.get("/metrics").status_code == 401
    assert private.get("/metrics", headers={"X-Vault-Secret": services.settings.vault_secret}).status_code == 401
    scraper = {"Authorization": f"Bearer {services.settings.metrics_secret}"}
    body = {"owner": "a" * 64, "reference": "b" * 16}
    assert private.post("/vault/get", json=body, headers=scraper).status_code == 401
    assert private.get("/metrics", headers=scraper).status_code == 200
