"""The inbox: what comes in, how it is grouped and sorted, and what becomes of the texts."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from console.inbox import Inbox
from console.reports import report
from gateway.journal_database import SqliteDatabase, Turn
from gateway.services import Services
from tests.console.conftest import Talk


def refused_turn(text: str, sender: str = "a" * 64, days: float = 0) -> Turn:
    return Turn(sender, "page", text, "not_understood", None, "not_understood.first", 0.1, time.time() - days * 86_400)


@pytest.fixture
def inbox(data: Path) -> Inbox:
    return Inbox(data)


def test_refused_and_unhelpful_and_reported_come_in_and_answers_do_not(
    talk: Callable[..., Talk], services: Services, inbox: Inbox
):
    talking = talk()
    talking.say("payer le timbre")
    talking.say("recette de la tarte")
    talking.say("où brouter pendant l'éclipse")
    answer = talking.say("mot de passe perdu")[0]
    talking.judge(answer["id"], False, "incomplet")
    report(services.journal, services.texts.faq, "agent-3", "missing", None, "mutuelle étudiante, tél 06 12 34 56 78")
    services.journal.flush()
    groups = {group.texts[0][0]: group for group in inbox.groups()}
    assert set(groups) == {
        "recette de la tarte",
        "où brouter pendant l'éclipse",
        "mot de passe perdu",
        "mutuelle étudiante, tél ⟦telephone⟧",
    }
    judged = groups["mot de passe perdu"]
    assert judged.why == [("not_useful", "incomplet", 1)]
    assert judged.answers == [("mot-de-passe-oublie", answer["answer"]["version"], 1)]
    assert groups["mutuelle étudiante, tél ⟦telephone⟧"].why == [("report", "missing", 1)]


def test_none_of_these_files_the_question_and_not_the_button(
    talk: Callable[..., Talk], services: Services, inbox: Inbox, rasa: object, monkeypatch: pytest.MonkeyPatch
):
    from bot import turn
    from tests.console import conftest

    replies = iter([turn.suggested(["timbre-paiement"], "suggestions.unsure")])
    last = turn.said(turn.NOT_UNDERSTOOD, "not_understood.none_of_these")
    monkeypatch.setattr(conftest, "said", lambda text: next(replies, last))
    talking = talk()
    (offered,) = talking.say("mon truc bloqué là")
    none = offered["buttons"][-1]["id"]
    body = {"message_id": "7f0c9b9e-6f55-4f0e-9d2c-0d6a4f6f3a11", "button": none}
    assert talking.client.post(f"{talking.address}/messages", json=body, headers=talking.headers).status_code == 200
    services.journal.flush()
    assert [group.texts for group in inbox.groups()] == [[("mon truc bloqué là", 1)]]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("comment changer ma photo", "comment je change ma photo", True),
        ("Comment changer ma photo ?", "COMMENT CHANGER MA PHOTO", True),
        ("photo changer comment", "comment changer photo", True),
        ("ou est ma carte vitale", "ou est ma carte vitalle", True),
        ("ma carte vitale est perdue", "la météo de demain", False),
        ("naturalisation par mariage", "allocations familiales retard", False),
    ],
)
def test_likeness(database: SqliteDatabase, inbox: Inbox, one: str, other: str, together: bool):
    database.add([refused_turn(one), refused_turn(other)])
    assert len(inbox.groups()) == (1 if together else 2)


def test_the_largest_group_comes_first_with_its_most_frequent_wording(database: SqliteDatabase, inbox: Inbox):
    database.add([refused_turn("naturalisation par mariage")])
    database.add([refused_turn("ou est ma carte vitale"), *(refused_turn("carte vitale, où est ma") for _ in range(3))])
    groups = inbox.groups()
    assert [len(group.items) for group in groups] == [4, 1]
    assert groups[0].texts[0] == ("carte vitale, où est ma", 3)


def test_a_state_holds_for_new_wordings_and_outlives_the_first_text(database: SqliteDatabase, inbox: Inbox):
    database.add([refused_turn("ou est ma carte vitale", "b" * 64), refused_turn("ma carte vitale est où", "c" * 64)])
    (group,) = inbox.groups()
    inbox.sort(group, "hors-sujet", "redacteur-1")
    database.add([refused_turn("ou est ma carte vitalle", "d" * 64)])
    assert [group.state for group in inbox.groups()] == ["hors-sujet"]
    database.erase("b" * 64)
    (left,) = inbox.groups()
    assert (left.state, len(left.items)) == ("hors-sujet", 2)


def test_with_its_last_text_a_state_goes_too(database: SqliteDatabase, inbox: Inbox):
    database.add([refused_turn("ou est ma carte vitale", "b" * 64)])
    inbox.sort(inbox.groups()[0], "hors-sujet", "redacteur-1")
    database.erase("b" * 64)
    assert inbox.groups() == []
    assert database.rows("SELECT * FROM sorting") == []


def test_an_unknown_state_is_refused(database: SqliteDatabase, inbox: Inbox):
    database.add([refused_turn("ou est ma carte vitale")])
    with pytest.raises(ValueError):
        inbox.sort(inbox.groups()[0], "oublié", "redacteur-1")


def test_a_report_needs_an_entry_or_words(services: Services, inbox: Inbox):
    faq = services.texts.faq
    with pytest.raises(ValueError):
        report(services.journal, faq, "agent-3", "wrong", None, " ")
    report(services.journal, faq, "agent-3", "wrong", "timbre-paiement", "")
    services.journal.flush()
    (group,) = inbox.groups()
    assert group.texts == [(faq.entries["timbre-paiement"].title, 1)]
    assert group.answers[0][:2] == ("timbre-paiement", faq.entries["timbre-paiement"].version)


def test_a_month_of_refusals_is_grouped_in_seconds_then_at_once(database: SqliteDatabase, inbox: Inbox):
    words = [f"{a}{b}" for a in "brulindaktosfepim" for b in ("ouche", "andre", "illon", "oteur", "assin")]
    database.add(
        refused_turn(" ".join(words[(i * step) % len(words)] for step in (7, 11, 13, 17)), days=i / 100)
        for i in range(1500)
    )
    start = time.monotonic()
    first = inbox.groups()
    middle = time.monotonic()
    assert [group.id for group in inbox.groups()] == [group.id for group in first]
    assert middle - start < 8
    assert time.monotonic() - middle < 1
