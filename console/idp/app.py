"""The stand-in's end points: discovery, authorize, token, userinfo (a signed JWT), keys, end of session."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

import yaml
from authlib.oidc.core.util import create_half_hash  # type: ignore[import-untyped]
from fastapi import Cookie, FastAPI, Form, Header, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader
from joserfc import jwt
from joserfc.jwk import RSAKey

from console.idp.grants import CODE_SECONDS, SESSION_SECONDS, TOKEN_SECONDS, Grant, Once, User
from console.idp.settings import IdpSettings

HERE = Path(__file__).resolve().parent
ALGORITHM = "RS256"
SESSION = "demo-proconnect"
SCOPES = {"openid", "given_name", "usual_name", "email", "uid", "siret", "idp_id"}
REQUIRED = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"}
KNOWN = REQUIRED | {"claims", "prompt", "idp_hint"}
SHORTEST = 32
PAGE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""No form-action: Chromium applies it to the redirection that follows the form, which goes to the client."""


class Refused(Exception):
    """ProConnect's answer to a request that is not in order: a page with a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def create_app(settings: IdpSettings, clock: Callable[[], float] = time.time) -> FastAPI:
    app = FastAPI(title="ProConnect de démonstration", docs_url=None, redoc_url=None)
    users = {line["id"]: User(**line) for line in yaml.safe_load((HERE / "users.yml").read_text(encoding="utf-8"))}
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
    codes: Once[Grant] = Once(CODE_SECONDS, clock)
    tokens: Once[Grant] = Once(TOKEN_SECONDS, clock)
    sessions: Once[User] = Once(SESSION_SECONDS, clock)
    template = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("page.html")

    def page(status: int = 200, **values: Any) -> Response:
        return HTMLResponse(template.render(**values), status, headers=PAGE)

    def back(asked: dict[str, str], user: User, session: str | None = None) -> Response:
        code = codes.put(Grant(user, asked["nonce"], _wants_amr(asked)))
        query = urlencode({"code": code, "state": asked["state"], "iss": settings.issuer})
        answer = RedirectResponse(f"{asked['redirect_uri']}?{query}", 303)
        if session:
            answer.set_cookie(SESSION, session, max_age=SESSION_SECONDS, httponly=True, samesite="lax")
        return answer

    def signed(claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, {"iss": settings.issuer, **claims}, key)

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:
        return page(400, error="Y000400", why=error.why)

    @app.get("/api/v2/.well-known/openid-configuration")
    async def discovery() -> dict[str, Any]:
        base = settings.issuer
        return {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/userinfo",
            "jwks_uri": f"{base}/jwks",
            "end_session_endpoint": f"{base}/session/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "userinfo_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "scopes_supported": sorted(SCOPES),
        }

    @app.get("/api/v2/jwks")
    async def keys() -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False)]}

    @app.get("/style.css")
    async def style() -> Response:
        return Response((HERE / "page.css").read_text(encoding="utf-8"), media_type="text/css")

    @app.get("/api/v2/authorize")
    async def authorize(request: Request, demo_proconnect: Annotated[str, Cookie(alias=SESSION)] = "") -> Response:
        asked = _asked(request.url.query, settings)
        known = sessions.get(demo_proconnect)
        if known and asked.get("prompt") != "login":
            return back(asked, known)
        return page(users=list(users.values()), query=request.url.query)

    @app.post("/api/v2/authorize")
    async def choose(request: Request, user: Annotated[str, Form()]) -> Response:
        asked = _asked(request.url.query, settings)
        if user not in users:
            raise Refused("Personne inconnue.")
        return back(asked, users[user], sessions.put(users[user]))

    @app.post("/api/v2/token")
    async def token(
        grant_type: Annotated[str, Form()],
        code: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        client_id: Annotated[str, Form()],
        client_secret: Annotated[str, Form()],
    ) -> Response:
        secret = settings.client_secret.get_secret_value()
        if client_id != settings.client_id or not hmac.compare_digest(client_secret.encode(), secret.encode()):
            return JSONResponse({"error": "invalid_client"}, 401)
        grant = codes.take(code)
        if grant is None or grant_type != "authorization_code" or redirect_uri != settings.redirect_uri:
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = tokens.put(grant)
        now = int(clock())
        claims = {
            "sub": grant.user.sub,
            "aud": client_id,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "nonce": grant.nonce,
            "at_hash": (create_half_hash(access, ALGORITHM) or b"").decode(),
        }
        amr = {"amr": grant.user.amr} if grant.with_amr else {}
        return JSONResponse(
            {
                "access_token": access,
                "token_type": "Bearer",
                "expires_in": TOKEN_SECONDS,
                "id_token": signed({**claims, **amr}),
            }
        )

    @app.get("/api/v2/userinfo")
    async def userinfo(authorization: Annotated[str, Header()] = "") -> Response:
        grant = tokens.get(authorization.removeprefix("Bearer "))
        if grant is None:
            return JSONResponse({"error": "invalid_token"}, 401)
        now = int(clock())
        claims = {"sub": grant.user.sub, "aud": settings.client_id, "iat": now, "exp": now + TOKEN_SECONDS}
        return Response(signed(claims), media_type="application/jwt")

    @app.get("/api/v2/session/end")
    async def end(
        id_token_hint: str,
        state: str,
        post_logout_redirect_uri: str,
        demo_proconnect: Annotated[str, Cookie(alias=SESSION)] = "",
    ) -> Response:
        if post_logout_redirect_uri != settings.signed_out_uri or len(state) < SHORTEST:
            raise Refused("Adresse de retour ou state non conforme.")
        jwt.decode(id_token_hint, key, [ALGORITHM])
        sessions.take(demo_proconnect)
        answer = RedirectResponse(f"{post_logout_redirect_uri}?{urlencode({'state': state})}", 303)
        answer.delete_cookie(SESSION)
        return answer

    return app


def _asked(query: str, settings: IdpSettings) -> dict[str, str]:
    """The authorization request. Raises Refused for whatever ProConnect does not accept."""
    pairs = parse_qsl(query, keep_blank_values=True)
    asked = dict(pairs)
    if len(pairs) != len(asked) or not asked.keys() <= KNOWN:
        raise Refused("Paramètre inconnu ou répété.")
    if not asked.keys() >= REQUIRED or asked["response_type"] != "code":
        raise Refused("Paramètre manquant.")
    if asked["client_id"] != settings.client_id or asked["redirect_uri"] != settings.redirect_uri:
        raise Refused("Client ou adresse de retour non enregistrés.")
    if min(len(asked["state"]), len(asked["nonce"])) < SHORTEST:
        raise Refused("state et nonce font 32 caractères au moins.")
    scopes = set(asked["scope"].split())
    if "openid" not in scopes or not scopes <= SCOPES:
        raise Refused("Portée non enregistrée.")
    return asked


def _wants_amr(asked: dict[str, str]) -> bool:
    try:
        return "amr" in json.loads(asked.get("claims", "{}")).get("id_token", {})
    except (ValueError, AttributeError):
        return False
