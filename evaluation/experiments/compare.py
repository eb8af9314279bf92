"""Compares features and classifiers: python -m evaluation.experiments.compare [--cross] [NAME ...] (Rasa environment).

Works on normalised texts without Rasa, with the rules and models of bot/nlu, and prints rows for results.md: top-1 on
the tuning questions and in cross-validation, and what could be answered rightly by confidence alone if at most 2 % of
the answers to our questions were wrong and at most 3 % of what is not ours were answered.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu import hinge, lexicon, perceptron
from bot.nlu.courtesy import to_the_point
from bot.nlu.features import BLOCKS, WORD_BLOCKS, Features
from evaluation.data import examples, questions
from evaluation.experiments import softmax_regression
from evaluation.scoring import expected

FOLDS = 3
WRONG_AT_MOST, NOT_OURS_AT_MOST = 0.02, 0.03
SHARPNESS = 7.0

Learner = Callable[[csr_matrix, np.ndarray, csr_matrix], np.ndarray]
"""(known features, their targets, features asked) → (asked, labels) confidences."""

WORDS, PAIRS, WORDS_ASKING, PAIRS_ASKING, CHARACTERS, SOUNDS = BLOCKS


def read(text: str) -> str:
    """A text as the models of bot/nlu read it."""
    return lexicon.marked(to_the_point(text))


def softmax(known: csr_matrix, targets: np.ndarray, asked: csr_matrix) -> np.ndarray:
    nothing = np.zeros((known.shape[0], 0), np.float32)
    coefficients, intercept = softmax_regression.fit(known, nothing, targets, inverse_strength=30.0, rounds=40)
    return perceptron.softmax(asked @ coefficients + intercept)


def svm(known: csr_matrix, targets: np.ndarray, asked: csr_matrix) -> np.ndarray:
    return perceptron.softmax(SHARPNESS * hinge.margins(asked, hinge.fit(known, targets, inverse_strength=0.5)))


def network(known: csr_matrix, targets: np.ndarray, asked: csr_matrix) -> np.ndarray:
    return perceptron.softmax(perceptron.margins(asked, perceptron.fit(known, targets, hidden=128, rounds=5)))


def mean(*learners: Learner) -> Learner:
    def confidences(known: csr_matrix, targets: np.ndarray, asked: csr_matrix) -> np.ndarray:
        found = np.exp(np.mean([np.log(each(known, targets, asked) + 1e-12) for each in learners], axis=0))
        return found / found.sum(axis=1, keepdims=True)

    return confidences


EXPERIMENTS = {
    "svm, words": (svm, (WORDS,)),
    "svm, characters": (svm, (CHARACTERS,)),
    "svm, words + characters": (svm, (WORDS, CHARACTERS)),
    "svm, + sounds": (svm, (WORDS, CHARACTERS, SOUNDS)),
    "svm, + pairs": (svm, (WORDS, CHARACTERS, SOUNDS, PAIRS)),
    "svm, + words that ask": (svm, (WORDS, CHARACTERS, SOUNDS, PAIRS, WORDS_ASKING)),
    "svm, all": (svm, BLOCKS),
    "softmax, all": (softmax, BLOCKS),
    "network, words and pairs": (network, WORD_BLOCKS),
    "network, all": (network, BLOCKS),
    "mean of svm and network, all": (mean(svm, network), BLOCKS),
}


def confidences(learner: Learner, blocks: tuple, known: list[str], targets: np.ndarray, asked: list[str]) -> np.ndarray:
    """(asked, labels) confidences of a model that learnt from `known`."""
    features = Features(blocks)
    return learner(features.learn(known, seen_from=3), targets, features.of(asked))


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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="experiments; all of them when none is named")
    parser.add_argument("--cross", action="store_true", help="cross-validation too: four times as long")
    options = parser.parse_args()
    known, tuning = examples(), questions("tuning")
    texts = [read(example.text) for example in known]
    asked = [read(question.text) for question in tuning]
    labels, targets = np.unique([example.label for example in known], return_inverse=True)
    print(f"{len(texts)} examples, {len(labels)} labels, {len(asked)} tuning questions")
    columns = ["experiment", "tuning top-1", "tuning, within limits"]
    columns += [*(["CV top-1", "CV, within limits"] if options.cross else []), "s"]
    print("|", " | ".join(columns), "|\n" + "|---" * len(columns) + "|")
    for name in options.names or EXPERIMENTS:
        learner, blocks = EXPERIMENTS[name]
        start = time.perf_counter()
        told = confidences(learner, blocks, texts, targets, asked)
        seconds = time.perf_counter() - start
        found = [*scores(told, labels, [question.expect for question in tuning])]
        if options.cross:
            unseen = cross_validated(learner, blocks, texts, targets)
            found += scores(unseen, labels, [(example.label,) for example in known])
        print("|", " | ".join([name, *(f"{share:.1%}" for share in found), f"{seconds:.0f}"]), "|", flush=True)


def cross_validated(learner: Learner, blocks: tuple, texts: list[str], targets: np.ndarray) -> np.ndarray:
    """(texts, labels) confidences, each of a model that did not learn from that text."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(texts))
    unseen = np.zeros((len(texts), targets.max() + 1), np.float32)
    for k in range(FOLDS):
        train, test = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        unseen[test] = confidences(learner, blocks, [texts[i] for i in train], targets[train], [texts[i] for i in test])
    return unseen


if __name__ == "__main__":
    main()
