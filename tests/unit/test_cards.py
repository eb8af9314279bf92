"""Cards: from what the interface said to the shape the page draws."""

from __future__ import annotations

from datetime import date

import pytest

from bot.faq import load_faq
from gateway.cards import ENTRIES, RESET_HELPS, Cards
from gateway.texts import Texts

TODAY = date(2031, 3, 14)
APPLICATION = {
    "reference": "DEM960000101",
    "kind": "renewal",
    "title_type": "Étudiant",
    "prefecture": "Préfecture du Rhône",
    "stage": "under_examination",
    "stage_since": "2031-03-01",
    "favourable": None,
    "documents": [],
    "complement": None,
}
FAQ = load_faq()
CARDS = Cards(Texts(FAQ))


def card(**changed):
    return CARDS.show({"application": {**APPLICATION, **changed}}, TODAY).card


def test_the_shape_that_the_page_draws():
    assert card().keys() == {
        "title", "reference", "stage", "since", "meaning", "do", "avoid", "documents", "complement", "entry",
    }  # fmt: skip
    assert card()["title"] == "Renouvellement : Étudiant (Préfecture du Rhône)"
    assert card()["stage"] == {"id": "under_examination", "label": "Instruction en cours", "index": 2, "of": 4}


@pytest.mark.parametrize("stage", ["deposited", "under_examination", "decision_taken", "title_available", "closed"])
@pytest.mark.parametrize("favourable", [None, True, False])
def test_every_stage_has_its_texts(stage: str, favourable: bool | None):
    shown = card(stage=stage, favourable=favourable)
    assert shown["meaning"] and shown["do"] and shown["avoid"]
    assert not [point for point in shown["do"] + shown["avoid"] if "{" in point or not point.strip()]


@pytest.mark.parametrize("until", [None, "2031-03-14", "2031-03-13"])
@pytest.mark.parametrize("kind", ["first", "renewal"])
@pytest.mark.parametrize("name", ["confirmation", "adp", "adf"])
def test_every_document_has_its_note(name: str, kind: str, until: str | None):
    held = {"kind": name, "since": "2031-01-01", "valid_until": until}
    (document,) = card(kind=kind, documents=[held])["documents"]
    assert ("n'est plus valable" in document["note"]) == (until == "2031-03-13"), "the last day counts"
    assert document["entry"] in FAQ.entries


def test_what_is_asked_comes_first():
    asked = {"asked_on": "2031-03-10", "document": "Justificatif", "message": "Trop ancien."}
    shown = CARDS.show({"application": {**APPLICATION, "complement": asked}}, TODAY)
    assert shown.card["complement"] == {**asked, "entry": "demande-complement"}
    assert "notification" in shown.card["do"][0]
    assert shown.entries[0] == "demande-complement"


def test_every_entry_named_exists():
    assert set(ENTRIES.values()) <= FAQ.entries.keys()


@pytest.mark.parametrize("state", ["active", "email_unconfirmed", "locked", "none"])
def test_accounts_are_told_in_words(state: str):
    held = {
        "state": state,
        "email": "i…@exemple.invalid",
        "phone": None,
        "created_on": "2031-03-01",
        "last_sign_in": None,
    }
    shown = CARDS.show({"account": held}, TODAY)
    assert shown.card is None
    assert "1er mars 2031" in shown.text and "i…@exemple.invalid" in shown.text
    assert "Dernière connexion" not in shown.text
    assert ("choisir un nouveau mot de passe" in shown.text) == shown.asks == (state in RESET_HELPS)


def test_none_and_gone_are_words_without_a_card():
    assert "Aucune demande" in CARDS.show({"nothing": True}).text
    gone = CARDS.show(None)
    assert "effacées" in gone.text
    assert (gone.card, gone.asks) == (None, False)


@pytest.mark.parametrize("held", [{"token": "x"}, {"number": {}}, "x", 3])
def test_another_kind_of_value_is_no_card(held):
    with pytest.raises((KeyError, TypeError)):
        CARDS.show(held)
