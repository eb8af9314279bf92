"""The content tool: every entry in its list, every text of an entry on its page, help for an id that is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.faq import Faq, load_faq
from gateway import content_tool
from gateway.web.faq import THEMES

FAQ = load_faq()
TODAY = date(2027, 1, 31)


def test_each_entry_is_listed_once_with_its_age_and_owner():
    lines = content_tool.listing(FAQ, TODAY).splitlines()
    for entry in FAQ.entries.values():
        (line,) = [line for line in lines if line.split()[:1] == [entry.id]]
        days = (TODAY - entry.checked_on).days
        assert f"  {days} jour" in line and f"  {entry.owner} " in line and line.endswith(entry.title)


def test_columns_are_aligned():
    lines = [line for line in content_tool.listing(FAQ, TODAY).splitlines() if line.startswith("  ")]
    assert len({line.index(FAQ.entries[line.split()[0]].title) for line in lines}) == 1


def test_the_entry_checked_longest_ago_comes_first_in_its_theme():
    old = replace(FAQ.entries["regles-mot-de-passe"], checked_on=TODAY - timedelta(days=400))
    text = content_tool.listing(Faq({**FAQ.entries, old.id: old}, FAQ.addresses), TODAY)
    assert text.splitlines()[1].split()[:3] == ["regles-mot-de-passe", "400", "jours"]
    assert text.endswith("la plus ancienne vérifiée il y a 400 jours.")


def test_the_faq_page_knows_the_theme_of_every_entry():
    assert {entry.theme for entry in FAQ.entries.values()} <= set(THEMES)


@pytest.mark.parametrize("entry", FAQ.entries.values(), ids=FAQ.entries.keys())
def test_a_shown_entry_holds_every_text_and_field_in_plain_words(entry):
    text = content_tool.shown(FAQ, entry, TODAY)
    flat = " ".join(text.split())
    body = entry.french
    for part in (body.short, body.full, *body.cases.values()):
        for line in content_tool.plain(FAQ.expand(part)).splitlines():
            assert " ".join(line.split()) in flat
    for field in (entry.title, entry.version, entry.owner, *entry.contradictions, *entry.avoid, *entry.neighbours):
        assert field in flat
    for source in entry.sources:
        assert f"{source.document}, {source.section}" in flat
    assert "**" not in text and "](" not in text and "{" not in text


@pytest.mark.parametrize("entry", FAQ.entries.values(), ids=FAQ.entries.keys())
def test_lines_fit_the_screen_and_keep_telephone_numbers_whole(entry):
    lines = content_tool.shown(FAQ, entry, TODAY).splitlines()
    assert [line for line in lines if len(line) > content_tool.COLUMNS and "https://" not in line] == []
    whole = [line for line in lines if "0 806 001 620" in line]
    assert len([line for line in lines if "806" in line or "001 620" in line]) == len(whole)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Appelez le [3939](tel:3939).", "Appelez le 3939."),
        ("Allez sur [a.exemple.invalid](https://a.exemple.invalid).", "Allez sur a.exemple.invalid."),
        ("La [carte](https://a.exemple.invalid/b) **ici**", "La carte (https://a.exemple.invalid/b) ici"),
    ],
)
def test_a_link_in_plain_text_can_still_be_followed(markdown, text):
    assert content_tool.plain(markdown) == text


def test_a_text_message_is_one_plain_line_with_its_question():
    text = content_tool.sms(FAQ, FAQ.entries["attestation-prolongation"])
    assert text.startswith("Que permet l'attestation de prolongation (ADP ou API) ? Première demande : ")
    assert "\n" not in text and "- " not in text


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("motdepasse", "mot-de-passe-oublie"),
        ("timbre-payement", "timbre-paiement"),
        ("ADP", "attestation-prolongation"),
        ("E-Photo refusée", "e-photo-refusee"),
    ],
)
def test_an_unknown_id_gets_the_three_nearest_ones(asked, first, capsys):
    assert content_tool.main(["show", asked]) == 1
    head, *near = capsys.readouterr().err.splitlines()
    assert head == f"Aucune réponse ne s'appelle « {asked} ». Les plus proches :"
    assert near[0] == f"- {first}" and len(near) == 3


@pytest.mark.parametrize("arguments", [[], ["show"], ["montre", "arnaques"], ["list", "tout"]])
def test_a_command_that_is_none_gets_the_usage(arguments, capsys):
    assert content_tool.main(arguments) == 2
    assert capsys.readouterr().err.startswith("Usage :")


@pytest.mark.parametrize("arguments", [["list"], ["show", "arnaques"], ["--help"]])
def test_a_good_command_ends_well(arguments, capsys):
    assert content_tool.main(arguments) == 0
    assert capsys.readouterr().err == ""
