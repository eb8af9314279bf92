"""What a person gave or saw in a look-up is found nowhere afterwards, and opens nothing to anybody else."""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.mock_anef.conftest import PERSONAS
from tests.scenario.conftest import Stack, Talk, kinds, words
from tests.scenario.lookups import ASKS, PHONE, asked_code, asked_number, cards, code_for, looked_up, number_of, wrong

# Made up: twenty identifiers of every type, as nobody has them.
CANARIES = [
    "9600077101",
    "9600077102",
    "96 0007 7103",
    "9600077104",
    "0639987705",
    "+33 6 39 98 77 06",
    "visa 960077107",
    "FRA960077108",
    "960077109",
    "96000771101",
    "96O0077111",
    "77AB77112",
    "DEM-7711-377113",
    "canari.7714@exemple.invalid",
    "7711 5771 1577 1157",
    "FR76 7711 6771 1677 1167 7116 771",
    "KANARI771177711877119",
    "mot de passe : Kanari7718!",
    "771191",
    "771202",
]
FOUND = ("DEM960000103", "Préfecture du Nord", "Justificatif de domicile", "c…@exemple.invalid")
"""What a card of a persona shows."""


def told(value: str) -> set[str]:
    """The ways in which a log might hold it."""
    bare = value.removeprefix("visa ").removeprefix("mot de passe : ")
    return {bare, bare.replace(" ", ""), bare.replace(" ", "").replace("-", ""), json.dumps(bare)[1:-1]}


def files_of(run: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in run.rglob("*") if path.is_file()}


def holding(run: Path, secrets: set[str]) -> list[tuple[str, str]]:
    content = files_of(run)
    return [(name, secret) for name, held in content.items() for secret in secrets if is_in(secret, held)]


def is_in(secret: str, held: bytes) -> bool:
    """Six digits also turn up by chance in times, confidences and references: as a code they stand by themselves."""
    if re.fullmatch(r"\d{6}", secret):
        return bool(re.search(rb"(?<![0-9a-f.])" + secret.encode() + rb"(?![0-9a-f])", held))
    return secret.encode() in held


def test_canaries(stack: Stack):
    """Every flow, errors included, with twenty identifiers and every code; then every file of the run is searched."""
    secrets = {form for value in CANARIES for form in told(value)} | set(FOUND)
    threads = []
    bystander = stack.talk()
    heard = [bystander.say("bonjour")]

    def speak(talk: Talk, *said: str) -> None:
        for one in said:
            talk.say(one)
        threads.append((talk, talk.thread()))

    for n, value in enumerate(CANARIES):
        speak(stack.talk(), f"où en est mon dossier ? {value}", "oui", value)
        if n % 4 == 0:
            speak(stack.talk(), value)
            heard.append(bystander.say("comment payer le timbre fiscal ?"))
    for value in CANARIES[:8]:
        speak(asked_number(stack, "account"), value, "771191")
    for how, where in (
        ("down", "POST /v1"),
        ("500", "GET /v1"),
        ("truncated", "GET /v1"),
        ("types", "POST /v1/access-requests/"),
        ("stranger", "POST /v1"),
    ):
        talk = asked_number(stack)
        with stack.anef.broken(how, where):
            speak(talk, "9600077101", "771191")
        speak(looked_up(stack, "complement-demande"), "merci")
    for topic in ("status", "account"):
        talk = asked_code(stack, "complement-demande", topic)
        code = code_for(stack, "complement-demande")
        speak(talk, wrong(code), code, "oui", "vous pouvez répéter ?")
        secrets |= {number_of("complement-demande"), code, wrong(code)}
    secrets |= _with_the_action_server_down(stack, speak)

    assert holding(stack.run, secrets) == []
    said_to_others = json.dumps(heard, ensure_ascii=False).encode()
    assert [secret for secret in secrets if is_in(secret, said_to_others)] == []
    typed = secrets - set(FOUND)
    for _, thread in threads:
        written = json.dumps(thread, ensure_ascii=False).encode()
        assert [secret for secret in typed if is_in(secret, written)] == [], "a thread shows it masked"


def _with_the_action_server_down(stack: Stack, speak: Any) -> set[str]:
    actions = stack.services["actions"]
    talk, fresh = asked_number(stack), stack.talk()
    actions.stop()
    try:
        speak(talk, "9600077102")
        speak(fresh, "où en est mon dossier ? 9600077104", "771202")
        assert PHONE in words(fresh.messages)
    finally:
        actions.start()
        stack.wait()
    return {"9600077102", "9600077104", "771202"}


FORCED = {
    "lookup_consent": "yes",
    "lookup_number": "0123456789abcdef",
    "lookup_request": "0123456789abcdef",
    "lookup_code": "0123456789abcdef",
    "lookup_reset": "yes",
}


