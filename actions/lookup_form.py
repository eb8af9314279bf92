"""The forms of the look-ups: consent, then a number, then the code that was sent to the contact on file."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import lookup_number, replies
from actions.anef import Outcome
from actions.answer_faq import short
from actions.base import Say
from actions.dialogue_form import DialogueForm
from actions.lookup_access import ACCOUNT, STATUS, access
from actions.lookup_number import Defect
from actions.lookup_wishes import wish
from actions.lookup_words import CODE, CONSENT, NUMBER, OVER, REQUEST, failed, said
from actions.vault import VaultUnavailable
from bot import placeholders
from bot.placeholders import Placeholder

Slots = dict[str, Any]

LEAVING = {"cancel", "refuse_data", "third_party"}
"""Whatever else such a message holds, it is no answer to our question."""
CODE_DIGITS = 6


class LookupForm(DialogueForm):
    """Slots hold « yes », or references into the vault."""

    @property
    @abstractmethod
    def topic(self) -> str:
        """status or account"""

    def name(self) -> str:
        return f"validate_{self.topic}_form"

    def needed(self, tracker: Tracker) -> list[str]:
        return [CONSENT] if tracker.get_slot(CONSENT) == "no" else [CONSENT, NUMBER, CODE]

    async def extract_lookup_consent(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Slots) -> Slots:
        if not replies.asked(tracker, CONSENT) or _leaves(tracker):
            return {}
        answer = replies.yes_or_no(tracker)
        if answer == replies.UNKNOWN:
            Say(dispatcher)(said(self.topic, "consent_help"))
            return {CONSENT: None}
        if answer is None and _number(tracker):  # the question says that giving the number is agreeing
            answer = "yes"
        return {CONSENT: answer} if answer else {}

    async def extract_lookup_number(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Slots) -> Slots:
        if _leaves(tracker):
            return {}
        try:
            return await self._number(Say(dispatcher), tracker)
        except VaultUnavailable:
            Say(dispatcher)(said(self.topic, "unavailable"))
            return {NUMBER: None}

    async def extract_lookup_code(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Slots) -> Slots:
        number_just_given = tracker.get_slot(NUMBER) is None or _corrects(tracker)
        if not replies.asked(tracker, CODE) or _leaves(tracker) or number_just_given:
            return {}
        try:
            return await self._code(Say(dispatcher), tracker)
        except VaultUnavailable:
            Say(dispatcher)(said(self.topic, "unavailable"))
            return {CODE: None}

    async def _number(self, say: Say, tracker: Tracker) -> Slots:
        asked = tracker.get_slot("requested_slot")
        if asked == CODE:
            return await self._correction(say, tracker)
        found = _number(tracker)
        if found:
            kept = await access().keep_number(tracker, found)
            if isinstance(kept, str):
                return {NUMBER: kept}
            return self._defect(say, kept) if asked in (CONSENT, NUMBER) else {}
        return await self._no_number(say, tracker) if asked == NUMBER else {}

    async def _no_number(self, say: Say, tracker: Tracker) -> Slots:
        """The number was asked for, and something else came."""
        intent, text = replies.intent(tracker), tracker.latest_message.get("text") or ""
        if intent == "dont_know":
            say(short("numero-etranger-ou"))
            return {NUMBER: None}
        if intent == "deny":
            return {CONSENT: "no"}
        if intent == "affirm":
            return {NUMBER: None}
        other = next(iter(placeholders.find(text)), None)
        if other:
            return self._defect(say, lookup_number.read(other.type, await access().value(tracker, other)))
        few = lookup_number.read_text(text) if replies.is_reply(tracker) else None
        return self._defect(say, few) if few else {}

    def _defect(self, say: Say, defect: Any) -> Slots:
        known = isinstance(defect, Defect)
        digits = defect.digits if known else None
        say(said(self.topic, f"bad_number.{defect.key if known else 'unreadable'}", digits=digits))
        return {NUMBER: None}

    async def _correction(self, say: Say, tracker: Tracker) -> Slots:
        """While the code is awaited: another number, or the wish to give one."""
        if _corrects(tracker):
            found = _number(tracker)
            kept = await access().keep_number(tracker, found) if found else None
            if isinstance(kept, str):
                say(said(self.topic, "corrected"))
                return {NUMBER: kept}
        if wish(tracker) == "other_number":
            say(said(self.topic, "correct_it"))
            return {NUMBER: None}
        return {}

    async def _code(self, say: Say, tracker: Tracker) -> Slots:
        found = next(iter(placeholders.find(tracker.latest_message.get("text") or "")), None)
        digits = await self._digits(tracker, found)
        if len(digits) == CODE_DIGITS:
            return await self._confirm(say, tracker, digits)
        wanted = wish(tracker)
        if wanted == "new_code":
            return await self._another_code(tracker)
        if wanted == "no_code" or replies.intent(tracker) in ("deny", "dont_know", "none_of_these"):
            say(said(self.topic, "no_code"))
            return {CODE: None}
        if found or digits:
            say(said(self.topic, "bad_code", digits=len(digits)) if digits else said(self.topic, "not_a_code"))
            return {CODE: None}
        return {CODE: None} if replies.intent(tracker) == "affirm" else {}

    @staticmethod
    async def _digits(tracker: Tracker, found: Placeholder | None) -> str:
        """Digits of what was hidden, or too few to be; « le 123456 » looks like a passport to the gateway."""
        if found:
            written = (
                await access().value(tracker, found) if found.type in ("code", "numero-etranger", "passeport") else ""
            )
        else:
            written = tracker.latest_message.get("text", "") if replies.is_reply(tracker) else ""
        return "".join(char for char in written if char in "0123456789")

    async def _confirm(self, say: Say, tracker: Tracker, code: str) -> Slots:
        result = await access().confirm(tracker, tracker.get_slot(REQUEST), code)
        if result.outcome is Outcome.DONE:
            return {CODE: result.value}
        if result.outcome is Outcome.WRONG_CODE:
            left = "un essai" if result.value == 1 else f"{result.value} essais"
            say(said(self.topic, "wrong_code", left=left))
            return {CODE: None}
        if result.outcome is Outcome.EXPIRED:
            say(said(self.topic, "code_expired"))
            return await self._another_code(tracker)
        if result.outcome is Outcome.UNAVAILABLE:
            say(said(self.topic, "code_not_checked"))
            return {CODE: None}
        say(failed(self.topic, result))
        return {CODE: OVER}

    @staticmethod
    async def _another_code(tracker: Tracker) -> Slots:
        """The same number under a new reference: the question for the code then opens a new access request."""
        return {NUMBER: await access().renew_number(tracker, tracker.get_slot(NUMBER)), CODE: None}


class ValidateStatusForm(LookupForm):
    topic = STATUS


class ValidateAccountForm(LookupForm):
    topic = ACCOUNT


def _number(tracker: Tracker) -> Placeholder | None:
    """The first placeholder that may stand for a number."""
    found = placeholders.find(tracker.latest_message.get("text") or "")
    return next((one for one in found if one.type in lookup_number.NUMBER_TYPES), None)


def _leaves(tracker: Tracker) -> bool:
    """Whether the message ends the look-up. « Je me suis trompé de numéro » sounds like it, and corrects the number."""
    intent = replies.intent(tracker)
    if intent == "cancel" and replies.asked(tracker, CODE):
        return wish(tracker) != "other_number"
    return intent in LEAVING


def _corrects(tracker: Tracker) -> bool:
    """Whether a sound number stands where a code was asked for. Nobody means a phone number there."""
    found = _number(tracker)
    return bool(found and found.type != "telephone" and not found.defect)
