"""A single word names a subject, not a question: « attestation » may be meant in five ways, and the models pick one."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import Any, Dict, List, Set, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import sources
from bot.nlu.courtesy import to_the_point
from bot.nlu.features import SMALL_WORDS
from bot.nlu.label_classifier import RANKING_LENGTH
from bot.nlu.labels import ANSWERS, UNDERSTANDING, base, note

SHORT = "short"
SEEN_FROM = "seen_from"
_WORD = re.compile(r"[\w-]+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class BareWord(IntentClassifier, GraphComponent):
    """Ranks what a message of one telling word may ask of us by what short examples with that word ask.

    Only where the classifier would answer: it stays the judge of what is not ours, and of « oui » and « merci ».
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            SHORT: 3,  # telling words that a short example has at most
            SEEN_FROM: 4,  # short examples of ours that must hold the word
        }

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._shares: Dict[Text, Dict[Text, float]] = {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BareWord:
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        return sources.fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        times: Dict[Text, Counter] = defaultdict(Counter)
        for example in training_data.intent_examples:
            label = example.get_full_intent()
            words = _telling(example.get(TEXT) or "")
            if base(label) in ANSWERS and len(words) <= self._config[SHORT]:
                for word in words:
                    times[word][label] += 1
        self._shares = {
            word: {label: round(n / sum(counts.values()), 4) for label, n in counts.most_common(RANKING_LENGTH)}
            for word, counts in times.items()
            if sum(counts.values()) >= self._config[SEEN_FROM]
        }
        with self._model_storage.write_to(self._resource) as directory:
            (directory / "shares.json").write_text(json.dumps(self._shares), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> BareWord:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            component._shares = json.loads((directory / "shares.json").read_text(encoding="utf-8"))
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = message.get(UNDERSTANDING, {}).get("ranking")
            if ranking and base(ranking[0]["label"]) in ANSWERS:
                words = _telling(message.get(TEXT))
                shares = self._shares.get(words.pop(), {}) if len(words) == 1 else {}
                if shares:
                    ranked = [{"label": label, "confidence": share} for label, share in shares.items()]
                    note(message, ranking=ranked, agreed=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: nobody reads what a bare word says of the examples."""
        return training_data


def _telling(text: Text) -> Set[Text]:
    return set(_WORD.findall(to_the_point(text))) - SMALL_WORDS
