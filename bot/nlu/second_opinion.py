"""A second opinion by likeness: the closest known examples, by rapidfuzz, whatever the classifier thinks."""

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
from bot.nlu.labels import note
from bot.text import normalise

RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondOpinion(GraphComponent):
    """Ranks labels by the likeness (0 to 100) of their closest example to the message.

    Learns only from the training data handed to `train`, so that Rasa's cache never keeps a stale one.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._texts: List[Text] = []
        self._labels: List[Text] = []

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
        self._texts = [_in_order(normalise(example.get(TEXT))) for example in examples]
        self._labels = [example.get_full_intent() for example in examples]
        with self._model_storage.write_to(self._resource) as directory:
            stored = json.dumps([self._texts, self._labels], ensure_ascii=False)
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
            stored = json.loads((directory / "examples.json").read_text(encoding="utf-8"))
            component._texts, component._labels = stored
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if message.get(TEXT):
                note(message, second_opinion=self._ranking(_in_order(normalise(message.get(TEXT)))))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: on its own examples a second opinion would only repeat the first."""
        return training_data

    def _ranking(self, text: Text) -> List[Dict[Text, Any]]:
        scores = process.cdist([text], self._texts, scorer=fuzz.ratio, dtype=np.float32)[0]
        closest: Dict[Text, float] = {}
        for i in np.argsort(-scores):
            closest.setdefault(self._labels[i], float(scores[i]))
            if len(closest) == RANKING_LENGTH:
                break
        return [{"label": label, "score": round(score, 1)} for label, score in closest.items()]


def _in_order(text: Text) -> Text:
    """Words in alphabetical order: once for each example here, not once for each message in the scorer."""
    return " ".join(sorted(text.split()))
