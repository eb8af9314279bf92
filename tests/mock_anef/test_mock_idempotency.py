"""`Idempotency-Key` on every POST under /v1."""

import asyncio

import pytest
from fastapi.responses import JSONResponse

from mock_anef.models import Confirmation
from mock_anef.problems import Problem

KEY = "0192f1a0-7c1e-4b7e-9a44-5f6f0b1c2d3e"


def test_access_request_sent_again_gets_the_same_answer_and_no_second_code(api):
    number = api.number_of("instruction-en-cours")
    first, second = api.open(number, key=KEY), api.open(number, key=KEY)
    assert first.content == second.content
    assert first.headers.raw == second.headers.raw
    assert len(api.messages()) == 1


def test_repeats_count_once_against_the_limits(api):
    for _ in range(10):
        assert api.open(api.UNKNOWN_NUMBER, key=KEY).status_code == 202


def test_password_reset_sent_again_sends_one_email(api):
    number = api.number_of("instruction-en-cours")
    assert [api.reset(number, key=KEY).status_code for _ in range(3)] == [202] * 3
    assert len(api.messages()) == 1


def test_confirmation_sent_again_gives_the_same_token(api):
    opened = api.open(api.number_of("instruction-en-cours")).json()["id"]
    code = api.code(opened)
    first, second = api.confirm(opened, code, key=KEY), api.confirm(opened, code, key=KEY)
    assert first.json() == second.json()
    assert second.status_code == 200


def test_wrong_code_sent_again_uses_one_attempt(api):
    opened = api.open(api.number_of("instruction-en-cours")).json()["id"]
    bad = api.wrong(api.code(opened))
    for _ in range(3):
        answer = api.confirm(opened, bad, key=KEY)
        assert (api.slug(answer), answer.json()["attempts_left"]) == ("code-wrong", 4)


def test_same_key_with_another_body_is_refused(api):
    api.open(api.number_of("instruction-en-cours"), key=KEY)
    answer = api.open(api.UNKNOWN_NUMBER, key=KEY)
    assert (answer.status_code, api.slug(answer)) == (422, "idempotency-key-reused")


def test_key_is_free_for_another_operation(api):
    number = api.number_of("instruction-en-cours")
    assert api.open(number, key=KEY).status_code == 202
    assert api.reset(number, key=KEY).status_code == 202


def test_key_is_forgotten_after_ten_minutes(api, clock):
    first = api.open(api.UNKNOWN_NUMBER, key=KEY)
    clock.forward(minutes=10)
    api.service_token = api.token().json()["access_token"]
    assert api.open(api.UNKNOWN_NUMBER, key=KEY).json()["id"] != first.json()["id"]


def test_refusal_for_rate_is_not_remembered(api, clock):
    for _ in range(5):
        api.open(api.UNKNOWN_NUMBER)
    refused = api.open(api.UNKNOWN_NUMBER, key=KEY)
    assert refused.status_code == 429
    clock.forward(seconds=int(refused.headers["retry-after"]))
    api.service_token = api.token().json()["access_token"]
    assert api.open(api.UNKNOWN_NUMBER, key=KEY).status_code == 202


@pytest.mark.parametrize("key", ["short", "x" * 65, "with blanks in the middle"])
def test_malformed_key_is_refused(api, key):
    assert api.slug(api.open(api.UNKNOWN_NUMBER, key=key)) == "request-invalid"


def test_second_request_is_refused_while_the_first_is_being_answered(app):
    """And the key is free again once the first has crashed."""
    body = Confirmation(code="123456")

    async def answered() -> JSONResponse:
        return JSONResponse({})

    async def crashing() -> JSONResponse:
        with pytest.raises(Problem) as refused:
            await app.state.idempotency.once(KEY, "operation", body, answered)
        assert refused.value.slug == "idempotency-in-flight"
        raise ZeroDivisionError

    async def story() -> int:
        with pytest.raises(ZeroDivisionError):
            await app.state.idempotency.once(KEY, "operation", body, crashing)
        return (await app.state.idempotency.once(KEY, "operation", body, answered)).status_code

    assert asyncio.run(story()) == 200
