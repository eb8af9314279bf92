"""What is remembered of each turn, for figures and for editors: counters, and rows of the journal."""

from __future__ import annotations

from gateway import metrics
from gateway.conversations import Conversation, Said
from gateway.journal import Journal
from gateway.journal_database import Feedback, Turn
from gateway.schemas import Message, NewFeedback
from gateway.texts import Texts

LOOKUP, NOTICE = "lookup", "notice"
NONE_OF_THESE = "not_understood.none_of_these"
"""The reply to « aucune »: the question is what was asked before it."""


class Record:
    def __init__(self, journal: Journal, texts: Texts) -> None:
        self._journal, self._faq = journal, texts.faq

    def turn(self, conversation: Conversation, reply: list[Message], seconds: float) -> None:
        """One turn, `seconds` long. Of a look-up the words are not kept, only that there was one."""
        first = next((message for message in reply if message.kind != NOTICE), reply[0])
        metrics.TURNS.labels(conversation.surface, first.kind).inc()
        metrics.SECONDS.observe(seconds)
        for message in reply:
            if message.answer:
                metrics.ANSWERS.labels(message.answer.id).inc()
            elif message.kind == LOOKUP:
                metrics.LOOKUPS.labels(message.topic or "").inc()
        decision = _decision(conversation.said(reply[0].id))
        if decision == "error.degraded":
            metrics.DEGRADED.inc()
        back = 2 if decision == NONE_OF_THESE else 1
        text = None if first.kind == LOOKUP else _words_before(conversation, reply[0].id, back)
        self._journal.add(
            Turn(conversation.sender, conversation.surface, text, first.kind, first.topic, decision, seconds)
        )

    def feedback(self, conversation: Conversation, said: Said, given: NewFeedback) -> None:
        """A judgement, with the entry and the version it is about."""
        assert said.turn is not None
        entry = self._faq.entries.get(said.turn.get("entry") or "")
        about, version = (entry.id, entry.version) if entry else (None, None)
        kind = said.turn["kind"]
        metrics.FEEDBACK.labels(about or "", str(given.useful).lower(), given.reason or "").inc()
        text = None if kind == LOOKUP else _words_before(conversation, said.id)
        self._journal.add(
            Feedback(conversation.sender, said.id, about, version, kind, given.useful, given.reason, text)
        )


def _decision(said: Said | None) -> str:
    """The string that was said, or the part of the entry."""
    spoken = said.turn if said and said.turn else {}
    return str(spoken.get("key") or spoken.get("part") or "")


def _words_before(conversation: Conversation, message: str, back: int = 1) -> str | None:
    """The person's words before `message`, masked as the thread holds them: the last, or `back` from the last. The
    title of a button counts as words: it is what was asked."""
    words: list[str] = []
    for said in conversation.thread:
        if said.id == message:
            break
        words += [said.person] if said.person else []
    return words[-back] if len(words) >= back else None
