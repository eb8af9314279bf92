"""One-against-all linear SVM, and its mean with another linear model.

The mean of log-probabilities of two softmaxes over linear margins is itself a softmax over linear margins: two models
cost no more to ask than one.
"""

from __future__ import annotations

from typing import Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

Linear = Tuple[np.ndarray, np.ndarray]


def fit(sparse: csr_matrix, dense: np.ndarray, targets: np.ndarray, *, inverse_strength: float) -> Linear:
    """Coefficients (sparse features + dense features, labels) and intercept (labels,), float32; from three labels on.

    sparse: (rows, n) · dense: (rows, m), m may be 0 · targets: (rows,) numbers of labels, 0 upwards.
    """
    found = LinearSVC(C=inverse_strength, random_state=0).fit(hstack([sparse, csr_matrix(dense)]).tocsr(), targets)
    return found.coef_.T.astype(np.float32), found.intercept_.astype(np.float32)


def mean(softmax: Linear, hinge: Linear, sharpness: float) -> Linear:
    """The two models as one; `sharpness` turns margins of the hinge into those of a softmax."""
    return (softmax[0] + sharpness * hinge[0]) / 2, (softmax[1] + sharpness * hinge[1]) / 2
