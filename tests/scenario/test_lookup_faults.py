"""The interface slow, down, malformed, busy; codes and limits run out. Each ends in words within eight seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.scenario.conftest import Stack, Talk, kinds, words
from tests.scenario.lookups import PHONE, asked_code, asked_number, cards, code_for, field, number_of, wrong
from tests.scenario.office import own_office

LIMIT_SECONDS = 8
PERSONA = "demande-deposee"
NOT_ANSWERING = "ne répond pas correctement"


@pytest.fixture
def closed_afterwards(stack: Stack) -> Iterator[None]:
    """Another action server after the test, which has no failures behind it. Closing by itself: tests/anef."""
    yield
    stack.services["actions"].stop()
    stack.services["actions"].start()
    stack.wait()


def in_time(talk: Talk, said: str) -> list[dict[str, Any]]:
    begun = time.monotonic()
    reply = talk.say(said)
    assert time.monotonic() - begun < LIMIT_SECONDS
    assert set(kinds(reply)) == {"lookup"}, reply
    return reply


FAULTS = ["down", "slow", "500", "503", "truncated", "types", "stranger"]


class TestFaults:
    @pytest.mark.parametrize("how", FAULTS)
    def test_while_opening(self, stack: Stack, how: str):
        talk = asked_number(stack)
        with stack.anef.broken(how, "POST /v1/access-requests"):
            reply = in_time(talk, number_of(PERSONA))
        assert NOT_ANSWERING in words(reply) and PHONE in words(reply)
        talk.press("Où en est mon dossier")
        talk.press("Oui")
        talk.say(number_of(PERSONA))
        assert field(talk) == "code", "one can begin again"

    @pytest.mark.parametrize("how", FAULTS)
    def test_while_confirming_the_code_is_kept_and_good_later(self, stack: Stack, how: str):
        talk = asked_code(stack, PERSONA)
        code = code_for(stack, PERSONA)
        with stack.anef.broken(how, "POST /v1/access-requests/"):
            reply = in_time(talk, code)
        assert "Gardez-le" in words(reply) and PHONE in words(reply)
        assert field(talk) == "code"
        assert len(cards(talk.say(code))) == 1

    @pytest.mark.parametrize("how", FAULTS)
    def test_while_reading_and_asked_again_it_goes_on_without_another_code(self, stack: Stack, how: str):
        talk = asked_code(stack, PERSONA)
        with stack.anef.broken(how, "GET /v1/applications"):
            reply = in_time(talk, code_for(stack, PERSONA))
        assert NOT_ANSWERING in words(reply) and PHONE in words(reply)
        assert cards(reply) == []
        assert len(cards(talk.press("Où en est mon dossier"))) == 1

    @pytest.mark.parametrize("where", ["POST /v1/access-requests", "GET /v1/applications"])
    def test_too_busy(self, stack: Stack, where: str):
        talk = asked_number(stack)
        if where.startswith("GET"):
            talk.say(number_of(PERSONA))
        with stack.anef.broken("429", where):
            reply = in_time(talk, code_for(stack, PERSONA) if where.startswith("GET") else number_of(PERSONA))
        assert "Attendez une minute" in words(reply) and PHONE in words(reply)

    def test_the_account_too(self, stack: Stack):
        talk = asked_code(stack, PERSONA, "account")
        with stack.anef.broken("truncated", "GET /v1/account"):
            reply = in_time(talk, code_for(stack, PERSONA))
        assert NOT_ANSWERING in words(reply)

    def test_the_reset_mail_too(self, stack: Stack):
        talk = asked_code(stack, "compte-verrouille", "account")
        talk.say(code_for(stack, "compte-verrouille"))
        with stack.anef.broken("slow", "POST /v1/account"):
            reply = in_time(talk, "oui")
        assert NOT_ANSWERING in words(reply)

    def test_general_questions_are_answered_meanwhile(self, stack: Stack):
        with stack.anef.broken("down"):
            talk = stack.talk()
            assert kinds(talk.say("comment payer le timbre fiscal ?")) == ["answer"]

    def test_left_alone_after_five_failures(self, stack: Stack, closed_afterwards: None):
        with stack.anef.broken("500", "POST /v1/access-requests"):
            for _ in range(5):
                in_time(asked_number(stack), number_of(PERSONA))
            before = len(stack.anef.seen)
            begun = time.monotonic()
            assert NOT_ANSWERING in words(in_time(asked_number(stack), number_of(PERSONA)))
            assert time.monotonic() - begun < 3
            assert len(stack.anef.seen) == before, "nothing was asked of it"


@pytest.mark.parametrize("persona", ["reponse-lente", "reponse-en-erreur", "reponse-indisponible", "reponse-tronquee"])
def test_ill_personas(stack: Stack, persona: str):
    talk = asked_code(stack, persona)
    assert NOT_ANSWERING in words(in_time(talk, code_for(stack, persona)))


class TestTime:
    def test_a_code_that_has_expired(self, stack: Stack):
        with own_office(stack) as clock:
            talk = asked_code(stack, PERSONA)
            code = code_for(stack, PERSONA)
            clock.forward(minutes=11)
            reply = talk.say(code)
            assert "n'est plus valable" in words(reply)
            assert field(talk) == "code", "another one was asked for"
            assert len(cards(talk.say(code_for(stack, PERSONA)))) == 1

    def test_a_code_of_an_interface_that_has_forgotten(self, stack: Stack):
        with own_office(stack):
            talk = asked_code(stack, PERSONA)
        with own_office(stack):
            assert "n'est plus valable" in words(talk.say("123456"))

    def test_a_verification_that_has_expired(self, stack: Stack):
        with own_office(stack) as clock:
            talk = asked_code(stack, PERSONA)
            with stack.anef.broken("503", "GET /v1/applications"):
                talk.say(code_for(stack, PERSONA))
            clock.forward(minutes=6)
            reply = talk.press("Où en est mon dossier")
            assert "La vérification n'est plus valable" in words(reply)
            assert cards(reply) == []


class TestLimits:
    def test_five_codes_for_a_number_in_ten_minutes(self, stack: Stack):
        with own_office(stack) as clock:
            talk = asked_code(stack, PERSONA)
            for _ in range(4):
                talk.press("Recevoir un autre code")
                assert field(talk) == "code"
            reply = talk.press("Recevoir un autre code")
            assert "Attendez 10 minutes" in words(reply) and PHONE in words(reply)
            clock.forward(minutes=10)
            assert field(asked_code(stack, PERSONA)) == "code"

    def test_five_codes_a_request(self, stack: Stack):
        with own_office(stack, lift_limits=True):
            talk = asked_code(stack, PERSONA)
            right = code_for(stack, PERSONA)
            code = right
            for _ in range(5):
                code = wrong(code)
                talk.say(code)
            assert "Cinq codes faux" in words(talk.messages)
            assert cards(talk.say(right)) == []

    def test_twenty_in_an_hour_from_one_address_and_the_same_for_unknown_numbers(self, stack: Stack):
        with own_office(stack):
            for n in range(20):
                talk = stack.talk(address="127.0.0.7")
                talk.say("où en est mon dossier ?")
                talk.say(f"96000005{n:02}")
                assert field(talk) == "code"
            talk = asked_number(stack, address="127.0.0.7")
            assert "Attendez" in words(talk.say(number_of(PERSONA)))
            assert field(asked_code(stack, PERSONA, address="127.0.0.8")) == "code"

    def test_who_burns_them_does_not_lock_the_owner_out(self, stack: Stack):
        with own_office(stack):
            attacker = asked_code(stack, PERSONA, address="127.0.0.9")
            owner = asked_code(stack, PERSONA, address="127.0.0.10")
            code = code_for(stack, PERSONA)
            for n in range(5):
                attacker.say(f"{(int(code) + 1 + n) % 10**6:06}")
            for _ in range(5):
                attacker = asked_number(stack, address="127.0.0.9")
                attacker.say(number_of(PERSONA))
            assert "Attendez" in words(attacker.messages)
            assert len(cards(owner.say(code))) == 1

    def test_callers_of_one_centre_do_not_share_a_limit(self, stack: Stack):
        with own_office(stack):
            for _ in range(7):
                asked_code(stack, PERSONA, surface="console")

    def test_the_interface_gets_a_key_in_place_of_an_address(self, stack: Stack):
        asked_code(stack, PERSONA)
        headers = next(h for line, h in reversed(stack.anef.seen) if line == "POST /v1/access-requests")
        assert len(headers["ANEF-End-User"]) == 64
        assert "127.0.0.1" not in str({k: v for k, v in headers.items() if k != "Host"})
