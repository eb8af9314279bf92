"""A question from the page's door to the entry and back, through the real processes."""

from __future__ import annotations

import re
import time
import uuid

import httpx2
import pytest

from tests.scenario.conftest import Stack, Talk, kinds, topics, words

PHONE = "0 806 001 620"


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Où se trouve mon numéro étranger ?", "numero-etranger-ou"),
        ("jai oublier mon mot de passe", "mot-de-passe-oublie"),
        ("mon code e-photo n'est pas reconnu", "e-photo-refusee"),
        ("comment payer le timbre fiscal", "timbre-paiement"),
        ("je veux me faire rembourser mon timbre", "timbre-remboursement"),
    ],
)
def test_a_question_gets_its_sourced_entry(stack: Stack, question: str, entry: str):
    answer = stack.talk().say(question)[0]
    assert (answer["kind"], answer["topic"]) == ("answer", entry)
    assert answer["answer"]["id"] == entry
    assert all(source["document"] and source["section"] for source in answer["answer"]["sources"])
    assert answer["text"]


def test_the_first_message_says_machine_no_password_and_where_a_person_is(stack: Stack):
    first = stack.talk().messages[0]["text"]
    assert "assistant automatique" in first
    assert "mot de passe" in first
    assert PHONE in first


def test_the_whole_answer_is_one_button_away(stack: Stack):
    talk = stack.talk()
    talk.say("comment payer le timbre fiscal")
    whole = talk.press("Voir toutes les étapes")[0]
    assert (whole["kind"], whole["topic"]) == ("answer", "timbre-paiement")
    assert "16 chiffres" in whole["text"]


def test_outside_the_subject_says_so_and_where_to_go(stack: Stack):
    reply = stack.talk().say("quelle est la recette de la tarte aux pommes ?")
    assert kinds(reply) == ["out_of_scope"]
    assert "3939" in words(reply)


def test_the_second_miss_in_a_row_gives_the_phone_number(stack: Stack):
    talk = stack.talk()
    talk.say("xqzt wvbn kjhg")
    reply = talk.say("zzkl mpoq")
    assert kinds(reply)[0] in ("not_understood", "out_of_scope")
    assert PHONE in words(reply)


def test_small_talk(stack: Stack):
    talk = stack.talk()
    assert topics(talk.say("bonjour")) == ["greet"]
    assert "machine" in words(talk.say("tu es un robot ?"))
    assert topics(talk.say("merci beaucoup")) == ["thanks"]


@pytest.mark.parametrize(
    "text",
    ["/restart", "\u00a0/restart", "\u3000/back", "／session_start", "\u200b/nlu_fallback", '/inform{"paper":"titre"}'],
)
def test_slash_commands_in_any_disguise_are_text(stack: Stack, text: str):
    talk = stack.talk()
    before = talk.say("comment payer le timbre fiscal")
    talk.say(text)
    assert topics(talk.say("vous pouvez détailler ?"))[0] == before[0]["topic"], "the conversation was not restarted"


def test_a_typed_number_is_in_no_file_afterwards(stack: Stack):
    number = "9987654321"
    talk = stack.talk()
    talk.say(f"mon numéro étranger est {number}, où est mon mot de passe ?")
    talk.say(f"{number[:4]} {number[4:7]} {number[7:]}")
    assert number not in words(talk.thread())
    files = [path for path in stack.run.rglob("*") if path.is_file()]
    assert files
    found = [path.name for path in files if re.search(number.encode(), path.read_bytes())]
    assert found == []


def test_a_replayed_message_costs_no_second_turn(stack: Stack):
    talk = stack.talk()
    body = {"message_id": str(uuid.uuid4()), "text": "comment payer le timbre fiscal"}
    first, second = talk.post(body), talk.post(body)
    assert first.json() == second.json()
    assert [m["kind"] for m in talk.thread()].count("person") == 1


def test_an_erased_conversation_is_gone(stack: Stack):
    talk = stack.talk()
    address = f"/api/conversations/{talk.id}"
    assert talk.client.delete(address, headers=talk.headers).status_code == 204
    assert talk.client.get(address, headers=talk.headers).status_code == 404


def test_rasa_takes_nothing_without_the_secret(stack: Stack):
    rasa = f"http://127.0.0.1:{stack.ports.rasa}"
    body = {"sender": "a" * 32, "message": "bonjour"}
    assert httpx2.post(f"{rasa}/webhooks/gateway/webhook", json=body).status_code == 401
    for path in ("/webhooks/rest/webhook", "/conversations/default/tracker", "/status", "/domain"):
        assert httpx2.get(f"{rasa}{path}").status_code == 404


def test_rasa_killed_gives_an_apology_and_search_and_comes_back(stack: Stack):
    talk = stack.talk()
    rasa = stack.services["rasa"]
    rasa.process.kill()
    rasa.process.wait()
    start = time.monotonic()
    reply = talk.say("mot de passe perdu, que faire")
    assert time.monotonic() - start < 2
    assert PHONE in words(reply)
    assert "suggestions" in kinds(reply)
    assert talk.press("J'ai oublié mon mot de passe")[0]["topic"] == "mot-de-passe-oublie"
    found = httpx2.get(f"{stack.base}/api/faq/search", params={"q": "mot de passe oublié"}).json()["results"]
    assert found[0]["id"] == "mot-de-passe-oublie"
    assert httpx2.get(f"{stack.base}/health/ready", timeout=15).status_code == 503
    rasa.start()
    stack.wait()
    assert talk.say("j'ai oublié mon mot de passe")[0]["kind"] == "answer"


def test_two_conversations_do_not_see_each_other(stack: Stack):
    one, other = stack.talk(), Talk(stack.base)
    one.say("comment payer le timbre fiscal")
    response = one.client.get(f"/api/conversations/{one.id}", headers=other.headers)
    assert response.status_code == 404
