"""Answers any entry of the FAQ: the one action behind the one rule for all of them."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import understood
from actions.base import Events, SafeAction, Say
from bot import turn
from bot.faq import load_faq

NEIGHBOURS = 3


class AnswerFaq(SafeAction):
    def __init__(self) -> None:
        self._faq = load_faq()

    def name(self) -> str:
        return "action_answer_faq"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        entry = self._faq.entries[understood.entity(tracker, "entry_id") or understood.detail(tracker)]
        more = turn.button("follow_up", key="button.more", kind="more")
        say(
            turn.answer(entry.id, entry.title, buttons=[more], suggestions=list(entry.neighbours[:NEIGHBOURS]))
        )
        return [SlotSet("topic", entry.id)]
