"""How often an access request or a reset may be asked for.

Two kinds of rules. Those by number count by number **and** end user's address, so that somebody who uses up the
requests for a number he knows stops only himself: the holder, who calls from elsewhere, is not locked out. The one by
address alone stops whoever tries many numbers. All count the same way for numbers that do not exist.
Refused requests are not counted: waiting is always enough.
"""

import ipaddress
import math
from dataclasses import dataclass

from pydantic import SecretStr

from mock_anef.clock import Clock
from mock_anef.problems import Problem
from mock_anef.security import keyed_hash
from mock_anef.storage import Database


@dataclass(frozen=True)
class Rule:
    """At most `limit` in any `seconds`."""

    name: str
    limit: int
    seconds: int


BY_NUMBER = (Rule("number", limit=5, seconds=600), Rule("number-day", limit=10, seconds=86400))
BY_ADDRESS = Rule("address", limit=20, seconds=3600)


def network_of(end_user: str) -> str:
    """The network that one subscriber holds: an IPv4 address, an IPv6 /56; any other key stands for itself."""
    try:
        address = ipaddress.ip_address(end_user)
    except ValueError:
        return end_user
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), 56), strict=False))
    return str(address)


class Limits:
    """Sliding windows, kept as hashed keys and times."""

    def __init__(self, database: Database, clock: Clock, pepper: SecretStr, *, lifted: bool) -> None:
        self._database = database
        self._clock = clock
        self._pepper = pepper
        self._lifted = lifted

    def take(self, operation: str, number: str, end_user: str) -> None:
        """Count one, or raise `rate-limited` with the seconds to wait in `Retry-After`."""
        if self._lifted:
            return
        network = network_of(end_user)
        rules = [
            *((rule, keyed_hash(self._pepper, rule.name, operation, number, network)) for rule in BY_NUMBER),
            (BY_ADDRESS, keyed_hash(self._pepper, BY_ADDRESS.name, network)),
        ]
        now = self._clock.now().timestamp()
        with self._database.transaction() as sql:
            wait = 0.0
            for rule, bucket in rules:
                # The oldest hit that must leave the window before one more fits in, if there is one.
                row = sql.execute(
                    "SELECT at FROM hit WHERE bucket = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",
                    (bucket, now - rule.seconds, rule.limit - 1),
                ).fetchone()
                if row:
                    wait = max(wait, row["at"] + rule.seconds - now)
            if not wait:
                for rule, bucket in rules:
                    sql.execute("INSERT INTO hit VALUES (?, ?, ?)", (bucket, now, now + rule.seconds))
        if wait:
            raise Problem("rate-limited", headers={"Retry-After": str(math.ceil(wait))})
