"""Reading a bare answer to a question that a form asked: a button, a word, « je ne sais pas », a yes."""

from __future__ import annotations

from typing import Dict, List, Optional, Text

from rapidfuzz import fuzz
from rasa_sdk import Tracker

from actions import understood
from bot.text import normalise

UNKNOWN = "unknown"
SHORT = 5
"""Words up to which a message that the models take for a question may still be the answer to ours."""
ALIKE = 85.0
_ANSWERS = {"affirm", "deny", "dont_know"}
_ELSEWHERE = {"faq", "out_of_scope", "lookup_status", "lookup_account", "greet", "goodbye", "thanks", "bot", "help",
              "frustration", "cancel", "repeat", "not_that", "third_party", "refuse_data"}  # fmt: skip


def asked(tracker: Tracker, slot: Text) -> bool:
    return tracker.get_slot("requested_slot") == slot


def is_reply(tracker: Tracker) -> bool:
    """Whether the last message can be an answer to our question rather than a question of its own."""
    return intent(tracker) not in _ELSEWHERE or len(_text(tracker).split()) <= SHORT


def choice(tracker: Tracker, slot: Text, words: Dict[Text, List[Text]]) -> Optional[Text]:
    """The value of `words` (value → what people call it) that the message names; UNKNOWN for « je ne sais pas »."""
    pressed = understood.entity(tracker, slot)
    if pressed in words or pressed == UNKNOWN:
        return pressed
    if not is_reply(tracker):
        return None
    text = _text(tracker)
    found = {value: max(fuzz.partial_ratio(normalise(name), text) for name in names) for value, names in words.items()}
    best = max(found, key=lambda value: found[value])
    if found[best] >= ALIKE:
        return best
    return UNKNOWN if does_not_know(tracker) else None


def intent(tracker: Tracker) -> Optional[Text]:
    """The intent of a message that may answer our question: an unsure one is read as the answer it most likely is."""
    found = tracker.latest_message.get("intent", {}).get("name")
    if found == "unsure" and understood.first(tracker) in _ANSWERS:
        return understood.first(tracker)
    return found


def yes_or_no(tracker: Tracker) -> Optional[Text]:
    said = {"affirm": "yes", "deny": "no", "dont_know": UNKNOWN}
    first = (_text(tracker).split() or [""])[0]
    return said.get(intent(tracker)) or {"oui": "yes", "non": "no"}.get(first if is_reply(tracker) else "")


def does_not_know(tracker: Tracker) -> bool:
    return intent(tracker) == "dont_know"


def _text(tracker: Tracker) -> Text:
    return normalise(tracker.latest_message.get("text") or "")
