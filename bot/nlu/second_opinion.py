"""A second opinion by likeness (rapidfuzz): which label, of those the classifier thinks of, has the closest example."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Text

import numpy as np
from rapidfuzz import fuzz, process
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import sources
from bot.nlu.courtesy import to_the_point
from bot.nlu.labels import UNDERSTANDING, note


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondOpinion(GraphComponent):
    """Ranks the first labels of the ranking anew, by the likeness (0 to 100) of their closest example to the message.

    Of all labels it would cost more than the classifier itself. Learns only from the training data handed to `train`,
    so that Rasa's cache never keeps a stale one.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._texts: Dict[Text, List[Text]] = {}

    @staticmethod
    def required_packages() -> List[Text]:
        return ["rapidfuzz"]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SecondOpinion:
        return cls(model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        """The rules of spelling, which Rasa's cache would not see change."""
        return sources.fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._texts = {}
        for example in examples:
            texts = self._texts.setdefault(example.get_full_intent(), [])
            texts.append(_in_order(to_the_point(example.get(TEXT))))
        with self._model_storage.write_to(self._resource) as directory:
            stored = json.dumps(self._texts, ensure_ascii=False)
            (directory / "examples.json").write_text(stored, encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SecondOpinion:
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as directory:
            component._texts = json.loads((directory / "examples.json").read_text(encoding="utf-8"))
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            thought_of = message.get(UNDERSTANDING, {}).get("ranking")
            if message.get(TEXT) and thought_of:
                labels = [item["label"] for item in thought_of]
                note(message, second_opinion=self._ranking(_in_order(to_the_point(message.get(TEXT))), labels))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: on its own examples a second opinion would only repeat the first."""
        return training_data

    def _ranking(self, text: Text, labels: List[Text]) -> List[Dict[Text, Any]]:
        closest = {
            label: float(process.cdist([text], self._texts[label], scorer=fuzz.ratio, dtype=np.float32).max())
            for label in labels
            if label in self._texts
        }
        ordered = sorted(closest, key=lambda label: -closest[label])
        return [{"label": label, "score": round(closest[label], 1)} for label in ordered]


def _in_order(text: Text) -> Text:
    """Words in alphabetical order: once for each example here, not once for each message in the scorer."""
    return " ".join(sorted(text.split()))
