"""Settings of the stand-in. Each is read from `ANEF_IDP_<NAME>`."""

from __future__ import annotations

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class IdpSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ANEF_IDP_", extra="ignore")

    host: str = Field("127.0.0.1", description="Address of the listener")
    port: int = Field(8020, description="Port of the listener")
    client_id: str = Field("assistant-anef-console", description="The one client that is registered")
    client_secret: SecretStr = Field(SecretStr("demonstration"), description="Its secret")
    redirect_uri: str = Field("http://127.0.0.1:8000/console/retour", description="Where codes may go")
    signed_out_uri: str = Field("http://127.0.0.1:8000/console/deconnecte", description="Where sign-outs may go")

    @property
    def issuer(self) -> str:
        return f"http://{self.host}:{self.port}/api/v2"
