"""What may differ from one deployment to the next. Limits and lifetimes are part of the contract and are not here."""

import secrets

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment, each name prefixed with `ANEF_MOCK_`; the defaults are the demonstration's."""

    model_config = SettingsConfigDict(env_prefix="ANEF_MOCK_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8010, ge=1, le=65535)
    client_id: str = "assistant-demo"
    client_secret: SecretStr = SecretStr("demo-secret")
    database: str = Field(default=":memory:", description="Path of the SQLite file, or `:memory:`.")
    pepper: SecretStr = Field(
        default_factory=lambda: SecretStr(secrets.token_hex(32)),
        description="Key of the hashes kept in the database. A new one makes open requests and limits void.",
    )
    response_floor_ms: int = Field(
        default=400, ge=0, description="No answer that might tell whether a number exists leaves sooner than this."
    )
    slow_seconds: float = Field(
        default=10.0, ge=0, description="Delay of the slow personas; above the time-outs of any sensible client."
    )
    lift_limits: bool = Field(
        default=False, description="Takes the rate limits away. The number of codes a request may try stays."
    )
