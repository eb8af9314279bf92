"""`POST /oauth/token`: the client credentials grant (RFC 6749 section 4.4)."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import JSONResponse

from mock_anef.models import OAuthError, ServiceToken
from mock_anef.problems import TOKEN_PATH
from mock_anef.security import SERVICE_TOKEN_SECONDS, basic_credentials

router = APIRouter(tags=["service"])


@router.post(
    TOKEN_PATH,
    summary="Get a token for the service",
    response_model=ServiceToken,
    responses={
        400: {"model": OAuthError, "description": "The form is incomplete or asks for another grant."},
        401: {"model": OAuthError, "description": "The credentials are wrong."},
    },
    openapi_extra={"security": [{"client": []}]},
)
async def issue_token(request: Request, grant_type: Annotated[str, Form(examples=["client_credentials"])]) -> Response:
    """The client id and secret come by HTTP Basic, and in no other way."""
    settings = request.app.state.settings
    client_id, secret = basic_credentials(request.headers.get("Authorization", "")) or ("", "")
    # Both are compared, whatever the first comparison says, so that the time tells nothing.
    known = hmac.compare_digest(client_id.encode(), settings.client_id.encode())
    right = hmac.compare_digest(secret.encode(), settings.client_secret.get_secret_value().encode())
    if not (known and right):
        return JSONResponse({"error": "invalid_client"}, 401, {"WWW-Authenticate": 'Basic realm="anef"'})
    if grant_type != "client_credentials":
        return JSONResponse({"error": "unsupported_grant_type"}, 400)
    token = ServiceToken(access_token=request.app.state.tokens.issue_service(), expires_in=SERVICE_TOKEN_SECONDS)
    return JSONResponse(token.model_dump())
