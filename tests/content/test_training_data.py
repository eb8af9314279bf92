"""The training examples against entries and labels: complete, unambiguous, and without anybody's data."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from bot import placeholders
from bot.faq import load_faq
from bot.text import normalise
from evaluation.data import examples
from gateway.masking import mask

ROOT = Path(__file__).resolve().parents[2]
NLU = ROOT / "data" / "nlu"
FAQ = load_faq()
EXAMPLES = examples()
COUNTS = Counter(example.label for example in EXAMPLES)

HEADLINE = ("mot-de-passe-oublie", "numero-etranger-ou", "e-photo-refusee", "timbre-paiement", "timbre-remboursement")
ENOUGH, ENOUGH_FOR_HEADLINE, ENOUGH_OUT_OF_SCOPE = 60, 150, 600

_AMOUNT = re.compile(r"(?i)€|\b(?:\d+(?:[.,]\d+)?|dix|vingts?|\w+ante|cents?|mille)\s*(?:euros?|eur|balles)\b")
_NAME = r"`([a-z_-]+)`"


def documented() -> set[str]:
    """The labels that docs/labels.md defines."""
    parts = re.split(r"^## ", (ROOT / "docs" / "labels.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    part = {text.split("\n")[0].split(":")[0]: text for text in parts}
    plain, follow_up = part["Within a dialogue"].split("`follow_up/<kind>`")
    return {
        *re.findall(r"^\| `(faq/[a-z-]+)`", part["Answers"], flags=re.MULTILINE),
        *re.findall(_NAME, part["Look-ups"] + part["Conversation"] + plain),
        *(f"follow_up/{kind}" for kind in re.findall(_NAME, follow_up)),
        *(f"out_of_scope/{family}" for family in re.findall(_NAME, part["Not ours"])),
    }


def test_each_entry_has_a_file_of_examples_and_each_file_an_entry():
    assert {path.stem for path in (NLU / "faq").glob("*.yml")} == set(FAQ.entries)


@pytest.mark.parametrize("path", sorted(NLU.rglob("*.yml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_holds_the_one_label_of_its_name(path):
    label = f"{path.parent.name}/{path.stem}".removeprefix("dialogue/")
    assert set(re.findall(r"^  - intent: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)) == {label}


def test_the_labels_of_the_examples_are_those_of_the_documentation():
    assert set(COUNTS) == documented()


def test_no_example_is_under_two_labels():
    labels = defaultdict(set)
    for example in EXAMPLES:
        labels[normalise(example.text)].add(example.label)
    assert {text: found for text, found in labels.items() if len(found) > 1} == {}


def test_no_example_is_given_twice_word_for_word():
    assert [text for text, count in Counter(example.text for example in EXAMPLES).items() if count > 1] == []


@pytest.mark.parametrize("entry_id", FAQ.entries)
def test_an_entry_has_enough_examples(entry_id):
    assert COUNTS[f"faq/{entry_id}"] >= (ENOUGH_FOR_HEADLINE if entry_id in HEADLINE else ENOUGH)


def test_there_are_enough_examples_out_of_scope():
    assert sum(count for label, count in COUNTS.items() if label.startswith("out_of_scope/")) >= ENOUGH_OUT_OF_SCOPE


def test_no_example_holds_what_the_gateway_would_take_out():
    """Identifiers and addresses: the models are trained on what reaches them, so an example holds placeholders."""
    taken = {}
    for example in EXAMPLES:
        found: list[str] = []
        mask(placeholders.PATTERN.sub(" ", example.text), lambda _, value, found=found: found.append(value) or "0" * 16)
        if found:
            taken[example.text] = found
    assert taken == {}


def test_no_example_holds_an_amount():
    assert [example.text for example in EXAMPLES if _AMOUNT.search(example.text)] == []


def test_each_placeholder_is_one_that_the_gateway_writes():
    written = [found for example in EXAMPLES for found in placeholders.find(example.text)]
    assert {found.type for found in written} <= set(placeholders.TYPES)
    assert [str(p) for p in written if p.reference or not re.fullmatch(r"|lettres|\d+-chiffres", p.defect or "")] == []
    brackets = [example.text for example in EXAMPLES if set("⟦⟧") & set(placeholders.PATTERN.sub("", example.text))]
    assert brackets == []
