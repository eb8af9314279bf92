"""The code of an e-photo is refused: used already? taken when? booth or photographer? (FAQ 10)"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Dict, List, Text

from dateutil.relativedelta import relativedelta
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import dates, replies, understood
from actions.answer_faq import case
from actions.base import Events, SafeAction, Say
from actions.clock import today
from actions.dialogue_form import DialogueForm

ENTRY = "e-photo-refusee"
USED, TAKEN, PLACE = "e_photo_used", "e_photo_taken", "e_photo_place"
RECENT, OLD, BETWEEN = "recent", "old", "between"
TRANSFER = timedelta(hours=48)
VALIDITY = relativedelta(months=6)
PLACES = {
    "cabine": ["cabine", "photomaton", "machine", "supermarché", "gare", "centre commercial"],
    "photographe": ["photographe", "studio", "magasin photo", "boutique photo", "professionnel"],
}


class ValidateEPhotoForm(DialogueForm):
    def name(self) -> Text:
        return "validate_e_photo_form"

    def needed(self, tracker: Tracker) -> List[Text]:
        used, taken = tracker.get_slot(USED), tracker.get_slot(TAKEN)
        if used == "yes":
            return [USED]
        return [USED, TAKEN] if taken in (RECENT, OLD) else [USED, TAKEN, PLACE]

    async def extract_e_photo_used(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict
    ) -> Dict[Text, Any]:
        said = replies.yes_or_no(tracker) if replies.asked(tracker, USED) else None
        return {USED: said} if said else {}

    async def extract_e_photo_taken(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict
    ) -> Dict[Text, Any]:
        return {TAKEN: said} if replies.asked(tracker, TAKEN) and (said := _taken(tracker)) else {}

    async def extract_e_photo_place(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict
    ) -> Dict[Text, Any]:
        said = replies.choice(tracker, PLACE, PLACES) if replies.asked(tracker, PLACE) else None
        return {PLACE: said} if said else {}


class ConcludeEPhoto(SafeAction):
    """The one thing to do, from what was said."""

    def name(self) -> Text:
        return "action_conclude_e_photo"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        say(case(ENTRY, conclusion(*(tracker.get_slot(slot) for slot in (USED, TAKEN, PLACE)))))
        return []


def conclusion(used: Text | None, taken: Text | None, place: Text | None) -> Text:
    """The case of the entry that fits."""
    if used == "yes":
        return "deja-utilise"
    if taken in (OLD, RECENT):
        return "perime" if taken == OLD else "attendre"
    return place if place in PLACES else "inconnu"


def _taken(tracker: Tracker) -> Text | None:
    """When the photo was taken, as the three spans that matter; a future date is read as not known."""
    pressed = understood.entity(tracker, TAKEN)
    if pressed in (RECENT, OLD, BETWEEN, replies.UNKNOWN):
        return pressed
    if replies.does_not_know(tracker):
        return replies.UNKNOWN
    if not replies.is_reply(tracker):
        return None
    try:
        day = dates.find(tracker.latest_message.get("text") or "", today(), past=True)
    except dates.ImpossibleDate:
        return None
    if day is None or day > today():
        return None
    if day < today() - VALIDITY:
        return OLD
    return RECENT if day > today() - TRANSFER else BETWEEN
