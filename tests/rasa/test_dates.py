"""Dates in French wording, and the two limits of filing. Today is 23 November 2026 here."""

from __future__ import annotations

from datetime import date

import pytest

from actions.dates import ImpossibleDate, filing_window, find, in_words
from actions.lost_title import lost_case

TODAY = date(2026, 11, 23)

AHEAD = {
    "31/08/2027": date(2027, 8, 31),
    "31-08-27": date(2027, 8, 31),
    "31 08 2027": date(2027, 8, 31),
    "2027-08-31": date(2027, 8, 31),
    "le 31 août 2027": date(2027, 8, 31),
    "1er avril 2027": date(2027, 4, 1),
    "le 3 mars": date(2027, 3, 3),
    "fin août": date(2027, 8, 31),
    "fin février 2028": date(2028, 2, 29),
    "mi-janvier": date(2027, 1, 15),
    "début septembre 2027": date(2027, 9, 1),
    "en mars": date(2027, 3, 31),
    "dans 5 mois": date(2027, 4, 23),
    "dans trois semaines": date(2026, 12, 14),
    "il me reste 80 jours": date(2027, 2, 11),
    "d'ici 10 jours": date(2026, 12, 3),
    "demain": date(2026, 11, 24),
    "aujourd’hui": TODAY,
    "le mois prochain": date(2026, 12, 23),
    "mon titre expire le jeudi 12 août 2027, quand déposer ?": date(2027, 8, 12),
}
BEHIND = {
    "hier": date(2026, 11, 22),
    "avant-hier": date(2026, 11, 21),
    "il y a 8 mois": date(2026, 3, 23),
    "il y a deux semaines": date(2026, 11, 9),
    "il y a plus de 6 mois": date(2026, 5, 22),
    "ça fait 3 jours": date(2026, 11, 20),
    "en mars": date(2026, 3, 31),
    "le 12 novembre": date(2026, 11, 12),
    "fin août": date(2026, 8, 31),
    "la semaine dernière": date(2026, 11, 16),
}


@pytest.mark.parametrize(("text", "expected"), AHEAD.items())
def test_a_day_ahead(text, expected):
    assert find(text, TODAY) == expected


@pytest.mark.parametrize(("text", "expected"), BEHIND.items())
def test_a_day_behind(text, expected):
    assert find(text, TODAY, past=True) == expected


@pytest.mark.parametrize("text", ["31/02/2027", "31 février", "35 janvier 2027", "12/13/2027", "2027-02-30"])
def test_a_day_that_the_calendar_does_not_have(text):
    with pytest.raises(ImpossibleDate):
        find(text, TODAY)


@pytest.mark.parametrize("text", ["je ne sais pas", "bientôt", "j'ai 2 enfants", "", "16 chiffres"])
def test_no_day(text):
    assert find(text, TODAY) is None


@pytest.mark.parametrize(
    ("expiry", "earliest", "latest"),
    [
        (date(2027, 8, 31), date(2027, 4, 30), date(2027, 6, 30)),
        (date(2027, 4, 30), date(2026, 12, 30), date(2027, 2, 28)),
        (date(2028, 4, 30), date(2027, 12, 30), date(2028, 2, 29)),
        (date(2027, 3, 1), date(2026, 11, 1), date(2027, 1, 1)),
    ],
)
def test_calendar_months_clamped_to_the_end_of_a_short_month(expiry, earliest, latest):
    window = filing_window(expiry)
    assert (window.earliest, window.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 4, 29), "fenetre-a-venir"),
        (date(2027, 4, 30), "fenetre-ouverte"),
        (date(2027, 6, 30), "fenetre-ouverte"),
        (date(2027, 7, 1), "fenetre-passee"),
        (date(2027, 8, 31), "fenetre-passee"),
        (date(2027, 9, 1), "titre-perime"),
    ],
)
def test_the_side_of_each_limit(today, state):
    assert filing_window(date(2027, 8, 31)).state(today) == state


@pytest.mark.parametrize(
    ("left", "case"),
    [(-1, "deja-perime"), (0, "moins-de-90-jours"), (89, "moins-de-90-jours"), (90, "plus-de-90-jours")],
)
def test_ninety_days_left(left, case):
    assert lost_case(left) == case


def test_the_first_of_a_month_in_words():
    assert (in_words(date(2027, 3, 1)), in_words(date(2027, 8, 31))) == ("1er mars 2027", "31 août 2027")
