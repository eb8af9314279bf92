"""What the gateway is made of, put together once."""

from __future__ import annotations

from dataclasses import dataclass

import httpx2

from bot.faq import FAQ_DIR, load_faq
from gateway.conversations import Conversations
from gateway.limits import Limits
from gateway.rasa_client import RasaClient
from gateway.rendering import Renderer
from gateway.search import Search
from gateway.settings import Settings
from gateway.sites import SITES_FILE, Sites, load_sites
from gateway.texts import Texts
from gateway.turns import Turns
from gateway.vault import MemoryVault, Vault

# The five questions people come with most often (shared needs: problems 5, 6, 15, 16, 17): offered at the start.
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
    search = Search(texts.faq)
    return Services(
        settings=settings,
        texts=texts,
        sites=load_sites(settings.sites or SITES_FILE),
        search=search,
        vault=vault,
        conversations=Conversations(settings.server_key, settings.idle_minutes * 60, settings.life_minutes * 60),
        turns=Turns(
            rasa,
            Renderer(texts, vault),
            search,
            vault,
            settings.vault_minutes * 60,
            settings.turns_per_conversation,
        ),
        limits=Limits(
            messages=settings.limit_messages,
            address=settings.limit_address,
            conversations=settings.limit_conversations,
        ),
        rasa=rasa,
        http=http,
    )
