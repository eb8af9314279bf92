"""The entries against `facts.yml`: what each must say, what nothing published may say, and where links may lead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.faq import FAQ_DIR, Entry, load_faq
from bot.wording import STRINGS_DIR

FACTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "facts.yml").read_text(encoding="utf-8"))
FAQ = load_faq()
PUBLISHED = sorted(path for folder in (FAQ_DIR, STRINGS_DIR) for path in folder.rglob("*") if path.is_file())
LONGEST_SHORT = 60  # words, as read: punctuation is none, a telephone number is four

_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_LITERAL_ADDRESS = re.compile(r"https?://|\b[\w-]+\.(?:gouv\.)?fr\b|\b0 ?806\b|\b3939\b")

every_entry = pytest.mark.parametrize("entry", FAQ.entries.values(), ids=FAQ.entries.keys())
every_file = pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)


def texts(entry: Entry) -> dict[str, str]:
    """Every text of the entry that can be said alone, addresses expanded."""
    french = entry.french
    named = {"short": french.short, "full": french.full, **{f"case {k}": v for k, v in french.cases.items()}}
    return {name: FAQ.expand(text) for name, text in named.items()}


def words(markdown: str) -> int:
    return sum(bool(re.search(r"\w", word)) for word in _LINK.sub(r"\1", markdown).split())


def says(text: str, fact: str) -> bool:
    return bool(re.search(fact[3:], text, re.MULTILINE)) if fact.startswith("re:") else fact in text


def test_every_required_entry_exists_and_every_entry_has_its_facts():
    assert set(FAQ.entries) == set(FACTS["entries"])


@every_entry
def test_an_entry_says_every_fact_it_must_carry(entry):
    said = texts(entry)
    both = f"{said['short']}\n{said['full']}"
    assert [fact for fact in FACTS["entries"][entry.id]["must"] if not says(both, fact)] == []


@every_entry
def test_a_text_said_alone_is_short_and_not_empty(entry):
    counted = {name: words(text) for name, text in texts(entry).items() if name != "full"}
    assert {name: count for name, count in counted.items() if not 5 <= count <= LONGEST_SHORT} == {}


@every_entry
def test_an_entry_has_the_cases_that_its_dialogue_picks_with_their_facts(entry):
    cases = FACTS["entries"][entry.id].get("cases", {})
    assert set(entry.french.cases) == set(cases)
    lacking = {
        name: [fact for fact in facts if not says(texts(entry)[f"case {name}"], fact)] for name, facts in cases.items()
    }
    assert not any(lacking.values()), lacking


@every_entry
def test_neighbours_and_contacts_exist(entry):
    assert 2 <= len(entry.neighbours) <= 4
    assert set(entry.neighbours) <= set(FAQ.entries) - {entry.id}
    assert entry.contacts and set(entry.contacts) <= set(FAQ.addresses)


@every_entry
def test_links_lead_only_to_the_addresses_of_the_one_file(entry):
    allowed = {(address.text, address.url) for address in FAQ.addresses.values()}
    assert {link for text in texts(entry).values() for link in _LINK.findall(text)} <= allowed


@every_file
def test_an_address_is_written_in_the_one_file_only(path):
    if path.name == "addresses.yml":
        return
    text = path.read_text(encoding="utf-8")
    assert _LITERAL_ADDRESS.findall(text) == []
    assert _LINK.findall(text) == []


@every_file
def test_nothing_forbidden_is_published(path):
    text = path.read_text(encoding="utf-8")
    assert [rule["why"] for rule in FACTS["forbidden"] if re.search(rule["pattern"], text)] == []


@every_entry
def test_quotation_marks_open_and_close_in_every_line_of_prose(entry):
    prose = [
        *(line for text in texts(entry).values() for line in text.splitlines()),
        *(entry.title, *entry.contradictions, *entry.avoid),
        *(source.section for source in entry.sources),
    ]
    assert [line for line in prose if re.sub("[^«»]", "", line).replace("«»", "")] == []


def test_the_forbidden_patterns_recognise_what_they_describe():
    """Made-up strings of the same shape: a pattern that matches nothing would protect nothing."""
    shapes = [
        "60,00 €", "25 euros", "x?token=abc", "https://qualif.exemple.invalid", "timbres" + "-" + "impots",
        "photographes-habil" + "ies", "Ab1Cd2E34fG", "99" + "3" + "0" * 7, "0123456789", "R345-6",
        "votre cas n'est pas en ligne", "sticker", "d'ici 3 semaines", "réponse dans 15 jours",
        "vous aurez votre titre bientôt", "votre numéro étranger expire",
    ]  # fmt: skip
    unseen = [shape for shape in shapes if not any(re.search(r["pattern"], shape) for r in FACTS["forbidden"])]
    idle = [r["pattern"] for r in FACTS["forbidden"] if not any(re.search(r["pattern"], shape) for shape in shapes)]
    assert (unseen, idle) == ([], [])
