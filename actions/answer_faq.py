"""Answers any entry of the FAQ: the one action behind the one rule for all of them."""

from __future__ import annotations

from typing import List, Optional, Text

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import dialogues, history, loops, understood, urgency
from actions.base import Events, SafeAction, Say
from bot import turn
from bot.faq import Entry, load_faq

FAQ = load_faq()
NEIGHBOURS = 3
# A general question gets its entry and a button to the look-up; only a request to check starts one.
LOOKUPS = {"suivi-demande": "status", "delais-traitement": "status", "ai-je-un-compte": "account"}


class AnswerFaq(SafeAction):
    def name(self) -> str:
        return "action_answer_faq"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        urgency.say_first(say, tracker)
        entries = asked_entries(tracker)
        if len(entries) == 1 and _given_whole(entries[0], tracker):
            say(turn.said(turn.NOTICE, "notice.same_again"))
        topic = SlotSet("topic", entries[0])
        opens_dialogue = len(entries) == 1 and not loops.running(tracker)
        if not (opens_dialogue and dialogues.told(entries[0], tracker)):
            for entry in entries:
                say(whole(entry) if _given(entry, tracker) else short(entry))
        return [topic, *(dialogues.begin(entries[0], tracker) if opens_dialogue else loops.resume(tracker))]


def asked_entries(tracker: Tracker) -> List[Text]:
    """The entry asked for; two when the message carries two questions."""
    pressed = understood.entity(tracker, "entry_id")
    if pressed:
        return [FAQ.entries[pressed].id]
    labels = [understood.label(tracker), understood.second_label(tracker)]
    ids = [label.partition("/")[2] for label in labels if label and label.startswith("faq/")]
    return list(dict.fromkeys(ids))


def short(entry_id: Text) -> turn.Json:
    entry = FAQ.entries[entry_id]
    return turn.answer(entry.id, entry.title, buttons=[_more(entry), *_lookup(entry)], suggestions=_neighbours(entry))


def whole(entry_id: Text) -> turn.Json:
    entry = FAQ.entries[entry_id]
    return turn.answer(entry.id, entry.title, part="full", buttons=_lookup(entry), suggestions=_neighbours(entry))


def case(entry_id: Text, name: Text, suggestions: Optional[List[Text]] = None) -> turn.Json:
    """What an entry says to one case, as a dialogue found it."""
    entry = FAQ.entries[entry_id]
    offered = _neighbours(entry) if suggestions is None else suggestions
    return turn.answer(entry.id, entry.title, part=name, buttons=[_more(entry)], suggestions=offered)


def _more(entry: Entry) -> turn.Json:
    """The whole of this entry, also when another has been given since."""
    return turn.button("follow_up", key="button.more", kind="more", entry_id=entry.id)


def _neighbours(entry: Entry) -> List[Text]:
    return list(entry.neighbours[:NEIGHBOURS])


def _lookup(entry: Entry) -> List[turn.Json]:
    return [turn.LOOKUP_BUTTONS[LOOKUPS[entry.id]]] if entry.id in LOOKUPS else []


def _given(entry_id: Text, tracker: Tracker) -> bool:
    """Whether this entry is what we said last: asked again, it is given whole."""
    last = history.last_answer(tracker)
    return bool(last and last["entry"] == entry_id and tracker.latest_message.get("text", "")[:1] != "/")


def _given_whole(entry_id: Text, tracker: Tracker) -> bool:
    """Asked a third time: there is nothing more in it, a person must help."""
    last = history.last_answer(tracker)
    return bool(_given(entry_id, tracker) and last and last.get("part") == "full")
