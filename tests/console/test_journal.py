"""The journal: what is kept of a turn, what never is, and that no turn waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.journal import CAPACITY, Journal
from gateway.journal_database import Row, SqliteDatabase, Turn, bucket, bucket_seconds, likeness
from gateway.services import Services
from tests.console.conftest import Talk, bytes_under


def test_a_turn_is_kept_with_its_decision_and_without_identifier(
    talk: Callable[..., Talk], services: Services, database: SqliteDatabase, data: Path
):
    talk("widget").say("j'ai perdu mon mot de passe, mon mail est essai@exemple.invalid")
    services.journal.flush()
    (row,) = database.rows("SELECT * FROM turns")
    assert row["text"] == "j'ai perdu mon mot de passe, mon mail est ⟦email⟧"
    assert (row["surface"], row["kind"], row["topic"], row["decision"]) == (
        "widget", "answer", "mot-de-passe-oublie", "short",
    )  # fmt: skip
    assert b"exemple.invalid" not in bytes_under(data)


def test_of_a_lookup_no_word_is_kept(talk: Callable[..., Talk], services: Services, database: SqliteDatabase):
    talking = talk()
    talking.say("où en est mon dossier, je m'appelle Untel")
    talking.say("9987654321")
    services.journal.flush()
    assert [(row["kind"], row["text"]) for row in database.rows("SELECT * FROM turns")] == [("lookup", None)] * 2


def test_feedback_has_reason_version_and_question_and_the_last_one_counts(
    talk: Callable[..., Talk], services: Services, database: SqliteDatabase
):
    talking = talk()
    answer = talking.say("payer le timbre")[0]
    talking.judge(answer["id"], False)
    talking.judge(answer["id"], False, "incomplet")
    services.journal.flush()
    (row,) = database.rows("SELECT * FROM feedback")
    assert (row["entry"], row["version"]) == ("timbre-paiement", answer["answer"]["version"])
    assert (row["useful"], row["reason"], row["text"]) == (0, "incomplet", "payer le timbre")


def test_days_are_counted_without_any_link_to_a_conversation(
    talk: Callable[..., Talk], services: Services, database: SqliteDatabase
):
    for _ in range(2):
        talk().say("payer le timbre")
    services.journal.flush()
    (row,) = database.rows("SELECT * FROM daily_turns")
    assert (row["surface"], row["kind"], row["topic"], row["count"]) == ("page", "answer", "timbre-paiement", 2)
    assert sum(row["count"] for row in database.rows("SELECT * FROM daily_times")) == 2


class SlowDatabase:
    """A disk that does not follow."""

    follows = threading.Event()

    def add(self, rows: list[Row]) -> None:
        self.follows.wait(60)

    def erase(self, conversation: str) -> int:
        return 0

    def purge(self, texts_before: float, rows_before: float) -> dict[str, int]:
        return {}


def test_a_slow_disk_costs_rows_and_never_a_turn():
    journal = Journal(SlowDatabase)
    row = Turn("a" * 32, "page", "texte", "answer", None, "short", 0.1)
    start = time.monotonic()
    for _ in range(CAPACITY + 500):
        journal.add(row)
    taken = time.monotonic() - start
    SlowDatabase.follows.set()
    assert taken < 30, "nobody waited for it"


def test_a_broken_disk_does_not_end_the_journal(tmp_path: Path):
    class Broken(SlowDatabase):
        def add(self, rows: list[Row]) -> None:
            raise OSError

    journal = Journal(Broken)
    for _ in range(2):
        journal.add(Turn("a" * 32, "page", "texte", "answer", None, "short", 0.1))
        journal.flush()
    journal.close()


def test_what_is_queued_is_written_before_the_end(data: Path):
    data.mkdir()
    journal = Journal(lambda: SqliteDatabase(data / "journal.db"))
    for _ in range(500):
        journal.add(Turn("a" * 32, "page", "texte", "answer", None, "short", 0.1))
    journal.close()
    assert len(SqliteDatabase(data / "journal.db").rows("SELECT 1 FROM turns")) == 500


@pytest.mark.parametrize("seconds", [0.002, 0.03, 0.2, 1.0, 7.5, 30.0])
def test_a_class_of_durations_is_right_to_one_part_in_eight(seconds: float):
    assert seconds <= bucket_seconds(bucket(seconds)) * 1.0001 <= seconds * 1.13


def test_likeness_forgets_case_accents_and_shorthand():
    assert likeness("Où est mon n° étranger svp ?") == likeness("ou est mon numero etranger s'il vous plait ?")
    assert likeness("payer le timbre") != likeness("rembourser le timbre")
