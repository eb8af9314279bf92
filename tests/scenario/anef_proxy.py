"""Between the actions and the mock ANEF interface: passes everything on, or breaks it as a test wants."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2

SLOW_SECONDS = 10
PROBLEM = '{"type": "urn:problem-type:anef:%s", "title": "x", "status": %d}'


@dataclass
class Fault:
    """`how` breaks the answers to requests whose « METHOD path » begins like `where`."""

    how: str
    where: str


class AnefProxy:
    """`target` may change while it runs."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.fault: Fault | None = None
        self.seen: list[tuple[str, dict[str, str]]] = []
        """« METHOD path » and headers of what came, the latest last."""
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Nothing: identifiers pass here."""

            def do_GET(self) -> None:
                proxy.handle(self)

            do_POST = do_GET

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._http = httpx2.Client(timeout=30)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._http.close()

    @contextmanager
    def broken(self, how: str, where: str = "") -> Iterator[None]:
        self.fault = Fault(how, where)
        try:
            yield
        finally:
            self.fault = None

    @contextmanager
    def sent_to(self, target: str) -> Iterator[None]:
        before, self.target = self.target, target
        try:
            yield
        finally:
            self.target = before

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        line = f"{request.command} {request.path}"
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        self.seen.append((line, dict(request.headers)))
        fault = self.fault
        if fault and line.startswith(fault.where) and self._break(fault.how, request):
            return
        headers = {
            k: v for k, v in request.headers.items() if k.lower() not in ("host", "connection", "content-length")
        }
        answer = self._http.request(request.command, self.target + request.path, headers=headers, content=body)
        content = answer.content
        if fault and line.startswith(fault.where):
            content = _spoiled(fault.how, content)
        retry = answer.headers.get("Retry-After")
        self._answer(request, answer.status_code, answer.headers.get("Content-Type", ""), content, retry)

    def _break(self, how: str, request: BaseHTTPRequestHandler) -> bool:
        """Whether the fault leaves nothing to ask the mock for."""
        if how == "down":
            request.connection.shutdown(socket.SHUT_RDWR)
            request.close_connection = True
        elif how == "slow":
            time.sleep(SLOW_SECONDS)
            request.close_connection = True
        elif re.fullmatch(r"\d{3}", how):
            self._answer(request, int(how), "application/problem+json", b"{}", "30" if how == "429" else None)
        elif how == "stranger":
            refused = (PROBLEM % ("service-token-invalid", 401)).encode()
            self._answer(request, 401, "application/problem+json", refused)
        else:
            return False
        return True

    @staticmethod
    def _answer(
        request: BaseHTTPRequestHandler, status: int, type_: str, content: bytes, retry_after: str | None = None
    ) -> None:
        request.send_response(status)
        request.send_header("Content-Type", type_)
        request.send_header("Content-Length", str(len(content)))
        if retry_after:
            request.send_header("Retry-After", retry_after)
        request.end_headers()
        request.wfile.write(content)


def _spoiled(how: str, content: bytes) -> bytes:
    """What is left of an answer that was sound."""
    if how == "truncated":
        return content[: len(content) // 2]
    assert how == "types", how
    return re.sub(rb'"(?:applications|state|id|access_token)":\s*("[^"]*"|\[)', rb'"applications": 3, "x": \1', content)
