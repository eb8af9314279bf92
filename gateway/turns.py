"""One turn of a conversation: a person's words or button in, messages out. Never silent."""

from __future__ import annotations

import secrets
from typing import Any

import structlog

from bot import placeholders, turn
from bot.text import normalise
from gateway import masking
from gateway.conversations import Conversation, Said
from gateway.notices import Notices
from gateway.rasa_client import RasaClient, RasaUnavailable
from gateway.rendering import MalformedTurn, Renderer, received
from gateway.schemas import Message
from gateway.search import Search
from gateway.vault import Vault

log = structlog.get_logger()

_ENTRY_PAYLOAD = '/faq{"entry_id": "'
FALLBACK_RESULTS = 3


class Turns:
    """Carries turns to Rasa, and answers by search when Rasa cannot."""

    def __init__(
        self,
        rasa: RasaClient,
        renderer: Renderer,
        search: Search,
        vault: Vault,
        vault_seconds: float,
        most: int,
        notices: Notices,
    ) -> None:
        self._rasa, self._renderer, self._search = rasa, renderer, search
        self._vault, self._vault_seconds, self._most = vault, vault_seconds, most
        self._notices = notices

    def welcome(self, conversation: Conversation, frequent: list[str]) -> list[Message]:
        """The first message: a machine, what it can do, no password, where a person is."""
        first = turn.said(turn.SMALLTALK, "welcome.text", topic="greet", buttons=list(map(turn.entry_button, frequent)))
        return self.render(conversation, self._keep(conversation, [first]))

    async def text(self, conversation: Conversation, message_id: str, text: str) -> list[Message]:
        """A turn for `text`, which is already clean. Identifiers go to the vault, placeholders go on."""
        named = self._button_named(conversation, text)
        masked = masking.mask(text, lambda kind, value: self._hide(conversation, kind, value))
        conversation.thread.append(Said(secrets.token_hex(8), person=placeholders.unreferenced(masked)))
        return await self._turn(conversation, message_id, named or masked)

    async def button(self, conversation: Conversation, message_id: str, button_id: str) -> list[Message]:
        """A turn for a button of this conversation; an unknown or outdated one is answered without Rasa."""
        found = conversation.payload(button_id)
        if found is None or self._outdated(conversation, *found):
            return self._stale(conversation, message_id)
        said, payload = found
        title = self._renderer.title(said, button_id)
        conversation.thread.append(Said(secrets.token_hex(8), person=title))
        return await self._turn(conversation, message_id, payload)

    def replay(self, conversation: Conversation, message_id: str) -> list[Message] | None:
        reply = conversation.replies.get(message_id)
        return None if reply is None else self.render(conversation, reply)

    def render(self, conversation: Conversation, reply: list[Said]) -> list[Message]:
        return self._notices.beside([self._renderer.message(said, conversation.sender) for said in reply])

    async def _turn(self, conversation: Conversation, message_id: str, message: str) -> list[Message]:
        conversation.turns += 1
        if conversation.turns > self._most:
            return self._reply(conversation, message_id, [turn.said(turn.NOTICE, "notice.long_conversation")])
        metadata = {
            "language": conversation.language,
            "surface": conversation.surface,
            "end_user": conversation.end_user,
        }
        try:
            said = [received(m) for m in await self._rasa.turn(conversation.sender, message, metadata)]
            rendered = self.render(conversation, said)
        except (RasaUnavailable, MalformedTurn) as error:
            log.warning("turn.degraded", code=getattr(error, "code", "malformed"))
            return self.render(conversation, self._keep(conversation, self._degraded(message)))
        conversation.thread.extend(said)
        conversation.remember(message_id, said)
        return rendered

    def _button_named(self, conversation: Conversation, text: str) -> str | None:
        """The payload of the button whose title was typed instead of pressed, among those last shown."""
        last = conversation.last_question()
        if last is None or last is not conversation.thread[-1]:
            return None
        shown = self._renderer.message(last, conversation.sender).buttons
        return next((last.buttons[b.id] for b in shown if normalise(b.title) == normalise(text)), None)

    def _degraded(self, message: str) -> list[turn.Json]:
        """An apology with the phone number, and what search finds; an entry that was asked for by button is given.

        Not remembered under the message id: sending it again is a new try.
        """
        if message.startswith(_ENTRY_PAYLOAD):
            entry_id = message.removeprefix(_ENTRY_PAYLOAD).split('"')[0]
            return [turn.answer(entry_id, "", suggestions=[])]
        apology = turn.said(turn.NOTICE, "error.degraded")
        hits = [] if message.startswith("/") else self._search(placeholders.unreferenced(message), FALLBACK_RESULTS)
        found = [hit.entry.id for hit in hits]
        return [apology, turn.suggested(found, "suggestions.search")] if found else [apology]

    def _stale(self, conversation: Conversation, message_id: str) -> list[Message]:
        last = conversation.last_question()
        again = [last.turn] if last and last.turn else []
        return self._reply(conversation, message_id, [turn.said(turn.NOTICE, "button.stale"), *again])

    @staticmethod
    def _outdated(conversation: Conversation, said: Said, payload: str) -> bool:
        """A way to an entry or a look-up stays open; an answer to a question is only good while it is the last one."""
        lasting = payload.startswith(("/faq", "/lookup", "/follow_up"))
        return not lasting and said is not conversation.last_question()

    def _reply(self, conversation: Conversation, message_id: str, messages: list[turn.Json]) -> list[Message]:
        kept = self._keep(conversation, messages)
        conversation.remember(message_id, kept)
        return self.render(conversation, kept)

    @staticmethod
    def _keep(conversation: Conversation, messages: list[dict[str, Any]]) -> list[Said]:
        said = [received(message) for message in messages]
        conversation.thread.extend(said)
        return said

    def _hide(self, conversation: Conversation, kind: str, value: str) -> str:
        return self._vault.put(conversation.sender, kind, value, self._vault_seconds)
