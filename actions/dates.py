"""Dates as French people write them, and the calendar of filing. Reading is dateparser's; the rules are ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, Optional, Text

import dateparser
from dateutil.relativedelta import relativedelta

from bot.text import accents

_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_IN_WORDS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
             "novembre", "décembre"]  # fmt: skip
_NUMERIC = re.compile(r"\b(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})\b|\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_PART = re.compile(rf"\b(debut|mi|fin|courant)[ -](?:du mois de |de |d' ?)?({_MONTHS})\b(?: (\d{{4}}))?")
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
            "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30}  # fmt: skip
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:jours?|semaines?|mois|ans?|annees?|heures?|h)"
_SINCE_OR_IN = r"(?:il y a|ca fait|depuis|dans|d' ici|encore|plus que|reste)"
_ABOUT = r"(?: plus que| plus de| moins de| environ| a peu pres)?"
_RELATIVE = re.compile(rf"\b{_SINCE_OR_IN}{_ABOUT} {_COUNT} ?{_UNIT}\b")
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_NAMED = re.compile(rf"\b(?:{_WEEKDAY} )?(?:le )?(\d{{1,2}}|1er|premier) ({_MONTHS})(?: (\d{{4}}))?\b")
_MONTH_ONLY = re.compile(rf"\b({_MONTHS})(?: (\d{{4}}))?\b")
_WORDS = re.compile(
    r"\b(aujourd' ?hui|avant[- ]hier|hier|apres[- ]demain|demain|ce matin|ce soir|a l' instant|tout a l' heure"
    r"|cette semaine|(?:la )?semaine (?:prochaine|derniere)|(?:le )?mois (?:prochain|dernier)"
    r"|l' ?annee (?:prochaine|derniere)|l' ?an (?:prochain|dernier))\b"
)
_SPOKEN = {"ce matin": 0, "ce soir": 0, "a l' instant": 0, "tout a l' heure": 0, "cette semaine": 0}
_FAR_YEARS = 30


class ImpossibleDate(ValueError):
    """What looks like a date is none: 31/02, month 13."""


@dataclass(frozen=True)
class Window:
    """From when to when an application may be filed, for a title that ends on `expiry` (FAQ 3)."""

    earliest: date
    latest: date
    expiry: date

    def state(self, today: date) -> Literal["fenetre-a-venir", "fenetre-ouverte", "fenetre-passee", "titre-perime"]:
        """The case of the entry `quand-deposer` that holds on `today`. On both limits the window is open."""
        if today < self.earliest:
            return "fenetre-a-venir"
        if today <= self.latest:
            return "fenetre-ouverte"
        return "fenetre-passee" if today <= self.expiry else "titre-perime"


def filing_window(expiry: date) -> Window:
    """Four months to two months before, in calendar months, clamped to the end of a short month."""
    return Window(expiry - relativedelta(months=4), expiry - relativedelta(months=2), expiry)


def find(text: Text, today: date, *, past: bool = False) -> Optional[date]:
    """The first date in `text`, or None. `past`: a date without a year lies behind us rather than ahead.

    Raises ImpossibleDate for a date that the calendar does not have.
    """
    plain = " ".join(re.sub("[’']", "' ", accents(text.lower())).split())
    numeric = _NUMERIC.search(plain)
    if numeric:
        return _numeric(numeric)
    part = _PART.search(plain)
    if part:
        return _part_of_month(part.group(1), _month(part.group(2), part.group(3), today, past))
    for pattern in (_RELATIVE, _NAMED):
        found = pattern.search(plain)
        if found:
            return _beyond(found.group(), _read(found.group(), today, past, strict=pattern is _NAMED))
    spoken = _WORDS.search(plain)
    if spoken:
        return _spoken(spoken.group(), today, past)
    month = _MONTH_ONLY.search(plain)
    return _part_of_month("fin", _month(month.group(1), month.group(2), today, past)) if month else None


def _numeric(match: re.Match[str]) -> date:
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    try:
        if iso_year:
            return date(int(iso_year), int(iso_month), int(iso_day))
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise ImpossibleDate(match.group()) from None


def _read(words: Text, today: date, past: bool, *, strict: bool) -> date:
    words = re.sub(r"\b(ca fait|depuis)\b", "il y a", words)
    words = re.sub(r"\b(d' ici|encore|reste plus que|plus que|reste)\b", "dans", words)
    words = re.sub(r"\b(plus de|moins de|environ|a peu pres|le) ", "", words).replace("premier ", "1 ")
    words = re.sub(rf"\b({'|'.join(_NUMBERS)})\b", lambda m: str(_NUMBERS[m.group()]), words)
    words = re.sub(r"(\d+) ?h\b", r"\1 heures", words).replace("1er", "1")
    read = dateparser.parse(
        words,
        languages=["fr"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "PREFER_DATES_FROM": "past" if past else "future",
            "DATE_ORDER": "DMY",
        },
    )
    if read is None and strict:
        raise ImpossibleDate(words)
    return read.date() if read else today


def _beyond(words: Text, day: date) -> date:
    """« il y a plus de 6 mois » is not the day six months ago but one before it."""
    beyond = {"il y a plus de": -1, "ca fait plus de": -1, "dans plus de": 1, "dans moins de": -1, "il y a moins de": 1}
    return day + timedelta(days=next((shift for start, shift in beyond.items() if words.startswith(start)), 0))


def _spoken(words: Text, today: date, past: bool) -> date:
    if words in _SPOKEN:
        return today
    days = {"semaine derniere": -7, "semaine prochaine": 7, "mois dernier": -30, "mois prochain": 30}
    for name, shift in days.items():
        if name in words:
            return today + timedelta(days=shift)
    if re.search(r"\ban", words):
        return today + relativedelta(years=1 if "prochain" in words else -1)
    names = {"aujourd": 0, "avant": -2, "hier": -1, "apres": 2, "demain": 1}
    return today + timedelta(days=next(shift for name, shift in names.items() if words.startswith(name)))


def _month(name: Text, year: Optional[Text], today: date, past: bool) -> date:
    """The first day of the month named; without a year the nearest on the asked side of today."""
    month = _MONTHS.split("|").index(name) + 1
    if year:
        return date(int(year), month, 1)
    first = date(today.year, month, 1)
    if past and first > today:
        return first - relativedelta(years=1)
    if not past and first + relativedelta(months=1) <= today:
        return first + relativedelta(years=1)
    return first


def _part_of_month(part: Text, first: date) -> date:
    if part in ("mi", "courant"):
        return first.replace(day=15)
    return first if part == "debut" else first + relativedelta(day=31)


def is_plausible(found: date, today: date) -> bool:
    """Whether a validity may end there: not a lifetime away."""
    return abs(found.year - today.year) <= _FAR_YEARS


def in_words(day: date) -> Text:
    """« 31 août 2026 », « 1er mars 2027 »."""
    names = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    return f"{'1er' if day.day == 1 else day.day} {names[day.month - 1]} {day.year}"
