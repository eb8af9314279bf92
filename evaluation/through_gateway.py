"""Runs a set of questions through a running gateway: python -m evaluation.through_gateway --at http://127.0.0.1:8000.

Each question opens a conversation of its own; its first reply is scored. Labels that need a dialogue before them are
left out: a first message « oui » has no right answer.
"""

from __future__ import annotations

import argparse
import uuid
from typing import Any

import httpx2

from evaluation import runs
from evaluation.data import SETS, Question, questions
from evaluation.scoring import Reply, Scored, expected, outcome

ASIDE = "notice"
SECONDS = 20.0


def reply_of(messages: list[dict[str, Any]]) -> Reply:
    """The reply among the messages of a turn; notices stand beside it."""
    said = next((message for message in messages if message["kind"] != ASIDE), messages[0])
    return Reply(said["kind"], said["topic"], tuple(said["suggestions"] or ()))


def ask(client: httpx2.Client, question: Question) -> Reply:
    """The reply to `question` in a new conversation, which is deleted. httpx2.HTTPError when the gateway refuses."""
    opened = client.post("/api/conversations", json={"surface": "page"}).raise_for_status().json()
    path, key = f"/api/conversations/{opened['id']}", {"Authorization": f"Bearer {opened['token']}"}
    body = {"message_id": str(uuid.uuid4()), "text": question.text}
    turn = client.post(f"{path}/messages", json=body, headers=key).raise_for_status().json()
    client.delete(path, headers=key).raise_for_status()
    return reply_of(turn["messages"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", default="http://127.0.0.1:8000", help="address of the gateway")
    parser.add_argument("--set", choices=sorted(SETS), default="questions")
    parser.add_argument("--name", help="of the stored run; by default gateway-<set>")
    options = parser.parse_args()
    asked = [item for item in questions(options.set) if expected(item.expect[0])[0] != "dialogue"]
    with httpx2.Client(base_url=options.at, timeout=SECONDS) as client:
        replies = [ask(client, question) for question in asked]
    results = [
        Scored(question, reply, outcome(question, reply)) for question, reply in zip(asked, replies, strict=True)
    ]
    name = options.name or f"gateway-{options.set}"
    runs.store(name, options.set, "gateway", results)
    print(runs.printed(runs.load(name)))


if __name__ == "__main__":
    main()
