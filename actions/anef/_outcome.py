"""How a call ended, as the dialogues see it: they branch on these and on nothing else."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from actions.anef._exceptions import (
    AccessRequestClosed,
    AnefError,
    CodesExhausted,
    CodeWrong,
    CredentialsRefused,
    PersonTokenRefused,
    Throttled,
)

logger = logging.getLogger(__name__)


class Outcome(Enum):
    DONE = "done"
    WRONG_CODE = "wrong_code"
    NO_MORE_CODES = "no_more_codes"
    EXPIRED = "expired"
    TOO_OFTEN = "too_often"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Result:
    """`value`: what the call gave when it is DONE, attempts left for WRONG_CODE, seconds to wait for TOO_OFTEN."""

    outcome: Outcome
    value: Any = None


async def outcome(operation: str, call: Awaitable[Any]) -> Result:
    """The result of `call`, whatever AnefError it raises. The log gets the kind of failure and nothing else."""
    try:
        return Result(Outcome.DONE, await call)
    except CodeWrong as error:
        return Result(Outcome.WRONG_CODE, error.attempts_left)
    except CodesExhausted:
        return Result(Outcome.NO_MORE_CODES)
    except (AccessRequestClosed, PersonTokenRefused):
        return Result(Outcome.EXPIRED)
    except Throttled as error:
        return Result(Outcome.TOO_OFTEN, error.retry_after)
    except AnefError as error:
        log = logger.error if isinstance(error, CredentialsRefused) else logger.warning
        log("anef: %s: %s", operation, type(error).__name__)
        return Result(Outcome.UNAVAILABLE)
