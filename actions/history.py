"""What was said before, read from the tracker's events."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional, Text

from rasa_sdk import Tracker


def said_by_bot(tracker: Tracker) -> Iterator[Dict[Text, Any]]:
    """Messages of `bot.turn`, latest first."""
    for event in reversed(tracker.events):
        custom = (event.get("data") or {}).get("custom") if event.get("event") == "bot" else None
        if custom:
            yield custom


def last_reply(tracker: Tracker) -> List[Dict[Text, Any]]:
    """Everything the assistant said to the message before the last one, in order."""
    users = [i for i, event in enumerate(tracker.events) if event.get("event") == "user"]
    if len(users) < 2:
        return []
    events = tracker.events[users[-2] : users[-1]]
    return [custom for e in events if e.get("event") == "bot" and (custom := (e.get("data") or {}).get("custom"))]


def understanding_before(tracker: Tracker) -> Dict[Text, Any]:
    """What the models made of the message before the last one."""
    users = [event for event in tracker.events if event.get("event") == "user"]
    return (users[-2].get("parse_data") or {}).get("understanding", {}) if len(users) > 1 else {}


def last_answer(tracker: Tracker) -> Optional[Dict[Text, Any]]:
    """The last entry given, whenever that was."""
    return next((message for message in said_by_bot(tracker) if message.get("entry")), None)
