"""/api/conversations: opening one, speaking in it, reading it again, erasing it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Header, Request, Response

from gateway import sanitize, schemas
from gateway.conversations import Conversation
from gateway.metrics import CONVERSATIONS
from gateway.problems import Problem
from gateway.services import FREQUENT, Services
from gateway.switch import RETRY_SECONDS

log = structlog.get_logger()


def services(request: Request) -> Services:
    return request.app.state.services


Injected = Annotated[Services, Depends(services)]


def conversation(id: str, injected: Injected, authorization: Annotated[str, Header()] = "") -> Conversation:
    """The conversation that the bearer token opens: 401 without a token, 404 for everything else that is wrong."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem(401, "token", {"WWW-Authenticate": "Bearer"})
    found = injected.conversations.find(id, token.strip())
    if found is None:
        raise Problem(404, "conversation")
    return found


def switched_on(request: Request, injected: Injected) -> None:
    """503 while the assistant is switched off; what is there can be erased even then."""
    if injected.switch.off and request.method != "DELETE":
        raise Problem(503, "off", {"Retry-After": str(RETRY_SECONDS)})


router = APIRouter(
    prefix="/api/conversations",
    responses={"4XX": {"model": schemas.ProblemBody}},
    dependencies=[Depends(switched_on)],
)
Opened = Annotated[Conversation, Depends(conversation)]


@router.post("", status_code=201)
async def start(body: schemas.NewConversation, request: Request, injected: Injected) -> schemas.Conversation:
    await injected.limits.hit("conversations", _address(request))
    opened, token = injected.conversations.start(body.surface, body.language, body.site)
    log.info("conversation.started", surface=body.surface, site=body.site)
    CONVERSATIONS.labels(body.surface).inc()
    return schemas.Conversation(
        id=opened.id,
        token=token,
        expires_at=datetime.fromtimestamp(injected.conversations.expires(opened), UTC),
        messages=injected.turns.welcome(opened, FREQUENT),
    )


@router.post("/{id}/messages")
async def speak(body: schemas.NewMessage, opened: Opened, request: Request, injected: Injected) -> schemas.Messages:
    """One turn. The same `message_id` again gives the same answer; while a turn is under way, another gets 409."""
    message_id, started = str(body.message_id), time.perf_counter()
    text = None if body.text is None else _text(body.text, injected.settings.message_characters)
    if opened.lock.locked():
        raise Problem(409, "turn-in-flight", {"Retry-After": "1"})
    async with opened.lock:
        replayed = injected.turns.replay(opened, message_id)
        if replayed is not None:
            return schemas.Messages(messages=replayed)
        await injected.limits.hit("messages", opened.id)
        await injected.limits.hit("address", _address(request))
        injected.conversations.touch(opened)
        opened.end_user = injected.conversations.end_user(opened, _address(request))
        if text is not None:
            reply = await injected.turns.text(opened, message_id, text)
        else:
            reply = await injected.turns.button(opened, message_id, body.button or "")
    injected.record.turn(opened, reply, time.perf_counter() - started)
    log.info("turn", kinds=[message.kind for message in reply], topics=[message.topic for message in reply])
    return schemas.Messages(messages=reply)


@router.get("/{id}")
async def thread(opened: Opened, injected: Injected) -> schemas.Messages:
    """The thread again: the person's words masked, answers in today's wording, cards only while they live."""
    return schemas.Messages(messages=injected.turns.render(opened, opened.thread))


@router.delete("/{id}", status_code=204)
async def erase(opened: Opened, injected: Injected) -> Response:
    """When this answers nothing of the conversation is left: memory, vault, journal, tracker."""
    await injected.erasure.forget(opened)
    return Response(status_code=204)


@router.post("/{id}/feedback", status_code=204)
async def feedback(body: schemas.NewFeedback, opened: Opened, injected: Injected) -> Response:
    """Whether a message was useful; logged with the entry and its version, never with a text."""
    said = opened.said(body.message)
    if said is None or said.turn is None:
        raise Problem(422, "message")
    entry = injected.texts.faq.entries.get(said.turn.get("entry") or "")
    log.info(
        "feedback",
        useful=body.useful,
        reason=body.reason,
        kind=said.turn["kind"],
        entry=entry.id if entry else None,
        version=entry.version if entry else None,
    )
    injected.record.feedback(opened, said, body)
    return Response(status_code=204)


def _text(text: str, longest: int) -> str:
    try:
        cleaned = sanitize.clean(text)
    except sanitize.Refused as refusal:
        raise Problem(422, refusal.code) from None
    if not cleaned:
        raise Problem(422, "empty")
    if len(cleaned) > longest:
        raise Problem(422, "long", limit=longest)
    return cleaned


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
