"""Softmax (multinomial logistic) regression on a sparse and a dense block, by L-BFGS.

scikit-learn's own needs one matrix: a dense block inside a sparse one makes each round five times as long.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


def softmax(margins: np.ndarray) -> np.ndarray:
    """(rows, labels) margins to confidences; each row adds up to 1."""
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def fit(
    sparse: csr_matrix, dense: np.ndarray, targets: np.ndarray, *, inverse_strength: float, rounds: int
) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients (sparse features + dense features, labels) and intercept (labels,), both float32.

    sparse: (rows, n) · dense: (rows, m), m may be 0 · targets: (rows,) numbers of labels, 0 upwards.
    """
    rows, split = sparse.shape
    features, labels = split + dense.shape[1], int(targets.max()) + 1
    transposed = sparse.T.tocsr()
    penalty = 1.0 / (inverse_strength * rows)
    every = np.arange(rows)

    def loss_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.astype(np.float32).reshape(features + 1, labels)
        errors = softmax(sparse @ weights[:split] + dense @ weights[split:features] + weights[features])
        loss = -np.log(np.maximum(errors[every, targets], 1e-12)).mean()
        loss += penalty / 2 * float((weights[:features] ** 2).sum())
        errors[every, targets] -= 1.0
        errors /= rows
        gradient = np.empty_like(weights)
        gradient[:split] = transposed @ errors
        gradient[split:features] = dense.T @ errors
        gradient[:features] += penalty * weights[:features]
        gradient[features] = errors.sum(axis=0)
        return float(loss), gradient.astype(np.float64).ravel()

    start = np.zeros((features + 1) * labels)
    found = minimize(loss_and_gradient, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 5})
    weights = found.x.astype(np.float32).reshape(features + 1, labels)
    return weights[:features], weights[features]
