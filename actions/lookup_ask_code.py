"""The question for the code. Asked for the first time, it opens the access request: one sentence for every number."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.anef import Outcome
from actions.base import Events, SafeAction, Say
from actions.lookup_access import STATUS, access
from actions.lookup_words import CODE, NUMBER, OVER, REQUEST, asks_code, asks_number, failed, running, said


class AskLookupCode(SafeAction):
    def name(self) -> str:
        return "action_ask_lookup_code"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        topic = running(tracker) or STATUS
        number = tracker.get_slot(NUMBER)
        if await access().is_open(tracker, tracker.get_slot(REQUEST), number, topic):
            say(asks_code(topic, "code"))
            return []
        result = await access().open(tracker, number, topic)
        if result.outcome is Outcome.DONE:
            say(asks_code(topic, "code_sent"))
            return [SlotSet(REQUEST, result.value)]
        if result.outcome is Outcome.EXPIRED:
            say(said(topic, "number_gone"))
            say(asks_number(topic))
            return [SlotSet(NUMBER, None), SlotSet("requested_slot", NUMBER)]
        say(failed(topic, result))
        return [SlotSet(CODE, OVER), SlotSet("requested_slot", None)]
