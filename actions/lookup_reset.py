"""The e-mail to choose a new password: offered with the account, asked for by a yes."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.anef import Outcome
from actions.base import Events, SafeAction, Say
from actions.dialogue_form import DialogueForm
from actions.lookup_access import ACCOUNT, access
from actions.lookup_words import NUMBER, RESET, failed, forget, said


class ValidateResetForm(DialogueForm):
    """Its question stands on the card of the account; nothing is asked again after a digression."""

    def name(self) -> str:
        return "validate_reset_form"

    def needed(self, tracker: Tracker) -> list[str]:
        return [RESET]

    async def extract_lookup_reset(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        answer = replies.yes_or_no(tracker) if replies.asked(tracker, RESET) else None
        return {RESET: answer} if answer in ("yes", "no") else {}


class ConcludeReset(SafeAction):
    """One sentence, whether there is an account or not."""

    def name(self) -> str:
        return "action_conclude_reset"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        if tracker.get_slot(RESET) != "yes":
            say(said(ACCOUNT, "reset_declined"))
            return forget()
        result = await access().reset_password(tracker, tracker.get_slot(NUMBER))
        say(said(ACCOUNT, "reset_sent") if result.outcome is Outcome.DONE else failed(ACCOUNT, result))
        return forget()
