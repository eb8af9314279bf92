"""The life of a code."""

import pytest


@pytest.fixture
def opened(api) -> str:
    return api.open(api.number_of("instruction-en-cours")).json()["id"]


def test_right_code_gives_a_token_once(api, opened):
    code = api.code(opened)
    answer = api.confirm(opened, code)
    assert answer.status_code == 200
    assert answer.json() == {
        "access_token": answer.json()["access_token"],
        "token_type": "ANEF-Person",
        "expires_in": 300,
    }
    replayed = api.confirm(opened, code)
    assert (replayed.status_code, api.slug(replayed)) == (410, "access-request-closed")


def test_wrong_codes_count_down_and_the_fifth_ends_the_request(api, opened):
    code = api.code(opened)
    left = []
    for _ in range(4):
        answer = api.confirm(opened, api.wrong(code))
        assert (answer.status_code, api.slug(answer)) == (403, "code-wrong")
        left.append(answer.json()["attempts_left"])
    assert left == [4, 3, 2, 1]
    for late in (api.wrong(code), code):
        answer = api.confirm(opened, late)
        assert (answer.status_code, api.slug(answer)) == (410, "code-attempts-exhausted")


def test_fifth_attempt_may_still_be_right(api, opened):
    code = api.code(opened)
    for _ in range(4):
        api.confirm(opened, api.wrong(code))
    assert api.confirm(opened, code).status_code == 200


def test_code_is_good_for_ten_minutes(api, opened, clock):
    other = api.open(api.number_of("instruction-en-cours")).json()["id"]
    clock.forward(minutes=9, seconds=57)
    assert api.confirm(opened, api.code(opened)).status_code == 200
    clock.forward(seconds=3)
    api.service_token = api.token().json()["access_token"]
    answer = api.confirm(other, api.code(other))
    assert (answer.status_code, api.slug(answer)) == (410, "access-request-closed")


def test_code_of_another_request_is_wrong(api, opened):
    """Also of another request for the same number."""
    for number in (api.number_of("instruction-en-cours"), api.number_of("titre-disponible")):
        other = api.open(number).json()["id"]
        assert api.slug(api.confirm(opened, api.code(other))) == "code-wrong"
    assert api.confirm(opened, api.code(opened)).status_code == 200


def test_unknown_request_is_not_found(api):
    answer = api.confirm("a" * 32, "123456")
    assert (answer.status_code, api.slug(answer)) == (404, "access-request-unknown")


@pytest.mark.parametrize("code", ["12345", "1234567", "12 456", "abcdef", "１２３４５６", ""])
def test_malformed_code_uses_no_attempt(api, opened, code):
    assert api.confirm(opened, code).status_code == 422
    assert api.confirm(opened, api.wrong(api.code(opened))).json()["attempts_left"] == 4


def test_code_goes_by_sms_when_the_email_is_not_confirmed(api):
    api.open(api.number_of("email-non-confirme"))
    (message,) = api.messages("email-non-confirme")
    assert (message["channel"], message["to"]) == ("sms", "0639980115")


def test_codes_and_tokens_are_kept_as_hashes(api, app, opened):
    code = api.code(opened)
    token = api.confirm(opened, code).json()["access_token"]
    with app.state.database.transaction() as sql:
        rows = [
            tuple(row) for table in ("access_request", "token", "hit") for row in sql.execute(f"SELECT * FROM {table}")
        ]
    for secret in (code, token, api.service_token, api.number_of("instruction-en-cours")):
        assert not any(secret in str(value) for row in rows for value in row)
