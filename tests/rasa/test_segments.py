"""Two questions in one message: where it is divided, what is read on its own, and what is made of the parts."""

from __future__ import annotations

import time
from typing import Any, Dict, List, Optional, Text

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.segments import MOST, JoinSegments, SplitSegments, split, to_read

LOST, PAY = "faq/perte-vol-duplicata", "faq/timbre-paiement"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Où est mon numéro étranger ? Et comment payer le timbre ?",
         ["ou est mon numero etranger", "comment payer le timbre"]),
        ("j'ai oublié mon mdp et aussi le code photo est refusé",
         ["j' ai oublie mon mot de passe", "le code photo est refuse"]),
        ("où acheter le timbre et comment avoir une e-photo",
         ["ou acheter le timbre", "comment avoir une e-photo"]),
        ("code photo refusé sinon comment avoir un rdv", ["code photo refuse", "comment avoir un rendez-vous"]),
        ("où faire une e-photo\ncomment payer le timbre", ["ou faire une e-photo", "comment payer le timbre"]),
        ("comment changer mon adresse\nquand est-ce que je dois déposer",
         ["comment changer mon adresse", "quand est-ce que je dois deposer"]),
        ("comment faire une e-photo, sinon combien coûte le timbre",
         ["comment faire une e-photo", "combien coute le timbre"]),
        ("je voudrais payer le timbre. autre question : titre volé, que faire",
         ["je voudrais payer le timbre", "titre vole, que faire"]),
        ("Merci beaucoup, où est mon numéro étranger ?", ["ou est mon numero etranger"]),
        ("merci mais où est mon numéro étranger", ["ou est mon numero etranger"]),
        ("non pas ça, je parle du remboursement du timbre", ["je parle du remboursement du timbre"]),
    ],
)  # fmt: skip
def test_parts_that_ask_something_are_read_on_their_own(text: str, parts: List[str]):
    assert to_read(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mdp oublié ? timbre ?",
        "Où se trouve mon numéro étranger sur mon titre ?",
        "Je suis arrivé en 2019. Mon titre est périmé depuis hier. J'ai peur de perdre mon travail.",
        "J'ai perdu mon titre de séjour hier dans le métro. Comment faire ?",
        "la page se charge et puis",
        "il faut payer sinon la carte est annulée",
        "je me suis connecté sur impots.gouv.fr avec le même mot de passe",
        "mon titre finit le 12.03.2027 quand dois-je déposer ma demande",
    ],
)
def test_an_ordinary_message_is_left_alone(text: str):
    assert to_read(text) == []


def test_what_stands_before_a_question_is_a_part_that_asks_nothing():
    assert [part.asks for part in split("J'ai perdu mon titre. Comment faire ?")] == [False, True]


def test_no_more_parts_than_a_turn_can_afford():
    assert len(to_read("où est le numéro ? " * 8)) == MOST


def test_an_ordinary_message_costs_less_than_three_milliseconds():
    text = "Bonjour, je ne trouve pas mon numéro étranger sur mon ancienne carte, vous pouvez m'aider ?"
    start = time.process_time()
    for _ in range(200):
        to_read(text)
    assert (time.process_time() - start) / 200 < 0.003


def understood(label: Optional[Text], confidence: float = 0.9, text: str = "?") -> Message:
    """A message as the decision leaves it; no label: unsure."""
    findings: Dict[Text, Any] = {"label": label, "decision": "carried" if label else "unsure"}
    return Message({TEXT: text, "understanding": findings, INTENT: {"name": "x", "confidence": confidence}})


def joined(*messages: Message) -> Dict[Text, Any]:
    (message,) = JoinSegments(JoinSegments.get_default_config()).process(list(messages))
    return {**message.get("understanding"), "intent": message.get(INTENT)["name"]}


def test_parts_go_behind_the_message_and_come_off_again():
    split_up = SplitSegments({}).process([Message({TEXT: "où est le numéro étranger ? comment payer le timbre ?"})])
    assert [message.get(TEXT) for message in split_up[1:]] == ["ou est le numero etranger", "comment payer le timbre"]
    assert JoinSegments(JoinSegments.get_default_config()).process(split_up) == split_up[:1]


def test_a_button_is_never_divided():
    pressed = [Message({TEXT: '/faq{"entry_id": "a b c"} ? où est ? comment payer ?'})]
    assert SplitSegments({}).process(pressed) == pressed


def test_two_entries_are_both_noted():
    found = joined(understood(PAY), understood(LOST), understood(PAY))
    assert (found["label"], found["second_label"]) == (PAY, LOST)


def test_parts_that_are_clear_settle_a_whole_that_is_not():
    found = joined(understood(None), understood(LOST), understood(PAY))
    assert (found["label"], found["second_label"], found["intent"]) == (LOST, PAY, "faq")


@pytest.mark.parametrize("talk", ["thanks", "not_that", "deny", "greet"])
def test_a_question_behind_an_opening_word_is_what_is_wanted(talk: str):
    found = joined(understood(talk), understood(LOST))
    assert (found["label"], found["intent"], found.get("second_label")) == (LOST, "faq", None)


@pytest.mark.parametrize(
    "parts",
    [
        [understood(PAY), understood(PAY)],
        [understood(LOST, 0.4), understood(PAY)],
        [understood("follow_up/where"), understood(PAY)],
        [understood(None), understood(PAY)],
        [understood(LOST), understood(PAY), understood("faq/rendez-vous")],
    ],
    ids=["the same twice", "not sure of one", "one without a subject", "one not understood", "three"],
)
def test_anything_less_clear_changes_nothing(parts: List[Message]):
    found = joined(understood(PAY), *parts)
    assert (found["label"], found.get("second_label")) == (PAY, None)


def test_what_is_not_ours_stays_so():
    found = joined(understood("out_of_scope/impots"), understood(LOST), understood(PAY))
    assert (found["label"], found.get("second_label")) == ("out_of_scope/impots", None)
