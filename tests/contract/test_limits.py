"""Rate limits: settings, refused with 429 and Retry-After, others unaffected."""

from __future__ import annotations

import uuid

import pytest

from gateway.settings import Settings


@pytest.fixture
def settings() -> Settings:
    return Settings(limit_messages="2/minute", limit_address="5/minute", limit_conversations="3/hour")


def speak(client, opened, headers=None):
    body = {"message_id": str(uuid.uuid4()), "text": "bonjour"}
    return client.post(f"{opened['address']}/messages", json=body, headers={**opened["headers"], **(headers or {})})


def test_the_third_message_of_a_minute_waits(client, opened):
    assert [speak(client, opened).status_code for _ in range(3)] == [200, 200, 429]
    refused = speak(client, opened)
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "Attendez" in refused.json()["detail"]


def test_a_forwarded_address_changes_nothing(client):
    statuses = [
        client.post(
            "/api/conversations", json={"surface": "page"}, headers={"X-Forwarded-For": f"10.0.0.{i}"}
        ).status_code
        for i in range(5)
    ]
    assert statuses == [201, 201, 201, 429, 429]


def test_production_defaults():
    settings = Settings()
    assert (settings.limit_messages, settings.limit_address, settings.limit_conversations) == (
        "15/minute",
        "60/minute",
        "30/hour",
    )
