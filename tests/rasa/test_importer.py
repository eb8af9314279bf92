"""Rasa reads the same examples through our importer as through its own."""

from __future__ import annotations

import copy

import pytest
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message

from bot.importer import Example, OnceImporter

EXAMPLES = """version: "3.1"
nlu:
  - intent: faq/timbre-paiement
    examples: |
      - où payer le timbre ?
      - ⟦timbre⟧ payé
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "config.yml").write_text("language: fr\n")
    (tmp_path / "nlu.yml").write_text(EXAMPLES)
    return {"config_file": str(tmp_path / "config.yml"), "training_data_paths": [str(tmp_path / "nlu.yml")]}


def test_the_examples_are_those_that_rasa_reads(files):
    ours, rasas = OnceImporter(**files).get_nlu_data(), RasaFileImporter(**files).get_nlu_data()
    assert len(ours.training_examples) == 2
    assert ours.fingerprint() == rasas.fingerprint()


def test_files_are_read_once(files, tmp_path):
    importer = OnceImporter(**files)
    first = importer.get_nlu_data()
    (tmp_path / "nlu.yml").write_text("")
    assert importer.get_nlu_data() is first


def test_what_is_set_on_a_copy_stays_off_the_example():
    example = Example(Message.build("où payer le timbre ?", intent="faq/timbre-paiement"))
    copied = copy.deepcopy(example)
    assert copied == example
    copied.set("text", "autre")
    assert example.get("text") == "où payer le timbre ?"


def test_examples_are_told_apart_by_what_was_read():
    one, same, other = (
        Example(Message.build(text, intent="faq/timbre-paiement")) for text in ("où payer ?", "où payer ?", "combien ?")
    )
    one.set("text_tokens", ["où", "payer", "?"])
    assert one.fingerprint() == same.fingerprint()
    assert one.fingerprint() != other.fingerprint()


def test_the_examples_are_read_once_in_whatever_language(files):
    importer = OnceImporter(**files)
    assert importer.get_nlu_data("fr") is importer.get_nlu_data()
