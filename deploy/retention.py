"""Retention and erasure, as commands.

    python -m deploy.retention purge              # every day, beside the running assistant
    python -m deploy.retention erase CONVERSATION # a person asks for it, by the id of the conversation

Conversations 30 days (journal and Rasa's tracker), feedback without text after that, for 12 months, audit 12 months.
Counts by day point to nobody and stay. Each purge leaves a report, `retention/<day>.json` in the data directory, and
prints it: numbers only.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from console.audit import Audit
from gateway.erasure import REQUESTS, SqliteTrackers, Trackers
from gateway.journal_database import JOURNAL_FILE, SqliteDatabase
from gateway.keys import server_key

DAY = 86_400.0
REPORTS = "retention"


class Durations(BaseSettings):
    """How long things are kept, and where. Each is read from `ANEF_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="ANEF_", extra="ignore")

    conversation_days: int = Field(30, description="Texts and trackers of conversations")
    feedback_days: int = Field(365, description="Feedback and agents' reports, without text after conversation_days")
    audit_days: int = Field(365, description="Lines of the audit trail, whole days")
    data_dir: Path = Field(Path(".run"), description="Journal, audit trail, keys")
    tracker_db: Path | None = Field(None, description="Rasa's SQLite file; tracker.db of the data directory by default")
    server_key: str = Field("", description="Makes sender ids; kept in the data directory when it is not given")

    @property
    def trackers(self) -> Trackers:
        return SqliteTrackers(self.tracker_db or self.data_dir / "tracker.db")


def purge(durations: Durations, now: float | None = None) -> dict[str, Any]:
    """Take away what is past its time. Returns the report: what went, from before when, and what is left."""
    now = time.time() if now is None else now
    texts = now - durations.conversation_days * DAY
    journal = SqliteDatabase(durations.data_dir / JOURNAL_FILE)
    audit_before = (datetime.fromtimestamp(now, UTC) - timedelta(days=durations.audit_days)).date()
    try:
        report = {
            "at": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
            "conversations_before": datetime.fromtimestamp(texts, UTC).isoformat(timespec="seconds"),
            "gone": {
                **journal.purge(texts, now - durations.feedback_days * DAY),
                "tracker_events": durations.trackers.purge(texts),
                "audit_lines": _prune(durations.data_dir / "audit", audit_before),
                "retention_reports": _old_reports(durations.data_dir / REPORTS, audit_before),
            },
            "left": {
                table: journal.rows(f"SELECT COUNT(*), MIN(at) FROM {table}")[0][0] for table in ("turns", "feedback")
            },
        }
    finally:
        journal.close()
    _keep(report, durations.data_dir / REPORTS)
    return report


def erase(durations: Durations, conversation: str) -> dict[str, int]:
    """Everything of one conversation. A running gateway forgets it within five seconds, memory included."""
    key = durations.server_key or server_key(durations.data_dir)
    sender = hmac.new(key.encode(), conversation.encode(), hashlib.sha256).hexdigest()
    requests = durations.data_dir / REQUESTS
    requests.mkdir(parents=True, exist_ok=True, mode=0o700)
    (requests / sender).touch()
    journal = SqliteDatabase(durations.data_dir / JOURNAL_FILE)
    try:
        return {"journal_rows": journal.erase(sender), "tracker_events": durations.trackers.forget(sender)}
    finally:
        journal.close()


def _prune(directory: Path, before: date) -> int:
    return Audit(directory).prune(before) if directory.is_dir() else 0


def _old_reports(folder: Path, before: date) -> int:
    old = [path for path in folder.glob("*.json") if path.stem[:10] < before.isoformat()]
    for path in old:
        path.unlink()
    return len(old)


def _keep(report: dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{report['at'][:10]}.json").write_text(json.dumps(report, indent=1) + "\n")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.retention", description="Durées de conservation, effacement."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("purge", help="enlève ce qui a fait son temps et écrit un rapport")
    commands.add_parser("erase", help="efface une conversation").add_argument("conversation")
    given = parser.parse_args(arguments)
    durations = Durations()
    if not durations.data_dir.is_dir():
        print(f"Pas de données dans {durations.data_dir}.", file=sys.stderr)
        return 2
    done = purge(durations) if given.command == "purge" else erase(durations, given.conversation)
    print(json.dumps(done, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
