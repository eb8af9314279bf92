"""Questions that need the topic before: « et pour un renouvellement ? », « et si ça ne marche toujours pas ? »."""

from __future__ import annotations

import re
from typing import Text

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import loops, understood
from actions.answer_faq import FAQ, case, short, whole
from actions.base import Events, SafeAction, Say
from bot import turn
from bot.text import normalise

# (topic, kind) → the entry that continues it, or « entry#case ». Everything else gets the whole entry again.
NEXT = {
    ("mot-de-passe-oublie", "still_failing"): "compte-bloque",
    ("compte-bloque", "still_failing"): "contacter-conseiller",
    ("lien-confirmation-email", "still_failing"): "probleme-technique",
    ("e-photo-refusee", "where"): "obtenir-e-photo",
    ("e-photo-refusee", "cost"): "obtenir-e-photo",
    ("e-photo-refusee", "still_failing"): "e-photo-refusee",
    ("utiliser-e-photo", "cost"): "obtenir-e-photo",
    ("utiliser-e-photo", "still_failing"): "e-photo-refusee",
    ("probleme-technique", "still_failing"): "aide-prefecture-e-meraude",
    ("contacter-conseiller", "still_failing"): "aide-prefecture-e-meraude",
    ("suivi-demande", "how_long"): "delais-traitement",
    ("etapes-depot", "how_long"): "delais-traitement",
    ("demande-complement", "how_long"): "delais-traitement",
    ("attestation-prolongation", "renewal"): "attestation-prolongation#renouvellement",
    ("attestation-prolongation", "first_application"): "attestation-prolongation#premiere-demande",
    ("etapes-depot", "renewal"): "quand-deposer",
    ("timbre-remboursement", "cost"): "timbre-paiement",
    ("titre-disponible", "cost"): "timbre-paiement",
}
# An entry without any of these words says nothing of a price, or of a time: the person is told so, not left to search.
SPEAKS_OF = {
    "cost": re.compile(
        r"\b(?:payants?|gratuit\w*|payer|payez|paiement|prix|couts?|coute|montants?|taxes?|timbres?|frais)\b"
    ),
    "how_long": re.compile(r"\b(?:jours?|mois|semaines?|heures?|minutes?|ans?|delais?|duree)\b"),
}


class FollowUp(SafeAction):
    def name(self) -> str:
        return "action_follow_up"

    async def respond(self, say: Say, tracker: Tracker) -> Events:
        topic = understood.entity(tracker, "entry_id") or tracker.get_slot("topic")
        if topic not in FAQ.entries:
            say(turn.said(turn.NOT_UNDERSTOOD, "not_understood.no_topic"))
            return loops.resume(tracker)
        kind = understood.entity(tracker, "kind") or understood.detail(tracker) or "more"
        entry, _, case_name = continues(topic, kind).partition("#")
        if case_name:
            say(case(entry, case_name))
        elif entry == topic:
            if not speaks_of(entry, kind):
                say(turn.said(turn.NOTICE, f"notice.nothing_on_{kind}"))
            say(whole(entry))
        else:
            say(short(entry))
        return [SlotSet("topic", entry), *loops.resume(tracker)]


def continues(topic: Text, kind: Text) -> Text:
    """Where a follow-up leads: an entry id, with « #case » where one is meant."""
    return NEXT.get((topic, kind)) or ("contacter-conseiller" if kind == "still_failing" else topic)


def speaks_of(entry_id: Text, kind: Text) -> bool:
    """Whether an entry may answer a follow-up of this kind: True unless it certainly does not."""
    return kind not in SPEAKS_OF or bool(SPEAKS_OF[kind].search(normalise(FAQ.entries[entry_id].french.full)))
