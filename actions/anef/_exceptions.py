"""Everything that can go wrong with the ANEF interface. None of it carries anything that was sent or received.

AnefError
├── Unavailable               no usable answer; later may be better
│   ├── NoConnection            nobody listens, or the connection broke
│   ├── TimedOut                a try or the whole call took too long
│   ├── ServerFailed            5xx
│   ├── NotTheContract          cut or malformed JSON, wrong types, a status or value the contract does not know
│   ├── CredentialsRefused      it does not know us, even with a fresh service token
│   └── CircuitOpen             it failed so often that it is left alone for a while
├── Throttled                 429: too many requests for this number or from this end user
├── RequestInvalid            422, 400, 409: it refuses what we sent
├── CodeWrong                 403: the code is not the one that was sent
├── CodesExhausted            410: the fifth wrong code
├── AccessRequestClosed       410, 404: the ten minutes are over, or the code has served
└── PersonTokenRefused        401, 403: the five minutes are over, or it was asked for the other purpose
"""

from __future__ import annotations


class AnefError(Exception):
    """The base; catching it catches all."""


class Unavailable(AnefError):
    """No usable answer."""


class NoConnection(Unavailable):
    """Nobody listens, or the connection broke."""


class TimedOut(Unavailable):
    """A try or the whole call took too long."""


class ServerFailed(Unavailable):
    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class NotTheContract(Unavailable):
    """The answer is not one that the contract describes. The message names the place, never the value."""


class CredentialsRefused(Unavailable):
    """Our client id and secret, or a service token just issued, are not accepted."""


class CircuitOpen(Unavailable):
    """Not even tried."""


class Throttled(AnefError):
    def __init__(self, retry_after: int) -> None:
        """`retry_after` in seconds."""
        super().__init__(str(retry_after))
        self.retry_after = retry_after


class RequestInvalid(AnefError):
    """A defect of ours: values are checked before they are sent."""


class CodeWrong(AnefError):
    def __init__(self, attempts_left: int) -> None:
        super().__init__(str(attempts_left))
        self.attempts_left = attempts_left


class CodesExhausted(AnefError):
    """The fifth wrong code, and whatever follows."""


class AccessRequestClosed(AnefError):
    """Another one must be opened."""


class PersonTokenRefused(AnefError):
    """Another access request must be opened."""
