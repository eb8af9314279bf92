"""The wrong turns of a look-up, each to words a person can act on."""

from __future__ import annotations

import pytest

from tests.scenario.conftest import Stack, kinds, topics, words
from tests.scenario.lookups import (
    ASKS,
    PHONE,
    UNKNOWN_NUMBER,
    asked_code,
    asked_number,
    cards,
    code_for,
    field,
    looked_up,
    number_of,
    wrong,
)

PERSONA = "instruction-en-cours"
CONSTANT = "Si un dossier correspond à ce numéro"


class TestConsent:
    @pytest.mark.parametrize("no", ["non", "Non", "non merci", "surtout pas"])
    def test_refused(self, stack: Stack, no: str):
        talk = stack.talk()
        talk.say(ASKS["status"])
        reply = talk.say(no)
        assert topics(reply) == ["status", "suivi-demande"]
        assert "je ne cherche rien" in words(reply)
        assert topics(talk.say("comment payer le timbre fiscal ?")) == ["timbre-paiement"]

    def test_refused_for_the_account(self, stack: Stack):
        talk = stack.talk()
        talk.say(ASKS["account"])
        assert topics(talk.press("Non")) == ["account", "ai-je-un-compte"]

    def test_the_number_at_once_waits_for_consent(self, stack: Stack):
        talk = stack.talk()
        reply = talk.say(f"où en est mon dossier, mon numéro étranger est {number_of(PERSONA)}")
        assert [b["title"] for b in reply[-1]["buttons"]] == ["Oui", "Non"]
        assert CONSTANT in words(talk.say("oui"))

    def test_giving_the_number_to_the_question_is_agreeing_as_it_says(self, stack: Stack):
        talk = stack.talk()
        assert "cela veut dire oui" in words(talk.say(ASKS["status"]))
        assert CONSTANT in words(talk.say(number_of(PERSONA)))

    def test_not_knowing(self, stack: Stack):
        talk = stack.talk()
        talk.say(ASKS["status"])
        assert "Rien ne vous oblige" in words(talk.say("je ne sais pas"))
        assert field(talk) is None
        talk.say("d'accord")
        assert field(talk) == "numero-etranger"


class TestNumber:
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("960000010", "9 chiffres"),
            ("96000001011", "Nombre de chiffres lus : 11"),
            ("9600 0001", "Nombre de chiffres lus : 8"),
            ("1234", "Nombre de chiffres lus : 4"),
            ("123456", "Nombre de chiffres lus : 6"),
            ("96O0000102", "lettre"),
            ("visa 96000011", "Un numéro de visa a **9 chiffres**"),
            ("personne@exemple.invalid", "adresse e-mail"),
            ("+33 6 39 98 01 14", "numéro de téléphone"),
            ("ANEF-2026-004711", "référence de demande"),
            ("12AB34567", "numéro de passeport"),
            ("1234 5678 9012 3456", "numéro de timbre"),
            ("mon mot de passe est Soleil2024!", "jamais votre mot de passe"),
        ],
    )
    def test_a_defect_is_named_and_the_number_asked_again(self, stack: Stack, written: str, said: str):
        talk = asked_number(stack)
        reply = talk.say(written)
        assert said in words(reply)
        assert set(kinds(reply)) == {"lookup"}
        assert field(talk) == "numero-etranger"
        talk.say(number_of(PERSONA))
        assert field(talk) == "code"

    @pytest.mark.parametrize(
        "written",
        [
            "9600000102",
            "96 0000 0102",
            "96-0000-0102",
            "mon numéro c'est 9600000102 merci",
            "visa 960000117",
            "FRA960000117",
        ],
    )
    def test_ways_to_write_it(self, stack: Stack, written: str):
        talk = asked_number(stack)
        assert CONSTANT in words(talk.say(written))

    def test_ten_digits_that_look_like_a_phone_are_a_number_where_one_is_asked(self, stack: Stack):
        talk = asked_number(stack)
        assert CONSTANT in words(talk.say("0612345678"))

    def test_a_visa_number_leads_to_its_card(self, stack: Stack):
        assert len(cards(looked_up(stack, "visa-seul").messages)) == 1

    def test_what_is_it_and_back(self, stack: Stack):
        talk = asked_number(stack)
        reply = talk.say("c'est quoi un numéro étranger ?")
        assert topics(reply)[0] == "numero-etranger-ou"
        assert field(talk) == "numero-etranger"

    @pytest.mark.parametrize("said", ["je ne sais pas", "je l'ai pas", "aucune idée"])
    def test_not_knowing_it(self, stack: Stack, said: str):
        talk = asked_number(stack)
        assert topics(talk.say(said)) == ["numero-etranger-ou", "status"]
        assert field(talk) == "numero-etranger"

    def test_several_digressions_and_back(self, stack: Stack):
        talk = asked_number(stack)
        for question in ("comment payer le timbre fiscal ?", "quels formats de fichiers ?", "merci"):
            talk.say(question)
            assert field(talk) == "numero-etranger"
        assert CONSTANT in words(talk.say(number_of(PERSONA)))


