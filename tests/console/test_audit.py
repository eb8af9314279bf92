"""The audit trail: whole, ordered, without content; any change is found; look-ups have a reason and an allowance."""

from __future__ import annotations

import json
import multiprocessing
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from console import audit as audit_module
from console.audit import Audit, Broken
from console.quota import Allowance, Lookups
from gateway.problems import Problem

KEY = b"k" * 32


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return Audit(tmp_path / "audit", KEY)


@pytest.fixture
def three_days(tmp_path: Path, audit: Audit) -> list[Path]:
    """Three acts on each of three days."""
    for day in (1, 2, 3):
        with time_machine.travel(f"2026-05-0{day}T10:00:00Z"):
            for reason in ("etape", "document", "compte"):
                audit.record("agent-3", "lookup", "status", reason, "appel-118")
    return sorted((tmp_path / "audit").glob("*.jsonl"))


def test_an_act_says_who_what_kind_why_when_and_nothing_more(audit: Audit, three_days: list[Path]):
    written = json.loads(three_days[0].read_text().splitlines()[0])
    assert set(written) == {"number", "at", *audit_module.FIELDS, "previous", "hash"}
    assert (written["actor"], written["kind"], written["reason"]) == ("agent-3", "status", "etape")
    assert three_days[0].stat().st_mode & 0o077 == 0


def test_a_field_has_no_room_for_content(audit: Audit):
    with pytest.raises(ValueError):
        audit.record("agent-3", "lookup", "status", "Le titre est disponible. " * 4)


def test_an_untouched_trail_is_whole(audit: Audit, three_days: list[Path]):
    assert audit.verify() == 9


@pytest.mark.parametrize("day", [0, 1, 2])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_changed_line_is_found(audit: Audit, three_days: list[Path], day: int, number: int):
    lines = three_days[day].read_text().splitlines()
    lines[number] = lines[number].replace("agent-3", "agent-4")
    three_days[day].write_text("\n".join(lines) + "\n")
    with pytest.raises(Broken):
        audit.verify()


@pytest.mark.parametrize("day", [0, 1, 2])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_missing_line_is_found_even_the_last(audit: Audit, three_days: list[Path], day: int, number: int):
    lines = three_days[day].read_text().splitlines()
    del lines[number]
    three_days[day].write_text("".join(line + "\n" for line in lines))
    with pytest.raises(Broken):
        audit.verify()


def test_a_missing_day_is_found(audit: Audit, three_days: list[Path]):
    for path in three_days:
        kept = path.read_bytes()
        path.unlink()
        with pytest.raises(Broken):
            audit.verify()
        path.write_bytes(kept)


def test_a_line_made_without_the_key_is_found(audit: Audit, three_days: list[Path], tmp_path: Path):
    Audit(tmp_path / "audit", b"another key").record("agent-3", "lookup", "status", "etape")
    with pytest.raises(Broken):
        audit.verify()


def test_days_past_their_time_go_and_the_rest_still_holds(audit: Audit, three_days: list[Path]):
    assert audit.prune(date(2026, 5, 3)) == 6
    assert not three_days[0].exists()
    assert [line.action for line in audit.lines()] == ["lookup"] * 3 + ["pruned"]
    assert audit.verify() == 4
    assert audit.prune(date(2026, 5, 3)) == 0


def test_days_taken_away_by_hand_are_not_taken_for_retention(audit: Audit, three_days: list[Path]):
    audit.prune(date(2026, 5, 2))
    three_days[1].unlink()
    with pytest.raises(Broken):
        audit.verify()


def test_the_trail_never_loses_today(audit: Audit):
    audit.record("agent-3", "lookup", "status", "etape")
    assert audit.prune(date.today() + timedelta(days=10)) == 0
    assert audit.verify() == 1


def _write(directory: Path, actor: str) -> None:
    own = Audit(directory, KEY)
    for _ in range(20):
        own.record(actor, "lookup", "status", "etape")


def test_several_processes_write_one_chain(audit: Audit, tmp_path: Path):
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(tmp_path / "audit", f"agent-{i}")) for i in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert audit.verify() == 40


def test_the_command_says_whole_or_where_it_breaks(
    three_days: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv(audit_module.KEY_VARIABLE, KEY.decode())
    command = ["verify", "--directory", str(tmp_path / "audit")]
    assert audit_module.main(command) == 0
    assert "9 ligne(s)" in capsys.readouterr().out
    three_days[1].write_text(three_days[1].read_text().replace("document", "etape", 1))
    assert audit_module.main(command) == 1
    assert "ligne 5" in capsys.readouterr().err


def test_a_lookup_without_reason_is_refused_and_recorded(audit: Audit):
    with pytest.raises(Problem) as refused:
        Lookups(audit).make("agent-3", "status", "")
    assert (refused.value.status, refused.value.code) == (422, "console-reason")
    assert [(line.action, line.kind) for line in audit.lines()] == [("refused", "console-reason")]


def test_many_lookups_raise_an_alarm_then_are_refused(audit: Audit):
    lookups = Lookups(audit)
    refused = 0
    for _ in range(200):
        try:
            lookups.make("agent-3", "status", "etape")
        except Problem as problem:
            assert problem.code == "console-quota"
            refused += 1
    actions = [line.action for line in audit.lines()]
    assert (actions.count("lookup"), actions.count("alarm"), refused) == (20, 1, 180)
    lookups.make("agent-4", "status", "etape")


def test_a_restart_forgives_no_lookup(audit: Audit):
    few = (Allowance("hour", 3600, alarm=2, most=2),)
    for _ in range(2):
        Lookups(audit, few).make("agent-3", "status", "etape")
    with pytest.raises(Problem):
        Lookups(audit, few).make("agent-3", "status", "etape")
