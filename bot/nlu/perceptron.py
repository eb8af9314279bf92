"""A network with one hidden layer: supple where several words together decide.

Its first layer learns, for each n-gram, a place among some dozens of directions, so that words used alike come to lie
alike. Written for sparse rows: a step touches only the n-grams of its batch, where scikit-learn's and Keras' touch all
of them, and takes a fifth of the time.
"""

from __future__ import annotations

from typing import Dict, Text

import numpy as np
from scipy.sparse import csr_matrix

Weights = Dict[Text, np.ndarray]

BATCH = 128
DROPPED = 0.3  # share of hidden units left out at each step
FIRST_STEP = 2e-3  # falls to nothing along the training
_MEAN, _SQUARE, _LEAST = np.float32(0.9), np.float32(0.999), np.float32(1e-7)  # Adam's own


def fit(features: csr_matrix, targets: np.ndarray, *, hidden: int, rounds: int, seed: int = 0) -> Weights:
    """Weights of the two layers, by Adam on cross-entropy.

    features: (rows, n), float32 · targets: (rows,) numbers of labels, 0 upwards · hidden: units · rounds: how often
    all rows are gone through.
    """
    rng = np.random.default_rng(seed)
    labels = int(targets.max()) + 1
    weights = {
        "in": rng.standard_normal((features.shape[1], hidden), dtype=np.float32) * np.float32(0.1),
        "in_bias": np.zeros(hidden, np.float32),
        "out": rng.standard_normal((hidden, labels), dtype=np.float32) * np.float32(np.sqrt(2 / hidden)),
        "out_bias": np.zeros(labels, np.float32),
    }
    adam = _Adam(weights, steps=rounds * -(-features.shape[0] // BATCH))
    wanted = np.eye(labels, dtype=np.float32)
    for _ in range(rounds):
        order = rng.permutation(features.shape[0])
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            batch = features[rows]
            before = batch @ weights["in"] + weights["in_bias"]
            kept = (rng.random(before.shape, dtype=np.float32) >= DROPPED) * (before > 0) / np.float32(1 - DROPPED)
            units = before * kept
            error = (softmax(units @ weights["out"] + weights["out_bias"]) - wanted[targets[rows]]) / len(rows)
            back = (error @ weights["out"].T) * kept
            seen, columns = np.unique(batch.indices, return_inverse=True)
            narrow = csr_matrix((batch.data, columns, batch.indptr), shape=(len(rows), len(seen)))
            adam.next()
            adam.move("in", narrow.T @ back, seen)
            adam.move("in_bias", back.sum(axis=0))
            adam.move("out", units.T @ error)
            adam.move("out_bias", error.sum(axis=0))
    return weights


def margins(features: csr_matrix, weights: Weights) -> np.ndarray:
    """(rows, labels)."""
    units = np.maximum(features @ weights["in"] + weights["in_bias"], 0)
    return units @ weights["out"] + weights["out_bias"]


def softmax(margins: np.ndarray) -> np.ndarray:
    """(rows, labels) margins to confidences; each row adds up to 1."""
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


class _Adam:
    """Adam in place; of a matrix, only the rows that are given move and remember."""

    def __init__(self, weights: Weights, steps: int) -> None:
        self._weights = weights
        self._mean = {name: np.zeros_like(value) for name, value in weights.items()}
        self._square = {name: np.zeros_like(value) for name, value in weights.items()}
        self._step, self._steps = 0, steps

    def next(self) -> None:
        self._step += 1

    def move(self, name: Text, gradient: np.ndarray, rows: object = slice(None)) -> None:
        mean = self._mean[name][rows] * _MEAN + gradient * (1 - _MEAN)
        square = self._square[name][rows] * _SQUARE + gradient * gradient * (1 - _SQUARE)
        self._mean[name][rows], self._square[name][rows] = mean, square
        length = np.float32(FIRST_STEP * (1 - self._step / self._steps) / (1 - 0.9**self._step))
        self._weights[name][rows] -= length * mean / (np.sqrt(square / np.float32(1 - 0.999**self._step)) + _LEAST)
