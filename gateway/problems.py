"""One error envelope everywhere: application/problem+json (RFC 9457) with a French sentence, no echo of the input."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from gateway.metrics import REFUSED
from gateway.texts import Texts

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A refusal. `code` is for programs and, where there is a string `problem.<code>`, chooses the French detail."""

    def __init__(self, status: int, code: str, headers: dict[str, str] | None = None, **params: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.headers, self.params = status, code, headers, params

    def response(self, texts: Texts) -> JSONResponse:
        REFUSED.labels(self.code).inc()
        key = f"problem.{self.code}"
        detail = texts.plain(key if key in texts else f"problem.{self.status}", **self.params)
        body = {"type": "about:blank", "status": self.status, "code": self.code, "detail": detail}
        return JSONResponse(body, self.status, headers=self.headers, media_type=MEDIA_TYPE)


def install(app: FastAPI, texts: Texts) -> None:
    """Make every refusal of `app`, expected or not, a problem."""

    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> JSONResponse:
        return error.response(texts)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        unreadable = any(item["type"] == "json_invalid" for item in error.errors())
        return Problem(400 if unreadable else 422, "json" if unreadable else "shape").response(texts)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        return Problem(error.status_code, "http", dict(error.headers or {})).response(texts)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        return Problem(500, "internal").response(texts)
