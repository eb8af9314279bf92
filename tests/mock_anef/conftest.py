"""A mock ANEF in process, on a clock that only moves when told to (or when the application waits)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from mock_anef.app import create_app
from mock_anef.personas import Persona, load_personas
from mock_anef.settings import Settings

PERSONAS = {persona.id: persona for persona in load_personas()}


class FakeClock:
    """Sleeping moves it on at once."""

    def __init__(self) -> None:
        self.moment = datetime(2031, 3, 14, 9, 26, 53, 589793, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.forward(seconds=seconds)

    async def sleep_until(self, moment: float) -> None:
        self.forward(seconds=max(0.0, moment - self.monotonic()))

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


class Api:
    """The operations of the contract, called as a well-behaved service would."""

    UNKNOWN_NUMBER = "9600000000"
    ADDRESS = "192.0.2.10"

    def __init__(self, http: TestClient, settings: Settings) -> None:
        self.http = http
        self.credentials = (settings.client_id, settings.client_secret.get_secret_value())
        self.service_token = self.token().json()["access_token"]

    def token(self, credentials: tuple[str, str] | None = None, grant_type: str = "client_credentials"):
        return self.http.post("/oauth/token", data={"grant_type": grant_type}, auth=credentials or self.credentials)

    def headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.service_token}", **more}

    def open(self, number: str, purpose: str = "status", *, address: str = ADDRESS, key: str | None = None):
        headers = self.headers(**{"ANEF-End-User": address}, **({"Idempotency-Key": key} if key else {}))
        body = {"identifier": self.identifier(number), "purpose": purpose}
        return self.http.post("/v1/access-requests", json=body, headers=headers)

    def confirm(self, request_id: str, code: str, *, key: str | None = None):
        headers = self.headers(**({"Idempotency-Key": key} if key else {}))
        return self.http.post(f"/v1/access-requests/{request_id}/confirmation", json={"code": code}, headers=headers)

    def reset(self, number: str, *, address: str = ADDRESS, key: str | None = None):
        headers = self.headers(**{"ANEF-End-User": address}, **({"Idempotency-Key": key} if key else {}))
        return self.http.post(
            "/v1/account/password-reset", json={"identifier": self.identifier(number)}, headers=headers
        )

    @staticmethod
    def slug(answer: httpx2.Response) -> str:
        """The last part of the problem type; fails on an answer that is not a problem."""
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
        return answer.json()["type"].removeprefix("urn:problem-type:anef:")

    @staticmethod
    def number_of(persona: str) -> str:
        return PERSONAS[persona].identifiers[0].value

    @staticmethod
    def wrong(code: str) -> str:
        return f"{(int(code) + 1) % 10**6:06}"

    @staticmethod
    def identifier(number: str) -> dict[str, str]:
        return {"type": "numero-etranger" if number.isdigit() else "numero-visa", "value": number}

    def messages(self, persona: str | None = None) -> list[dict]:
        return self.http.get("/outbox.json", params={"persona": persona} if persona else {}).json()["messages"]

    def code(self, request_id: str) -> str:
        """The code sent for this request; StopIteration when none was."""
        return next(one["code"] for one in self.messages() if one["access_request"] == request_id)

    def person_token(self, persona: str, purpose: str = "status") -> str:
        opened = self.open(self.number_of(persona), purpose).json()
        return self.confirm(opened["id"], self.code(opened["id"])).json()["access_token"]

    def read(self, resource: str, person_token: str):
        return self.http.get(f"/v1/{resource}", headers=self.headers(**{"ANEF-Person-Token": person_token}))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings() -> Settings:
    return Settings(database=":memory:")


@pytest.fixture
def app(settings: Settings, clock: FakeClock) -> FastAPI:
    return create_app(settings, clock)


@pytest.fixture
def http(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def api(http: TestClient, settings: Settings) -> Api:
    return Api(http, settings)


@pytest.fixture
def personas() -> dict[str, Persona]:
    return PERSONAS


@pytest.fixture
def driver() -> type[Api]:
    """To drive an application with other settings than `api`'s."""
    return Api
