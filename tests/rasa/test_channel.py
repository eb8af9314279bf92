"""The gateway's channel: closed without the secret, real errors, never silent."""

from __future__ import annotations

import json

import pytest
from rasa.core.run import configure_app
from rasa.shared.exceptions import RasaException

from bot.channels.gateway_input import GatewayInput

SECRET = "s" * 40
SENDER = "a" * 64
ADDRESS = "/webhooks/gateway/webhook"
MESSAGE = {"kind": "smalltalk", "key": "smalltalk.greet"}


async def speaks(message):
    await message.output_channel.send_response(message.sender_id, {"custom": MESSAGE})


async def is_silent(message):
    await message.output_channel.send_response(message.sender_id, {"text": "pas pour vous"})


async def fails(message):
    raise RuntimeError("boom")


def post(behaviour, body, secret=SECRET):
    app = configure_app([])
    app.blueprint(GatewayInput(SECRET).blueprint(behaviour), url_prefix="/webhooks/gateway")
    _, response = app.test_client.post(ADDRESS, data=json.dumps(body), headers={"X-Channel-Secret": secret})
    return response


def test_what_the_dialogue_says_comes_out():
    response = post(speaks, {"sender": SENDER, "message": "bonjour"})
    assert (response.status, response.json) == (200, {"messages": [MESSAGE]})


@pytest.mark.parametrize("secret", ["", "x" * 40])
def test_closed_without_the_secret(secret):
    assert post(speaks, {"sender": SENDER, "message": "bonjour"}, secret).status == 401


@pytest.mark.parametrize("sender", [None, "", "default", "A" * 64, "a" * 300, "a\u0000" * 20, "\ud800" * 32, 3])
def test_a_sender_that_the_gateway_would_not_make(sender):
    assert post(speaks, {"sender": sender, "message": "bonjour"}).status == 400


def test_silence_is_an_error():
    response = post(is_silent, {"sender": SENDER, "message": "bonjour"})
    assert (response.status, response.json) == (502, {"code": "silent_turn"})


def test_a_failed_turn_is_an_error_without_details():
    response = post(fails, {"sender": SENDER, "message": "bonjour"})
    assert (response.status, response.json) == (503, {"code": "turn_failed"})


def test_metadata_is_what_we_allow():
    seen = {}

    async def look(message):
        seen.update(message.metadata)
        await speaks(message)

    post(look, {"sender": SENDER, "message": "x", "metadata": {"language": "fr", "role": "admin", "surface": {}}})
    assert seen == {"language": "fr"}


def test_a_short_secret_does_not_start(monkeypatch):
    monkeypatch.setenv("ANEF_CHANNEL_SECRET", "court")
    with pytest.raises(RasaException):
        GatewayInput.from_credentials(None)
