"""Reading the day a title ends, for the forms that need it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Dict, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import dates, replies
from actions.base import Say
from actions.clock import today
from bot import turn

_ALREADY = re.compile(r"(?i)expiré|périmé|\ba expire\b|perime|\bdepuis\b|il y a|était valable")


def in_text(text: Text) -> Optional[date]:
    """The day named in `text`; « a expiré le 12 novembre » lies behind us. Raises dates.ImpossibleDate."""
    return dates.find(text, today(), past=bool(_ALREADY.search(text)))


def mentioned(tracker: Tracker) -> Optional[Text]:
    """The day a question already carries, ISO; None when it names none that can be used."""
    try:
        day = in_text(tracker.latest_message.get("text") or "")
    except dates.ImpossibleDate:
        return None
    return day.isoformat() if day and dates.is_plausible(day, today()) else None


def reply(slot: Text, entry: Text, dispatcher: CollectingDispatcher, tracker: Tracker) -> Dict[Text, Any]:
    """The slot from the last message: an ISO day, UNKNOWN, or nothing with a word about why."""
    if not replies.asked(tracker, slot):
        return {}
    if replies.does_not_know(tracker):
        return {slot: replies.UNKNOWN}
    if tracker.latest_message.get("intent", {}).get("name") == "cancel":
        return {}
    say = Say(dispatcher)
    try:
        day = in_text(tracker.latest_message.get("text") or "")
    except dates.ImpossibleDate:
        say(turn.said(turn.QUESTION, "date.impossible", topic=entry))
        return {slot: None}
    if day is None:
        return {}
    if not dates.is_plausible(day, today()):
        say(turn.said(turn.QUESTION, "date.far", topic=entry, date=dates.in_words(day)))
        return {slot: None}
    return {slot: day.isoformat()}
