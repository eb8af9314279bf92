"""Rate limits, and that they cannot be turned against the holder."""

import pytest
from fastapi.testclient import TestClient

from mock_anef.app import create_app
from mock_anef.limits import network_of
from mock_anef.settings import Settings

ATTACKER, HOLDER = "198.51.100.7", "203.0.113.9"


def test_sixth_access_request_in_ten_minutes_waits(api, clock):
    number = api.number_of("instruction-en-cours")
    for _ in range(5):
        assert api.open(number).status_code == 202
    answer = api.open(number)
    assert (answer.status_code, api.slug(answer)) == (429, "rate-limited")
    wait = int(answer.headers["retry-after"])
    assert 590 < wait <= 600
    clock.forward(seconds=wait)
    api.service_token = api.token().json()["access_token"]
    assert api.open(number).status_code == 202


def test_eleventh_access_request_in_a_day_waits_for_the_next(api, clock):
    number = api.number_of("instruction-en-cours")
    for _ in range(2):
        for _ in range(5):
            assert api.open(number).status_code == 202
        clock.forward(minutes=10)
        api.service_token = api.token().json()["access_token"]
    answer = api.open(number)
    assert answer.status_code == 429
    assert 23 * 3600 < int(answer.headers["retry-after"]) < 24 * 3600
    assert api.open(number, address=HOLDER).status_code == 202


def test_limit_is_the_same_for_a_number_that_nobody_holds(api):
    answers = [
        [api.open(number) for _ in range(6)][-1] for number in (api.number_of("sans-contact"), api.UNKNOWN_NUMBER)
    ]
    assert answers[0].content == answers[1].content
    assert answers[0].status_code == 429


def test_limit_by_number_counts_other_spellings_of_a_visa_number(api):
    body = {"identifier": {"type": "numero-visa"}, "purpose": "status"}
    statuses = []
    for value in ["FRA960000117", "960000117"] * 3:
        body["identifier"]["value"] = value
        headers = api.headers(**{"ANEF-End-User": api.ADDRESS})
        statuses.append(api.http.post("/v1/access-requests", json=body, headers=headers).status_code)
    assert statuses == [202] * 5 + [429]


def test_attacker_who_burns_requests_and_codes_does_not_lock_the_holder_out(api):
    number = api.number_of("instruction-en-cours")
    before = api.open(number, address=HOLDER).json()["id"]
    for _ in range(5):
        burnt = api.open(number, address=ATTACKER).json()["id"]
        for _ in range(6):
            api.confirm(burnt, api.wrong(api.code(burnt)))
    assert api.open(number, address=ATTACKER).status_code == 429
    assert api.confirm(before, api.code(before)).status_code == 200, "a request opened before still works"
    after = api.open(number, address=HOLDER).json()["id"]
    assert api.confirm(after, api.code(after)).status_code == 200, "and so does a new one"


def test_guessing_across_numbers_stops_at_twenty_an_hour(api, clock):
    statuses = [api.open(f"96000005{tail:02}", address=ATTACKER).status_code for tail in range(21)]
    assert statuses == [202] * 20 + [429]
    assert api.open(api.UNKNOWN_NUMBER, address=HOLDER).status_code == 202
    clock.forward(hours=1)
    api.service_token = api.token().json()["access_token"]
    assert api.open("9600000599", address=ATTACKER).status_code == 202


def test_resets_and_access_requests_share_the_address_limit_only(api):
    number = api.number_of("instruction-en-cours")
    for _ in range(5):
        assert api.open(number).status_code == 202
    for _ in range(5):
        assert api.reset(number).status_code == 202
    assert api.reset(number).status_code == 429
    for tail in range(10):
        assert api.open(f"96000005{tail:02}").status_code == 202
    assert api.reset(api.UNKNOWN_NUMBER).status_code == 429


def test_refused_requests_do_not_lengthen_the_wait(api, clock):
    for _ in range(5):
        api.open(api.UNKNOWN_NUMBER)
    for _ in range(50):
        last = int(api.open(api.UNKNOWN_NUMBER).headers["retry-after"])
    clock.forward(seconds=last)
    api.service_token = api.token().json()["access_token"]
    assert api.open(api.UNKNOWN_NUMBER).status_code == 202


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:0:1200::1", "2001:db8:0:12ff:a::2", True),
        ("2001:db8:0:1200::1", "2001:db8:0:1300::1", False),
        ("0f3a9c", "0f3a9d", False),
    ],
)
def test_an_end_user_is_what_one_subscriber_holds(first, second, same):
    assert (network_of(first) == network_of(second)) is same


@pytest.mark.parametrize("address", [None, "", "a b", "x" * 65])
def test_end_user_must_be_named(api, address):
    headers = api.headers(**({"ANEF-End-User": address} if address is not None else {}))
    body = {"identifier": api.identifier(api.UNKNOWN_NUMBER), "purpose": "status"}
    answer = api.http.post("/v1/access-requests", json=body, headers=headers)
    assert (answer.status_code, api.slug(answer)) == (422, "request-invalid")


def test_lifted_limits_leave_the_attempts_of_a_code(clock, driver):
    settings = Settings(lift_limits=True)
    api = driver(TestClient(create_app(settings, clock)), settings)
    number = api.number_of("instruction-en-cours")
    ids = [api.open(number).json()["id"] for _ in range(30)]
    for _ in range(5):
        answer = api.confirm(ids[-1], api.wrong(api.code(ids[-1])))
    assert api.slug(answer) == "code-attempts-exhausted"
