"""Messages of the look-ups: each has the kind `lookup` and its topic."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import loops
from actions.anef import Outcome, Result
from actions.base import Events
from actions.lookup_access import ACCOUNT, STATUS
from bot import turn

FORMS = {STATUS: "status_form", ACCOUNT: "account_form"}
SELF_HELP = {STATUS: "suivi-demande", ACCOUNT: "ai-je-un-compte"}
"""How to see it oneself, for those who would rather not."""
CONSENT, NUMBER, REQUEST, CODE, RESET = (
    "lookup_consent",
    "lookup_number",
    "lookup_request",
    "lookup_code",
    "lookup_reset",
)
OVER = "over"
"""In place of a token: the form has ended, and has said why."""

NUMBER_BUTTONS = [turn.entry_button("numero-etranger-ou"), turn.button("refuse_data", key="button.rather_not")]
CODE_BUTTONS = [
    turn.button("inform", key="button.new_code", lookup_choice="new_code"),
    turn.button("inform", key="button.other_number", lookup_choice="other_number"),
]


def said(topic: str, key: str, *, buttons: list[turn.Json] | None = None, **params: Any) -> turn.Json:
    return turn.said(turn.LOOKUP, f"lookup.{key}", topic=topic, buttons=buttons, **params)


def asks_number(topic: str) -> turn.Json:
    return {**said(topic, "number", buttons=NUMBER_BUTTONS), "field": "numero-etranger"}


def asks_code(topic: str, key: str) -> turn.Json:
    return {**said(topic, key, buttons=CODE_BUTTONS), "field": "code"}


def shows(topic: str, card: str, *, buttons: list[turn.Json] | None = None) -> turn.Json:
    """A card by reference: its matter and its words are for the gateway alone."""
    return {**said(topic, "card", buttons=buttons), "card": card}


def failed(topic: str, result: Result) -> turn.Json:
    """What an outcome that ends a look-up means for the person, with a way to begin again."""
    again = [turn.LOOKUP_BUTTONS[topic]]
    if result.outcome is Outcome.TOO_OFTEN:
        return said(topic, "too_often", buttons=again, wait=_in_words(result.value))
    keys = {Outcome.NO_MORE_CODES: "no_more_codes", Outcome.EXPIRED: "expired"}
    return said(topic, keys.get(result.outcome, "unavailable"), buttons=again)


def running(tracker: Tracker) -> str | None:
    """The topic of the look-up under way."""
    return next((topic for topic, form in FORMS.items() if loops.running(tracker) == form), None)


def forget() -> Events:
    """Nothing of a look-up stays in a slot, not even a reference."""
    return [SlotSet(slot, None) for slot in (CONSENT, NUMBER, REQUEST, CODE, RESET)]


def _in_words(seconds: int) -> str:
    """A wait, rounded up: « une minute », « 10 minutes », « 24 heures »."""
    minutes = max(1, -(-seconds // 60))
    if minutes > 90:
        return f"{-(-minutes // 60)} heures"
    return "une minute" if minutes == 1 else f"{minutes} minutes"
