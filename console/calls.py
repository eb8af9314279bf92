"""A caller's file: one at a time, opened for a reason and with the caller's consent, by a code that they read out.

The steps are those of the public look-up, on the same interface and with the same card. Number, token and card are in
the vault under the agent's session, for minutes; nothing of them is logged or audited.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from actions.anef import AnefClient, Outcome, Result, outcome
from actions.lookup_number import Defect, Identifier, read
from gateway.vault import Vault

Kind = Literal["status", "account"]
REASONS = ("suivi", "titre", "attestation", "complement", "compte", "reclamation")
CALL_SECONDS = 20 * 60
"""Past this a call that nobody ended is ended: an industry call takes six minutes."""
CARD_SECONDS = 600


class NoCall(Exception):
    """There is no such call, or its time is over."""


@dataclass
class Call:
    id: str
    owner: str
    """The handle of the agent's session."""
    kind: Kind
    until: float
    request: str | None = None
    """The access request, once a number was given."""
    cards: str | None = None
    """Reference of the cards in the vault."""


class Calls:
    """At most one call a session."""

    def __init__(self, anef: AnefClient, vault: Vault, clock: Callable[[], float] = time.monotonic) -> None:
        self._anef, self._vault, self._clock = anef, vault, clock
        self._by_owner: dict[str, Call] = {}

    def open(self, owner: str, kind: Kind) -> Call:
        """A new call; the one before, if nobody ended it, is ended."""
        self.end(owner)
        call = Call(secrets.token_urlsafe(12), owner, kind, self._clock() + CALL_SECONDS)
        self._by_owner[owner] = call
        return call

    def find(self, id_: str) -> Call:
        """The call, whoever's it is. Raises NoCall."""
        for call in self._by_owner.values():
            if secrets.compare_digest(call.id, id_):
                if call.until > self._clock():
                    return call
                self.end(call.owner)
                break
        raise NoCall

    def end(self, owner: str) -> None:
        """Nothing of the call is left."""
        self._by_owner.pop(owner, None)
        self._vault.forget(_vault_owner(owner))

    async def give_number(self, call: Call, raw: str, end_user: str) -> Result | Defect:
        """Have a code sent to the contact on file, if there is one. DONE says nothing about whether there is."""
        identifier = number(raw)
        if isinstance(identifier, Defect):
            return identifier
        request = self._anef.open_access_request(
            identifier.body(), call.kind, end_user=end_user, key=secrets.token_hex(32)
        )
        result = await outcome("open", request)
        if result.outcome is Outcome.DONE:
            call.request, call.cards = result.value, None
        return result

    async def give_code(self, call: Call, code: str) -> Result:
        """DONE when the code was right and the data came: the cards are then in the vault."""
        if call.request is None:
            return Result(Outcome.EXPIRED)
        confirmed = await outcome("confirm", self._anef.confirm(call.request, code, key=secrets.token_hex(32)))
        if confirmed.outcome is not Outcome.DONE:
            return confirmed
        read = self._anef.applications if call.kind == "status" else self._anef.account
        found = await outcome(call.kind, read(confirmed.value.value))
        if found.outcome is Outcome.DONE:
            held = _cards(call.kind, found.value)
            call.cards = self._vault.put(_vault_owner(call.owner), "cards", held, CARD_SECONDS)
        return found

    def cards(self, call: Call) -> list[dict[str, Any]]:
        """What `gateway.cards` shows, empty when there is nothing or no longer anything."""
        held = self._vault.get(_vault_owner(call.owner), call.cards) if call.cards else None
        return held or []


def number(raw: str) -> Identifier | Defect:
    """Ten digits are a numéro étranger, nine digits or « FRA » and nine are a visa's, as agents hear them."""
    digits = sum(char.isdigit() for char in raw)
    letters = any(char.isalpha() for char in raw)
    return read("numero-visa" if letters or digits == 9 else "numero-etranger", raw)


def _cards(kind: Kind, found: Any) -> list[dict[str, Any]]:
    if kind == "account":
        return [{"account": _plain(found)}]
    return [{"application": _plain(one)} for one in found] or [{"nothing": True}]


def _plain(data: Any) -> dict[str, Any]:
    """A dataclass as JSON: days become ISO text."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(data), default=str))
    return plain


def _vault_owner(owner: str) -> str:
    return f"console:{owner}"
