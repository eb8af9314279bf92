"""What a verified person's token opens: the account, or the applications."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from mock_anef.faults import spoil
from mock_anef.models import Account, Applications, Purpose
from mock_anef.openapi import problems
from mock_anef.personas import fault_of
from mock_anef.problems import Problem
from mock_anef.security import Grant, require_person, require_service

router = APIRouter(prefix="/v1", tags=["person"], dependencies=[Depends(require_service)])
Person = Annotated[Grant, Depends(require_person)]


@router.get(
    "/account",
    summary="State of the account",
    response_model=Account,
    responses=problems(401, 403, 429, 500, 503),
)
async def read_account(request: Request, grant: Person) -> Response:
    """Needs a token whose purpose is `account`."""
    return await read(request, grant, "account", "account")


@router.get(
    "/applications",
    summary="Applications in the person's file",
    response_model=Applications,
    responses=problems(401, 403, 429, 500, 503),
)
async def read_applications(request: Request, grant: Person) -> Response:
    """Needs a token whose purpose is `status`."""
    return await read(request, grant, "applications", "status")


async def read(request: Request, grant: Grant, column: str, purpose: Purpose) -> Response:
    """One stored document of the person. Raises `purpose-not-granted`."""
    if grant.purpose != purpose:
        raise Problem("purpose-not-granted")
    state = request.app.state
    with state.database.transaction() as sql:
        row = sql.execute(f"SELECT {column} FROM person WHERE persona = ?", (grant.persona,)).fetchone()
    model = Account if column == "account" else Applications
    answer = JSONResponse(model.model_validate_json(row[column]).model_dump(mode="json"))
    fault = fault_of(state.database, grant.persona, "reads")
    return await spoil(fault, answer, state.clock, state.settings.slow_seconds)
