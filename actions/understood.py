"""Reading what the models made of the last message, from the tracker."""

from __future__ import annotations

from typing import Any, Container, Dict, List, Optional, Text

from rasa_sdk import Tracker

LOOKUPS = {"lookup_status": "status", "lookup_account": "account"}


def label(tracker: Tracker) -> Optional[Text]:
    """The full label of the last message, `faq/timbre-paiement`, or None when nothing was carried."""
    return tracker.latest_message.get("understanding", {}).get("label")


def first(tracker: Tracker) -> Optional[Text]:
    """The label that the models put first, carried or not."""
    ranking = tracker.latest_message.get("understanding", {}).get("ranking", [])
    return ranking[0]["label"] if ranking else None


def second_label(tracker: Tracker) -> Optional[Text]:
    """The label of a second question in the same message, or None."""
    return tracker.latest_message.get("understanding", {}).get("second_label")


def detail(tracker: Tracker) -> Optional[Text]:
    """What stands behind the slash of the label: the entry id of a question, the family of what is not ours."""
    full = label(tracker) or ""
    return full.partition("/")[2] or None


def entity(tracker: Tracker, name: Text) -> Optional[Text]:
    """The value of entity `name` in the last message, which a button may have sent."""
    return next(tracker.get_latest_entity_values(name), None)


def suggestions(tracker: Tracker, limit: int = 3) -> List[Text]:
    """Entries and look-ups the message may be about, best first, both opinions in turn, none twice."""
    return ranked_ids(tracker.latest_message.get("understanding", {}), limit)


def ranked_ids(understanding: Dict[Text, Any], limit: int, without: Container[Text] = ()) -> List[Text]:
    """The same from any message's understanding, leaving out what was already tried."""
    opinions = (understanding.get("ranking", []), understanding.get("second_opinion", []))
    ranked = [item["label"] for pair in zip(*opinions, strict=False) for item in pair]
    ids = (LOOKUPS.get(full) or full.partition("/")[2] * full.startswith("faq/") for full in ranked)
    return [i for i in dict.fromkeys(filter(None, ids)) if i not in without][:limit]
