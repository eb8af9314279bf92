"""Sign-in by OpenID Connect, to ProConnect's rules. Authlib speaks the protocol, joserfc checks the signatures.

The rules that shape this file: only the parameters that ProConnect names (another one is refused with Y000400, hence
no PKCE), `state` and `nonce` of 32 characters or more, `amr` on demand, userinfo as a signed JWT.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from console.settings import ConsoleSettings

_AMR = json.dumps({"id_token": {"amr": {"essential": True}}}, separators=(",", ":"))
_TIMEOUT = 5.0
_LEEWAY = 5
"""Seconds that two clocks may differ."""


class SignInFailed(Exception):
    """`code` names why, for the log and for the sentence that the agent reads."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Identity:
    """What we ask of the identity provider: nothing but a subject, and a proof of two factors."""

    sub: str
    id_token: str


class Provider:
    """The identity provider. Its discovery document and keys are fetched at the first sign-in and kept."""

    def __init__(self, settings: ConsoleSettings, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._settings, self._transport = settings, transport
        self._metadata: dict[str, Any] = {}
        self._keys = KeySet([])

    async def authorization_url(self, state: str, nonce: str) -> str:
        await self._discover()
        async with self._client() as client:
            url, _ = client.create_authorization_url(
                self._metadata["authorization_endpoint"], state=state, nonce=nonce, claims=_AMR
            )
        return str(url)

    async def identity(self, code: str, nonce: str) -> Identity:
        """Who came back with `code`. Raises SignInFailed."""
        try:
            return await self._identity(code, nonce)
        except (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError, KeyError) as error:
            raise SignInFailed("provider") from error

    async def _identity(self, code: str, nonce: str) -> Identity:
        await self._discover()
        async with self._client() as client:
            token = await client.fetch_token(
                self._metadata["token_endpoint"], code=code, grant_type="authorization_code"
            )
            claims = await self._id_token(token["id_token"], nonce, token["access_token"])
            answer = await client.get(self._metadata["userinfo_endpoint"])
        if answer.headers.get("content-type", "").split(";")[0] != "application/jwt":
            raise ValueError("userinfo is not signed")
        info = await self._signed(answer.text)
        if info["sub"] != claims["sub"] or info["aud"] != self._settings.client_id:
            raise ValueError("userinfo is about someone else")
        if not set(claims.get("amr") or []) & set(self._settings.second_factor):
            raise SignInFailed("second-factor")
        return Identity(claims["sub"], token["id_token"])

    async def sign_out_url(self, id_token: str) -> str:
        """`state` is sent because it is demanded; the session is already ended when the browser comes back."""
        await self._discover()
        asked = {
            "id_token_hint": id_token,
            "state": secrets.token_urlsafe(32),
            "post_logout_redirect_uri": self._settings.signed_out_uri,
        }
        return f"{self._metadata['end_session_endpoint']}?{urlencode(asked)}"

    async def _id_token(self, token: str, nonce: str, access_token: str) -> CodeIDToken:
        header, claims = await self._verified(token)
        checked = CodeIDToken(
            claims,
            header,
            options={"iss": {"essential": True, "value": self._metadata["issuer"]}, "nonce": {"essential": True}},
            params={"nonce": nonce, "client_id": self._settings.client_id, "access_token": access_token},
        )
        checked.validate(leeway=_LEEWAY)
        if checked["aud"] not in (self._settings.client_id, [self._settings.client_id]):
            raise ValueError("aud")
        return checked

    async def _signed(self, token: str) -> dict[str, Any]:
        _, claims = await self._verified(token)
        if claims["iss"] != self._metadata["issuer"]:
            raise ValueError("iss")
        return claims

    async def _verified(self, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a JWT signed with the registered algorithm; keys are fetched again once if unknown."""
        algorithms = [self._settings.algorithm]
        try:
            read = jwt.decode(token, self._keys, algorithms)
        except (JoseError, ValueError):
            fetched = await self._fetch(self._metadata["jwks_uri"])
            self._keys = KeySet.import_key_set({"keys": fetched["keys"]})
            read = jwt.decode(token, self._keys, algorithms)
        return dict(read.header), dict(read.claims)

    async def _discover(self) -> None:
        if not self._metadata:
            metadata = await self._fetch(f"{self._settings.issuer}/.well-known/openid-configuration")
            if metadata["issuer"] != self._settings.issuer:
                raise ValueError("issuer")
            self._metadata = metadata

    async def _fetch(self, url: str) -> dict[str, Any]:
        async with httpx2.AsyncClient(transport=self._transport, timeout=_TIMEOUT) as http:
            answer = await http.get(url)
            answer.raise_for_status()
            return dict(answer.json())

    def _client(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._settings.client_id,
            self._settings.client_secret.get_secret_value(),
            token_endpoint_auth_method="client_secret_post",
            scope="openid",
            redirect_uri=self._settings.redirect_uri,
            leeway=0,  # their access tokens live 60 s, Authlib's default leeway
            transport=self._transport,
            timeout=_TIMEOUT,
        )
