"""Travel and work never stand without their conditions (FAQ 15 and 16), in any text that can be read alone."""

from __future__ import annotations

import pytest

from bot.faq import load_faq
from bot.wording import Wording

FAQ = load_faq()
TEXTS = {
    f"{entry.id} {name}": text
    for entry in FAQ.entries.values()
    for name, text in {"short": entry.french.short, "full": entry.french.full, **entry.french.cases}.items()
}
STRINGS = {key: Wording()(key) for key in Wording().keys()}  # noqa: SIM118 - a Wording is no mapping

FORMER_TITLE = ("ancien titre", "même expiré")
TRAVEL = ("permet de voyager", "permet alors de voyager", "voyager et entrer dans l'espace Schengen est permis")
WORK = ("celui-ci continue", "le travail continue", "vous pouvez continuer")
IF_ALLOWED = ("autorisait le travail", "permettait de travailler")
WHILE_VALID = ("tant que l'attestation est valable", "pendant la durée de validité de l'attestation")


def those_that_say(phrases: tuple[str, ...]) -> list[str]:
    return [name for name, text in TEXTS.items() if any(phrase in text for phrase in phrases)]


@pytest.mark.parametrize("name", those_that_say(TRAVEL))
def test_travel_is_said_with_the_former_title_even_expired(name):
    assert [phrase for phrase in FORMER_TITLE if phrase not in TEXTS[name].replace("**", "")] == []


@pytest.mark.parametrize("name", those_that_say(WORK))
def test_work_is_said_with_both_its_conditions(name):
    text = TEXTS[name].replace("**", "")
    assert any(phrase in text for phrase in IF_ALLOWED)
    assert any(phrase in text for phrase in WHILE_VALID)
    assert [phrase for phrase in FORMER_TITLE if phrase not in text] == []


def test_each_attestation_says_both_rights_in_each_text():
    told = {
        "attestation-prolongation": ["short", "full", "renouvellement"],
        "attestation-decision-favorable": ["short", "full"],
    }
    expected = {f"{entry} {name}" for entry, names in told.items() for name in names}
    assert expected <= set(those_that_say(TRAVEL)) & set(those_that_say(WORK))


def test_a_first_application_is_never_told_that_it_may_travel():
    case = TEXTS["attestation-prolongation premiere-demande"].replace("**", "")
    assert "ne permet ni de voyager ni d'entrer dans l'espace Schengen, quel que soit le point d'entrée" in case
    assert not any(phrase in case for phrase in (*TRAVEL, *WORK))


def test_no_string_of_the_dialogue_grants_travel_or_work():
    named = {k: text.lower() for k, text in STRINGS.items() if "voyage" in text.lower() or "travailler" in text.lower()}
    assert [key for key, text in named.items() if "ne permet pas" not in text] == []
