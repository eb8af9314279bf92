"""The end of a look-up: cards, by reference, or the words for why there are none."""

from __future__ import annotations

from abc import abstractmethod

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions.anef import Outcome
from actions.answer_faq import short
from actions.base import Events, SafeAction, Say
from actions.lookup_access import ACCOUNT, STATUS, access
from actions.lookup_words import CODE, CONSENT, OVER, REQUEST, RESET, SELF_HELP, failed, forget, said, shows
from bot import turn

RESET_BUTTONS = [turn.button("affirm", key="button.reset_yes"), turn.button("deny", key="button.reset_no")]


class ConcludeLookup(SafeAction):
    @property
    @abstractmethod
    def topic(self) -> str:
        """status or account"""

    def name(self) -> str:
        return f"action_conclude_{self.topic}"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        if tracker.get_slot(CONSENT) == "no":
            say(said(self.topic, "declined"))
            say(short(SELF_HELP[self.topic]))
            return forget()
        if tracker.get_slot(CODE) in (None, OVER):
            return forget()
        result = await access().cards(tracker, tracker.get_slot(CODE), self.topic)
        if result.outcome is Outcome.DONE:
            return self.show(say, result.value)
        say(failed(self.topic, result))
        # The token is good for a few minutes more: asking again needs no other code.
        return [] if result.outcome in (Outcome.UNAVAILABLE, Outcome.TOO_OFTEN) else forget()

    @abstractmethod
    def show(self, say: Say, cards: list[str]) -> Events:
        """Say the cards, given by reference."""


class ConcludeStatus(ConcludeLookup):
    topic = STATUS

    def show(self, say: Say, cards: list[str]) -> Events:
        for card in cards:
            say(shows(self.topic, card))
        return forget()


class ConcludeAccount(ConcludeLookup):
    """The account, and the offer of an e-mail to choose a new password.

    The gateway leaves the offer out where it makes no sense; here nothing may tell in which state the account is.
    """

    topic = ACCOUNT

    def show(self, say: Say, cards: list[str]) -> Events:
        say(shows(self.topic, cards[0], buttons=RESET_BUTTONS))
        kept = [SlotSet(slot, None) for slot in (CONSENT, REQUEST, CODE, RESET)]
        return [*kept, FollowupAction("reset_form")]
