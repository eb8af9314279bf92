"""The outermost layer: exact Host, bounded body, security headers on every response, whatever happens inside."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from gateway.problems import Problem
from gateway.settings import Settings
from gateway.texts import Texts

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_HOST = re.compile(rb"([a-z0-9.-]+)(?::\d{1,5})?")
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"strict-transport-security": b"max-age=31536000",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cache-control": b"no-store",
}
"""Defaults; a route that needs another value (a page's policy, a cached file) sets its own."""


class Guard:
    """ASGI middleware. Reads `scope`, never `request.url`, which a Host header can bend (CVE-2026-48710)."""

    def __init__(self, app: Any, settings: Settings, origins: frozenset[str], texts: Texts) -> None:
        self._app, self._texts, self._limit = app, texts, settings.body_bytes
        self._hosts = {host.lower().encode() for host in settings.allowed_hosts}
        self._origins = {origin.encode() for origin in origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        send = _with_headers(send)
        try:
            self._check(scope)
            body = await self._body(scope, receive)
        except Problem as refusal:
            return await refusal.response(self._texts)(scope, receive, send)
        await self._app(scope, _replay(body, receive), send)

    def _check(self, scope: Scope) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        known = _HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
        if known is None or known.group(1) not in self._hosts:
            raise Problem(400, "host")
        if not scope["path"].startswith("/"):
            raise Problem(400, "path")
        self._check_origin(scope, hosts[0])
        if scope["method"] in ("POST", "PUT", "PATCH") and not _is_json(scope):
            raise Problem(415, "media-type")

    def _check_origin(self, scope: Scope, host: bytes) -> None:
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        own = {b"http://" + host, b"https://" + host}
        if origins and (len(origins) > 1 or origins[0] not in own | self._origins):
            raise Problem(403, "origin")

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body, read before the application starts: a refusal in mid-read would be a 500."""
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                raise Problem(413, "body", {"Connection": "close"})
        return bytes(body)


def _is_json(scope: Scope) -> bool:
    types = [value.split(b";")[0].strip().lower() for name, value in scope["headers"] if name == b"content-type"]
    return types == [b"application/json"]


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> MutableMapping[str, Any]:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            missing = [(name, value) for name, value in HEADERS.items() if name not in present]
            message["headers"] = [*message["headers"], *missing]
        await send(message)

    return sending
