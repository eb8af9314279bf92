"""Which entries open a dialogue, and what their question may already have told us."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions import expiry

Prefill = Callable[[Tracker], Optional[Text]]
Events = List[Dict[Text, Any]]


class Dialogue(NamedTuple):
    form: Text
    slots: List[Text]
    prefill: Mapping[Text, Prefill] = MappingProxyType({})


DIALOGUES = {
    "e-photo-refusee": Dialogue("e_photo_form", ["e_photo_used", "e_photo_taken", "e_photo_place"]),
    "attestation-prolongation": Dialogue("prolongation_form", ["prolongation_case"]),
    "numero-etranger-ou": Dialogue("paper_form", ["paper"]),
    "quand-deposer": Dialogue("filing_form", ["expiry_date"], {"expiry_date": expiry.mentioned}),
    "perte-vol-duplicata": Dialogue("lost_title_form", ["lost_expiry_date"]),
}


def begin(entry: Text, tracker: Tracker) -> Events:
    """Events that start the dialogue of `entry`, with what the question already said; none where it has none."""
    dialogue = DIALOGUES.get(entry)
    if dialogue is None:
        return []
    known = told(entry, tracker)
    return [*(SlotSet(slot, known.get(slot)) for slot in dialogue.slots), FollowupAction(dialogue.form)]


def told(entry: Text, tracker: Tracker) -> Dict[Text, Text]:
    """What the question itself already told; when that is all, the dialogue answers at once in place of the entry."""
    prefill = DIALOGUES[entry].prefill if entry in DIALOGUES else {}
    return {slot: value for slot, read in prefill.items() if (value := read(tracker))}
