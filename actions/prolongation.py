"""An ADP gives other rights for a first application than for a renewal: which is it? (FAQ 15)"""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.answer_faq import case, whole
from actions.base import Events, SafeAction, Say
from actions.dialogue_form import DialogueForm

ENTRY = "attestation-prolongation"
CASE = "prolongation_case"
CASES = {
    "premiere-demande": ["première demande", "premier titre", "première fois", "1ere demande", "premiere"],
    "renouvellement": ["renouvellement", "renouveler", "renouvelle"],
}


class ValidateProlongationForm(DialogueForm):
    def name(self) -> Text:
        return "validate_prolongation_form"

    def needed(self, tracker: Tracker) -> List[Text]:
        return [CASE]

    async def extract_prolongation_case(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict
    ) -> Dict[Text, Any]:
        said = replies.choice(tracker, CASE, CASES) if replies.asked(tracker, CASE) else None
        return {CASE: said} if said else {}


class ConcludeProlongation(SafeAction):
    def name(self) -> Text:
        return "action_conclude_prolongation"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        said = tracker.get_slot(CASE)
        say(case(ENTRY, said) if said in CASES else whole(ENTRY))
        return []
