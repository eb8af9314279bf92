"""Opening and confirming an access request, and asking for a new password.

The two operations that take a number answer every well-formed number alike: same status, headers, length and time.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.responses import JSONResponse, Response
from starlette.background import BackgroundTask

from mock_anef.access import find_persona
from mock_anef.faults import spoil
from mock_anef.idempotency import IdempotencyKey
from mock_anef.models import (
    AccessRequest,
    AccessRequestOpened,
    Confirmation,
    PasswordReset,
    PasswordResetAccepted,
    PersonToken,
)
from mock_anef.openapi import problems
from mock_anef.personas import fault_of
from mock_anef.security import PERSON_TOKEN_SECONDS, require_service

router = APIRouter(prefix="/v1", tags=["access"], dependencies=[Depends(require_service)])

EndUser = Annotated[
    str,
    Header(
        alias="ANEF-End-User",
        pattern="^[0-9A-Za-z.:_-]{3,64}$",
        description="IP address of the end user, or an opaque key that stands for it (a keyed hash). "
        "The limits are counted by it, so the calling service must not let the end user choose it.",
        examples=["192.0.2.1"],
    ),
]
RequestId = Annotated[str, Path(pattern="^[0-9A-Za-z_-]{32}$")]


@asynccontextmanager
async def floor(request: Request) -> AsyncIterator[None]:
    """Leave no sooner than the floor after entry, also by an exception.

    Exactly then: a wait that began late would end late, and give away how long the work before it took.
    """
    state = request.app.state
    leave_at = state.clock.monotonic() + state.settings.response_floor_ms / 1000
    try:
        yield
    finally:
        await state.clock.sleep_until(leave_at)


@router.post(
    "/access-requests",
    summary="Send a code to the contact on file",
    status_code=202,
    response_model=AccessRequestOpened,
    responses=problems(400, 401, 409, 413, 422, 429, 500),
)
async def open_access_request(
    request: Request, body: AccessRequest, end_user: EndUser, idempotency_key: IdempotencyKey = None
) -> Response:
    """The answer says nothing of the number: a code is sent, after the answer, if somebody can receive it."""
    state = request.app.state

    async def produce() -> Response:
        state.limits.take("access-request", body.identifier.key(), end_user)
        persona = find_persona(state.database, body.identifier)
        opened = state.access.open(persona, body.purpose)
        shape = AccessRequestOpened(id=opened.id, expires_at=opened.expires_at)
        answer = JSONResponse(
            shape.model_dump(mode="json"), 202, background=BackgroundTask(state.outbox.send_code, opened)
        )
        fault = fault_of(state.database, persona, "opening")
        return await spoil(fault, answer, state.clock, state.settings.slow_seconds)

    async with floor(request):
        return await state.idempotency.once(idempotency_key, "access-request", body, produce)


@router.post(
    "/access-requests/{request_id}/confirmation",
    summary="Exchange the code for a token",
    response_model=PersonToken,
    responses=problems(400, 401, 403, 404, 409, 410, 413, 422),
)
async def confirm_access_request(
    request: Request, request_id: RequestId, body: Confirmation, idempotency_key: IdempotencyKey = None
) -> Response:
    """Five attempts, ten minutes, one success. A request for a number that nobody holds refuses every code."""
    state = request.app.state

    async def produce() -> JSONResponse:
        grant = state.access.confirm(request_id, body.code)
        token = PersonToken(access_token=state.tokens.issue_person(grant), expires_in=PERSON_TOKEN_SECONDS)
        return JSONResponse(token.model_dump())

    return await state.idempotency.once(idempotency_key, f"confirmation:{request_id}", body, produce)


@router.post(
    "/account/password-reset",
    summary="Send the e-mail that lets the holder choose a new password",
    status_code=202,
    response_model=PasswordResetAccepted,
    responses=problems(400, 401, 409, 413, 422, 429),
)
async def reset_password(
    request: Request, body: PasswordReset, end_user: EndUser, idempotency_key: IdempotencyKey = None
) -> Response:
    """No code is needed: the e-mail goes to the address of the account, if there is one, and to nobody else."""
    state = request.app.state

    async def produce() -> JSONResponse:
        state.limits.take("password-reset", body.identifier.key(), end_user)
        persona = find_persona(state.database, body.identifier)
        return JSONResponse(
            PasswordResetAccepted().model_dump(), 202, background=BackgroundTask(state.outbox.send_reset, persona)
        )

    async with floor(request):
        return await state.idempotency.once(idempotency_key, "password-reset", body, produce)
