"""The client when the interface misbehaves: bounded, honest, and it never guesses."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from actions.anef import AnefClient, Outcome, outcome
from actions.anef import _exceptions as errors
from tests.anef.conftest import FaultServer, says
from tests.mock_anef.conftest import PERSONAS

TOKEN = "person-token-of-a-test"
IDENTIFIER = {"type": "numero-etranger", "value": PERSONAS["demande-deposee"].identifiers[0].value}
APPLICATION = {
    "reference": "DEM960000101",
    "kind": "renewal",
    "title_type": "Étudiant",
    "prefecture": "Préfecture du Rhône",
    "stage": "deposited",
    "stage_since": "2031-03-14",
    "favourable": None,
    "documents": [{"kind": "confirmation", "since": "2031-03-14", "valid_until": None}],
    "complement": None,
}
SOUND = json.dumps({"applications": [APPLICATION]})


def open_one(client: AnefClient, key: str = "k" * 32):
    return client.open_access_request(IDENTIFIER, "status", end_user="someone", key=key)


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(10)


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte at a time: no single wait is long, the whole is."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.1)


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


FAULTS = {
    "500": (says(500, "{}"), errors.ServerFailed),
    "html": (says(200, "<html>"), errors.NotTheContract),
    "empty": (says(200, ""), errors.NotTheContract),
    "truncated": (says(200, SOUND[: len(SOUND) // 2]), errors.NotTheContract),
    "cut connection": (says(200, SOUND[:20], Content_Length="500"), errors.NoConnection),
    "a list": (says(200, "[]"), errors.NotTheContract),
    "wrong types": (says(200, json.dumps({"applications": 3})), errors.NotTheContract),
    "null": (says(200, json.dumps({"applications": None})), errors.NotTheContract),
    "unknown stage": (
        says(200, json.dumps({"applications": [{**APPLICATION, "stage": "lost"}]})),
        errors.NotTheContract,
    ),
    "impossible day": (
        says(200, json.dumps({"applications": [{**APPLICATION, "stage_since": "2031-02-30"}]})),
        errors.NotTheContract,
    ),
    "decision too early": (
        says(200, json.dumps({"applications": [{**APPLICATION, "favourable": True}]})),
        errors.NotTheContract,
    ),
    "member missing": (
        says(200, json.dumps({"applications": [{k: v for k, v in APPLICATION.items() if k != "complement"}]})),
        errors.NotTheContract,
    ),
    "another 2xx": (says(202, SOUND), errors.NotTheContract),
    "a redirect": (says(302, "", Location="http://127.0.0.1:9/"), errors.NotTheContract),
    "50 kB too much": (says(200, " " * 120_000), errors.NotTheContract),
    "404": (says(404, '{"type": "about:blank"}'), errors.NotTheContract),
    "hang up": (hang_up, errors.NoConnection),
}


@pytest.mark.parametrize(("behave", "expected"), FAULTS.values(), ids=FAULTS)
async def test_a_fault_has_its_name_and_one_outcome(client: AnefClient, faulty: FaultServer, behave, expected):
    faulty.behave = behave
    with pytest.raises(expected) as raised:
        await client.applications(TOKEN)
    assert isinstance(raised.value, errors.Unavailable)
    assert (await outcome("applications", client.applications(TOKEN))).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize("behave", [silence, drip], ids=["silence", "drip"])
async def test_a_slow_read_ends_after_two_seconds(client: AnefClient, faulty: FaultServer, behave):
    faulty.behave = behave
    begun = time.monotonic()
    with pytest.raises(errors.TimedOut):
        await client.applications(TOKEN)
    assert 1.9 < time.monotonic() - begun < 2.8
    assert len(faulty.requests) == 1, "a time-out is not tried again"


async def test_nobody_listens():
    client = AnefClient("http://127.0.0.1:9", "a", "b")
    begun = time.monotonic()
    with pytest.raises(errors.NoConnection):
        await client.applications(TOKEN)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_passing_failure_of_a_read_is_tried_once_more(client: AnefClient, faulty: FaultServer, status: int):
    faulty.behave = says(status, "{}")
    with pytest.raises(errors.ServerFailed):
        await client.applications(TOKEN)
    assert faulty.requests == ["GET /v1/applications"] * 2


async def test_the_second_try_may_succeed(client: AnefClient, faulty: FaultServer):
    async def recover(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await (says(503, "{}") if len(faulty.requests) == 1 else says(200, SOUND))(reader, writer)

    faulty.behave = recover
    (application,) = await client.applications(TOKEN)
    assert application.reference == "DEM960000101"


@pytest.mark.parametrize("status", [500, 429])
async def test_other_failures_are_not_tried_again(client: AnefClient, faulty: FaultServer, status: int):
    faulty.behave = says(status, "{}")
    with pytest.raises(errors.AnefError):
        await client.applications(TOKEN)
    assert len(faulty.requests) == 1


async def test_what_sends_a_code_is_never_tried_again(client: AnefClient, faulty: FaultServer):
    faulty.behave = says(503, "{}")
    with pytest.raises(errors.ServerFailed):
        await open_one(client)
    assert len(faulty.requests) == 1


@pytest.mark.parametrize(("header", "seconds"), [("30", 30), (None, 60), ("soon", 60), ("99999999", 86400), ("-1", 60)])
async def test_too_often_names_the_wait(client: AnefClient, faulty: FaultServer, header: str | None, seconds: int):
    faulty.behave = says(429, "{}", **({"Retry_After": header} if header else {}))
    result = await outcome("open", open_one(client))
    assert (result.outcome, result.value) == (Outcome.TOO_OFTEN, seconds)


async def test_a_refused_service_token_is_renewed_once_and_no_storm_follows(client: AnefClient, faulty: FaultServer):
    faulty.behave = says(401, '{"type": "urn:problem-type:anef:service-token-invalid"}')
    with pytest.raises(errors.CredentialsRefused):
        await client.applications(TOKEN)
    assert (faulty.tokens, len(faulty.requests)) == (2, 2)


async def test_calls_that_come_together_fetch_one_service_token(client: AnefClient, faulty: FaultServer):
    faulty.behave = says(200, SOUND)
    await asyncio.gather(*(client.applications(TOKEN) for _ in range(20)))
    assert faulty.tokens == 1


@pytest.mark.parametrize("left", [0, 5, True, "3", None])
async def test_attempts_that_cannot_be_are_not_believed(client: AnefClient, faulty: FaultServer, left: object):
    faulty.behave = says(403, json.dumps({"type": "urn:problem-type:anef:code-wrong", "attempts_left": left}))
    with pytest.raises(errors.NotTheContract):
        await client.confirm("A" * 32, "123456", key="k" * 32)


async def test_a_member_that_the_contract_does_not_know_is_let_be(client: AnefClient, faulty: FaultServer):
    faulty.behave = says(200, json.dumps({"applications": [{**APPLICATION, "colour": "blue"}], "page": 1}))
    assert len(await client.applications(TOKEN)) == 1


class TestBreaker:
    async def test_opens_at_five_failures_and_closes_after_a_success(self, client: AnefClient, faulty: FaultServer):
        faulty.behave = says(500, "{}")
        for _ in range(5):
            with pytest.raises(errors.ServerFailed):
                await client.applications(TOKEN)
        with pytest.raises(errors.CircuitOpen):
            await client.applications(TOKEN)
        assert len(faulty.requests) == 5, "an open circuit asks nothing"
        await asyncio.sleep(0.6)
        faulty.behave = says(200, SOUND)
        assert await client.applications(TOKEN)
        assert await client.applications(TOKEN)

    async def test_half_open_one_failure_opens_it_again(self, client: AnefClient, faulty: FaultServer):
        faulty.behave = says(500, "{}")
        for _ in range(5):
            await outcome("applications", client.applications(TOKEN))
        await asyncio.sleep(0.6)
        with pytest.raises(errors.ServerFailed):
            await client.applications(TOKEN)
        with pytest.raises(errors.CircuitOpen):
            await client.applications(TOKEN)

    async def test_refusals_do_not_open_it(self, client: AnefClient, faulty: FaultServer):
        faulty.behave = says(403, json.dumps({"type": "urn:problem-type:anef:code-wrong", "attempts_left": 4}))
        for _ in range(8):
            with pytest.raises(errors.CodeWrong):
                await client.confirm("A" * 32, "123456", key="k" * 32)

    async def test_fifty_at_once_are_all_answered_in_time(self, client: AnefClient, faulty: FaultServer):
        faulty.behave = silence
        begun = time.monotonic()
        results = await asyncio.gather(*(outcome("applications", client.applications(TOKEN)) for _ in range(50)))
        assert {result.outcome for result in results} == {Outcome.UNAVAILABLE}
        assert time.monotonic() - begun < 4.5


async def test_no_error_says_what_was_sent_or_received(client: AnefClient, faulty: FaultServer):
    secret = "9699999999"
    faulty.behave = says(500, secret)
    for fault in (says(500, secret), says(200, secret), says(200, json.dumps({"applications": [secret]}))):
        faulty.behave = fault
        with pytest.raises(errors.AnefError) as raised:
            await client.applications(secret)
        chain = [raised.value, raised.value.__cause__]
        assert not any(secret in repr(error) for error in chain if error)
