"""Tests that run in Rasa's environment (Python 3.10): components, channel, actions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))


def tracker(
    text: str = "",
    intent: str = "inform",
    slots: Optional[Dict[str, Any]] = None,
    loop: Optional[str] = None,
    events: Optional[List[Dict]] = None,
    entities: Optional[Dict[str, str]] = None,
    **understanding: Any,
) -> Tracker:
    """A tracker whose last message is `text`, understood as said."""
    message = {
        "text": text,
        "intent": {"name": intent},
        "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
        "understanding": understanding,
    }
    return Tracker("a" * 64, slots or {}, message, events or [], False, None, {"name": loop} if loop else {}, None)


def said(dispatcher: CollectingDispatcher) -> List[Dict[str, Any]]:
    return [message["custom"] for message in dispatcher.messages]


@pytest.fixture
def dispatcher() -> CollectingDispatcher:
    return CollectingDispatcher()
