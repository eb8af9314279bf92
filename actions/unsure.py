"""Not sure, not ours, not understood, not that: saying so, with a way on."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions import history, loops, understood, urgency
from actions.base import Events, SafeAction, Say
from bot import turn

CHOICES = 3


class Suggest(SafeAction):
    """« Je ne suis pas sûr » and up to three entries to choose from."""

    def name(self) -> str:
        return "action_suggest"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        urgency.say_first(say, tracker)
        ids = understood.suggestions(tracker, CHOICES)
        say(turn.suggested(ids, "suggestions.unsure") if ids else _not_understood(tracker))
        return loops.resume(tracker)


class NotUnderstood(SafeAction):
    def name(self) -> str:
        return "action_not_understood"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        urgency.say_first(say, tracker)
        say(_not_understood(tracker))
        return loops.resume(tracker)


class NoneOfThese(SafeAction):
    """« Aucune » after suggestions: another wording, or a person."""

    def name(self) -> str:
        return "action_none_of_these"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        say(turn.said(turn.NOT_UNDERSTOOD, "not_understood.none_of_these"))
        return loops.resume(tracker)


class NotThat(SafeAction):
    """« Non, pas ça »: the next best readings of the same message, without the one that was wrong."""

    def name(self) -> str:
        return "action_not_that"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        given = {message["entry"] for message in history.last_reply(tracker) if message.get("entry")}
        ids = understood.ranked_ids(history.understanding_before(tracker), CHOICES, without=given)
        if given and ids:
            say(turn.suggested(ids, "suggestions.not_that"))
        else:
            say(turn.said(turn.NOT_UNDERSTOOD, "not_understood.none_of_these"))
        return loops.drop() if loops.running(tracker) else []


class OutOfScope(SafeAction):
    def name(self) -> str:
        return "action_out_of_scope"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        family = understood.detail(tracker) or "divers"
        if family != "eloignement":  # which says the human route itself
            urgency.say_first(say, tracker)
        say(turn.said(turn.OUT_OF_SCOPE, f"out_of_scope.{family}"))
        if family == "langue-etrangere":
            say({**turn.said(turn.NOTICE, "notice.french_only"), "language": "en"})
        return loops.resume(tracker)


def _not_understood(tracker: Tracker) -> turn.Json:
    """The second miss in a row sends to a person."""
    missed = any(message["kind"] == turn.NOT_UNDERSTOOD for message in history.last_reply(tracker))
    return turn.said(turn.NOT_UNDERSTOOD, "not_understood.again" if missed else "not_understood.first")
