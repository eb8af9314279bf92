"""The gateway's own rules of a turn: never silent, once, in its place."""

from __future__ import annotations

import asyncio
import uuid

import httpx2
import pytest

from bot import turn
from gateway.conversations import Conversations
from tests.contract.conftest import said

PHONE = "0 806 001 620"


def speak(client, opened, **body):
    body.setdefault("message_id", str(uuid.uuid4()))
    return client.post(f"{opened['address']}/messages", json=body, headers=opened["headers"])


def broken(kind: str):
    def reply(body):
        if kind == "refused":
            raise httpx2.ConnectError("refused")
        if kind == "slow":
            raise httpx2.ReadTimeout("slow")
        return {
            "empty list": httpx2.Response(200, json=[]),
            "no messages": httpx2.Response(200, json={"messages": []}),
            "html": httpx2.Response(200, text="<html>"),
            "half json": httpx2.Response(200, text='{"messages": [{"kind"'),
            "500": httpx2.Response(500, text="Traceback"),
            "silent": httpx2.Response(502, json={"code": "silent_turn"}),
            "50 MB": httpx2.Response(200, content=b"[" + b"0," * 25_000_000),
            "unknown entry": said(turn.answer("nulle-part", "?")),
            "unknown string": said(turn.said(turn.SMALLTALK, "nulle.part")),
            "no kind": said({"a": 1}),
        }[kind]

    return reply


@pytest.mark.parametrize(
    "kind",
    ["refused", "slow", "empty list", "no messages", "html", "half json", "500", "silent", "50 MB", "unknown entry",
     "unknown string", "no kind"],
)  # fmt: skip
def test_whatever_rasa_does_the_person_gets_words_and_the_phone_number(client, opened, rasa, kind):
    rasa.reply = broken(kind)
    response = speak(client, opened, text="mot de passe perdu, que faire")
    assert response.status_code == 200
    messages = response.json()["messages"]
    assert PHONE in messages[0]["text"]
    assert messages[1]["suggestions"][0] == "mot-de-passe-oublie"


def test_a_failed_turn_can_be_sent_again(client, opened, rasa):
    rasa.reply, working = broken("500"), rasa.reply
    body = {"message_id": str(uuid.uuid4()), "text": "bonjour"}
    speak(client, opened, **body)
    rasa.reply = working
    assert speak(client, opened, **body).json()["messages"][0]["kind"] == "smalltalk"


def test_the_same_message_id_costs_one_turn(client, opened, rasa):
    body = {"message_id": str(uuid.uuid4()), "text": "bonjour"}
    assert speak(client, opened, **body).json() == speak(client, opened, **body).json()
    assert len(rasa.asked) == 1


def test_rasa_gets_a_sender_of_ours_and_placeholders_only(client, opened, rasa):
    speak(client, opened, text="mon numéro est 9912345678")
    asked = rasa.asked[0]
    assert asked["sender"] != opened["id"]
    assert set(asked["sender"]) <= set("0123456789abcdef")
    assert len(asked["sender"]) == 64
    assert "9912345678" not in str(asked)
    assert "⟦numero-etranger#" in asked["message"]


def test_the_thread_shows_masked_words_and_the_answers_of_today(client, opened, rasa):
    rasa.reply = lambda body: said(turn.answer("timbre-paiement", ""))
    speak(client, opened, text="mon numéro 9912345678, et le timbre ?")
    thread = client.get(opened["address"], headers=opened["headers"]).json()["messages"]
    assert [message["kind"] for message in thread] == ["smalltalk", "person", "answer"]
    assert "⟦numero-etranger⟧" in thread[1]["text"]
    assert "#" not in thread[1]["text"]


def test_a_button_sends_its_payload_and_only_in_its_conversation(client, opened, rasa):
    button = turn.button("affirm", key="button.yes")
    rasa.reply = lambda body: said(turn.said(turn.QUESTION, "e_photo.used", buttons=[button]))
    shown = speak(client, opened, text="mon code est refusé").json()["messages"][0]["buttons"][0]
    assert shown["title"] == "Oui"
    speak(client, opened, button=shown["id"])
    assert rasa.asked[-1]["message"] == "/affirm"

    other = client.post("/api/conversations", json={"surface": "page"}).json()
    address = {"address": f"/api/conversations/{other['id']}", "headers": {"Authorization": f"Bearer {other['token']}"}}
    count = len(rasa.asked)
    reply = speak(client, address, button=shown["id"])
    assert "Choisissez de nouveau" in reply.json()["messages"][0]["text"]
    assert len(rasa.asked) == count


def test_an_old_answer_button_is_refused_once_the_question_is_past(client, opened, rasa):
    button = turn.button("affirm", key="button.yes")
    rasa.reply = lambda body: said(turn.said(turn.QUESTION, "e_photo.used", buttons=[button]))
    old = speak(client, opened, text="un").json()["messages"][0]["buttons"][0]
    speak(client, opened, text="deux")
    count = len(rasa.asked)
    reply = speak(client, opened, button=old["id"]).json()["messages"]
    assert "Choisissez de nouveau" in reply[0]["text"]
    assert reply[1]["buttons"], "the open question is asked again"
    assert len(rasa.asked) == count


def test_one_turn_in_flight(client, opened, services, rasa):
    conversation = services.conversations.find(opened["id"], opened["token"])
    asyncio.run(conversation.lock.acquire())
    response = speak(client, opened, text="bonjour")
    assert response.status_code == 409
    assert response.headers["retry-after"]
    assert rasa.asked == []


def test_a_conversation_ends_after_idle_time_and_after_its_life():
    now = [0.0]
    conversations = Conversations("key", idle=1800, life=14400, clock=lambda: now[0])
    conversation, token = conversations.start("page", "fr", None)
    now[0] = 1799
    assert conversations.find(conversation.id, token)
    now[0] = 1800
    assert conversations.find(conversation.id, token) is None

    conversation, token = conversations.start("page", "fr", None)
    for _ in range(20):
        now[0] += 1000
        if conversations.find(conversation.id, token):
            conversations.touch(conversation)
    assert conversations.find(conversation.id, token) is None


def test_a_very_long_conversation_is_capped_politely(client, opened, services, rasa):
    services.conversations.find(opened["id"], opened["token"]).turns = services.settings.turns_per_conversation
    reply = speak(client, opened, text="bonjour").json()["messages"]
    assert PHONE in reply[0]["text"]
    assert rasa.asked == []


def test_feedback_is_for_a_message_of_the_conversation(client, opened, rasa):
    message = speak(client, opened, text="bonjour").json()["messages"][0]["id"]
    address = f"{opened['address']}/feedback"
    good = client.post(address, json={"message": message, "useful": False, "reason": "faux"}, headers=opened["headers"])
    foreign = client.post(address, json={"message": "x", "useful": True}, headers=opened["headers"])
    odd = client.post(address, json={"message": message, "useful": True, "reason": "autre"}, headers=opened["headers"])
    assert [good.status_code, foreign.status_code, odd.status_code] == [204, 422, 422]
