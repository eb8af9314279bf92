"""Rasa's only door: the gateway's own channel, closed to everyone else and never silent."""

from __future__ import annotations

import hmac
import os
import re
from typing import Any, Awaitable, Callable, Dict, Optional, Text

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

SECRET_VARIABLE = "ANEF_CHANNEL_SECRET"
SECRET_HEADER = "X-Channel-Secret"
SENDER = re.compile(r"[a-z0-9]{32,64}")
METADATA = {"language", "surface", "end_user"}

logger = structlog.get_logger()


class TurnOutput(CollectingOutputChannel):
    """Collects what the dialogue says: only the agreed JSON messages leave this door."""

    @classmethod
    def name(cls) -> Text:
        return "gateway"

    async def send_custom_json(self, recipient_id: Text, json_message: Dict[Text, Any], **kwargs: Any) -> None:
        await self._persist_message(json_message)

    def turn(self) -> list:
        return [message for message in self.messages if "kind" in message]


class GatewayInput(InputChannel):
    """`POST /webhooks/gateway/webhook` {"sender", "message", "metadata"?} → 200 {"messages": [...]}.

    401 without the shared secret, 400 for a sender that the gateway would not make, 502 `silent_turn` when the
    dialogue said nothing, 503 when it failed. The client's say in channel names and streaming ends here.
    """

    def __init__(self, secret: Text) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> Text:
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> GatewayInput:
        secret = os.environ.get(SECRET_VARIABLE, "")
        if len(secret) < 32:
            raise RasaException(f"{SECRET_VARIABLE} must hold a shared secret of at least 32 characters.")
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        webhook = Blueprint("gateway_webhook")

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode(), self._secret.encode()):
                return _refusal(401, "secret")
            body = request.json if isinstance(request.json, dict) else {}
            sender, text = body.get("sender"), body.get("message")
            if not (isinstance(sender, str) and SENDER.fullmatch(sender)):
                return _refusal(400, "sender")
            if not (isinstance(text, str) and text):
                return _refusal(400, "message")
            return await self._turn(on_new_message, sender, text, _allowed(body.get("metadata")))

        return webhook

    async def _turn(
        self, on_new_message: Callable, sender: Text, text: Text, metadata: Dict[Text, Text]
    ) -> HTTPResponse:
        output = TurnOutput()
        message = UserMessage(text, output, sender, input_channel=self.name(), metadata=metadata)
        try:
            await on_new_message(message)
        except Exception as error:  # the text must not reach a log, hence no traceback of ours either
            logger.error("gateway_input.turn_failed", error=type(error).__name__)
            return _refusal(503, "turn_failed")
        if not output.turn():
            logger.error("gateway_input.silent_turn")
            return _refusal(502, "silent_turn")
        return response.json({"messages": output.turn()})


def _allowed(metadata: Any) -> Dict[Text, Text]:
    given = metadata if isinstance(metadata, dict) else {}
    return {key: value for key, value in given.items() if key in METADATA and isinstance(value, str)}


def _refusal(status: int, code: Text) -> HTTPResponse:
    return response.json({"code": code}, status=status)
