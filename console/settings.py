"""Every setting of the console, with its production default. Each is read from `ANEF_CONSOLE_<NAME>`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ConsoleSettings(BaseSettings):
    """Without `issuer` there is no console: its addresses do not exist."""

    model_config = SettingsConfigDict(env_prefix="ANEF_CONSOLE_", extra="ignore", populate_by_name=True)

    url: str = Field("http://127.0.0.1:8000", description="Where agents reach the console, without /console")
    staff: Path | None = Field(None, description="YAML file of members and roles")

    issuer: str = Field("", description="OpenID Connect issuer, as its discovery document names it")
    client_id: str = Field("assistant-anef-console", description="Our name at the issuer")
    client_secret: SecretStr = Field(SecretStr(""), description="Our secret at the issuer")
    algorithm: str = Field("RS256", description="Signature of id_token and userinfo, as registered: RS256 or ES256")
    second_factor: list[str] = Field(["mfa"], description="Values of `amr`, one of which a sign-in must have")

    anef_url: str = Field("", validation_alias="ANEF_API_URL", description="The ANEF interface; none, no caller mode")
    anef_client_id: str = Field("", validation_alias="ANEF_API_CLIENT_ID", description="Our name there")
    anef_client_secret: SecretStr = Field(
        SecretStr(""), validation_alias="ANEF_API_CLIENT_SECRET", description="Our secret there"
    )

    idle_minutes: int = Field(30, description="A session ends after this long without a request")
    life_minutes: int = Field(600, description="A session ends after this long in any case")

    @property
    def host(self) -> str:
        """The name in `Host`; one that the public pages do not answer to makes the console a site of its own."""
        return urlsplit(self.url).hostname or ""

    @property
    def redirect_uri(self) -> str:
        return f"{self.url}/console/retour"

    @property
    def signed_out_uri(self) -> str:
        return f"{self.url}/console/deconnecte"
