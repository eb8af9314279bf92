"""Errors: one envelope, RFC 9457 (`application/problem+json`), with French `title` and `detail`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:problem-type:anef:"
TOKEN_PATH = "/oauth/token"

# slug: (status, title, detail)
PROBLEMS: dict[str, tuple[int, str, str]] = {
    "request-invalid": (422, "Requête invalide", "La requête ne respecte pas le contrat de l'interface."),
    "service-token-invalid": (401, "Service non reconnu", "Le jeton du service est absent, inconnu ou expiré."),
    "person-token-invalid": (401, "Accès non vérifié", "Le jeton de la personne est absent, inconnu ou expiré."),
    "purpose-not-granted": (403, "Accès hors objet", "L'accès a été ouvert pour un autre objet."),
    "code-wrong": (403, "Code refusé", "Le code ne correspond pas à la demande d'accès."),
    "code-attempts-exhausted": (410, "Trop d'essais", "Cinq codes ont été refusés : ouvrez une autre demande d'accès."),
    "access-request-closed": (410, "Demande d'accès close", "La demande d'accès a expiré ou a déjà servi."),
    "access-request-unknown": (404, "Demande d'accès inconnue", "Aucune demande d'accès ne porte cet identifiant."),
    "rate-limited": (429, "Trop de demandes", "La limite est atteinte. Réessayez après le délai indiqué."),
    "idempotency-key-reused": (422, "Clé déjà utilisée", "Cette clé d'idempotence a servi à une autre requête."),
    "idempotency-in-flight": (409, "Requête en cours", "Une requête de même clé d'idempotence est en cours."),
    "internal-error": (500, "Erreur interne", "L'interface a rencontré une erreur."),
    "unavailable": (503, "Service indisponible", "L'interface est momentanément indisponible."),
}


class Problem(Exception):
    """An error answer. `slug` is a key of `PROBLEMS`; `extra` becomes members of the body."""

    def __init__(self, slug: str, *, headers: Mapping[str, str] | None = None, **extra: Any) -> None:
        super().__init__(slug)
        self.slug = slug
        self.status, self.title, self.detail = PROBLEMS[slug]
        self.headers = dict(headers or {})
        self.extra = extra

    def response(self) -> JSONResponse:
        body = {
            "type": TYPE_PREFIX + self.slug,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }
        return JSONResponse(body, self.status, self.headers, MEDIA_TYPE)


def pointer(error: Mapping[str, Any]) -> str:
    """Where a validation error lies, as `/part/member`, never a name or a value that the caller chose."""
    place = list(error["loc"])
    if error["type"] == "extra_forbidden":
        place.pop()
    return "/" + "/".join(str(step) for step in place)


async def on_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return error.response()


async def on_invalid(request: Request, error: Exception) -> JSONResponse:
    """Say where and of what kind, not what was sent: pydantic's `input` and messages would echo identifiers."""
    assert isinstance(error, RequestValidationError)
    if request.scope["path"] == TOKEN_PATH:
        return JSONResponse({"error": "invalid_request"}, 400)  # RFC 6749 section 5.2
    errors = [{"pointer": pointer(one), "kind": one["type"]} for one in error.errors()]
    return Problem("request-invalid", errors=errors).response()


async def on_http(request: Request, error: Exception) -> JSONResponse:
    """404 and 405 of the router, 400 of a body that is not JSON."""
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    body = {"type": "about:blank", "title": title, "status": error.status_code}
    return JSONResponse(body, error.status_code, error.headers, MEDIA_TYPE)


async def on_crash(request: Request, error: Exception) -> JSONResponse:
    return Problem("internal-error").response()


def install(app: FastAPI) -> None:
    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_crash)
