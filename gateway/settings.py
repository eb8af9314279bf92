"""Every setting of the gateway, with its production default. Each is read from `ANEF_<NAME>`."""

from __future__ import annotations

import secrets
from pathlib import Path

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.keys import server_key


class Settings(BaseSettings):
    """Limits are strings of the `limits` package: « 15/minute »."""

    model_config = SettingsConfigDict(env_prefix="ANEF_", extra="ignore")

    public_url: str | None = Field(None, description="Where people reach us; host and port by default")
    host: str = Field("127.0.0.1", description="Address of the public listener")
    port: int = Field(8000, description="Port of the public listener")
    private_port: int = Field(8001, description="Port of the private listener, always on loopback")
    allowed_hosts: list[str] = Field(["127.0.0.1", "localhost"], description="Names accepted in Host")
    sites: Path | None = Field(None, description="The list of sites that may embed the widget; ours by default")

    rasa_url: str = Field("http://127.0.0.1:5005", description="Where Rasa listens")
    channel_secret: str = Field(default_factory=lambda: secrets.token_hex(32), description="Shared with Rasa")
    vault_secret: str = Field(default_factory=lambda: secrets.token_hex(32), description="Shared with the actions")
    metrics_secret: str = Field(default_factory=lambda: secrets.token_hex(32), description="Shared with Prometheus")
    server_key: str = Field("", description="Makes sender ids; kept in the data directory when it is not given")
    turn_timeout: float = Field(12.0, description="Seconds to wait for one turn of Rasa")
    turns_at_once: int = Field(4, description="Turns that may be in Rasa at the same time")
    queue_seconds: float = Field(2.0, description="Seconds a turn may wait for its place")

    idle_minutes: int = Field(30, description="A conversation ends after this long without a message")
    life_minutes: int = Field(240, description="A conversation ends after this long in any case")
    turns_per_conversation: int = Field(200, description="Messages one conversation may hold")
    vault_minutes: float = Field(10.0, description="How long an identifier is kept")

    limit_messages: str = Field("15/minute", description="Messages of one conversation")
    limit_address: str = Field("60/minute", description="Messages from one address")
    limit_conversations: str = Field("30/hour", description="New conversations from one address")

    body_bytes: int = Field(16 * 1024, description="Largest request body")
    message_characters: int = Field(1000, description="Longest message, after normalisation")
    faq_dir: Path | None = Field(None, description="Where the entries are; the project's own by default")
    notices_file: Path | None = Field(None, description="Notices; faq/notices.yml by default")
    data_dir: Path | None = Field(None, description="Journal, keys and off switch; kept for this run only by default")
    tracker_db: Path | None = Field(None, description="Rasa's SQLite file; tracker.db of the data directory by default")

    @model_validator(mode="after")
    def lasting_key(self) -> Settings:
        self.server_key = self.server_key or server_key(self.data_dir)
        return self
