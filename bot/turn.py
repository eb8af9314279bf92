"""What the dialogue says, before wording: messages that name texts, from the actions to the gateway.

The shape is fixed by `docs/contracts/turn.schema.json`. A message carries keys of `bot/strings/` or ids of `faq/`,
never a sentence: Rasa's tracker holds these, so that a change of wording needs no training and reaches old threads.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

# Kinds of message, as the public API names them.
ANSWER = "answer"
QUESTION = "question"
SUGGESTIONS = "suggestions"
LOOKUP = "lookup"
SMALLTALK = "smalltalk"
OUT_OF_SCOPE = "out_of_scope"
NOT_UNDERSTOOD = "not_understood"
NOTICE = "notice"

Json = dict[str, Any]


def payload(intent: str, **entities: Any) -> str:
    """What a button sends into Rasa: the intent with its entities. Only buttons may send this."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"


def button(intent: str, *, key: str | None = None, entry: str | None = None, **entities: Any) -> Json:
    """A button named by a string (`key`) or by the title of an entry."""
    named = {"key": key} if key else {"entry": entry}
    return {**named, "payload": payload(intent, **entities)}


def entry_button(entry: str) -> Json:
    return button("faq", entry=entry, **{"entry_id": entry})


def said(kind: str, key: str, *, topic: str | None = None, buttons: list[Json] | None = None, **params: Any) -> Json:
    """A message made of one string, with the values that stand in it."""
    return {"kind": kind, "topic": topic, "key": key, "params": params, "buttons": buttons or []}


def worked_out(answered: Json, key: str, **params: Any) -> Json:
    """`answered` (an entry's case) with what was worked out for this person said above it."""
    return {**answered, "key": key, "params": params}


def answer(
    entry: str, title: str, *, part: str = "short", buttons: list[Json] | None = None, suggestions: Sequence[str] = ()
) -> Json:
    """An entry given as the reply. `part`: short, full or the name of a case. The title is for `rasa shell`."""
    return {
        "kind": ANSWER,
        "topic": entry,
        "entry": entry,
        "title": title,
        "part": part,
        "buttons": [*(buttons or []), *map(entry_button, suggestions)],
        "suggestions": list(suggestions),
    }


def suggested(ids: list[str], key: str, **params: Any) -> Json:
    """Up to three things to choose from, and « aucune »."""
    choices = [entry_button(i) if i not in LOOKUP_BUTTONS else LOOKUP_BUTTONS[i] for i in ids]
    none = button("none_of_these", key="button.none_of_these")
    message = said(SUGGESTIONS, key, buttons=[*choices, none], **params)
    return {**message, "suggestions": list(ids)}


LOOKUP_BUTTONS = {
    "status": button("lookup_status", key="button.lookup_status"),
    "account": button("lookup_account", key="button.lookup_account"),
}
