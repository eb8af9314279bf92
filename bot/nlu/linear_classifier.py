"""One linear classifier over all labels, entries included, on the features of the Rasa pipeline."""

from __future__ import annotations

import json
import logging
from typing import Any, Dict, List, Text, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bot.nlu.labels import base, note

logger = logging.getLogger(__name__)

BLOCKS = "featurizers"
C = "C"
SHARPNESS = "sharpness"
RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearLabelClassifier(IntentClassifier, GraphComponent):
    """Linear support vectors on tf-idf weighted features, one block for each featurizer.

    Learns full labels (`faq/timbre-paiement`), so that entries compete with each other and with what is not ours in
    one ranking; Rasa's core sees the base intent (`faq`). Stored as plain arrays: no pickled objects to trust.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [Featurizer]

    @staticmethod
    def required_packages() -> List[Text]:
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            BLOCKS: [],  # aliases of the featurizers to read, in order
            C: 1.0,  # inverse strength of the regularisation
            SHARPNESS: 4.0,  # softmax(sharpness * margin): turns margins into confidences
        }

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._labels: List[Text] = []
        self._weights: Dict[Text, np.ndarray] = {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearLabelClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        counts = self._blocks(examples)
        idf = [np.log(len(examples) / (1.0 + np.diff(block.tocsc().indptr))) + 1.0 for block in counts]
        model = LinearSVC(C=self._config[C], class_weight="balanced", random_state=7)
        model.fit(self._weighted(counts, idf), [example.get_full_intent() for example in examples])
        self._labels = [str(label) for label in model.classes_]
        self._weights = {"coef": model.coef_.astype(np.float32), "intercept": model.intercept_.astype(np.float32)}
        self._weights.update({f"idf{i}": block.astype(np.float32) for i, block in enumerate(idf)})
        self._persist()
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, intent_ranking and the full ranking of each message that has features."""
        readable = [message for message in messages if message.get(TEXT) and message.features]
        if readable and self._labels:
            for message, confidences in zip(readable, self._confidences(readable)):
                self._set(message, confidences)
        return messages

    def _set(self, message: Message, confidences: np.ndarray) -> None:
        best = np.argsort(-confidences)[:RANKING_LENGTH]
        ranking = [{"label": self._labels[i], "confidence": round(float(confidences[i]), 4)} for i in best]
        note(message, ranking=ranking)
        intents = [{"name": base(item["label"]), "confidence": item["confidence"]} for item in ranking]
        message.set(INTENT, intents[0], add_to_output=True)
        message.set("intent_ranking", intents, add_to_output=True)

    def _confidences(self, messages: List[Message]) -> np.ndarray:
        """(messages, labels) confidences; each row adds up to 1."""
        idf = [self._weights[f"idf{i}"] for i in range(len(self._config[BLOCKS]))]
        margins = self._weighted(self._blocks(messages), idf) @ self._weights["coef"].T + self._weights["intercept"]
        powers = np.exp(self._config[SHARPNESS] * (margins - margins.max(axis=1, keepdims=True)))
        return powers / powers.sum(axis=1, keepdims=True)

    def _blocks(self, messages: List[Message]) -> List[csr_matrix]:
        """One (messages, features) matrix for each named featurizer, sparse or dense."""
        return [vstack([_sentence(message, alias) for message in messages]).tocsr() for alias in self._config[BLOCKS]]

    @staticmethod
    def _weighted(counts: List[csr_matrix], idf: List[np.ndarray]) -> csr_matrix:
        return hstack([normalize(block @ diags(weight)) for block, weight in zip(counts, idf)]).tocsr()

    def _persist(self) -> None:
        with self._model_storage.write_to(self._resource) as directory:
            np.savez_compressed(directory / "weights.npz", **self._weights)
            (directory / "labels.json").write_text(json.dumps(self._labels), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearLabelClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            component._labels = json.loads((directory / "labels.json").read_text(encoding="utf-8"))
            with np.load(directory / "weights.npz", allow_pickle=False) as weights:
                component._weights = {name: weights[name] for name in weights.files}
        return component


def _sentence(message: Message, alias: Text) -> csr_matrix:
    sparse: Tuple = message.get_sparse_features(TEXT, [alias])
    dense: Tuple = message.get_dense_features(TEXT, [alias])
    found = sparse[1] or dense[1]
    return csr_matrix(found.features)
