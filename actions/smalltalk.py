"""Conversation: greetings, thanks, « êtes-vous une machine ? », and words that answer nothing we asked."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions import history, loops
from actions.base import Events, SafeAction, Say
from bot import placeholders, turn


class Smalltalk(SafeAction):
    """The string of the intent's name."""

    def name(self) -> str:
        return "action_smalltalk"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        intent = tracker.latest_message["intent"]["name"]
        say(turn.said(turn.SMALLTALK, f"smalltalk.{intent}", topic=intent))
        return loops.resume(tracker)


class Cancel(SafeAction):
    """« Laisse tomber »: whatever was being asked is dropped."""

    def name(self) -> str:
        return "action_cancel"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        say(turn.said(turn.NOTICE, "cancelled"))
        return loops.drop()


class Repeat(SafeAction):
    """The last reply again, and the form's question after it."""

    def name(self) -> str:
        return "action_repeat"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        before = [m for m in history.last_reply(tracker) if m["kind"] != turn.QUESTION and not m.get("card")]
        for message in before:
            say(message)
        if not before and not loops.running(tracker):
            say(turn.said(turn.NOT_UNDERSTOOD, "not_understood.no_topic"))
        return loops.resume(tracker)


class NothingAsked(SafeAction):
    """A yes, a date or a number when no question is open."""

    def name(self) -> str:
        return "action_nothing_asked"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        given = placeholders.find(tracker.latest_message.get("text") or "")
        if any(one.type in ("numero-etranger", "numero-visa") for one in given) and not loops.running(tracker):
            say(turn.said(turn.NOT_UNDERSTOOD, "not_understood.number_alone", buttons=[*turn.LOOKUP_BUTTONS.values()]))
            return []
        say(turn.said(turn.NOT_UNDERSTOOD, "not_understood.nothing_asked"))
        return loops.resume(tracker)