class TestLeaving:
    @pytest.mark.parametrize("asked", [asked_number, lambda stack: asked_code(stack, PERSONA)], ids=["number", "code"])
    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ("je ne veux pas donner mon numéro", ["status", "suivi-demande"]),
            ("c'est mes données personnelles, je donne rien", ["status", "suivi-demande"]),
            ("laisse tomber", [None]),
        ],
    )
    def test_it_ends_with_words_to_act_on(self, stack: Stack, asked, said: str, expected: list):
        talk = asked(stack)
        reply = talk.say(said)
        assert topics(reply) == expected
        assert topics(talk.say("comment payer le timbre fiscal ?")) == ["timbre-paiement"], "the look-up is over"

    def test_by_button(self, stack: Stack):
        talk = asked_number(stack)
        assert topics(talk.press("Je préfère ne pas")) == ["status", "suivi-demande"]

    def test_another_question_is_answered_and_the_look_up_waits(self, stack: Stack):
        talk = asked_code(stack, PERSONA)
        assert topics(talk.say("j'ai oublié mon mot de passe")) == ["mot-de-passe-oublie", "status"]
        assert len(cards(talk.say(code_for(stack, PERSONA)))) == 1

    def test_the_other_look_up_begins_anew(self, stack: Stack):
        talk = asked_code(stack, PERSONA)
        assert topics(talk.say(ASKS["account"])) == ["account"]
        assert [b["title"] for b in talk.messages[-1]["buttons"]] == ["Oui", "Non"]

    def test_asked_again_in_the_middle_it_goes_on(self, stack: Stack):
        talk = asked_code(stack, PERSONA)
        talk.say(ASKS["status"])
        assert field(talk) == "code"

    def test_a_form_left_for_a_look_up(self, stack: Stack):
        talk = stack.talk()
        talk.say("mon code e-photo est refusé")
        assert topics(talk.say(ASKS["status"])) == ["status"]
        assert talk.press("Oui")[-1]["field"]["type"] == "numero-etranger"


class TestSomebodyElse:
    def test_at_the_beginning(self, stack: Stack):
        talk = stack.talk()
        reply = talk.say("je voudrais savoir où en est la demande de ma femme")
        assert (kinds(reply), topics(reply)) == (["lookup"], ["status"])
        assert "**son** e-mail" in words(reply)

    def test_in_the_middle_the_number_given_with_it_is_not_taken(self, stack: Stack):
        talk = asked_number(stack)
        reply = talk.say(f"j'ai le numéro de mon père : {number_of(PERSONA)}, regardez pour lui")
        assert "Sans ce code" in words(reply)
        assert field(talk) == "numero-etranger"

    def test_with_the_code_that_was_sent_to_the_holder(self, stack: Stack):
        talk = asked_number(stack)
        talk.say("c'est pour mon mari")
        talk.say(number_of(PERSONA))
        assert len(cards(talk.say(code_for(stack, PERSONA)))) == 1


class TestCorrection:
    def test_another_number_in_place_of_the_code(self, stack: Stack):
        talk = asked_code(stack, "demande-deposee")
        reply = talk.say(f"pardon c'est {number_of(PERSONA)}")
        assert "à la place du premier" in words(reply)
        assert CONSTANT in words(reply)
        (card,) = cards(talk.say(code_for(stack, PERSONA)))
        assert card["reference"] == "DEM960000102"

    @pytest.mark.parametrize(
        "said",
        ["Corriger le numéro", "je me suis trompé de numéro", "annule, mauvais numéro", "c'est pas le bon numéro"],
    )
    def test_asking_for_it(self, stack: Stack, said: str):
        talk = asked_code(stack, "demande-deposee")
        talk.say(said)
        assert field(talk) == "numero-etranger"
        assert CONSTANT in words(talk.say(number_of(PERSONA)))

    def test_the_code_of_the_first_number_is_wrong_for_the_second(self, stack: Stack):
        talk = asked_code(stack, "demande-deposee")
        first = code_for(stack, "demande-deposee")
        talk.say(number_of(PERSONA))
        assert "pas le bon" in words(talk.say(first)) or first == code_for(stack, PERSONA)


