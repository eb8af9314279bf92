"""Urgency first: when papers, a job or liberty are at stake within days, the human route comes before the rest."""

from __future__ import annotations

import re
from typing import Text

from rasa_sdk import Tracker

from actions.base import Say
from bot import turn
from bot.text import normalise

_FEW_DAYS = r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|[1-9]|10) jours?"
_SOON = rf"(?:aujourd' ?hui|demain|apres[- ]demain|cette semaine|dans {_FEW_DAYS}|dans (?:une|deux|1|2) semaines?)"
_SIGNS = re.compile(
    r"\b(?:"
    rf"(?:expire|expirent|expirera|se termine|finit|perime)\w* (?:\w+ ){{0,4}}?{_SOON}"
    r"|(?:perdre|perds|perdu|perdrai|perdrais) (?:\w+ ){0,3}?(?:travail|emploi|boulot|job|poste|logement)"
    r"|(?:va|vont|veut|menace) (?:\w+ ){0,3}?(?:licencier|virer|suspendre|expulser)"
    r"|(?:licencie|vire|suspendu)e? (?:\w+ ){0,3}?(?:demain|semaine|lundi|mardi|mercredi|jeudi|vendredi)"
    r"|contrat (?:\w+ ){0,2}?suspendu|oqtf|obligation de quitter|mesure d' ?eloignement|expulse"
    r"|reconduite a la frontiere|retention administrative|assignation a residence"
    r")\b"
)


def is_urgent(text: Text) -> bool:
    return bool(_SIGNS.search(normalise(text)))


def say_first(say: Say, tracker: Tracker) -> None:
    """The human route, once in a conversation, before whatever is answered."""
    if is_urgent(tracker.latest_message.get("text") or "") and not _said_before(tracker):
        say(turn.said(turn.NOTICE, "notice.urgent"))


def _said_before(tracker: Tracker) -> bool:
    return any(
        ((event.get("data") or {}).get("custom") or {}).get("key") == "notice.urgent"
        for event in tracker.events
        if event.get("event") == "bot"
    )
