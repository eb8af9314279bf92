"""What the private listener publishes for Prometheus. Names and classes only: no text, no identifier, no address."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

TURNS = Counter("anef_turns_total", "Turns answered, by surface and kind of the answer", ["surface", "kind"])
ANSWERS = Counter("anef_answers_total", "Entries given as an answer", ["entry"])
LOOKUPS = Counter("anef_lookup_messages_total", "Messages of look-ups", ["topic"])
DEGRADED = Counter("anef_turns_degraded_total", "Turns answered without the dialogue")
SECONDS = Histogram(
    "anef_turn_seconds",
    "Time to answer a turn",
    buckets=(0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 8.0, 12.0),
)
FEEDBACK = Counter("anef_feedback_total", "Judgements of answers", ["entry", "useful", "reason"])
CONVERSATIONS = Counter("anef_conversations_total", "Conversations begun", ["surface"])
REFUSED = Counter("anef_refused_total", "Requests answered by a problem", ["code"])
ERASURES = Counter("anef_erasures_total", "Conversations erased on demand")
JOURNAL_LOST = Counter("anef_journal_rows_lost_total", "Rows that could not be written to the journal")
SWITCHED_OFF = Gauge("anef_switched_off", "1 while the assistant is switched off")
