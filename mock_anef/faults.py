"""The illnesses of the ill personas. Nobody else's answers pass through here."""

import json

from fastapi.responses import JSONResponse, Response

from mock_anef.clock import Clock
from mock_anef.personas import FaultKind
from mock_anef.problems import Problem

RETRY_AFTER_SECONDS = "30"


async def spoil(fault: FaultKind, answer: JSONResponse, clock: Clock, slow_seconds: float) -> Response:
    """What leaves in place of `answer`. Raises Problem for the faults that are an error status."""
    match fault:
        case FaultKind.SLOW:
            await clock.sleep(slow_seconds)
        case FaultKind.ERROR:
            raise Problem("internal-error")
        case FaultKind.UNAVAILABLE:
            raise Problem("unavailable", headers={"Retry-After": RETRY_AFTER_SECONDS})
        case FaultKind.RATE_LIMITED:
            raise Problem("rate-limited", headers={"Retry-After": RETRY_AFTER_SECONDS})
        case FaultKind.TRUNCATED:
            return Response(bytes(answer.body)[: len(answer.body) // 2], media_type="application/json")
        case FaultKind.WRONG_TYPES:
            return JSONResponse({name: 3 for name in json.loads(bytes(answer.body))})
    return answer
