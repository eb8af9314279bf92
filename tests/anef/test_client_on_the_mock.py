"""The client meets the contract: the real mock, in process."""

from __future__ import annotations

from datetime import timedelta

import httpx2
import pytest

from actions.anef import AnefClient, Outcome, outcome
from actions.anef import _exceptions as errors
from tests.anef.conftest import END_USER, UNKNOWN_NUMBER, Office
from tests.mock_anef.conftest import PERSONAS


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


@pytest.mark.parametrize(
    "persona", [p for p in PERSONAS if p.startswith(("demande", "adp", "titre", "decision", "plus"))]
)
async def test_every_stage_is_read(office: Office, persona: str):
    applications = await office.client.applications(await office.token(persona))
    specs = PERSONAS[persona].applications
    assert [a.reference for a in applications] == [s.reference for s in specs]
    assert [a.stage for a in applications] == [s.stage for s in specs]
    assert [len(a.documents) for a in applications] == [len(s.documents) for s in specs]
    assert [a.stage_since for a in applications] == [
        (office.clock.now() + timedelta(s.stage_since)).date() for s in specs
    ]


async def test_no_application_is_an_empty_list(office: Office):
    assert await office.client.applications(await office.token("aucune-demande")) == []


async def test_a_complement_is_read(office: Office):
    (application,) = await office.client.applications(await office.token("complement-demande"))
    assert application.complement is not None
    assert application.complement.document == "Justificatif de domicile"


@pytest.mark.parametrize(
    ("persona", "state"),
    [
        ("instruction-en-cours", "active"),
        ("compte-inexistant", "none"),
        ("email-non-confirme", "email_unconfirmed"),
        ("compte-verrouille", "locked"),
    ],
)
async def test_every_account_is_read(office: Office, persona: str, state: str):
    account = await office.client.account(await office.token(persona, "account"))
    assert account.state == state
    assert (account.created_on is None) == (state == "none")


async def test_a_visa_number_opens_too(office: Office):
    (application,) = await office.client.applications(await office.token("visa-seul"))
    assert application.kind == "first"


async def test_wrong_codes_count_down_and_run_out(office: Office):
    request = await office.open("demande-deposee")
    code = wrong(await office.code(request))
    for left in (4, 3, 2, 1):
        with pytest.raises(errors.CodeWrong) as raised:
            await office.client.confirm(request, code, key=f"{left}" * 32)
        assert raised.value.attempts_left == left
    for key in ("x" * 32, "y" * 32):
        with pytest.raises(errors.CodesExhausted):
            await office.client.confirm(request, code, key=key)


async def test_the_same_key_counts_no_second_attempt(office: Office):
    request = await office.open("demande-deposee")
    code = wrong(await office.code(request))
    for _ in range(3):
        with pytest.raises(errors.CodeWrong) as raised:
            await office.client.confirm(request, code, key="s" * 32)
        assert raised.value.attempts_left == 4


async def test_a_code_is_good_for_ten_minutes_and_once(office: Office):
    used, late = await office.open("demande-deposee"), await office.open("demande-deposee", key="l" * 32)
    await office.client.confirm(used, await office.code(used), key="a" * 32)
    with pytest.raises(errors.AccessRequestClosed):
        await office.client.confirm(used, await office.code(used), key="b" * 32)
    code = await office.code(late)
    office.clock.forward(minutes=10)
    with pytest.raises(errors.AccessRequestClosed):
        await office.client.confirm(late, code, key="c" * 32)


async def test_a_request_that_was_never_opened_is_closed(office: Office):
    with pytest.raises(errors.AccessRequestClosed):
        await office.client.confirm("A" * 32, "123456", key="a" * 32)


async def test_an_unknown_number_is_told_apart_by_nothing(office: Office):
    known = await office.open("demande-deposee")
    identifier = {"type": "numero-etranger", "value": UNKNOWN_NUMBER}
    unknown = await office.client.open_access_request(identifier, "status", end_user=END_USER, key="u" * 32)
    assert len(known) == len(unknown)
    with pytest.raises(errors.CodeWrong):
        await office.client.confirm(unknown, "123456", key="a" * 32)


async def test_a_token_is_worth_nothing_for_the_other_purpose_or_after_five_minutes(office: Office):
    token = await office.token("demande-deposee")
    with pytest.raises(errors.PersonTokenRefused):
        await office.client.account(token)
    office.clock.forward(minutes=5)
    with pytest.raises(errors.PersonTokenRefused):
        await office.client.applications(token)


async def test_a_sixth_request_must_wait(office: Office):
    for n in range(5):
        await office.open("demande-deposee", key=f"{n}" * 32)
    with pytest.raises(errors.Throttled) as raised:
        await office.open("demande-deposee", key="z" * 32)
    assert 590 <= raised.value.retry_after <= 600


async def test_a_service_token_that_ran_out_is_renewed_unseen(office: Office):
    await office.open("demande-deposee")
    office.clock.forward(minutes=11)
    assert await office.open("instruction-en-cours", key="n" * 32)


async def test_reset_is_accepted_for_any_number(office: Office):
    for number in (UNKNOWN_NUMBER, PERSONAS["compte-verrouille"].identifiers[0].value):
        identifier = {"type": "numero-etranger", "value": number}
        await office.client.reset_password(identifier, end_user=END_USER, key=number + "r" * 10)
    sent = (await office.http.get("/outbox.json")).json()["messages"]
    assert [message["persona"] for message in sent] == ["compte-verrouille"]


@pytest.mark.parametrize("persona", [p for p in PERSONAS if p.startswith("reponse-") and p != "reponse-lente"])
async def test_the_ill_ones_end_in_an_outcome(office: Office, persona: str):
    token = await office.token(persona)
    result = await outcome("applications", office.client.applications(token))
    expected = Outcome.TOO_OFTEN if persona == "reponse-limitee" else Outcome.UNAVAILABLE
    assert result.outcome is expected


async def test_wrong_credentials_are_asked_once(office: Office):
    stranger = AnefClient(
        "http://anef.invalid", "assistant", "wrong", transport=office.client._channel._http._transport
    )
    result = await outcome("open", stranger.open_access_request({}, "status", end_user=END_USER, key="k" * 32))
    assert result.outcome is Outcome.UNAVAILABLE


async def test_what_we_send_wrongly_is_our_defect(office: Office):
    with pytest.raises(errors.RequestInvalid):
        await office.client.open_access_request(
            {"type": "numero-etranger", "value": "12"}, "status", end_user=END_USER, key="k" * 32
        )


async def test_headers_name_the_end_user_and_no_person():
    seen: list[httpx2.Request] = []

    def record(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        if request.url.path == "/oauth/token":
            return httpx2.Response(200, json={"access_token": "t" * 20, "token_type": "Bearer", "expires_in": 600})
        return httpx2.Response(202, json={"id": "A" * 32, "expires_at": "2031-03-14T09:36:53Z"})

    client = AnefClient("http://anef.invalid", "a", "b", transport=httpx2.MockTransport(record))
    identifier = {"type": "numero-etranger", "value": UNKNOWN_NUMBER}
    await client.open_access_request(identifier, "status", end_user=END_USER, key="k" * 32)
    assert seen[-1].headers["ANEF-End-User"] == END_USER
    assert UNKNOWN_NUMBER not in str(seen[-1].url)
