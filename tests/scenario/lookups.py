"""Steps of a look-up, as a person takes them."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.mock_anef.conftest import PERSONAS
from tests.scenario.conftest import Stack, Talk

UNKNOWN_NUMBER = "9600000000"
PHONE = "0 806 001 620"
ASKS = {"status": "où en est mon dossier ?", "account": "vérifiez mon compte"}


def number_of(persona: str) -> str:
    """As a person would write it: a visa number is named."""
    identifier = PERSONAS[persona].identifiers[0]
    return identifier.value if identifier.type == "numero-etranger" else f"visa {identifier.value}"


def outbox(base: str, persona: str | None = None) -> list[dict[str, Any]]:
    params = {"persona": persona} if persona else {}
    return httpx2.get(f"{base}/outbox.json", params=params).json()["messages"]


def code_for(stack: Stack, persona: str) -> str:
    """The code that was sent last."""
    return next(m["code"] for m in outbox(stack.anef.target, persona) if m["code"])


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def asked_number(stack: Stack, topic: str = "status", **kwargs: Any) -> Talk:
    """A conversation in which the number is awaited."""
    talk = stack.talk(**kwargs)
    talk.say(ASKS[topic])
    talk.press("Oui")
    assert field(talk) == "numero-etranger"
    return talk


def asked_code(stack: Stack, persona: str, topic: str = "status", **kwargs: Any) -> Talk:
    """A conversation in which the code is awaited."""
    talk = asked_number(stack, topic, **kwargs)
    talk.say(number_of(persona))
    assert field(talk) == "code", talk.messages
    return talk


def looked_up(stack: Stack, persona: str, topic: str = "status") -> Talk:
    """A conversation just after the right code was given."""
    talk = asked_code(stack, persona, topic)
    talk.say(code_for(stack, persona))
    return talk


def field(talk: Talk) -> str | None:
    """The dedicated input that the page shows now."""
    asked = talk.messages[-1]["field"]
    return asked["type"] if asked else None


def cards(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message["card"] for message in messages if message["card"]]
