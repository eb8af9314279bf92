"""One-against-all linear SVM: firm where words decide."""

from __future__ import annotations

from typing import Dict, Text

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

Weights = Dict[Text, np.ndarray]

TOLERANCE = 0.1  # scikit-learn's 0.0001 takes a fifth longer for the same answers (evaluation/experiments/results.md)


def fit(features: csr_matrix, targets: np.ndarray, *, inverse_strength: float) -> Weights:
    """Weights of one margin for each label; from three labels on.

    features: (rows, n) · targets: (rows,) numbers of labels, 0 upwards.
    """
    found = LinearSVC(C=inverse_strength, tol=TOLERANCE, random_state=0).fit(features, targets)
    return {"coefficients": found.coef_.T.astype(np.float32), "intercept": found.intercept_.astype(np.float32)}


def margins(features: csr_matrix, weights: Weights) -> np.ndarray:
    """(rows, labels)."""
    return features @ weights["coefficients"] + weights["intercept"]
