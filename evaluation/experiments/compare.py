"""Compares features and classifiers: python -m evaluation.experiments.compare [NAME ...], in the Rasa environment.

Works on normalised texts without Rasa, with the rules and models of bot/nlu, and prints rows for results.md: top-1 on
the tuning questions and in cross-validation, and what could be answered rightly by confidence alone if at most 2 % of
the answers to our questions were wrong and at most 3 % of what is not ours were answered.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from bot.nlu import hinge, lexicon, softmax_regression
from bot.nlu.linear_classifier import _dampened, _idf
from bot.nlu.sounds import as_heard
from bot.text import normalise
from evaluation.data import examples, questions
from evaluation.scoring import expected

FOLDS = 3
WRONG_AT_MOST, NOT_OURS_AT_MOST = 0.02, 0.03
SHARPNESS = 7.0

Learner = Callable[[csr_matrix, np.ndarray], hinge.Linear]


def heard(text: str) -> str:
    return " ".join(map(as_heard, text.split()))


def block(analyzer: str, low: int, high: int, preprocessor: Callable[[str], str] | None = None) -> CountVectorizer:
    return CountVectorizer(
        analyzer=analyzer,
        ngram_range=(low, high),
        min_df=2,
        token_pattern=r"(?u)\b\w+\b",
        lowercase=False,
        preprocessor=preprocessor,
    )


WORDS, CHARACTERS = partial(block, "word", 1, 2), partial(block, "char_wb", 2, 5)
SOUNDS = partial(block, "char_wb", 2, 4, heard)


def softmax(features: csr_matrix, targets: np.ndarray) -> hinge.Linear:
    nothing = np.zeros((features.shape[0], 0), np.float32)
    return softmax_regression.fit(features, nothing, targets, inverse_strength=30.0, rounds=40)


def svm(features: csr_matrix, targets: np.ndarray) -> hinge.Linear:
    nothing = np.zeros((features.shape[0], 0), np.float32)
    coefficients, intercept = hinge.fit(features, nothing, targets, inverse_strength=0.5)
    return SHARPNESS * coefficients, SHARPNESS * intercept


def both(features: csr_matrix, targets: np.ndarray) -> hinge.Linear:
    return hinge.mean(softmax(features, targets), svm(features, targets), sharpness=1.0)


EXPERIMENTS = {
    "svm, words": (svm, (WORDS,)),
    "svm, characters": (svm, (CHARACTERS,)),
    "svm, words + characters": (svm, (WORDS, CHARACTERS)),
    "svm, + sounds": (svm, (WORDS, CHARACTERS, SOUNDS)),
    "softmax, words + characters": (softmax, (WORDS, CHARACTERS)),
    "softmax, + sounds": (softmax, (WORDS, CHARACTERS, SOUNDS)),
    "mean of both, + sounds": (both, (WORDS, CHARACTERS, SOUNDS)),
}


def confidences(learner: Learner, blocks: tuple, known: list[str], targets: np.ndarray, asked: list[str]) -> np.ndarray:
    """(asked, labels) confidences of a model that learnt from `known`."""
    learnt, told = [], []
    for make in blocks:
        vectorizer = make()
        counts = vectorizer.fit_transform(known)
        weights = diags(_idf(counts))
        learnt.append(normalize(_dampened(counts) @ weights))
        told.append(normalize(_dampened(vectorizer.transform(asked)) @ weights))
    coefficients, intercept = learner(hstack(learnt).tocsr().astype(np.float32), targets)
    return softmax_regression.softmax(hstack(told).tocsr() @ coefficients + intercept)


def scores(found: np.ndarray, labels: np.ndarray, wanted: list[tuple[str, ...]]) -> tuple[float, float]:
    """Top-1 among our questions, and the share answered rightly within the two limits, by confidence alone."""
    first = labels[found.argmax(axis=1)]
    right = np.array([label in want for label, want in zip(first, wanted, strict=True)])
    ours = np.array([_is_ours(want[0]) for want in wanted])
    theirs = np.array([want[0].startswith("out_of_scope") for want in wanted])
    answered = np.array([_is_ours(label) for label in first])
    order = np.argsort(-found.max(axis=1))
    wrong = np.cumsum((ours & answered & ~right)[order]) / ours.sum()
    not_ours = np.cumsum((theirs & answered)[order]) / theirs.sum()
    allowed = (wrong <= WRONG_AT_MOST) & (not_ours <= NOT_OURS_AT_MOST)
    return right[ours].mean(), (np.cumsum((right & ours)[order]) / ours.sum())[allowed].max(initial=0.0)


def _is_ours(label: str) -> bool:
    return expected(label)[0] in ("answer", "lookup")


def main() -> None:
    known, tuning = examples(), questions("tuning")
    texts = [lexicon.marked(normalise(example.text)) for example in known]
    asked = [lexicon.marked(normalise(question.text)) for question in tuning]
    labels, targets = np.unique([example.label for example in known], return_inverse=True)
    fold = np.zeros(len(texts), int)
    for number in range(len(labels)):
        fold[targets == number] = np.arange((targets == number).sum()) % FOLDS
    print(f"{len(texts)} examples, {len(labels)} labels, {len(asked)} tuning questions")
    print("| experiment | tuning top-1 | tuning, within limits | CV top-1 | s |\n|---|---|---|---|---|")
    for name in sys.argv[1:] or EXPERIMENTS:
        learner, blocks = EXPERIMENTS[name]
        start = time.perf_counter()
        told = confidences(learner, blocks, texts, targets, asked)
        seconds = time.perf_counter() - start
        unseen = np.zeros((len(texts), len(labels)), np.float32)
        for k in range(FOLDS):
            train, test = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
            unseen[test] = confidences(
                learner, blocks, [texts[i] for i in train], targets[train], [texts[i] for i in test]
            )
        top, within = scores(told, labels, [question.expect for question in tuning])
        cross, _ = scores(unseen, labels, [(example.label,) for example in known])
        print(f"| {name} | {top:.1%} | {within:.1%} | {cross:.1%} | {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main()
