"""What is hidden and what passes: one row a case, named by the boundary it tests."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.placeholders import PATTERN, find
from gateway.masking import mask

HIDDEN = {
    "ten digits": ("mon numéro est 9912345678", "numero-etranger", None),
    "ten digits in groups": ("9 912 345 678 merci", "numero-etranger", None),
    "ten digits with hyphens": ("99-1234-5678", "numero-etranger", None),
    "nine digits": ("n° 991234567", "numero-etranger", "9-chiffres"),
    "eleven digits": ("99123456789", "numero-etranger", "11-chiffres"),
    "a letter among the digits": ("99A2345678", "numero-etranger", "lettres"),
    "ten digits that look like a phone": ("0612345678", "telephone", None),
    "the same, called a numéro étranger": ("numéro étranger 0712345678", "numero-etranger", None),
    "phone in pairs": ("mon tel 06 12 34 56 78", "telephone", None),
    "phone with country": ("+33 6 12 34 56 78", "telephone", None),
    "a code": ("code 123456", "code", None),
    "a number glued to a word": ("numéro9912345678", "demande", None),
    "a code in two halves": ("123 456", "code", None),
    "visa number": ("mon visa 123456789", "numero-visa", None),
    "visa number with country": ("visa n° FRA123456789", "numero-visa", None),
    "passport": ("passeport 12AB34567", "passeport", None),
    "e-mail": ("écrivez à personne@exemple.invalid", "email", None),
    "stamp": ("timbre 1234 5678 9012 3456", "timbre", None),
    "stamp with a digit missing": ("123456789012345", "timbre", "15-chiffres"),
    "IBAN": ("FR76 3000 6000 0112 3456 7890 189", "iban", None),
    "e-photo code": ("code ABCD1234EFGH5678IJKL90", "e-photo", None),
    "application reference": ("dossier ANEF-2026-004711", "demande", None),
    "password with a digit": ("mon mot de passe est Soleil2024!", "mot-de-passe", None),
}
PASSES = [
    "appelez le 0 806 001 620 ou le 3939",
    "mon titre expire le 31/08/2026",
    "du 01/02/2024 au 31 08 2026",
    "valable jusqu'au 2026-08-31",
    "en 2024 2025",
    "24 à 48 heures, 16 chiffres, 6 mois",
    "69003 Lyon",
    "envoyé à 23h58 puis à 9 h 05",
    "mon mot de passe est refusé depuis hier",
    "VLS-TS et e-MERAUDE",
]


def _mask(text: str) -> tuple[str, list[tuple[str, str]]]:
    kept: list[tuple[str, str]] = []

    def keep(kind: str, value: str) -> str:
        kept.append((kind, value))
        return f"{len(kept):016x}"

    return mask(text, keep), kept


@pytest.mark.parametrize(("text", "kind", "defect"), HIDDEN.values(), ids=HIDDEN)
def test_hidden(text, kind, defect):
    masked, kept = _mask(text)
    assert [(p.type, p.defect) for p in find(masked)] == [(kind, defect)]
    assert [k for k, _ in kept] == [kind]
    assert kept[0][1] not in masked


@pytest.mark.parametrize("text", PASSES)
def test_passes(text):
    assert _mask(text) == (text, [])


@given(st.text(alphabet=st.sampled_from("0123456789 .-_abé@"), max_size=60))
def test_no_run_of_ten_digits_survives(text):
    masked, _ = _mask(text)
    assert not re.search(r"\d{10}", PATTERN.sub(" ", masked))


@pytest.mark.parametrize("char", "1aA-. @/éa1")
def test_thousand_worst_characters_take_no_time(char):
    start = time.perf_counter()
    _mask(char * 1000)
    _mask((char + "1") * 500)
    assert time.perf_counter() - start < 0.2
