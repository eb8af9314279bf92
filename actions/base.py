"""The base of every action: limited in time, never an exception to Rasa, never silent."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any, Awaitable, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import turn

LIMIT_SECONDS = 7.0  # the gateway waits 12 s for a turn; Rasa itself would wait 300 s

logger = logging.getLogger(__name__)

Events = List[Dict[Text, Any]]


class SafeAction(Action, ABC):
    """Runs `respond` under the time limit. Whatever goes wrong inside becomes one apology.

    An exception that reached rasa_sdk would come back to Rasa with the whole tracker in it and end in a log.
    """

    @abstractmethod
    async def respond(self, say: Say, tracker: Tracker) -> Events:
        """Answer through `say` and return the events to store."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> Events:
        return await safely(self.name(), dispatcher, self.respond(Say(dispatcher), tracker))


async def safely(name: Text, dispatcher: CollectingDispatcher, work: Awaitable[Events]) -> Events:
    """`work` within the time limit; an apology and no event when it fails. The log names the kind of error only."""
    try:
        return await asyncio.wait_for(work, LIMIT_SECONDS)
    except Exception as error:
        logger.error("action %s failed: %s", name, type(error).__name__)
        dispatcher.messages.clear()
        Say(dispatcher)(turn.said(turn.NOTICE, "error.unavailable"))
        return []


class Say:
    """Hands messages of `bot.turn` to Rasa, as the custom JSON that our channel lets out."""

    def __init__(self, dispatcher: CollectingDispatcher) -> None:
        self._dispatcher = dispatcher

    def __call__(self, message: turn.Json) -> None:
        self._dispatcher.utter_message(json_message=message)
