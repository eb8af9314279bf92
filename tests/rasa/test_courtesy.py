"""What is read of a message: what the person wants, without the greetings and thanks around it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from bot.nlu.courtesy import to_the_point
from bot.text import normalise

FACTS = Path(__file__).parent.parent / "content" / "facts.yml"
QUESTIONS = [entry["question"] for entry in yaml.safe_load(FACTS.read_text(encoding="utf-8"))["entries"].values()]


@pytest.mark.parametrize(
    "written, read",
    [
        (
            "Bonjour Madame, Monsieur, je n'ai pas mon numéro. Merci d'avance pour votre aide !",
            "je n' ai pas mon numero.",
        ),
        ("bjr jai oublie mon mdp svp merci", "j' ai oublie mon mot de passe"),
        ("où est-il ? Merci beaucoup et bonne journée à vous.", "ou est-il ?"),
        ("svp monsieur comment payer le timbre", "comment payer le timbre"),
        ("Il me faut un rdv. Dans l'attente, je vous prie d'agréer mes salutations", "il me faut un rendez-vous."),
        ("Je suis bloqué, je vous remercie par avance de votre réponse", "je suis bloque"),
        ("attestation svp", "attestation"),
        ("mes cartes\nCordialement", "mes cartes cordialement"),
    ],
)
def test_what_is_wanted_is_left(written, read):
    assert to_the_point(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "bonjour", "merci", "ok merci", "merci beaucoup monsieur", "au revoir et bonne journée", "bonjour oui",
        "merci de vérifier mon dossier", "mon dossier est en attente", "bien reçu", "et pour un renouvellement ?", "",
    ],
)  # fmt: skip
def test_what_is_not_around_something_else_stays(text):
    assert to_the_point(text) == normalise(text)


@pytest.mark.parametrize("before", ["", "Bonjour, ", "bjr madame ", "Bonsoir.\n"])
@pytest.mark.parametrize("after", ["", " merci", ". Merci d'avance pour votre aide !", "\nCordialement", " svp"])
def test_courtesies_change_no_question(before, after):
    for question in QUESTIONS:
        asked, alone = to_the_point(before + question + after), to_the_point(question)
        assert asked.rstrip(" ?.") == alone.rstrip(" ?.")


@pytest.mark.parametrize(
    "text",
    ["je vous prie de croire " * 80 + "?", "s'il vous plait " * 120 + "x", "merci, " * 280 + "x", "bonjour " * 250],
)
def test_no_text_takes_long(text):
    start = time.perf_counter()
    to_the_point(text)
    assert time.perf_counter() - start < 0.5
