"""Runs a set of questions through the trained pipeline, without a server: python -m evaluation.run [--set tuning].

Runs in the Rasa environment. The reply is what the dialogue makes of the decision in a new conversation.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import time
from types import SimpleNamespace
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from actions import understood
from deploy.local import training
from deploy.local.paths import MODEL
from evaluation import runs
from evaluation.data import ROOT, SETS, Question, questions
from evaluation.scoring import Reply, Scored, expected, outcome


def reply_of(parsed: dict[str, Any]) -> Reply:
    """The first reply to a message, from its parse data."""
    understanding = parsed.get("understanding", {})
    confidence = (understanding.get("ranking") or [{"confidence": 0.0}])[0]["confidence"]
    label = understanding.get("label")
    if label:
        return Reply(*expected(label), confidence=confidence)
    ids = understood.suggestions(SimpleNamespace(latest_message={"understanding": understanding}))
    if understanding.get("decision") == "unsure" and ids:
        return Reply("suggestions", None, tuple(ids), confidence)
    return Reply("not_understood", confidence=confidence)


async def scored(agent: Agent, asked: list[Question]) -> list[Scored]:
    replies = [reply_of(await agent.parse_message(question.text)) for question in asked]
    return [Scored(question, reply, outcome(question, reply)) for question, reply in zip(asked, replies, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=sorted(SETS), default="questions")
    parser.add_argument("--model", help="a trained model; by default the present one, trained when stale")
    parser.add_argument("--name", help="of the stored run; by default pipeline-<set>")
    parser.add_argument("--texts", action="store_true", help="print what was missed; not for the held-out questions")
    options = parser.parse_args()
    if options.texts and options.set == "questions":
        parser.error("the held-out questions stay unread: --texts is for tuning")
    if not options.model:
        training.ensure()  # the fingerprint of the run is that of the present data
    configure_structlog(logging.ERROR)
    agent = Agent.load(options.model or str(MODEL))
    asked = questions(options.set)
    asyncio.run(scored(agent, asked[:5]))
    start = time.perf_counter()
    results = asyncio.run(scored(agent, asked))
    milliseconds = 1000 * (time.perf_counter() - start) / len(asked)
    name = options.name or f"pipeline-{options.set}"
    path = runs.store(name, options.set, "pipeline", results, milliseconds_a_message=round(milliseconds, 1))
    print(runs.printed(runs.load(name)), f"\n{milliseconds:.1f} ms a message\n{path.relative_to(ROOT)}")
    for item in results if options.texts else ():
        if item.outcome != "right":
            print(item.outcome, item.question.expect, item.reply, "|", item.question.text)


if __name__ == "__main__":
    main()
