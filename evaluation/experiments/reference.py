"""DIET beside our models: python -m evaluation.experiments.reference [--examples 8000] [--epochs 20] (Rasa).

Both learn from the same random examples and are asked the tuning questions, in one run: Rasa's recommended pipeline
with DIET, and the models of bot/nlu as in compare.py. DIET takes a minute an epoch on 8 000 examples and two cores. The
rows are for results.md.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
import time
from pathlib import Path

import numpy as np
import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.utils.log_utils import configure_structlog

from evaluation.data import Example, examples, questions
from evaluation.experiments.compare import EXPERIMENTS, confidences, read, scores

OURS = ("svm, all", "mean of svm and network, all")


def recommended(epochs: int) -> dict:
    """The pipeline that Rasa's documentation recommends to begin with, with fewer epochs than its 100."""
    return {
        "recipe": "default.v1",
        "language": "fr",
        "assistant_id": "reference",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {
                "name": "DIETClassifier",
                "epochs": epochs,
                "constrain_similarities": True,
                "entity_recognition": False,
                "ranking_length": 0,
                "random_seed": 1,
            },
        ],
    }


def diet(known: list[Example], epochs: int, asked: list[str], labels: np.ndarray) -> tuple[np.ndarray, float]:
    """(asked, labels) confidences of DIET, and the milliseconds it took for each question."""
    with tempfile.TemporaryDirectory() as folder:
        config, data = Path(folder) / "config.yml", Path(folder) / "nlu.yml"
        config.write_text(yaml.safe_dump(recommended(epochs)), encoding="utf-8")
        # By number: Rasa would learn a label with a slash by its first half.
        lines = ["".join(f"- {e.text}\n" for e in known if e.label == label) for label in labels]
        nlu = [{"intent": f"label{i}", "examples": text} for i, text in enumerate(lines)]
        data.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), encoding="utf-8")
        agent = Agent.load(train_nlu(str(config), str(data), folder))
        start = time.perf_counter()
        parsed = asyncio.run(_parsed(agent, asked))
        milliseconds = 1000 * (time.perf_counter() - start) / len(asked)
    found = np.zeros((len(asked), len(labels)), np.float32)
    for row, message in zip(found, parsed, strict=True):
        for item in message["intent_ranking"]:
            row[int(item["name"].removeprefix("label"))] = item["confidence"]
    return found, milliseconds


async def _parsed(agent: Agent, texts: list[str]) -> list[dict]:
    return [await agent.parse_message(text) for text in texts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=8000)
    parser.add_argument("--epochs", type=int, default=20)
    options = parser.parse_args()
    configure_structlog(logging.ERROR)
    everything = examples()
    chosen = np.random.default_rng(0).choice(len(everything), options.examples, replace=False)
    known, tuning = [everything[i] for i in sorted(chosen)], questions("tuning")
    labels, targets = np.unique([example.label for example in known], return_inverse=True)
    asked, wanted = [question.text for question in tuning], [question.expect for question in tuning]
    print(f"{len(known)} examples, {len(labels)} labels, {len(asked)} questions, {options.epochs} epochs of DIET")
    print("| Models | Top-1 | Within limits | Training | A question |\n|---|---|---|---|---|", flush=True)
    for name in OURS:
        learner, blocks = EXPERIMENTS[name]
        start = time.perf_counter()
        found = confidences(learner, blocks, [read(e.text) for e in known], targets, [read(text) for text in asked])
        _row(name, found, labels, wanted, time.perf_counter() - start, "")
    start = time.perf_counter()
    found, milliseconds = diet(known, options.epochs, asked, labels)
    _row("DIET", found, labels, wanted, time.perf_counter() - start, f"{milliseconds:.0f} ms")


def _row(name: str, found: np.ndarray, labels: np.ndarray, wanted: list, seconds: float, question: str) -> None:
    shares = " | ".join(f"{share:.1%}" for share in scores(found, labels, wanted))
    print(f"| {name} | {shares} | {seconds:.0f} s | {question} |", flush=True)


if __name__ == "__main__":
    main()
