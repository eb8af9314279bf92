"""When to file, worked out from the day the title ends (FAQ 3)."""

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

ENTRY = "quand-deposer"
EXPIRY = "expiry_date"
LATE = {"fenetre-passee", "titre-perime"}


class ValidateFilingForm(DialogueForm):
    def name(self) -> Text:
        return "validate_filing_form"

    def needed(self, tracker: Tracker) -> List[Text]:
        return [EXPIRY]

    async def extract_expiry_date(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict
    ) -> Dict[Text, Any]:
        return expiry.reply(EXPIRY, ENTRY, dispatcher, tracker)


class ConcludeFiling(SafeAction):
    """Both dates, which side of them we are on, and what to do; late is sent on to `depot-tardif`."""

    def name(self) -> Text:
        return "action_conclude_filing"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        said = tracker.get_slot(EXPIRY)
        if not said or said == UNKNOWN:
            say(whole(ENTRY))
            return []
        window = dates.filing_window(date.fromisoformat(said))
        state = window.state(today())
        advice = case(ENTRY, state, suggestions=["depot-tardif"] if state in LATE else ["etapes-depot"])
        days = {name: dates.in_words(getattr(window, name)) for name in ("expiry", "earliest", "latest")}
        say(turn.worked_out(advice, "filing.window", **days))
        return []
