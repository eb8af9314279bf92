"""The OpenAPI document, and the application held against it by generated requests."""

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mock_anef.app import create_app
from mock_anef.settings import Settings

lifted = create_app(Settings(lift_limits=True, response_floor_ms=0, slow_seconds=0))
schema = schemathesis.openapi.from_asgi("/openapi.json", lifted)
# Not `positive_data_acceptance`: it sends one idempotency key with two bodies, which is rightly refused.
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture(scope="module")
def authorised() -> dict[str, str]:
    """Both tokens, the person's for a persona whose answers are sound."""
    http = TestClient(lifted)
    token = http.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, auth=("assistant-demo", "demo-secret")
    ).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    opened = http.post(
        "/v1/access-requests",
        json={"identifier": {"type": "numero-etranger", "value": "9600000112"}, "purpose": "status"},
        headers={**headers, "ANEF-End-User": "192.0.2.1"},
    ).json()
    (message,) = http.get("/outbox.json").json()["messages"]
    person = http.post(
        f"/v1/access-requests/{opened['id']}/confirmation", json={"code": message["code"]}, headers=headers
    ).json()
    return {**headers, "ANEF-Person-Token": person["access_token"]}


@schema.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_generated_request_breaks_the_contract(case, authorised):
    """Without tokens, and with them: what lies behind the tokens is tried too."""
    case.call_and_validate(checks=CHECKS)
    case.call_and_validate(checks=CHECKS, headers=authorised if case.path.startswith("/v1") else None)


def test_document_is_openapi_3_1_and_asks_for_both_tokens_together():
    document = lifted.openapi()
    assert document["openapi"].startswith("3.1")
    assert document["paths"]["/v1/account"]["get"]["security"] == [{"service": [], "person": []}]
    assert document["paths"]["/v1/access-requests"]["post"]["security"] == [{"service": []}]
    flows = document["components"]["securitySchemes"]["service"]["flows"]
    assert flows["clientCredentials"]["tokenUrl"] == "/oauth/token"
