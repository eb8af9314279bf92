"""Runs a set of questions through the gateway: python -m evaluation.through_gateway [--set tuning] [--at http://…].

Each question opens a conversation of its own; its first reply is scored. Labels that need a dialogue before them are
left out: a first message « oui » has no right answer. Without `--at`, the assistant is started for the occasion.
"""

from __future__ import annotations

import argparse
import time
import uuid
from contextlib import nullcontext
from typing import Any

import httpx2
import numpy as np

from bot import placeholders
from evaluation import local_stack, runs
from evaluation.data import SETS, Question, questions
from evaluation.scoring import Reply, Scored, expected, outcome

ASIDE = "notice"
# Made-up values in place of the questions' placeholders: the gateway lets nobody type its brackets.
TYPED = {
    "code": "123456",
    "demande": "ANEF-2026-004711",
    "e-photo": "ABCD1234EFGH5678IJKL90",
    "email": "personne@exemple.invalid",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "numero-etranger": "9912345678",
    "numero-visa": "FRA12345678",
    "passeport": "12AB34567",
    "telephone": "0612345678",
    "timbre": "1234 5678 9012 3456",
}
SECONDS = 20.0


def reply_of(messages: list[dict[str, Any]]) -> Reply:
    """The reply among the messages of a turn; notices stand beside it."""
    said = next((message for message in messages if message["kind"] != ASIDE), messages[0])
    return Reply(said["kind"], said["topic"], tuple(said["suggestions"] or ()))


def typed(text: str) -> str:
    """`text` as a person would type it; KeyError for a placeholder without a made-up value."""
    return placeholders.PATTERN.sub(lambda match: TYPED[match.group(1)], text)


def ask(client: httpx2.Client, question: Question) -> tuple[Reply, float]:
    """The reply to `question` in a new conversation, which is deleted, and the milliseconds of its turn.

    httpx2.HTTPError when the gateway refuses.
    """
    opened = client.post("/api/conversations", json={"surface": "page"}).raise_for_status().json()
    path, key = f"/api/conversations/{opened['id']}", {"Authorization": f"Bearer {opened['token']}"}
    body = {"message_id": str(uuid.uuid4()), "text": typed(question.text)}
    start = time.perf_counter()
    turn = client.post(f"{path}/messages", json=body, headers=key).raise_for_status().json()
    milliseconds = 1000 * (time.perf_counter() - start)
    client.delete(path, headers=key).raise_for_status()
    return reply_of(turn["messages"]), milliseconds


def asked_at(base: str, asked: list[Question]) -> tuple[list[Scored], dict[str, float]]:
    """Every question scored, and the milliseconds within which half, and most (95 %), of the replies came."""
    with httpx2.Client(base_url=base, timeout=SECONDS) as client:
        replies = [ask(client, question) for question in asked]
    results = [Scored(item, reply, outcome(item, reply)) for item, (reply, _) in zip(asked, replies, strict=True)]
    half, most = np.percentile([milliseconds for _, milliseconds in replies], [50, 95])
    return results, {"half": round(float(half), 1), "most": round(float(most), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", help="address of a running gateway")
    parser.add_argument("--set", choices=sorted(SETS), default="questions")
    parser.add_argument("--name", help="of the stored run; by default gateway-<set>")
    options = parser.parse_args()
    asked = [item for item in questions(options.set) if expected(item.expect[0])[0] != "dialogue"]
    with nullcontext(options.at) if options.at else local_stack.running() as base:
        results, milliseconds = asked_at(base, asked)
    name = options.name or f"gateway-{options.set}"
    runs.store(name, options.set, "gateway", results, milliseconds=milliseconds)
    print(runs.printed(runs.load(name)), f"\n{milliseconds} ms a message")


if __name__ == "__main__":
    main()
