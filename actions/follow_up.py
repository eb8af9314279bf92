"""Questions that need the topic before: « et pour un renouvellement ? », « vous pouvez détailler ? »."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions import understood
from actions.base import Events, SafeAction, Say
from bot import turn
from bot.faq import load_faq


class FollowUp(SafeAction):
    def __init__(self) -> None:
        self._faq = load_faq()

    def name(self) -> str:
        return "action_follow_up"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        entry = self._faq.entries.get(tracker.get_slot("topic") or "")
        if entry is None:
            say(turn.said(turn.NOT_UNDERSTOOD, "not_understood.no_topic"))
            return []
        say(turn.answer(entry.id, entry.title, part="full", suggestions=list(entry.neighbours[:3])))
        return []
