"""Conversations of the public API: who may speak in them, what was said, until when."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

REPLAYS = 50


@dataclass
class Said:
    """One message of the thread: what the dialogue said (`turn`, see bot.turn), or the person's masked words."""

    id: str
    turn: dict[str, Any] | None = None
    person: str | None = None
    buttons: dict[str, str] = field(default_factory=dict)
    """Opaque id → payload for Rasa, in the order of the turn's buttons."""


@dataclass
class Conversation:
    id: str
    sender: str
    surface: str
    language: str
    site: str | None
    token_hash: bytes
    started: float
    last_seen: float
    thread: list[Said] = field(default_factory=list)
    replies: OrderedDict[str, list[Said]] = field(default_factory=OrderedDict)
    """message_id → what was answered, so that a repeat costs no second turn."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    turns: int = 0
    end_user: str = ""
    """Who is counted at the ANEF interface: a keyed hash, see `Conversations.end_user`."""

    def remember(self, message_id: str, reply: list[Said]) -> None:
        self.replies[message_id] = reply
        while len(self.replies) > REPLAYS:
            self.replies.popitem(last=False)

    def said(self, message_id: str) -> Said | None:
        return next((said for said in self.thread if said.id == message_id), None)

    def payload(self, button_id: str) -> tuple[Said, str] | None:
        """The message a button belongs to, and what it sends."""
        for said in reversed(self.thread):
            if button_id in said.buttons:
                return said, said.buttons[button_id]
        return None

    def last_question(self) -> Said | None:
        return next((said for said in reversed(self.thread) if said.turn and said.buttons), None)


class Conversations:
    """Conversations in this process. A wrong token and an unknown id are told apart by nobody."""

    def __init__(
        self, server_key: str, idle: float, life: float, clock: Callable[[], float] = time.time, capacity: int = 20_000
    ) -> None:
        """`idle` and `life` in seconds."""
        self._key, self._idle, self._life = server_key.encode(), idle, life
        self._clock, self._capacity = clock, capacity
        self._all: OrderedDict[str, Conversation] = OrderedDict()

    def start(self, surface: str, language: str, site: str | None) -> tuple[Conversation, str]:
        """A new conversation and its bearer token, which is kept as a hash only."""
        self._sweep()
        token, id_ = secrets.token_urlsafe(32), secrets.token_hex(16)
        sender = hmac.new(self._key, id_.encode(), hashlib.sha256).hexdigest()
        now = self._clock()
        conversation = Conversation(id_, sender, surface, language, site, _hash(token), now, now)
        self._all[id_] = conversation
        return conversation, token

    def find(self, id_: str, token: str) -> Conversation | None:
        conversation = self._all.get(id_)
        if conversation is None or self.expires(conversation) <= self._clock():
            return None
        return conversation if hmac.compare_digest(conversation.token_hash, _hash(token)) else None

    def end_user(self, conversation: Conversation, address: str) -> str:
        """A keyed hash of the caller's network; in a call centre many share one, so there it is the conversation's."""
        counted = conversation.id if conversation.surface == "console" else _network(address)
        return hmac.new(self._key, f"end-user {counted}".encode(), hashlib.sha256).hexdigest()

    def expires(self, conversation: Conversation) -> float:
        """Seconds since the epoch."""
        return min(conversation.last_seen + self._idle, conversation.started + self._life)

    def touch(self, conversation: Conversation) -> None:
        conversation.last_seen = self._clock()

    def forget(self, conversation: Conversation) -> None:
        self._all.pop(conversation.id, None)

    def with_sender(self, sender: str) -> Conversation | None:
        return next((conversation for conversation in self._all.values() if conversation.sender == sender), None)

    def _sweep(self) -> None:
        now = self._clock()
        for ended in [c for c in self._all.values() if self.expires(c) <= now]:
            del self._all[ended.id]
        while len(self._all) >= self._capacity:
            self._all.popitem(last=False)


def _network(address: str) -> str:
    """What one subscriber holds: an IPv4 address, an IPv6 /56; anything else stands for itself."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip), 56), strict=False))
    return str(ip)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
