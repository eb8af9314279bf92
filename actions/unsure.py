"""Not sure, not ours, not understood: saying so, with a way on."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions import understood
from actions.base import Events, SafeAction, Say
from bot import turn


class Suggest(SafeAction):
    """« Je ne suis pas sûr » and up to three entries to choose from."""

    def name(self) -> str:
        return "action_suggest"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        ids = understood.suggestions(tracker)
        say(turn.suggested(ids, "suggestions.unsure") if ids else _not_understood(tracker))
        return []


class NotUnderstood(SafeAction):
    def name(self) -> str:
        return "action_not_understood"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        say(_not_understood(tracker))
        return []


class NoneOfThese(SafeAction):
    """« Aucune » after suggestions: another wording, or a person."""

    def name(self) -> str:
        return "action_none_of_these"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        say(turn.said(turn.NOT_UNDERSTOOD, "not_understood.none_of_these"))
        return []


class OutOfScope(SafeAction):
    def name(self) -> str:
        return "action_out_of_scope"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        family = understood.detail(tracker) or "divers"
        say(turn.said(turn.OUT_OF_SCOPE, f"out_of_scope.{family}"))
        return []


def _not_understood(tracker: Tracker) -> turn.Json:
    key = "not_understood.again" if _missed_before(tracker) else "not_understood.first"
    return turn.said(turn.NOT_UNDERSTOOD, key)


def _missed_before(tracker: Tracker) -> bool:
    """Whether the assistant's last message was already a miss."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom") or {}
            return custom.get("kind") == turn.NOT_UNDERSTOOD
    return False
