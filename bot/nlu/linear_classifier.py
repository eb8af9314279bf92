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

from bot.nlu import hinge, softmax_regression, sources
from bot.nlu.labels import base, note

logger = logging.getLogger(__name__)

BLOCKS = "featurizers"
C = "C"
ROUNDS = "rounds"
HINGE_C = "hinge_C"
SHARPNESS = "sharpness"
RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearLabelClassifier(IntentClassifier, GraphComponent):
    """The mean of a softmax regression and a linear SVM on weighted features, one block for each featurizer.

    Learns full labels (`faq/timbre-paiement`), so that entries compete with each other and with what is not ours in
    one ranking; Rasa's core sees the base intent (`faq`). Sparse blocks are weighted by (1 + log tf) * idf, dense ones
    are taken as they are; each row of a block has length one. Stored as plain arrays: no pickled objects to trust.
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
            C: 30.0,  # inverse strength of the regularisation
            ROUNDS: 40,  # of L-BFGS
            HINGE_C: 0.5,  # the same strength for the SVM
            SHARPNESS: 7.0,  # multiplies the margins of the SVM, which are blunt as confidences
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

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        return sources.fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        blocks = self._blocks(examples)
        self._weights = {f"idf{i}": _idf(block) for i, block in enumerate(blocks) if isinstance(block, csr_matrix)}
        labels, targets = np.unique([example.get_full_intent() for example in examples], return_inverse=True)
        self._labels = [str(label) for label in labels]
        sparse, dense = self._weighted(blocks)
        coefficients, intercept = hinge.mean(
            softmax_regression.fit(
                sparse, dense, targets, inverse_strength=self._config[C], rounds=self._config[ROUNDS]
            ),
            hinge.fit(sparse, dense, targets, inverse_strength=self._config[HINGE_C]),
            sharpness=self._config[SHARPNESS],
        )
        self._weights.update(coef=coefficients, intercept=intercept)
        self._persist()
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: nobody reads what the model says of its own examples."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, intent_ranking and the full ranking of each message that has features."""
        readable = [message for message in messages if message.get(TEXT) and message.features]
        if readable and self._labels:
            for message, confidences in zip(readable, self._confidences(readable), strict=True):
                self._set(message, confidences)
        return messages

    def _set(self, message: Message, confidences: np.ndarray) -> None:
        best = np.argsort(-confidences)[:RANKING_LENGTH]
        ranking = [{"label": self._labels[i], "confidence": round(float(confidences[i]), 4)} for i in best]
        note(message, ranking=ranking, mass=self._mass(confidences))
        intents = [{"name": base(item["label"]), "confidence": item["confidence"]} for item in ranking]
        message.set(INTENT, intents[0], add_to_output=True)
        message.set("intent_ranking", intents, add_to_output=True)

    def _mass(self, confidences: np.ndarray) -> Dict[Text, float]:
        """Confidence by base intent: what the families of `out_of_scope`, or all entries, have together."""
        mass: Dict[Text, float] = {}
        for label, confidence in zip(self._labels, confidences, strict=True):
            mass[base(label)] = mass.get(base(label), 0.0) + float(confidence)
        return {name: round(value, 4) for name, value in mass.items() if value >= 0.01}

    def _confidences(self, messages: List[Message]) -> np.ndarray:
        """(messages, labels) confidences; each row adds up to 1."""
        sparse, dense = self._weighted(self._blocks(messages))
        split = sparse.shape[1]
        coefficients = self._weights["coef"]
        margins = sparse @ coefficients[:split] + dense @ coefficients[split:] + self._weights["intercept"]
        return softmax_regression.softmax(margins)

    def _blocks(self, messages: List[Message]) -> List[Any]:
        """One (messages, features) matrix for each named featurizer: sparse, or a dense array."""
        return [_block(messages, alias) for alias in self._config[BLOCKS]]

    def _weighted(self, blocks: List[Any]) -> Tuple[csr_matrix, np.ndarray]:
        """The (messages, n) sparse and the (messages, m) dense features, weighted."""
        sparse, dense = [], [np.zeros((blocks[0].shape[0], 0), np.float32)]
        for i, block in enumerate(blocks):
            if isinstance(block, csr_matrix):
                sparse.append(normalize(_dampened(block) @ diags(self._weights[f"idf{i}"])))
            else:
                dense.append(normalize(block))
        return hstack(sparse).tocsr().astype(np.float32), np.hstack(dense)

    def _persist(self) -> None:
        with self._model_storage.write_to(self._resource) as directory:
            np.savez(directory / "weights.npz", **self._weights)
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


def _idf(block: csr_matrix) -> np.ndarray:
    documents = np.diff(block.tocsc().indptr)
    return (np.log((1.0 + block.shape[0]) / (1.0 + documents)) + 1.0).astype(np.float32)


def _dampened(block: csr_matrix) -> csr_matrix:
    """1 + log(count): a word said twice is not twice as telling."""
    dampened = block.astype(np.float32)
    dampened.data = 1.0 + np.log(dampened.data)
    return dampened


def _block(messages: List[Message], alias: Text) -> Any:
    sparse = [message.get_sparse_features(TEXT, [alias])[1] for message in messages]
    if all(found is not None for found in sparse):
        return vstack([found.features for found in sparse]).tocsr()
    return np.vstack([message.get_dense_features(TEXT, [alias])[1].features for message in messages])
