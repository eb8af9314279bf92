"""Nothing in an answer, nor in its time, tells whether a number exists."""

import asyncio

import pytest
from fastapi.testclient import TestClient

from mock_anef.app import create_app
from mock_anef.clock import SystemClock
from mock_anef.settings import Settings

STATES = ["instruction-en-cours", "compte-verrouille", "compte-inexistant", "email-non-confirme", "sans-contact"]


@pytest.fixture(params=["access-request", "password-reset"])
def ask(request, api):
    """Call the operation that takes a number."""
    return api.open if request.param == "access-request" else api.reset


@pytest.mark.parametrize("persona", STATES)
def test_answer_is_the_same_for_known_and_unknown_numbers(api, ask, persona):
    known, unknown = ask(api.number_of(persona)), ask(api.UNKNOWN_NUMBER)
    assert known.status_code == unknown.status_code == 202
    assert known.headers.raw == unknown.headers.raw
    assert len(known.content) == len(unknown.content)
    known_body, unknown_body = known.json(), unknown.json()
    known_body.pop("id", None), unknown_body.pop("id", None)
    assert known_body == unknown_body


def test_access_request_says_its_id_and_the_end_of_the_code_and_no_more(api):
    body = api.open(api.UNKNOWN_NUMBER).json()
    assert set(body) == {"id", "expires_at"}
    assert len(body["id"]) == 32
    assert body["expires_at"] == "2031-03-14T09:36:53Z"


@pytest.mark.parametrize("persona", [*STATES, None])
def test_answer_leaves_at_the_floor(api, ask, clock, persona):
    before = clock.monotonic()
    ask(api.number_of(persona) if persona else api.UNKNOWN_NUMBER)
    assert clock.monotonic() - before == pytest.approx(0.4)


def test_floor_can_be_set(clock, driver):
    settings = Settings(response_floor_ms=0)
    api = driver(TestClient(create_app(settings, clock)), settings)
    before = clock.monotonic()
    api.open(api.UNKNOWN_NUMBER)
    assert clock.monotonic() == before


@pytest.mark.parametrize("work", [0.0, 0.0004, 0.0007])
def test_floor_hides_how_long_the_work_took(work):
    """The loop's timers alone would add the work to the wait."""
    clock = SystemClock()

    async def late() -> float:
        leave_at = clock.monotonic() + 0.02
        while clock.monotonic() < leave_at - 0.02 + work:
            pass
        await clock.sleep_until(leave_at)
        return clock.monotonic() - leave_at

    lateness = sorted(asyncio.run(late()) for _ in range(15))
    assert 0 <= lateness[0] < 0.0002


@pytest.mark.parametrize("number", ["FRA960000999", "960000117"])
def test_visa_numbers_are_treated_alike_too(api, number):
    opened = api.http.post(
        "/v1/access-requests",
        json={"identifier": {"type": "numero-visa", "value": number}, "purpose": "status"},
        headers=api.headers(**{"ANEF-End-User": api.ADDRESS}),
    )
    assert opened.status_code == 202
    assert bool(api.messages("visa-seul")) == (number == "960000117")


def test_every_code_is_wrong_for_an_unknown_number_with_the_answer_of_a_known_one(api):
    known, unknown = (
        api.open(number).json()["id"] for number in (api.number_of("titre-disponible"), api.UNKNOWN_NUMBER)
    )
    bad = api.wrong(api.code(known))
    for _ in range(6):
        answers = api.confirm(known, bad), api.confirm(unknown, bad)
        assert answers[0].content == answers[1].content
        assert answers[0].headers.raw == answers[1].headers.raw


def test_the_drawn_code_itself_is_wrong_for_an_unknown_number(api, app):
    opened = app.state.access.open(None, "status")
    assert api.slug(api.confirm(opened.id, opened.code)) == "code-wrong"


def test_code_is_sent_after_the_answer(app, api, clock):
    """The floor is over before the message is queued: the work of sending cannot lengthen the answer."""
    before = clock.now()
    opened = api.open(api.number_of("instruction-en-cours")).json()
    (message,) = app.state.outbox.messages()
    assert message.access_request == opened["id"]
    assert (message.sent_at - before).total_seconds() == pytest.approx(0.4, abs=0.001)


def test_nobody_is_written_to_when_nobody_can_be_reached(api):
    for ask in (api.open, api.reset):
        ask(api.UNKNOWN_NUMBER)
        ask(api.number_of("sans-contact"))
    assert api.messages() == []


def test_malformed_numbers_are_refused_without_being_repeated(api):
    for value in (
        "960000010",
        "96000001011",
        "9600000a01",
        " 9600000101",
        "9600000101\n",
        "９６００００００００",
        "\x00",
    ):
        answer = api.http.post(
            "/v1/access-requests",
            json={"identifier": {"type": "numero-etranger", "value": value, "9600000102": 1}, "purpose": "status"},
            headers=api.headers(**{"ANEF-End-User": api.ADDRESS}),
        )
        assert (answer.status_code, api.slug(answer)) == (422, "request-invalid")
        assert "96000" not in answer.text
