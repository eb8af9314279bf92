"""What the gateway is made of, put together once."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

import httpx2

from bot.faq import FAQ_DIR, load_faq
from gateway.conversations import Conversations
from gateway.erasure import Erasure, SqliteTrackers
from gateway.journal import Journal
from gateway.journal_database import JOURNAL_FILE, SqliteDatabase
from gateway.limits import Limits
from gateway.notices import NOTICES_FILE, Notices
from gateway.phrases import known_phrases
from gateway.rasa_client import RasaClient
from gateway.record import Record
from gateway.rendering import Renderer
from gateway.search import Search
from gateway.settings import Settings
from gateway.sites import SITES_FILE, Sites, load_sites
from gateway.switch import Switch
from gateway.texts import Texts
from gateway.turns import Turns
from gateway.vault import MemoryVault, Vault

# The five questions people come with most often, offered at the start.
FREQUENT = ["numero-etranger-ou", "mot-de-passe-oublie", "e-photo-refusee", "timbre-paiement", "timbre-remboursement"]


@dataclass
class Services:
    settings: Settings
    texts: Texts
    sites: Sites
    search: Search
    vault: Vault
    conversations: Conversations
    turns: Turns
    limits: Limits
    rasa: RasaClient
    http: httpx2.AsyncClient
    notices: Notices
    switch: Switch
    journal: Journal
    record: Record
    erasure: Erasure
    data_dir: Path
    for_this_run: tempfile.TemporaryDirectory[str] | None
    """Where the data is when no directory is set: it goes with the process."""

    async def close(self) -> None:
        await self.http.aclose()
        await self.erasure.close()
        await asyncio.to_thread(self.journal.close)


def build(settings: Settings, transport: httpx2.AsyncBaseTransport | None = None) -> Services:
    """Everything from the settings. `transport` stands in for the network to Rasa in tests."""
    texts = Texts(load_faq(settings.faq_dir or FAQ_DIR))
    vault = MemoryVault()
    http = httpx2.AsyncClient(transport=transport, timeout=settings.turn_timeout)
    rasa = RasaClient(
        http,
        settings.rasa_url,
        settings.channel_secret,
        settings.turn_timeout,
        settings.turns_at_once,
        settings.queue_seconds,
    )
    search = Search(texts.faq, known_phrases())
    notices = Notices(texts.faq, settings.notices_file or NOTICES_FILE)
    conversations = Conversations(settings.server_key, settings.idle_minutes * 60, settings.life_minutes * 60)
    for_this_run = None if settings.data_dir else tempfile.TemporaryDirectory(prefix="anef-")
    data_dir = settings.data_dir or Path(for_this_run.name if for_this_run else "")
    journal = Journal(lambda: SqliteDatabase(data_dir / JOURNAL_FILE))
    trackers = SqliteTrackers(settings.tracker_db or data_dir / "tracker.db")
    return Services(
        settings=settings,
        texts=texts,
        sites=load_sites(settings.sites or SITES_FILE),
        search=search,
        vault=vault,
        conversations=conversations,
        turns=Turns(
            rasa,
            Renderer(texts, vault),
            search,
            vault,
            settings.vault_minutes * 60,
            settings.turns_per_conversation,
            notices,
        ),
        limits=Limits(
            messages=settings.limit_messages,
            address=settings.limit_address,
            conversations=settings.limit_conversations,
        ),
        rasa=rasa,
        http=http,
        notices=notices,
        switch=Switch(data_dir),
        journal=journal,
        record=Record(journal, texts),
        erasure=Erasure(conversations, vault, journal, trackers, settings.turn_timeout),
        data_dir=data_dir,
        for_this_run=for_this_run,
    )
