"""The way to a person's data: number, access request, code, token, card. Everything of it stays in the vault.

Slots hold references only, and no right comes from them: what a reference leads to belongs to one conversation, and
the interface checks the token each time.
"""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker

from actions import lookup_number
from actions.anef import AnefClient, Outcome, Result, outcome
from actions.vault import VaultClient
from bot.placeholders import Placeholder

NUMBER_SECONDS = 600
REQUEST_SECONDS = 600  # as long as a code is good
TOKEN_SECONDS = 280  # the interface gives it 300
CARD_SECONDS = 120  # for a message that is sent again and a page that is read again
STATUS, ACCOUNT = "status", "account"


class Access:
    def __init__(self, anef: AnefClient, vault: VaultClient) -> None:
        self._anef, self._vault = anef, vault

    async def value(self, tracker: Tracker, found: Placeholder) -> str:
        """What the person wrote in place of `found`; empty when the vault no longer has it."""
        held = await self._vault.get(tracker.sender_id, found.reference)
        return held if isinstance(held, str) else ""

    async def keep_number(self, tracker: Tracker, found: Placeholder) -> str | lookup_number.Defect:
        """A reference to the number behind `found`, made ready for the interface, or what is wrong with it."""
        read = lookup_number.read(found.type, await self.value(tracker, found))
        if isinstance(read, lookup_number.Defect):
            return read
        return await self._vault.put(tracker.sender_id, "number", {"number": read.body()}, NUMBER_SECONDS)

    async def renew_number(self, tracker: Tracker, reference: Any) -> str | None:
        """Another reference to the same number: a new one opens a new access request. None when it is gone."""
        number = await self._held(tracker, reference, "number")
        if number is None:
            return None
        return await self._vault.put(tracker.sender_id, "number", {"number": number}, NUMBER_SECONDS)

    async def is_open(self, tracker: Tracker, request: Any, number: Any, purpose: str) -> bool:
        """Whether an access request is under way for this number and purpose."""
        held = await self._held(tracker, request, "request")
        return bool(held and held["number"] == number and held["purpose"] == purpose)

    async def open(self, tracker: Tracker, number: Any, purpose: str) -> Result:
        """DONE with a reference to the request, EXPIRED when the number is gone, or as the interface says."""
        identifier = await self._held(tracker, number, "number")
        if identifier is None:
            return Result(Outcome.EXPIRED)
        key = _key("open", number, purpose)
        opening = self._anef.open_access_request(identifier, purpose, end_user=end_user(tracker), key=key)
        result = await outcome("open", opening)
        if result.outcome is not Outcome.DONE:
            return result
        value = {"request": {"id": result.value, "number": number, "purpose": purpose}}
        return Result(Outcome.DONE, await self._vault.put(tracker.sender_id, "request", value, REQUEST_SECONDS))

    async def confirm(self, tracker: Tracker, request: Any, code: str) -> Result:
        """DONE with a reference to the token. The same code again is the same attempt."""
        held = await self._held(tracker, request, "request")
        if held is None:
            return Result(Outcome.EXPIRED)
        result = await outcome("confirm", self._anef.confirm(held["id"], code, key=_key(held["id"], code)))
        if result.outcome is not Outcome.DONE:
            return result
        value = {"token": {"value": result.value.value, "purpose": held["purpose"]}}
        return Result(Outcome.DONE, await self._vault.put(tracker.sender_id, "token", value, TOKEN_SECONDS))

    async def is_verified(self, tracker: Tracker, token: Any, purpose: str) -> bool:
        """Whether a token for this purpose is still there. For wording: the interface decides what it opens."""
        held = await self._held(tracker, token, "token")
        return bool(held and held["purpose"] == purpose)

    async def cards(self, tracker: Tracker, token: Any, purpose: str) -> Result:
        """DONE with references to cards: one an application, one that says there is none, or one for the account."""
        held = await self._held(tracker, token, "token")
        if held is None or held["purpose"] != purpose:
            return Result(Outcome.EXPIRED)
        if purpose == STATUS:
            result = await outcome("applications", self._anef.applications(held["value"]))
            found = result.value if result.outcome is Outcome.DONE else []
            data = [{"application": _plain(one)} for one in found] or [{"nothing": True}]
        else:
            result = await outcome("account", self._anef.account(held["value"]))
            data = [{"account": _plain(result.value)}] if result.outcome is Outcome.DONE else []
        if result.outcome is not Outcome.DONE:
            return result
        references = [await self._vault.put(tracker.sender_id, "card", one, CARD_SECONDS) for one in data]
        return Result(Outcome.DONE, references)

    async def reset_password(self, tracker: Tracker, number: Any) -> Result:
        """Have the reset e-mail sent, if there is an account to send it to."""
        identifier = await self._held(tracker, number, "number")
        if identifier is None:
            return Result(Outcome.EXPIRED)
        key = _key("reset", number)
        return await outcome("reset", self._anef.reset_password(identifier, end_user=end_user(tracker), key=key))

    async def _held(self, tracker: Tracker, reference: Any, kind: str) -> Any | None:
        """What this conversation keeps under `reference`, if it is of that kind."""
        value = await self._vault.get(tracker.sender_id, reference)
        return value.get(kind) if isinstance(value, dict) else None


@lru_cache(maxsize=1)
def access() -> Access:
    """The one of this process, from its environment."""
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # at INFO it writes addresses, and one holds a request's id
    settings = (os.environ.get(name, "") for name in ("ANEF_API_URL", "ANEF_API_CLIENT_ID", "ANEF_API_CLIENT_SECRET"))
    vault = VaultClient(os.environ.get("ANEF_VAULT_URL", ""), os.environ.get("ANEF_VAULT_SECRET", ""))
    return Access(AnefClient(*settings), vault)


def end_user(tracker: Tracker) -> str:
    """Who is counted at the interface: the gateway's key for the caller, never anything a person can write."""
    given = (tracker.latest_message.get("metadata") or {}).get("end_user")
    return given if isinstance(given, str) and given else tracker.sender_id


def _key(*parts: str) -> str:
    """An idempotency key: the same for the same intended effect, so that a turn tried again has none of its own."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _plain(data: Any) -> dict[str, Any]:
    """A dataclass as JSON: days become ISO text."""
    return {name: _json(value) for name, value in asdict(data).items()}


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _json(inner) for name, inner in value.items()}
    return [_json(inner) for inner in value] if isinstance(value, list) else value
