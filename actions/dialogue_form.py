"""The base of forms that ask a few things before the answer that fits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Dict, List, Text

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction

from actions.base import Events, safely
from actions.loops import DIGRESSIONS


class DialogueForm(FormValidationAction, ABC):
    """Validation of one form, under the same limits as every action. Subclasses write `extract_<slot>`."""

    @abstractmethod
    def needed(self, tracker: Tracker) -> List[Text]:
        """The slots still worth asking, in order, given what is known."""

    async def required_slots(
        self, domain_slots: List[Text], dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Text]:
        return self.needed(tracker)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> Events:
        events = await safely(self.name(), dispatcher, super().run(dispatcher, tracker, domain))
        understood_something = any(e.get("event") == "slot" and e.get("name") != "requested_slot" for e in events)
        return [*events, SlotSet(DIGRESSIONS, 0)] if understood_something else events
