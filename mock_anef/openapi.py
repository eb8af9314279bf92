"""The OpenAPI 3.1 document: what FastAPI does not say by itself."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from mock_anef.models import ProblemBody
from mock_anef.problems import MEDIA_TYPE

TITLE = "ANEF (mock): accounts and applications"
DESCRIPTION = """Stand-in for the interface of the ANEF, with invented people.
Every operation under `/v1` needs the service's bearer token; personal data needs the person's token as well."""
MEANING = {
    400: "The body cannot be read as JSON text at all.",
    401: "A token is missing, unknown or expired; `type` says whose.",
    403: "Refused: a wrong code, or a token given for another purpose.",
    404: "No such access request.",
    409: "A request with the same idempotency key is being answered.",
    410: "The access request is closed or has no attempts left.",
    413: "The body is over 16 KiB.",
    422: "The request breaks the contract, or reuses an idempotency key.",
    429: "A limit is reached; `Retry-After` gives the seconds to wait.",
    500: "The interface is at fault.",
    503: "The interface is down for the moment.",
}
HEADERS = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}},
    429: {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "required": True}},
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route for these error statuses."""
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {
        status: {
            "description": MEANING[status],
            # The framework refuses a long body before anything of ours runs, and in plain text.
            "content": {"text/plain": {}} if status == 413 else {MEDIA_TYPE: {"schema": schema}},
            "headers": HEADERS.get(status, {}),
        }
        for status in statuses
    }


def install(app: FastAPI) -> None:
    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = complete(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def complete(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = schema["components"]
    components["schemas"]["ProblemBody"] = ProblemBody.model_json_schema()
    components["securitySchemes"]["client"] = {"type": "http", "scheme": "basic"}
    for path in schema["paths"].values():
        for operation in path.values():
            # pydantic says « or null » of what may be left out, but a header or a query cannot hold a null.
            for parameter in operation.get("parameters", ()):
                if "anyOf" in parameter["schema"]:
                    parameter["schema"] = parameter["schema"]["anyOf"][0]
            # FastAPI lists the schemes as alternatives; ours are needed together.
            if "security" in operation:
                operation["security"] = [{name: [] for one in operation["security"] for name in one}]
    # The token end point answers a malformed form in OAuth's own way, with 400.
    del schema["paths"]["/oauth/token"]["post"]["responses"]["422"]
    return schema
