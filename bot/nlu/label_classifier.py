"""One classifier over all labels, entries included: two models on the same features, and the mean of what they say."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List, Text, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import hinge, perceptron, sources
from bot.nlu.features import Features
from bot.nlu.labels import base, note

logger = logging.getLogger(__name__)

SEEN_FROM = "seen_from"
HINGE_C = "hinge_C"
SHARPNESS = "sharpness"
HIDDEN = "hidden"
ROUNDS = "rounds"
RANKING_LENGTH = 5
TOKENS = TOKENS_NAMES[TEXT]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LabelClassifier(IntentClassifier, GraphComponent):
    """The geometric mean of the confidences of a linear SVM and of a network with one hidden layer.

    The SVM reads words and letters, the network words alone: with letters it learns twice as long for no gain.

    Learns full labels (`faq/timbre-paiement`), so that entries compete with each other and with what is not ours in
    one ranking; Rasa's core sees the base intent (`faq`). Stored as plain arrays: no pickled objects to trust.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[Text]:
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            SEEN_FROM: 3,  # examples that must hold an n-gram for it to count
            HINGE_C: 0.5,  # inverse strength of the SVM's regularisation
            SHARPNESS: 7.0,  # multiplies the margins of the SVM, which are blunt as confidences
            HIDDEN: 128,  # units of the network
            ROUNDS: 5,  # over all examples, for the network
        }

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._labels: List[Text] = []
        self._features = Features()
        self._hinge: hinge.Weights = {}
        self._perceptron: perceptron.Weights = {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LabelClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        return sources.fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """The two models learn side by side, each on a core."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels, targets = np.unique([example.get_full_intent() for example in examples], return_inverse=True)
        self._labels = [str(label) for label in labels]
        features = self._features.learn([_words(example) for example in examples], seen_from=self._config[SEEN_FROM])
        config = self._config
        with ThreadPoolExecutor() as pool:
            firm = pool.submit(hinge.fit, features, targets, inverse_strength=config[HINGE_C])
            words = features[:, self._features.of_words]
            supple = pool.submit(perceptron.fit, words, targets, hidden=config[HIDDEN], rounds=config[ROUNDS])
            self._hinge, self._perceptron = firm.result(), supple.result()
        self._persist()
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: nobody reads what the model says of its own examples."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, intent_ranking and the full ranking of each message that has words."""
        readable = [message for message in messages if message.get(TEXT) and message.get(TOKENS)]
        if readable and self._labels:
            found = zip(readable, *self._confidences(readable), strict=True)
            for message, confidences, agreed in found:
                self._set(message, confidences, agreed)
        return messages

    def _set(self, message: Message, confidences: np.ndarray, agreed: bool) -> None:
        best = np.argsort(-confidences)[:RANKING_LENGTH]
        ranking = [{"label": self._labels[i], "confidence": round(float(confidences[i]), 4)} for i in best]
        note(message, ranking=ranking, mass=self._mass(confidences), agreed=bool(agreed))
        intents = [{"name": base(item["label"]), "confidence": item["confidence"]} for item in ranking]
        message.set(INTENT, intents[0], add_to_output=True)
        message.set("intent_ranking", intents, add_to_output=True)

    def _mass(self, confidences: np.ndarray) -> Dict[Text, float]:
        """Confidence by base intent: what the families of `out_of_scope`, or all entries, have together."""
        mass: Dict[Text, float] = {}
        for label, confidence in zip(self._labels, confidences, strict=True):
            mass[base(label)] = mass.get(base(label), 0.0) + float(confidence)
        return {name: round(value, 4) for name, value in mass.items() if value >= 0.01}

    def _confidences(self, messages: List[Message]) -> Tuple[np.ndarray, np.ndarray]:
        """(messages, labels) confidences, each row adds up to 1; and whether both models put the same label first."""
        features = self._features.of([_words(message) for message in messages])
        firm = perceptron.softmax(self._config[SHARPNESS] * hinge.margins(features, self._hinge))
        words = features[:, self._features.of_words]
        supple = perceptron.softmax(perceptron.margins(words, self._perceptron))
        mean = np.sqrt(firm * supple)
        return mean / mean.sum(axis=1, keepdims=True), firm.argmax(axis=1) == supple.argmax(axis=1)

    def _persist(self) -> None:
        with self._model_storage.write_to(self._resource) as directory:
            np.savez_compressed(directory / "features.npz", **self._features.stored())
            np.savez_compressed(directory / "hinge.npz", **_halved(self._hinge))
            np.savez_compressed(directory / "perceptron.npz", **_halved(self._perceptron))
            (directory / "labels.json").write_text(json.dumps(self._labels), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LabelClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            component._labels = json.loads((directory / "labels.json").read_text(encoding="utf-8"))
            component._features = Features.restored(_arrays(directory / "features.npz"))
            component._hinge = _doubled(_arrays(directory / "hinge.npz"))
            component._perceptron = _doubled(_arrays(directory / "perceptron.npz"))
        return component


def _words(message: Message) -> Text:
    """The text as the tokenizer cut it, normalised."""
    return " ".join(token.text for token in message.get(TOKENS, []))


def _arrays(path: Path) -> Dict[Text, np.ndarray]:
    with np.load(path, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _halved(weights: Dict[Text, np.ndarray]) -> Dict[Text, np.ndarray]:
    """In two bytes each: the model file is half as large, and no confidence moves by a thousandth."""
    return {name: values.astype(np.float16) for name, values in weights.items()}


def _doubled(weights: Dict[Text, np.ndarray]) -> Dict[Text, np.ndarray]:
    return {name: values.astype(np.float32) for name, values in weights.items()}
