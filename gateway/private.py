"""The private listener, on loopback with its own secret: the vault for the actions, metrics for the supervisor."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import Field

from gateway.problems import Problem, install
from gateway.schemas import Strict
from gateway.services import Services


class Put(Strict):
    owner: str
    kind: str
    value: Any
    seconds: Annotated[float, Field(gt=0, le=3600)]


class Ref(Strict):
    owner: str
    reference: str


def create_private_app(services: Services) -> FastAPI:
    """`POST /vault/put|get|take`: everything by reference, for one owner (a sender id). `GET /metrics`: numbers, with a
    secret of their own, so that who scrapes them cannot open the vault."""
    secret = services.settings.vault_secret.encode()
    bearer = f"Bearer {services.settings.metrics_secret}".encode()

    def known(x_vault_secret: Annotated[str, Header()] = "") -> None:
        if not hmac.compare_digest(x_vault_secret.encode(), secret):
            raise Problem(401, "secret")

    def scraper(authorization: Annotated[str, Header()] = "") -> None:
        if not hmac.compare_digest(authorization.encode(), bearer):
            raise Problem(401, "secret", {"WWW-Authenticate": "Bearer"})

    app = FastAPI(openapi_url=None)
    install(app, services.texts)
    vault = APIRouter(prefix="/vault", dependencies=[Depends(known)])

    @vault.post("/put")
    async def put(body: Put) -> dict[str, str]:
        return {"reference": services.vault.put(body.owner, body.kind, body.value, body.seconds)}

    @vault.post("/get")
    async def get(body: Ref) -> dict[str, Any]:
        return {"value": services.vault.get(body.owner, body.reference)}

    @vault.post("/take")
    async def take(body: Ref) -> dict[str, Any]:
        return {"value": services.vault.take(body.owner, body.reference)}

    @app.get("/metrics", dependencies=[Depends(scraper)])
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    app.include_router(vault)
    return app
