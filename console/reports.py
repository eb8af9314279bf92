"""What agents report: a wrong answer, or a missing one. Masked as a visitor's words are: a caller may be in it."""

from __future__ import annotations

from typing import Literal

from bot.faq import Faq
from gateway import masking, sanitize
from gateway.journal import Journal
from gateway.journal_database import Report

Sort = Literal["wrong", "missing"]
LONGEST = 1000


def report(journal: Journal, faq: Faq, actor: str, sort: Sort, entry: str | None, text: str) -> None:
    """Queue a report for the inbox. Without words it says the title of the entry. Raises ValueError when it is about
    nothing or too long, sanitize.Refused when it is not text."""
    cleaned = masking.mask(sanitize.clean(text), lambda kind, value: "")
    about = faq.entries.get(entry or "")
    words = cleaned or (about.title if about else "")
    if not words or len(words) > LONGEST:
        raise ValueError("a report needs an entry or some words")
    journal.add(Report(actor, sort, about.id if about else None, about.version if about else None, words))
