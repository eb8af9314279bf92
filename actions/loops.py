"""Digressions: what happens to a running form when something else is said in between."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

DIGRESSIONS = "digressions"
MOST_DIGRESSIONS = 2
"""After that many questions in a row outside a form, the person has moved on and it is dropped."""
PATIENT = {"status_form", "account_form"}
"""Forms the person asked for themselves: these wait, and end by « laisse tomber » or their own limits."""

Events = List[Dict[Text, Any]]


def running(tracker: Tracker) -> Text | None:
    return tracker.active_loop.get("name")


def resume(tracker: Tracker) -> Events:
    """Come back to the form that is under way, which asks its question again; or let go of it."""
    form = running(tracker)
    if not form:
        return []
    count = (tracker.get_slot(DIGRESSIONS) or 0) + 1
    if count >= MOST_DIGRESSIONS and form not in PATIENT:
        return drop()
    return [SlotSet(DIGRESSIONS, count), FollowupAction(form)]


def drop() -> Events:
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet(DIGRESSIONS, 0)]
