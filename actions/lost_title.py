"""A lost, stolen or damaged title: fewer than 90 days left and it goes on as a renewal (FAQ 21)."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import dates, expiry
from actions.answer_faq import case, whole
from actions.base import Events, SafeAction, Say
from actions.clock import today
from actions.dialogue_form import DialogueForm
from actions.replies import UNKNOWN
from bot import turn

ENTRY = "perte-vol-duplicata"
EXPIRY = "lost_expiry_date"
RENEWAL_DAYS = 90


class ValidateLostTitleForm(DialogueForm):
    def name(self) -> Text:
        return "validate_lost_title_form"

    def needed(self, tracker: Tracker) -> List[Text]:
        return [EXPIRY]

    async def extract_lost_expiry_date(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict
    ) -> Dict[Text, Any]:
        return expiry.reply(EXPIRY, ENTRY, dispatcher, tracker)


class ConcludeLostTitle(SafeAction):
    def name(self) -> Text:
        return "action_conclude_lost_title"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        said = tracker.get_slot(EXPIRY)
        if not said or said == UNKNOWN:
            say(whole(ENTRY))
            return []
        day = date.fromisoformat(said)
        left = (day - today()).days
        key = "lost.days_left" if left >= 0 else "lost.over"
        say(turn.worked_out(case(ENTRY, lost_case(left)), key, days=left, expiry=dates.in_words(day)))
        return []


def lost_case(days_left: int) -> Text:
    """The case of the entry for a title with so many days left: under 90 it is a renewal."""
    if days_left < 0:
        return "deja-perime"
    return "moins-de-90-jours" if days_left < RENEWAL_DAYS else "plus-de-90-jours"
