"""How look-ups begin, and how they end before their time: somebody else's file, a number kept to oneself."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions import loops, understood
from actions.answer_faq import short
from actions.base import Events, SafeAction, Say
from actions.lookup_access import ACCOUNT, STATUS, access
from actions.lookup_words import CODE, FORMS, SELF_HELP, forget, running, said
from bot import turn
from bot.text import normalise


class StartLookup(SafeAction):
    """The form of the look-up that was asked for. One that was verified and met a failure goes on where it was."""

    def name(self) -> str:
        return "action_start_lookup"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        topic = understood.LOOKUPS[tracker.latest_message["intent"]["name"]]
        if running(tracker) == topic:
            return loops.resume(tracker)
        if tracker.get_slot(CODE) and await access().is_verified(tracker, tracker.get_slot(CODE), topic):
            return [*loops.drop(), FollowupAction(f"action_conclude_{topic}")]
        return [*forget(), SlotSet("requested_slot", None), FollowupAction(FORMS[topic])]


class ThirdParty(SafeAction):
    """Somebody else's file: only with the code that was sent to them."""

    def name(self) -> str:
        return "action_third_party"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        under_way = running(tracker)
        topic = under_way or _topic(tracker)
        say(said(topic, "third_party", buttons=[] if under_way else [turn.LOOKUP_BUTTONS[topic]]))
        return loops.resume(tracker)


class RefuseData(SafeAction):
    """Nobody has to give a number: what it is for, and how to see the same without it."""

    def name(self) -> str:
        return "action_refuse_data"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        under_way = running(tracker)
        topic = under_way or _topic(tracker)
        say(said(topic, "refused"))
        say(short(SELF_HELP[topic]))
        return [*loops.drop(), *forget()] if under_way else loops.resume(tracker)


def _topic(tracker: Tracker) -> str:
    """Which look-up is meant where none is under way."""
    return ACCOUNT if "compte" in normalise(tracker.latest_message.get("text") or "") else STATUS
