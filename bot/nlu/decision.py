"""The decision: answer, offer a choice, or say that it was not understood. Better unsure than wrong."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.labels import ANSWERS, UNDERSTANDING, base, note

logger = logging.getLogger(__name__)

ANSWER_FROM = "answer_from"
TALK_FROM = "talk_from"
AGREED_FROM = "agreed_from"
ALIKE_FROM = "alike_from"
REFUSE_FROM = "refuse_from"
DOUBT_FROM = "doubt_from"
SUGGEST_FROM = "suggest_from"

UNSURE = "unsure"
NOT_UNDERSTOOD = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decision(GraphComponent):
    """Replaces the intent by `unsure`, `out_of_scope` or `nlu_fallback` where the opinions do not carry it."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            ANSWER_FROM: 0.7,  # confidence that needs no second opinion
            TALK_FROM: 0.5,  # the same for what is no answer: « oui », « c'est où ? », somebody else's file
            AGREED_FROM: 0.65,  # confidence that is enough when the second opinion names the same label …
            ALIKE_FROM: 55.0,  # … from this likeness on
            REFUSE_FROM: 0.5,  # what all families of out_of_scope have together: not ours, whatever family
            DOUBT_FROM: 0.15,  # … and from here on an answer of ours is only suggested
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
                self._decide(message, understanding)
        return messages

    def _decide(self, message: Message, understanding: Dict[Text, Any]) -> None:
        ranking, mass = understanding["ranking"], understanding.get("mass", {})
        not_ours = mass.get(OUT_OF_SCOPE, 0.0)
        family = next((item["label"] for item in ranking if base(item["label"]) == OUT_OF_SCOPE), None)
        first = ranking[0]
        if family and not_ours >= self._config[REFUSE_FROM]:
            self._set(message, OUT_OF_SCOPE, not_ours, family)
        elif self._carried(understanding, not_ours):
            self._set(message, base(first["label"]), first["confidence"], first["label"])
        elif first["confidence"] >= self._config[SUGGEST_FROM]:
            self._set(message, UNSURE, first["confidence"], None)
        else:
            self._set(message, NOT_UNDERSTOOD, first["confidence"], None)

    def _carried(self, understanding: Dict[Text, Any], not_ours: float) -> bool:
        first = understanding["ranking"][0]
        if base(first["label"]) not in ANSWERS:
            return first["confidence"] >= self._config[TALK_FROM]
        if not (understanding["agreed"] and not_ours < self._config[DOUBT_FROM]):
            return False
        if first["confidence"] >= self._config[ANSWER_FROM]:
            return True
        seconded = any(
            opinion["label"] == first["label"] and opinion["score"] >= self._config[ALIKE_FROM]
            for opinion in understanding.get("second_opinion", [])[:1]
        )
        return seconded and first["confidence"] >= self._config[AGREED_FROM]

    @staticmethod
    def _set(message: Message, intent: Text, confidence: float, label: Optional[Text]) -> None:
        logger.debug(f"{intent} with {label} at {confidence}")
        note(message, decision="carried" if label else intent, label=label)
        message.set(INTENT, {"name": intent, "confidence": confidence}, add_to_output=True)
