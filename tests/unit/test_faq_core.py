"""Entries: read whole or refused with the file's name and the defect."""

import pytest

from bot.faq import EntryError, load_faq, read_entry

ENTRY = """---
id: exemple
title: Un exemple
theme: compte
owner: redaction
checked_on: 2026-11-23
sources: [{document: D, section: S}]
contradictions: []
neighbours: []
contacts: [ccc]
avoid: []
---
# fr

## Court

Appelez le {ccc}.

## Complet

Voir {timbres}.

## Cas premiere-demande

Un cas.
"""


def write(tmp_path, text, name="exemple.md"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_is_read_whole(tmp_path):
    entry = read_entry(write(tmp_path, ENTRY))
    assert entry.french.short == "Appelez le {ccc}."
    assert entry.french.cases == {"premiere-demande": "Un cas."}
    assert entry.sources[0].document == "D"


def test_the_version_follows_the_french_wording_only(tmp_path):
    before = read_entry(write(tmp_path, ENTRY)).version
    assert read_entry(write(tmp_path, ENTRY.replace("2026-11-23", "2026-11-24"))).version == before
    assert read_entry(write(tmp_path, ENTRY.replace("Un cas.", "Un autre cas."))).version != before


def test_another_language_has_its_heading_and_says_what_it_was_translated_from(tmp_path):
    version = read_entry(write(tmp_path, ENTRY)).version
    english = f"\n# en {version}\n\n## Court\n\nCall {{ccc}}.\n\n## Complet\n\nSee {{timbres}}.\n"
    entry = read_entry(write(tmp_path, ENTRY + english))
    assert entry.bodies["en"].short == "Call {ccc}."
    assert entry.bodies["en"].translated_from == version == entry.version


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("id: exemple", "id: autre"), "exemple"),
        (("## Complet", "## Suite"), "Complet"),
        (("# fr", "# en"), "no French"),
        (("theme: compte\n", ""), "theme"),
        (("---\nid", "id"), "front matter"),
    ],
)
def test_a_malformed_entry_names_its_file_and_its_defect(tmp_path, change, said):
    with pytest.raises(EntryError, match=r"exemple\.md") as error:
        read_entry(write(tmp_path, ENTRY.replace(*change)))
    assert said in str(error.value)


def test_addresses_take_the_place_of_their_names():
    faq = load_faq()
    assert faq.expand("Appelez le {ccc}.") == "Appelez le [0 806 001 620](tel:+33806001620)."
    assert [address.id for address in faq.links("{timbres} puis {ccc} puis {timbres}")] == ["timbres", "ccc"]
