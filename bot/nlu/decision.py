"""The decision: answer, offer a choice, or say that it was not understood. Better unsure than wrong."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.labels import UNDERSTANDING, note

logger = logging.getLogger(__name__)

ANSWER_FROM = "answer_from"
AGREED_FROM = "agreed_from"
ALIKE_FROM = "alike_from"
SUGGEST_FROM = "suggest_from"

UNSURE = "unsure"
NOT_UNDERSTOOD = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decision(GraphComponent):
    """Replaces the intent by `unsure` or `nlu_fallback` where classifier and second opinion do not carry it."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            ANSWER_FROM: 0.55,  # confidence that needs no second opinion
            AGREED_FROM: 0.25,  # confidence that is enough when the second opinion names the same label …
            ALIKE_FROM: 60.0,  # … from this likeness on
            SUGGEST_FROM: 0.08,  # under this confidence nothing is even suggested
        }

    def __init__(self, config: Dict[Text, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Decision:
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            understanding = message.get(UNDERSTANDING)
            if message.get(TEXT) and understanding and understanding.get("ranking"):
                self._decide(message, understanding["ranking"], understanding.get("second_opinion", []))
        return messages

    def _decide(self, message: Message, ranking: List[Dict], second_opinion: List[Dict]) -> None:
        first = ranking[0]
        if self._carried(first, second_opinion):
            note(message, decision="carried", label=first["label"])
            return
        intent = UNSURE if first["confidence"] >= self._config[SUGGEST_FROM] else NOT_UNDERSTOOD
        logger.debug(f"{first['label']} at {first['confidence']} is not carried by {second_opinion[:1]}: {intent}")
        note(message, decision=intent, label=None)
        message.set(INTENT, {"name": intent, "confidence": first["confidence"]}, add_to_output=True)

    def _carried(self, first: Dict, second_opinion: List[Dict]) -> bool:
        if first["confidence"] >= self._config[ANSWER_FROM]:
            return True
        agreed = any(
            opinion["label"] == first["label"] and opinion["score"] >= self._config[ALIKE_FROM]
            for opinion in second_opinion[:1]
        )
        return agreed and first["confidence"] >= self._config[AGREED_FROM]