class TestCode:
    def test_wrong_codes_count_down_and_the_fifth_ends_it(self, stack: Stack):
        talk = asked_code(stack, PERSONA)
        first = int(code_for(stack, PERSONA))
        for n, left in enumerate(("4 essais", "3 essais", "2 essais", "un essai"), start=1):
            assert left in words(talk.say(f"{(first + n) % 10**6:06}"))
            assert field(talk) == "code"
        reply = talk.say(f"{(first + 5) % 10**6:06}")
        assert "Cinq codes faux" in words(reply)
        assert PHONE in words(reply)
        assert topics(talk.press("Où en est mon dossier")) == ["status"]

    def test_the_right_code_after_a_wrong_one(self, stack: Stack):
        talk = asked_code(stack, PERSONA)
        code = code_for(stack, PERSONA)
        talk.say(wrong(code))
        assert len(cards(talk.say(f"{code[:3]} {code[3:]}"))) == 1

    @pytest.mark.parametrize("written", ["12345", "1234567", "123"])
    def test_not_six_digits(self, stack: Stack, written: str):
        talk = asked_code(stack, PERSONA)
        reply = talk.say(written)
        assert "6 chiffres" in words(reply)
        assert f"lus : {len(written)}" in words(reply)
        assert field(talk) == "code"

    @pytest.mark.parametrize("said", ["le code est le {}", "code {}", "c'est {}", "{} voilà", "oui {}", "le {}"])
    def test_ways_to_write_it(self, stack: Stack, said: str):
        talk = asked_code(stack, PERSONA)
        assert len(cards(talk.say(said.format(code_for(stack, PERSONA))))) == 1

    @pytest.mark.parametrize("said", ["Recevoir un autre code", "je veux un nouveau code", "renvoyez le code svp"])
    def test_another_one(self, stack: Stack, said: str):
        talk = asked_code(stack, PERSONA)
        first = code_for(stack, PERSONA)
        assert CONSTANT in words(talk.say(said))
        second = code_for(stack, PERSONA)
        assert first == second or "pas le bon" in words(talk.say(first))
        assert len(cards(talk.say(second))) == 1

    @pytest.mark.parametrize("said", ["je n'ai rien reçu", "j'ai pas reçu le code", "non", "le code marche pas"])
    def test_none_came(self, stack: Stack, said: str):
        talk = asked_code(stack, PERSONA)
        reply = talk.say(said)
        assert "courriers indésirables" in words(reply)
        assert PHONE in words(reply)
        assert field(talk) == "code"

    def test_an_unknown_number_hears_the_same_and_no_code_is_right(self, stack: Stack):
        known, unknown = asked_code(stack, PERSONA), asked_number(stack)
        unknown.say(UNKNOWN_NUMBER)
        assert words(known.messages) == words(unknown.messages)
        assert words(known.say("000000")) == words(unknown.say("000000")) or code_for(stack, PERSONA) == "000000"


def test_a_number_alone_offers_both_look_ups(stack: Stack):
    talk = stack.talk()
    reply = talk.say(number_of(PERSONA))
    assert [button["title"] for button in reply[0]["buttons"]] == ["Où en est mon dossier ?", "Vérifier mon compte"]
    assert topics(talk.press("Vérifier mon compte")) == ["account"]


class TestAfterwards:
    def test_asked_again_it_begins_anew(self, stack: Stack):
        talk = looked_up(stack, PERSONA)
        talk.say(ASKS["status"])
        assert [b["title"] for b in talk.messages[-1]["buttons"]] == ["Oui", "Non"]

    def test_a_code_given_when_none_is_asked(self, stack: Stack):
        talk = stack.talk()
        reply = talk.say("123456")
        assert PHONE in words(reply)

    def test_say_it_again_does_not_show_a_card(self, stack: Stack):
        talk = looked_up(stack, PERSONA)
        assert cards(talk.say("vous pouvez répéter ?")) == []
