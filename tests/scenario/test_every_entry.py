"""Every entry: one plain question gets it first, through the gateway, with every fact it must carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.scenario.conftest import Stack

FACTS = yaml.safe_load((Path(__file__).parent.parent / "content" / "facts.yml").read_text(encoding="utf-8"))
ENTRIES = FACTS["entries"]


@pytest.mark.parametrize("entry", sorted(ENTRIES))
def test_a_plain_question_gets_its_entry_with_its_facts(stack: Stack, entry: str):
    talk = stack.talk()
    messages = [m for m in talk.say(ENTRIES[entry]["question"]) if m["kind"] != "notice"]
    assert (messages[0]["kind"], messages[0]["topic"]) == ("answer", entry)
    whole = talk.client.get(f"/api/faq/{entry}").json()
    shown = f"{messages[0]['text']}\n{whole['short']}\n{whole['full']}"
    missing = [fact for fact in ENTRIES[entry]["must"] if not _carries(shown, fact)]
    assert missing == []
    forbidden = [rule["why"] for rule in FACTS["forbidden"] if re.search(rule["pattern"], shown)]
    assert forbidden == []


def _carries(text: str, fact: str) -> bool:
    return bool(re.search(fact[3:], text, re.MULTILINE)) if fact.startswith("re:") else fact in text