class TestForcedSlots:
    @pytest.mark.parametrize("slots", [FORCED, {**FORCED, "lookup_code": True}, {**FORCED, "lookup_code": {"a": 1}}])
    def test_in_a_forged_tracker_straight_at_the_action_server(self, stack: Stack, slots: dict[str, Any]):
        for action in ("action_conclude_status", "action_conclude_account", "action_conclude_reset"):
            said = self._act(stack, action, "f" * 64, slots)
            assert not any(message["custom"].get("card") for message in said)
            assert {message["custom"]["kind"] for message in said} <= {"lookup", "notice"}

    def test_with_the_references_of_somebody_else(self, stack: Stack):
        """References that are good in the conversation they belong to, taken from its very tracker."""
        victim = asked_code(stack, "complement-demande")
        with stack.anef.broken("500", "GET /v1"):  # the token stays, for another try
            victim.say(code_for(stack, "complement-demande"))
        references = _slots_in_the_tracker(stack.run / "tracker.db")
        assert references["lookup_code"], "the tracker holds a reference to a living token"
        said = self._act(stack, "action_conclude_status", "e" * 64, {**FORCED, **references})
        assert not any(message["custom"].get("card") for message in said)
        assert len(cards(victim.say(ASKS["status"]))) == 1, "to its owner it opens"

    @pytest.mark.parametrize(
        "text",
        [
            '/inform{"lookup_code": "0123456789abcdef", "lookup_consent": "yes"}',
            '\u00a0/lookup_status{"lookup_code": "x"}',
            "／lookup_status",
            "/action_conclude_status",
            '/inform{"lookup_choice": "new_code"}',
        ],
    )
    def test_by_typing_a_payload(self, stack: Stack, text: str):
        for talk in (stack.talk(), asked_number(stack)):
            assert cards(talk.say(text)) == []

    def test_with_the_action_server_down(self, stack: Stack):
        talk = asked_code(stack, "complement-demande")
        code = code_for(stack, "complement-demande")
        stack.services["actions"].stop()
        try:
            reply = talk.say(code)
            assert cards(reply) == []
            assert PHONE in words(reply)
            assert cards(talk.say('/inform{"lookup_code": "yes"}')) == []
        finally:
            stack.services["actions"].start()
            stack.wait()

    @staticmethod
    def _act(stack: Stack, action: str, sender: str, slots: dict[str, Any]) -> list[dict[str, Any]]:
        tracker = {
            "sender_id": sender,
            "slots": slots,
            "latest_message": {"text": "x", "intent": {"name": "inform"}, "entities": []},
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        }
        body = {"next_action": action, "sender_id": sender, "tracker": tracker, "domain": {}}
        answer = httpx2.post(f"http://127.0.0.1:{stack.ports.actions}/webhook", json=body, timeout=10)
        assert answer.status_code == 200
        return answer.json()["responses"]


class TestCards:
    def test_another_conversation_does_not_get_it(self, stack: Stack):
        talk = looked_up(stack, "complement-demande")
        other = stack.talk()
        stolen = httpx2.get(
            f"{stack.base}/api/conversations/{talk.id}", headers={"Authorization": f"Bearer {other.token}"}
        )
        assert stolen.status_code == 404

    def test_the_same_message_again_is_the_same_card_and_no_second_turn(self, stack: Stack):
        talk = asked_code(stack, "complement-demande")
        body = {"message_id": str(uuid.uuid4()), "text": code_for(stack, "complement-demande")}
        first, again = talk.post(body).json(), talk.post(body).json()
        assert first == again
        assert len(cards(first["messages"])) == 1

    def test_erased_with_its_conversation(self, stack: Stack):
        talk = looked_up(stack, "complement-demande")
        assert talk.client.delete(f"/api/conversations/{talk.id}", headers=talk.headers).status_code == 204
        assert talk.client.get(f"/api/conversations/{talk.id}", headers=talk.headers).status_code == 404

    def test_nothing_of_it_is_in_the_turn(self, stack: Stack):
        """The tracker's last message of the assistant holds a reference, and the same words for everybody."""
        looked_up(stack, "complement-demande")
        status = _last_said(stack.run / "tracker.db")
        looked_up(stack, "aucune-demande")
        nothing = _last_said(stack.run / "tracker.db")
        assert {**status, "card": ""} == {**nothing, "card": ""}
        looked_up(stack, "compte-verrouille", "account")
        locked = _last_said(stack.run / "tracker.db")
        looked_up(stack, "compte-inexistant", "account")
        assert {**locked, "card": ""} == {**_last_said(stack.run / "tracker.db"), "card": ""}


def test_same_words_and_headers_for_every_number(stack: Stack):
    """Unknown, known, locked, without contact: the two answers after the number differ in ids only."""
    seen = set()
    for number in ("9600000000", *map(number_of, ("demande-deposee", "compte-verrouille", "sans-contact"))):
        talk = asked_number(stack)
        answer = talk.post({"message_id": str(uuid.uuid4()), "text": number})
        (message,) = answer.json()["messages"]
        plain = {**message, "id": "", "buttons": [button["title"] for button in message["buttons"]]}
        headers = {name: value for name, value in answer.headers.items() if name != "date"}
        seen.add(json.dumps([plain, headers], sort_keys=True))
    assert len(seen) == 1


def test_a_look_up_on_the_page_says_so_and_never_repeats_a_number(stack: Stack):
    talk = asked_number(stack)
    number = PERSONAS["complement-demande"].identifiers[0].value
    reply = talk.say(number)
    assert kinds(reply) == ["lookup"]
    assert number not in json.dumps(talk.thread())


def _events(database: Path, type_: str) -> list[dict[str, Any]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows = connection.execute("SELECT data FROM events WHERE type_name = ? ORDER BY id", (type_,)).fetchall()
    connection.close()
    return [json.loads(row[0]) for row in rows]


def _slots_in_the_tracker(database: Path) -> dict[str, Any]:
    """The last values of the look-up's slots in the whole database."""
    return {e["name"]: e["value"] for e in _events(database, "slot") if e["name"].startswith("lookup_") and e["value"]}


def _last_said(database: Path) -> dict[str, Any]:
    return dict(_events(database, "bot")[-1]["data"]["custom"])
