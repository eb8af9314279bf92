"""The client against the real mock in process, and against a server that misbehaves on purpose."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import httpx2
import pytest

from actions.anef import AnefClient
from mock_anef.app import create_app
from mock_anef.settings import Settings
from tests.mock_anef.conftest import PERSONAS, FakeClock

END_USER = "end-user-of-a-test"
UNKNOWN_NUMBER = "9600000000"


@dataclass
class Office:
    """The mock, its clock, and our client of it."""

    client: AnefClient
    clock: FakeClock
    http: httpx2.AsyncClient
    credentials: tuple[str, str]

    async def code(self, request_id: str) -> str:
        """The code that was sent for this request."""
        messages = (await self.http.get("/outbox.json")).json()["messages"]
        return next(one["code"] for one in messages if one["access_request"] == request_id)

    async def open(self, persona: str, purpose: str = "status", key: str = "k" * 32) -> str:
        identifier = PERSONAS[persona].identifiers[0]
        body = {"type": identifier.type, "value": identifier.value}
        return await self.client.open_access_request(body, purpose, end_user=END_USER, key=key)

    async def token(self, persona: str, purpose: str = "status") -> str:
        request = await self.open(persona, purpose)
        return (await self.client.confirm(request, await self.code(request), key="c" * 32)).value


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    settings, clock = Settings(database=":memory:"), FakeClock()
    transport = httpx2.ASGITransport(create_app(settings, clock), raise_app_exceptions=False)
    credentials = (settings.client_id, settings.client_secret.get_secret_value())
    client = AnefClient("http://anef.invalid", *credentials, transport=transport)
    async with httpx2.AsyncClient(transport=transport, base_url="http://anef.invalid") as http:
        yield Office(client, clock, http, credentials)
    await client.close()


Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class FaultServer:
    """A raw server on loopback. `behave` answers everything but the service token, which it hands out."""

    port: int = 0
    behave: Behaviour | None = None
    requests: list[str] = field(default_factory=list)
    """« METHOD path » of what came, tokens left out."""
    tokens: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(
                (int(h.split(":")[1]) for h in head.lower().split("\r\n") if h.startswith("content-length")), 0
            )
            await reader.readexactly(length)
            method, path, _ = head.split(" ", 2)
            if path == "/oauth/token":
                self.tokens += 1
                token = {"access_token": f"service-token-{self.tokens:04}", "token_type": "Bearer", "expires_in": 600}
                writer.write(answer(200, json.dumps(token)))
            else:
                self.requests.append(f"{method} {path}")
                assert self.behave is not None
                await self.behave(reader, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def answer(status: int, body: str, **headers: str) -> bytes:
    lines = {"Content-Type": "application/json", "Content-Length": str(len(body.encode())), "Connection": "close"}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in {**lines, **headers}.items())
    return f"HTTP/1.1 {status} X\r\n{head}\r\n{body}".encode()


def says(status: int, body: str, **headers: str) -> Behaviour:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(status, body, **headers))

    return behave


@pytest.fixture
async def faulty() -> AsyncIterator[FaultServer]:
    fault = FaultServer()
    server = await asyncio.start_server(fault.serve, "127.0.0.1", 0)
    fault.port = server.sockets[0].getsockname()[1]
    yield fault
    server.close()


@pytest.fixture
async def client(faulty: FaultServer) -> AsyncIterator[AnefClient]:
    """Our client of the fault server, with a breaker that closes again after half a second."""
    client = AnefClient(faulty.url, "assistant", "secret", open_seconds=0.5)
    yield client
    await client.close()
