"""Labels, the names of meanings: `intent` or `intent/detail` (see docs/labels.md)."""

from __future__ import annotations

from typing import Any, Text

from rasa.shared.nlu.training_data.message import Message

# Under this key the components below leave what they found, for the next one and for the actions:
# {"ranking": [{"label", "confidence"}], "mass": {intent: confidence}, "agreed": whether both models put the first label
# first, "second_opinion": [{"label", "score"}], "decision": "..."}
UNDERSTANDING = "understanding"
# Intents that end in an answer about the person's affairs: being wrong there does harm.
ANSWERS = ("faq", "lookup_status", "lookup_account")


def base(label: Text) -> Text:
    """The Rasa intent of a label: « faq/timbre-paiement » → « faq »."""
    return label.split("/", 1)[0]


def note(message: Message, **findings: Any) -> None:
    """Add findings to what is understood of `message`; they go out with the parse data."""
    message.set(UNDERSTANDING, {**message.get(UNDERSTANDING, {}), **findings}, add_to_output=True)
