"""What the agent's page asks of the server: entries, search, what is at hand, reports, scripts."""

from __future__ import annotations

import pytest

from bot.faq import load_faq
from console.scripts import SMS_CHARACTERS, scripts, sms, spoken
from gateway.journal_database import JOURNAL_FILE, SqliteDatabase
from tests.console.desk.conftest import Desk

FAQ = load_faq()


def test_entries_come_whole_with_what_an_agent_must_not_say(desk: Desk) -> None:
    entries = desk.member("agent").get("/console/api/entries").json()["entries"]
    assert {entry["id"] for entry in entries} == set(FAQ.entries)
    first = next(entry for entry in entries if entry["id"] == "e-photo-refusee")
    assert first["avoid"] == list(FAQ.entries["e-photo-refusee"].avoid)
    assert first["sources"] and first["contradictions"] and first["neighbours"] and first["checked_on"]


def test_search_works_while_the_models_are_down(desk: Desk) -> None:
    """Rasa's stand-in refuses every connection in these tests."""
    found = desk.member("agent").get("/console/api/search?q=mdp oubli").json()["found"]
    assert found[0] == "mot-de-passe-oublie"


@pytest.mark.parametrize("user", ["agent", "superviseur", "redacteur"])
def test_every_role_may_search(desk: Desk, user: str) -> None:
    assert desk.member(user).get("/console/api/search?q=timbre").status_code == 200


def test_favourites_and_recent_are_each_agents_own(desk: Desk) -> None:
    agent, other = desk.member("agent"), desk.member("agent-2")
    assert agent.post("/console/api/favourite", {"entry": "arnaques"}).json() == {"favourite": True}
    agent.post("/console/api/opened", {"entry": "rendez-vous"})
    kept = agent.get("/console/api/entries").json()
    assert (kept["favourites"], kept["recent"]) == (["arnaques"], ["rendez-vous"])
    assert other.get("/console/api/entries").json()["favourites"] == []
    assert agent.post("/console/api/favourite", {"entry": "arnaques"}).json() == {"favourite": False}
    assert agent.post("/console/api/favourite", {"entry": "inconnue"}).status_code == 404


def test_a_report_reaches_the_inbox_masked(desk: Desk) -> None:
    agent = desk.member("agent")
    report = {"kind": "missing", "query": "dossier 9600000102 introuvable"}
    assert agent.post("/console/api/reports", report).status_code == 204
    assert agent.post("/console/api/reports", {"kind": "wrong", "entry": "arnaques"}).status_code == 204
    assert agent.post("/console/api/reports", {"kind": "missing", "query": " "}).status_code == 422
    desk.console.services.journal.close()
    rows = SqliteDatabase(desk.console.services.data_dir / JOURNAL_FILE).rows("SELECT * FROM reports ORDER BY at")
    assert [row["sort"] for row in rows] == ["missing", "wrong"]
    assert "9600000102" not in rows[0]["text"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ouvrez la page.", "Ouvrez la page."),
        (
            "Voyez [timbres.impots.gouv.fr](https://timbres.impots.gouv.fr).",
            "Voyez timbres point impots point gouv point fr.",
        ),
        ("Cliquez sur « **Oublié ?** ».", "Cliquez sur Oublié ?"),
        (
            "Trois pas :\n\n1. Ouvrez.\n2. Cliquez.\n3. Lisez.",
            "Trois pas.\nD'abord, ouvrez.\nEnsuite, cliquez.\nEnfin, lisez.",
        ),
        ("Prenez :\n\n- un papier ;\n- un stylo.", "Prenez.\nun papier.\nun stylo."),
        ("Un code. Il sert une fois.", "Un code.\nIl sert une fois."),
    ],
)
def test_a_phone_script_is_made_of_spoken_sentences(written: str, said: str) -> None:
    assert spoken(written) == said


def test_an_sms_ends_with_a_whole_sentence() -> None:
    long = " ".join(f"Phrase numéro {at} qui dit quelque chose." for at in range(40))
    assert len(sms(long)) <= SMS_CHARACTERS
    assert sms(long).endswith("chose.")


@pytest.mark.parametrize("entry", FAQ.entries.values(), ids=lambda entry: entry.id)
def test_every_entry_has_scripts_without_marks_of_the_page(entry) -> None:  # type: ignore[no-untyped-def]
    made = scripts(entry, FAQ)
    for text in (made.phone, made.mail, made.sms):
        assert text.strip()
        assert not any(mark in text for mark in ("**", "](", "{", "assistant"))
    assert not any(mark in made.phone for mark in ("«", "http", " .", ":\n"))
    assert 40 <= len(made.sms) <= SMS_CHARACTERS
