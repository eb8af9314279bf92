"""Where the numéro étranger is depends on the paper the person holds (FAQ 1 and 2)."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.answer_faq import case, whole
from actions.base import Events, SafeAction, Say
from actions.dialogue_form import DialogueForm

ENTRY = "numero-etranger-ou"
PAPER = "paper"
PAPERS = {
    "vls-ts": ["VLS-TS", "confirmation de validation", "visa validé", "VLS TS", "vlsts"],
    "recepisse": ["récépissé", "recepice"],
    "titre": ["titre de séjour", "carte de séjour", "carte", "titre", "ancienne carte"],
    "visa": ["visa", "visa long séjour", "VLS"],
    "aucun": ["aucun", "rien", "pas de papier", "aucun papier"],
}


class ValidatePaperForm(DialogueForm):
    def name(self) -> Text:
        return "validate_paper_form"

    def needed(self, tracker: Tracker) -> List[Text]:
        return [PAPER]

    async def extract_paper(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict) -> Dict[Text, Any]:
        said = replies.choice(tracker, PAPER, PAPERS) if replies.asked(tracker, PAPER) else None
        return {PAPER: said} if said else {}


class ConcludePaper(SafeAction):
    def name(self) -> Text:
        return "action_conclude_paper"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        said = tracker.get_slot(PAPER)
        say(case(ENTRY, said) if said in PAPERS else whole(ENTRY))
        return []
