"""The committed contracts are those of the code, and what goes over the wire follows them."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot import turn
from gateway import contract
from tests.contract.conftest import said

ROOT = Path(__file__).resolve().parent.parent.parent
TURN = json.loads((ROOT / "docs" / "contracts" / "turn.schema.json").read_text(encoding="utf-8"))
RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]


def test_the_public_contract_is_the_codes():
    assert contract.FILE.read_text(encoding="utf-8") == contract.written(), "run: python -m gateway.contract"


def follows(schema_name: str, body: object) -> None:
    document = contract.contract()
    schema = {"$ref": f"#/components/schemas/{schema_name}", "components": document["components"]}
    jsonschema.validate(body, schema)


BUTTONS = [turn.button("affirm", key="button.yes"), turn.entry_button("timbre-paiement")]
BUILT = [
    turn.said(turn.SMALLTALK, "smalltalk.greet", topic="greet"),
    turn.said(turn.QUESTION, "e_photo.used", topic="e-photo-refusee", buttons=BUTTONS),
    turn.answer("timbre-paiement", "Titre", suggestions=["timbre-remboursement"]),
    turn.worked_out(turn.answer("quand-deposer", "Titre"), "filing.window", expiry="x", earliest="y", latest="z"),
    turn.suggested(["timbre-paiement", "status"], "suggestions.unsure"),
]


@pytest.mark.parametrize("message", BUILT, ids=lambda m: m["kind"])
def test_what_actions_build_follows_the_turn_schema(message):
    jsonschema.validate(message, TURN)


@pytest.mark.parametrize("name", RESPONSES)
def test_the_questions_of_the_domain_follow_the_turn_schema(name):
    for response in RESPONSES[name]:
        jsonschema.validate({"topic": None, "buttons": [], **response["custom"]}, TURN)


@pytest.mark.parametrize("message", BUILT, ids=lambda m: m["kind"])
def test_what_people_get_follows_the_public_contract(client, opened, rasa, message):
    rasa.reply = lambda body: said(message)
    body = {"message_id": str(uuid.uuid4()), "text": "bonjour tout le monde"}
    reply = client.post(f"{opened['address']}/messages", json=body, headers=opened["headers"]).json()
    follows("Messages", reply)
    assert reply["messages"][0]["kind"] == message["kind"]
    follows("Messages", client.get(opened["address"], headers=opened["headers"]).json())


def test_the_rest_of_the_api_follows_the_public_contract(client):
    follows("Conversation", client.post("/api/conversations", json={"surface": "widget", "site": "demo"}).json())
    follows("EntryList", client.get("/api/faq").json())
    follows("EntryFull", client.get("/api/faq/timbre-paiement").json())
    follows("SearchResults", client.get("/api/faq/search?q=timbre").json())
    follows("ProblemBody", client.get("/api/faq/inconnu").json())


def test_an_unknown_setting_of_a_conversation_is_refused(client):
    assert client.post("/api/conversations", json={"surface": "fax"}).status_code == 422
