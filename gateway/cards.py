"""Cards: what a look-up found, from the vault into words. Never from the tracker, and for two minutes only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gateway.texts import Texts

PARIS = ZoneInfo("Europe/Paris")
STAGES = ("deposited", "under_examination", "decision_taken", "title_available")
ENTRIES = {
    "deposited": "suivi-demande",
    "under_examination": "suivi-demande",
    "decision_taken": "suivi-demande",
    "decision_favourable": "attestation-decision-favorable",
    "decision_unfavourable": "suivi-demande",
    "title_available": "titre-disponible",
    "closed": "demande-cloturee",
    "complement": "demande-complement",
    "confirmation": "etapes-depot",
    "adp": "attestation-prolongation",
    "adf": "attestation-decision-favorable",
    "active": "identifiant-connexion",
    "email_unconfirmed": "lien-confirmation-email",
    "locked": "compte-bloque",
    "none": "creer-compte-titre-recepisse",
}
RESET_HELPS = ("active", "locked")
# fmt: off
_MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"]
# fmt: on


@dataclass(frozen=True)
class Shown:
    """What the page gets of a card. `entries` are those that explain it; `asks`: whether its buttons make sense."""

    text: str
    card: dict[str, Any] | None = None
    entries: list[str] = field(default_factory=list)
    asks: bool = True


class Cards:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def show(self, held: Any | None, today: date | None = None) -> Shown:
        """`held`: {"application"}, {"account"} or {"nothing"} as the actions put it; None once it is gone.

        Raises KeyError or TypeError for any other shape.
        """
        if held is None:
            return Shown(self._texts.markdown("lookup.card_expired"), asks=False)
        if "account" in held:
            return self._account(held["account"])
        if "nothing" in held:
            return Shown(self._texts.markdown("lookup.none"), entries=["etapes-depot"])
        return self._application(held["application"], today or datetime.now(PARIS).date())

    def _application(self, application: dict[str, Any], today: date) -> Shown:
        case, asked = _case(application), application["complement"]
        advice = [case, *(["complement"] if asked else [])]
        documents = [self._document(one, application["kind"], today) for one in application["documents"]]
        entries = [ENTRIES["complement" if asked else case], *(one["entry"] for one in documents)]
        card = {
            "title": self._title(application),
            "reference": application["reference"],
            "stage": self._stage(application["stage"], case),
            "since": application["stage_since"],
            "meaning": self._texts.markdown(f"stage.{case}.meaning"),
            # What is asked comes before what the stage says in general.
            "do": [point for name in reversed(advice) for point in self._points(f"stage.{name}.do")],
            "avoid": [point for name in reversed(advice) for point in self._points(f"stage.{name}.avoid")],
            "documents": documents,
            "complement": asked and {**asked, "entry": ENTRIES["complement"]},
            "entry": entries[0],
        }
        return Shown(self._texts.markdown("lookup.card"), card, list(dict.fromkeys(entries)))

    def _title(self, application: dict[str, Any]) -> str:
        kind = self._texts.plain(f"lookup.{application['kind']}")
        names = {"title": application["title_type"], "prefecture": application["prefecture"]}
        return self._texts.plain("lookup.card_title", kind=kind, **names)

    def _stage(self, stage: str, case: str) -> dict[str, Any]:
        """A closed application stands on none of the four stages: it is a row of one."""
        index, of = (STAGES.index(stage) + 1, len(STAGES)) if stage in STAGES else (1, 1)
        return {"id": stage, "label": self._texts.plain(f"stage.{case}.label"), "index": index, "of": of}

    def _points(self, key: str) -> list[str]:
        return self._texts.markdown(key).splitlines()

    def _document(self, document: dict[str, Any], kind: str, today: date) -> dict[str, Any]:
        name, until = document["kind"], document["valid_until"]
        over = until is not None and date.fromisoformat(until) < today
        state = "over" if over else "valid" if until else "since"
        dates = {"since": _in_words(document["since"]), "until": _in_words(until) if until else ""}
        note = [self._texts.plain(f"document.{state}", **dates)]
        use = {"adp": f"document.adp_{kind}", "adf": "document.adf_use"}.get(name)
        if use and not over:
            note.append(self._texts.plain(use))
        entry = "attestation-absente-ou-expiree" if over and name == "adp" else ENTRIES[name]
        return {"label": self._texts.plain(f"document.{name}"), "note": " ; ".join(note), "entry": entry}

    def _account(self, account: dict[str, Any]) -> Shown:
        """In words: an account has no stages."""
        state = account["state"]
        lines = [self._texts.markdown(f"account.{state}")]
        facts = [("created", "date", "created_on"), ("last_sign_in", "date", "last_sign_in")]
        details = [self._fact(key, name, _in_words(account[of])) for key, name, of in facts if account[of]]
        details += [self._fact(key, key, account[key]) for key in ("email", "phone") if account[key]]
        if details:
            lines.append("\n".join(f"- {detail}" for detail in details))
        helps = state in RESET_HELPS
        if helps:
            lines.append(self._texts.markdown("lookup.reset_offer"))
        return Shown("\n\n".join(lines), entries=[ENTRIES[state]], asks=helps)

    def _fact(self, key: str, name: str, value: str) -> str:
        return self._texts.plain(f"account.{key}", **{name: value})


def _case(application: dict[str, Any]) -> str:
    """The texts that fit: a decision is told as favourable or not only when the interface says so."""
    if application["stage"] != "decision_taken" or application["favourable"] is None:
        return str(application["stage"])
    return "decision_favourable" if application["favourable"] else "decision_unfavourable"


def _in_words(iso: str) -> str:
    """« 1er mars 2027 »"""
    day = date.fromisoformat(iso)
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"
