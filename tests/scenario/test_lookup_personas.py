"""Each persona's status and account, from the question to the card, through the real processes."""

from __future__ import annotations

import pytest

from tests.mock_anef.conftest import PERSONAS
from tests.scenario.conftest import Stack, kinds, topics, words
from tests.scenario.lookups import ASKS, PHONE, asked_code, cards, code_for, field, looked_up, number_of

SOUND = [id for id, persona in PERSONAS.items() if persona.fault.kind == "none" and id != "sans-contact"]
STAGES = {
    "deposited": ("Dépôt de la demande", 1, 4),
    "under_examination": ("Instruction en cours", 2, 4),
    "decision_taken": ("Décision prise", 3, 4),
    "title_available": ("Titre de séjour disponible", 4, 4),
    "closed": ("Demande clôturée", 1, 1),
}


@pytest.mark.parametrize("persona", SOUND)
def test_status_by_typing_alone(stack: Stack, persona: str):
    talk = stack.talk()
    for said in (ASKS["status"], "oui", f"c'est le {number_of(persona)}"):
        reply = talk.say(said)
        assert set(kinds(reply)) == {"lookup"}, reply
        assert set(topics(reply)) == {"status"}
    reply = talk.say(f"le code est {code_for(stack, persona)}")
    assert set(kinds(reply)) == {"lookup"}
    expected = PERSONAS[persona].applications
    assert [card["reference"] for card in cards(reply)] == [application.reference for application in expected]
    for card, application in zip(cards(reply), expected, strict=True):
        stage = card["stage"]
        assert (stage["label"], stage["index"], stage["of"]) == STAGES[application.stage]
        assert len(card["documents"]) == len(application.documents)
        assert (card["complement"] is None) == (application.complement is None)
        assert card["meaning"] and card["do"] and card["avoid"] and card["entry"]
    if not expected:
        assert "Aucune demande" in words(reply)
        assert PHONE in words(reply)


def test_status_by_buttons_and_fields(stack: Stack):
    talk = stack.talk()
    talk.say(ASKS["status"])
    assert field(talk) is None
    talk.press("Oui")
    assert field(talk) == "numero-etranger"
    talk.say(number_of("titre-disponible"))
    assert field(talk) == "code"
    assert talk.messages[-1]["field"]["label"] and talk.messages[-1]["field"]["hint"]
    (card,) = cards(talk.say(code_for(stack, "titre-disponible")))
    assert card["entry"] == "titre-disponible"


class TestCards:
    def test_a_complement_comes_first(self, stack: Stack):
        (card,) = cards(looked_up(stack, "complement-demande").messages)
        assert card["entry"] == "demande-complement"
        assert card["complement"]["document"] == "Justificatif de domicile"
        assert "notification" in card["do"][0]

    def test_a_decision_is_not_called_favourable_unless_it_is(self, stack: Stack):
        (unknown,) = cards(looked_up(stack, "decision-prise").messages)
        assert "ne dit pas si elle est favorable" in unknown["meaning"]
        (good,) = cards(looked_up(stack, "decision-favorable-adf").messages)
        assert "**favorable**" in good["meaning"]
        (bad,) = cards(looked_up(stack, "decision-defavorable").messages)
        assert "pas favorable" in bad["meaning"]

    @pytest.mark.parametrize(
        ("persona", "said"),
        [
            ("adp-premiere-demande", "ne permet pas de voyager"),
            ("adp-renouvellement", "même expiré"),
            ("adp-expiree", "n'est plus valable depuis"),
            ("decision-favorable-adf", "même expiré"),
        ],
    )
    def test_an_attestation_says_what_it_is_worth(self, stack: Stack, persona: str, said: str):
        (card,) = cards(looked_up(stack, persona).messages)
        assert said in card["documents"][-1]["note"]

    def test_each_part_leads_to_its_entry(self, stack: Stack):
        talk = looked_up(stack, "decision-favorable-adf")
        (card,) = cards(talk.messages)
        assert [document["entry"] for document in card["documents"]] == [
            "etapes-depot",
            "attestation-decision-favorable",
        ]
        assert talk.messages[0]["suggestions"] == ["attestation-decision-favorable", "etapes-depot"]

    def test_an_expired_attestation_leads_to_what_to_do(self, stack: Stack):
        (card,) = cards(looked_up(stack, "adp-expiree").messages)
        assert card["documents"][-1]["entry"] == "attestation-absente-ou-expiree"

    def test_three_applications_are_three_cards(self, stack: Stack):
        assert len(cards(looked_up(stack, "plusieurs-demandes").messages)) == 3

    def test_a_card_is_read_again_for_a_while(self, stack: Stack):
        talk = looked_up(stack, "demande-deposee")
        assert cards(talk.thread()) == cards(talk.messages)


class TestAccount:
    @pytest.mark.parametrize(
        ("persona", "said"),
        [
            ("instruction-en-cours", "**actif**"),
            ("compte-inexistant", "**Aucun compte**"),
            ("email-non-confirme", "n'est pas confirmée"),
            ("compte-verrouille", "**verrouillé**"),
        ],
    )
    def test_state_in_words(self, stack: Stack, persona: str, said: str):
        reply = looked_up(stack, persona, "account").messages
        assert (kinds(reply), topics(reply)) == (["lookup"], ["account"])
        assert said in words(reply)

    @pytest.mark.parametrize("yes", ["oui", "Recevoir l'e-mail"])
    def test_reset_mail(self, stack: Stack, yes: str):
        talk = looked_up(stack, "compte-verrouille", "account")
        reply = talk.say(yes)
        assert topics(reply) == ["account"]
        assert "un e-mail vient de partir" in words(reply)

    def test_no_reset_mail(self, stack: Stack):
        talk = looked_up(stack, "compte-verrouille", "account")
        assert "aucun e-mail" in words(talk.press("Non merci"))

    def test_a_question_instead_of_an_answer_to_the_offer(self, stack: Stack):
        talk = looked_up(stack, "instruction-en-cours", "account")
        reply = talk.say("comment payer le timbre fiscal ?")
        assert (kinds(reply), topics(reply)) == (["answer"], ["timbre-paiement"])

    def test_no_offer_without_an_account(self, stack: Stack):
        reply = looked_up(stack, "compte-inexistant", "account").messages
        assert reply[0]["buttons"] == []


def test_nobody_without_a_contact_gets_a_code(stack: Stack):
    talk = asked_code(stack, "sans-contact")
    assert "contact enregistré" in words(talk.messages)
    assert PHONE in words(talk.say("je n'ai rien reçu"))
