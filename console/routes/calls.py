"""Caller mode: consent and reason, number, code, card. Each step is the agent's own, and audited."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field, StringConstraints

from actions.anef import Outcome, Result
from actions.lookup_number import Defect
from console.calls import REASONS, Call, Kind, NoCall
from console.masked import masked_card, masked_text
from console.sessions import Session, refusal, require_action
from gateway.problems import Problem
from gateway.schemas import Strict

if TYPE_CHECKING:
    from console.app import Console

router = APIRouter(prefix="/console/api/call")
Agent = Annotated[Session, Depends(require_action("agent"))]
CallId = Annotated[str, StringConstraints(max_length=40)]
REFUSED = {
    Outcome.NO_MORE_CODES: (410, "call-no-more-codes"),
    Outcome.EXPIRED: (410, "call-expired"),
    Outcome.TOO_OFTEN: (429, "call-too-often"),
    Outcome.UNAVAILABLE: (503, "call-unavailable"),
}


class NewCall(Strict):
    """`reason` from the list; `reference` of the call in the centre's own tool, if it has one."""

    kind: Kind
    reason: Annotated[str, StringConstraints(max_length=20)] = ""
    consent: bool = False
    reference: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{0,20}$")] = ""


class Number(Strict):
    call: CallId
    number: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Code(Strict):
    call: CallId
    code: Annotated[str, StringConstraints(max_length=20)]


class Named(Strict):
    call: CallId


class Shown(Strict):
    """A card as the public page has it, or the words that stand for one."""

    text: str
    card: dict[str, Any] | None = Field(None, description="As Message.card of the public API")


@router.post("", status_code=201)
async def open_call(request: Request, body: NewCall, session: Agent) -> dict[str, str]:
    """Refused and recorded: without the caller's consent, without a reason, beyond the agent's allowance."""
    console = _console(request)
    if not body.consent:
        raise refusal(request, 422, "console-consent", session.actor)
    reason = body.reason if body.reason in REASONS else ""
    console.lookups.make(session.actor, body.kind, reason, body.reference)
    return {"call": console.calls.open(session.handle, body.kind).id}


@router.post("/number")
async def give_number(request: Request, body: Number, session: Agent) -> dict[str, bool]:
    """`sent` is true for every number, known or not."""
    console, call = _console(request), _own(request, body.call, session)
    result = await console.calls.give_number(call, body.number, _end_user(console, session))
    if isinstance(result, Defect):
        code = f"call-number-{result.key}"
        known = f"problem.{code}" in console.texts
        raise Problem(422, code if known else "call-number-unreadable", digits=result.digits)
    _only_done(result)
    return {"sent": True}


@router.post("/code")
async def give_code(request: Request, body: Code, session: Agent) -> dict[str, list[Shown]]:
    """The masked cards, when the code is the one that the person received."""
    console, call = _console(request), _own(request, body.call, session)
    code = "".join(char for char in body.code if char in "0123456789")
    if len(code) != 6:
        raise Problem(422, "call-code-digits")
    result = await console.calls.give_code(call, code)
    if result.outcome is not Outcome.DONE:
        console.audit.record(session.actor, "refused", f"call-{result.outcome.value}")
    _only_done(result)
    console.audit.record(session.actor, "shown-masked", call.kind)
    title = console.texts.plain("call.masked_title")
    return {
        "cards": [
            Shown(text=masked_text(shown.text), card=masked_card(shown.card, title)) for shown in _shown(console, call)
        ]
    }


@router.post("/reveal")
async def reveal(request: Request, body: Named, session: Agent) -> dict[str, list[Shown]]:
    """The same cards, whole."""
    console, call = _console(request), _own(request, body.call, session)
    cards = _shown(console, call)
    if not cards:
        raise Problem(410, "call-expired")
    console.audit.record(session.actor, "shown-whole", call.kind)
    return {"cards": cards}


@router.post("/end", status_code=204)
async def end(request: Request, body: Named, session: Agent) -> None:
    console, call = _console(request), _own(request, body.call, session)
    console.calls.end(call.owner)
    console.audit.record(session.actor, "call-ended", call.kind)


def _own(request: Request, id_: str, session: Session) -> Call:
    """The call, if it is this agent's: one of another session is refused and recorded."""
    try:
        call = _console(request).calls.find(id_)
    except NoCall:
        raise Problem(410, "call-over") from None
    if not hmac.compare_digest(call.owner, session.handle):
        raise refusal(request, 403, "console-other-call", session.actor)
    return call


def _only_done(result: Result) -> None:
    if result.outcome is Outcome.WRONG_CODE:
        raise Problem(403, "call-wrong-code", left=result.value)
    if result.outcome in REFUSED:
        raise Problem(*REFUSED[result.outcome])


def _shown(console: Console, call: Call) -> list[Shown]:
    """Without the offer of the public page to send a reset e-mail: the agent follows the entry for that."""
    offer = console.services.texts.markdown("lookup.reset_offer")
    shown = [console.cards.show(held) for held in console.calls.cards(call)]
    return [Shown(text=each.text.replace(offer, "").strip(), card=each.card) for each in shown]


def _end_user(console: Console, session: Session) -> str:
    """Whom the interface counts: the agent, by a name that says nothing there."""
    key = console.services.settings.server_key.encode()
    return hmac.new(key, f"console:{session.actor}".encode(), "sha256").hexdigest()


def _console(request: Request) -> Console:
    console: Console = request.app.state.console
    return console
