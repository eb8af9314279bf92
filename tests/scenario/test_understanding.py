"""What people mean across messages: two questions at once, corrections, thanks with a question, older buttons."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.conftest import Stack, kinds, topics, words

PHONE = "0 806 001 620"


def answered(reply: list[dict[str, Any]]) -> set[str | None]:
    return {message["topic"] for message in reply if message["kind"] == "answer"}


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Comment payer le timbre fiscal ? Et comment prendre rendez-vous à la préfecture ?",
         {"timbre-paiement", "rendez-vous"}),
        ("jai oublier mon mdp et aussi jai demenager comment je change mon adresse",
         {"mot-de-passe-oublie", "changement-adresse"}),
        ("où faire une e-photo\ncomment me faire rembourser mon timbre fiscal",
         {"obtenir-e-photo", "timbre-remboursement"}),
        ("Bonjour, quels sont les documents à fournir ? autre question : comment contacter un conseiller ?",
         {"pieces-justificatives", "contacter-conseiller"}),
    ],
)  # fmt: skip
def test_two_questions_in_one_message_are_both_answered(stack: Stack, text: str, entries: set[str]):
    assert answered(stack.talk().say(text)) == entries


def test_each_of_two_answers_opens_its_own_steps(stack: Stack):
    talk = stack.talk()
    first, second = talk.say("Comment payer le timbre fiscal ? Et comment prendre rendez-vous à la préfecture ?")
    for short in (second, first):
        talk.messages = [short]
        whole = talk.press("Voir toutes les étapes")[0]
        assert (whole["topic"], len(whole["text"]) > len(short["text"])) == (short["topic"], True)


@pytest.mark.parametrize(
    "text",
    [
        "J'ai perdu mon titre de séjour hier dans le métro. Comment je fais pour en avoir un autre ?",
        "Bonjour. J'ai oublié mon mot de passe. Merci d'avance pour votre aide !",
    ],
)
def test_a_story_with_one_question_gets_one_answer(stack: Stack, text: str):
    assert len(answered(stack.talk().say(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "non pas ça, je voudrais me faire rembourser le timbre",
        "non, je voulais dire le remboursement du timbre fiscal",
        "pas ça : comment être remboursé de mon timbre ?",
    ],
)
def test_a_correction_is_taken(stack: Stack, text: str):
    talk = stack.talk()
    talk.say("comment payer le timbre fiscal ?")
    assert "timbre-remboursement" in answered(talk.say(text))


def test_not_that_offers_something_else_and_a_choice_is_taken(stack: Stack):
    talk = stack.talk()
    given = talk.say("comment payer le timbre fiscal ?")[0]["topic"]
    reply = talk.say("non pas ça")
    assert kinds(reply) == ["suggestions"]
    assert given not in reply[0]["suggestions"]
    chosen = talk.press(reply[0]["buttons"][0]["title"])
    assert reply[0]["suggestions"][0] in topics(chosen) + [None] * (kinds(chosen)[0] == "lookup")


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("merci beaucoup, et comment prendre rendez-vous à la préfecture ?", "rendez-vous"),
        ("Merci ! Où est-ce que je trouve une cabine pour l'e-photo ?", "obtenir-e-photo"),
        ("ok mrc mais jai oublier mon mdp", "mot-de-passe-oublie"),
    ],
)
def test_thanks_with_a_new_question_in_it_gets_the_answer(stack: Stack, text: str, entry: str):
    talk = stack.talk()
    talk.say("comment payer le timbre fiscal ?")
    assert entry in answered(talk.say(text))


def test_bare_thanks_get_no_entry(stack: Stack):
    talk = stack.talk()
    talk.say("comment payer le timbre fiscal ?")
    assert topics(talk.say("merci beaucoup pour votre aide")) == ["thanks"]


def test_the_same_question_in_other_words_gets_the_whole_answer_then_a_person(stack: Stack):
    talk = stack.talk()
    short = talk.say("comment payer le timbre fiscal ?")
    whole = talk.say("cmt on paye le timbre fiscal")
    assert topics(whole)[0] == topics(short)[0]
    assert len(words(whole)) > len(words(short))
    assert PHONE in words(talk.say("je veux savoir comment payer mon timbre fiscal"))


def test_a_button_pressed_after_a_new_question_leads_where_it_was_shown(stack: Stack):
    talk = stack.talk()
    before = talk.say("comment payer le timbre fiscal ?")
    talk.say("comment prendre rendez-vous à la préfecture ?")
    talk.messages = before
    assert topics(talk.press("Voir toutes les étapes"))[0] == "timbre-paiement"


def test_an_answer_to_an_older_question_is_said_to_be_out_of_date(stack: Stack):
    talk = stack.talk()
    before = talk.say("mon code e-photo est refusé")
    talk.say("comment prendre rendez-vous à la préfecture ?")
    talk.say("comment payer le timbre fiscal ?")
    talk.messages = before
    assert kinds(talk.press("Oui"))[0] == "notice"


@pytest.mark.parametrize(
    ("question", "follow_up", "entry"),
    [
        ("j'ai oublié mon mot de passe", "et si ça marche toujours pas ?", "compte-bloque"),
        ("où dois-je taper le code de mon e-photo ?", "et si ça marche toujours pas ?", "e-photo-refusee"),
        ("comment suivre ma demande en général ?", "combien de temps ?", "delais-traitement"),
        ("où faire une e-photo ?", "c'est où ?", "obtenir-e-photo"),
        ("comment se passe le dépôt d'une demande en ligne ?", "et pour un renouvellement ?", "quand-deposer"),
        ("comment me faire rembourser mon timbre fiscal ?", "vous pouvez détailler ?", "timbre-remboursement"),
    ],
)
def test_a_question_without_a_subject_continues_the_topic(stack: Stack, question: str, follow_up: str, entry: str):
    talk = stack.talk()
    talk.say(question)
    assert topics(talk.say(follow_up))[0] == entry


def test_a_question_without_a_subject_or_topic_asks_for_one(stack: Stack):
    assert kinds(stack.talk().say("et pour un renouvellement ?")) == ["not_understood"]
