"""What the dialogue said, in words: the messages of `bot.turn` become messages of the public API."""

from __future__ import annotations

import secrets
from typing import Any

from bot import turn
from bot.faq import Entry, Faq
from gateway.cards import Cards
from gateway.conversations import Said
from gateway.schemas import Answer, Button, Link, Message, Source
from gateway.texts import Texts
from gateway.vault import Vault


class MalformedTurn(ValueError):
    """A message names a string, an entry or a part that does not exist."""


def received(said: dict[str, Any]) -> Said:
    """A message of the dialogue as the thread keeps it: with opaque ids in place of its payloads."""
    buttons = {secrets.token_urlsafe(12): button["payload"] for button in said.get("buttons") or []}
    return Said(secrets.token_hex(8), turn=said, buttons=buttons)


class Renderer:
    """Renders by id at each reading, so that a thread shown again has the wording of today."""

    def __init__(self, texts: Texts, vault: Vault) -> None:
        self._texts, self._faq, self._vault, self._cards = texts, texts.faq, vault, Cards(texts)

    def message(self, said: Said, owner: str) -> Message:
        """Raises MalformedTurn. `owner` is the sender id whose cards may be shown."""
        if said.turn is None:
            return _message(said, "person", text=said.person or "")
        try:
            return self._from_turn(said, said.turn, owner)
        except (KeyError, TypeError) as error:
            raise MalformedTurn(type(error).__name__) from None

    def _from_turn(self, said: Said, spoken: dict[str, Any], owner: str) -> Message:
        if spoken.get("card"):
            return self._card(said, spoken, self._vault.get(owner, spoken["card"]))
        entry = self._faq.entries[spoken["entry"]] if spoken.get("entry") else None
        return _message(
            said,
            spoken["kind"],
            topic=spoken.get("topic"),
            text=self._text(spoken, entry),
            buttons=self._buttons(said, spoken),
            answer=answer_of(entry, self._faq) if entry and spoken["kind"] == turn.ANSWER else None,
            suggestions=spoken.get("suggestions") or None,
            field=self._field(spoken),
        )

    def _card(self, said: Said, spoken: dict[str, Any], held: Any | None) -> Message:
        """A card's words and suggestions come from the vault as its matter does: the dialogue knows a reference."""
        shown = self._cards.show(held)
        return _message(
            said,
            spoken["kind"],
            topic=spoken.get("topic"),
            text=shown.text,
            buttons=self._buttons(said, spoken) if shown.asks else [],
            suggestions=shown.entries or None,
            card=shown.card,
        )

    def title(self, said: Said, button_id: str) -> str:
        """What a button of `said` is called, also one that is no longer shown."""
        return next(b.title for b in self._buttons(said, said.turn or {}) if b.id == button_id)

    def _text(self, spoken: dict[str, Any], entry: Entry | None) -> str:
        """The string that is named, then the part of the entry that is named."""
        if not (spoken.get("key") or entry):
            raise KeyError("key")
        said = [self._texts.markdown(spoken["key"], **spoken.get("params") or {})] if spoken.get("key") else []
        given = [self._faq.expand(part_of(entry, spoken["part"]))] if entry else []
        return "\n\n".join([*said, *given])

    def _buttons(self, said: Said, spoken: dict[str, Any]) -> list[Button]:
        return [
            Button(id=id_, title=self._title(button))
            for id_, button in zip(said.buttons, spoken.get("buttons") or [], strict=True)
        ]

    def _title(self, button: dict[str, Any]) -> str:
        if button.get("entry"):
            return self._faq.entries[button["entry"]].title
        return self._texts.plain(button["key"])

    def _field(self, spoken: dict[str, Any]) -> dict[str, str] | None:
        type_ = spoken.get("field")
        if not type_:
            return None
        return {
            "type": type_,
            "label": self._texts.plain(f"field.{type_}.label"),
            "hint": self._texts.plain(f"field.{type_}.hint"),
        }


def part_of(entry: Entry, part: str) -> str:
    """The text of an entry's part: « short », « full » or the name of a case. Raises KeyError."""
    fixed = {"short": entry.french.short, "full": entry.french.full}
    return fixed[part] if part in fixed else entry.french.cases[part]


def answer_of(entry: Entry, faq: Faq) -> Answer:
    written = f"{entry.french.short}\n{entry.french.full}"
    return Answer(
        id=entry.id,
        title=entry.title,
        version=entry.version,
        sources=sources_of(entry),
        links=[Link(text=address.text, url=address.url or "") for address in faq.links(written)],
    )


def sources_of(entry: Entry) -> list[Source]:
    return [Source(document=s.document, section=s.section, checked_on=entry.checked_on) for s in entry.sources]


def _message(said: Said, kind: str, *, text: str, topic: str | None = None, **rest: Any) -> Message:
    shape: dict[str, Any] = {"buttons": [], "answer": None, "suggestions": None, "card": None, **rest}
    language = (said.turn or {}).get("language", "fr")
    return Message(id=said.id, kind=kind, topic=topic, language=language, text=text, **shape)
