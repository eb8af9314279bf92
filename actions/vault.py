"""Client of the gateway's private listener: values by reference, for the conversation they belong to.

What it hands out never goes into a slot, a message or a log.
"""

from __future__ import annotations

from typing import Any

import httpx2

SECONDS = 1.0
SECRET_HEADER = "X-Vault-Secret"


class VaultUnavailable(Exception):
    """The gateway did not answer as agreed. Carries nothing of what was asked."""


class VaultClient:
    """`owner` is the sender id of a conversation; a reference of another one is as good as unknown."""

    def __init__(self, url: str, secret: str, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._http = httpx2.AsyncClient(
            base_url=url, headers={SECRET_HEADER: secret}, transport=transport, timeout=SECONDS, trust_env=False
        )

    async def put(self, owner: str, kind: str, value: Any, seconds: float) -> str:
        """Keep `value` for `seconds`; its reference."""
        body = {"owner": owner, "kind": kind, "value": value, "seconds": seconds}
        return str((await self._post("/vault/put", body))["reference"])

    async def get(self, owner: str, reference: Any) -> Any | None:
        """The value; None when it is unknown, someone else's or past its time, or for what cannot be a reference."""
        if not isinstance(reference, str):
            return None
        return (await self._post("/vault/get", {"owner": owner, "reference": reference}))["value"]

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            response = await self._http.post(path, json=body)
            answer = response.json() if response.status_code == 200 else None
        except (httpx2.HTTPError, ValueError):
            raise VaultUnavailable from None
        if not isinstance(answer, dict) or not {"reference", "value"} & answer.keys():
            raise VaultUnavailable
        return answer
