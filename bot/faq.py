"""The FAQ core: entries of `faq/` read into plain objects, with addresses and versions.

Plain Python on purpose: the gateway (current Python) and the action server (Rasa's Python 3.10) both import it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FAQ_DIR = Path(__file__).resolve().parent.parent / "faq"
ADDRESSES_FILE = "addresses.yml"
REFERENCE_LANGUAGE = "fr"

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_LANGUAGE = re.compile(r"^# ([a-z]{2,3})(?: ([0-9a-f]{12}))?$", re.MULTILINE)
_SECTION = re.compile(r"^## (Court|Complet|Cas ([a-z0-9-]+))$", re.MULTILINE)
_ADDRESS = re.compile(r"\{([a-z-]+)\}")


class EntryError(ValueError):
    """An entry or the addresses file does not have the agreed shape; the message names the file and the defect."""


@dataclass(frozen=True)
class Address:
    """A public address or number. `url` is None when there is nowhere to follow it to."""

    id: str
    label: str
    text: str
    url: str | None = None


@dataclass(frozen=True)
class Source:
    document: str
    section: str


@dataclass(frozen=True)
class Body:
    """The texts of one language, in the Markdown subset, with addresses still written as `{id}`."""

    short: str
    full: str
    cases: dict[str, str] = field(default_factory=dict)
    translated_from: str | None = None


@dataclass(frozen=True)
class Entry:
    id: str
    title: str
    theme: str
    owner: str
    checked_on: date
    sources: tuple[Source, ...]
    contradictions: tuple[str, ...]
    neighbours: tuple[str, ...]
    contacts: tuple[str, ...]
    avoid: tuple[str, ...]
    bodies: dict[str, Body]
    version: str
    """First 12 hex digits of the SHA-256 of title and French body: changes exactly when the French wording does."""

    @property
    def french(self) -> Body:
        return self.bodies[REFERENCE_LANGUAGE]


@dataclass(frozen=True)
class Faq:
    """All entries by id, in file-name order, and the addresses they name."""

    entries: dict[str, Entry]
    addresses: dict[str, Address]

    def expand(self, text: str) -> str:
        """Replace each `{id}` by its public text, as a Markdown link where it has an address.

        Raises KeyError for an unknown id: the content check runs this over every text.
        """

        def markdown(match: re.Match[str]) -> str:
            address = self.addresses[match.group(1)]
            return f"[{address.text}]({address.url})" if address.url else address.text

        return _ADDRESS.sub(markdown, text)

    def links(self, text: str) -> list[Address]:
        """The addresses with a url that `text` names, in order of first appearance."""
        named = dict.fromkeys(_ADDRESS.findall(text))
        return [self.addresses[name] for name in named if self.addresses[name].url]


def load_faq(directory: Path = FAQ_DIR) -> Faq:
    """Read every entry of `directory`. Raises EntryError on the first file that is not well formed."""
    addresses_file = directory / ADDRESSES_FILE
    raw = yaml.safe_load(addresses_file.read_text(encoding="utf-8"))
    addresses = {key: Address(id=key, **value) for key, value in raw.items()}
    entries = (read_entry(path) for path in sorted(directory.glob("*.md")))
    return Faq(entries={entry.id: entry for entry in entries}, addresses=addresses)


def read_entry(path: Path) -> Entry:
    """Read one entry file."""
    match = _FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    if not match:
        raise EntryError(f"{path.name}: no front matter between two lines of ---")
    front: dict[str, Any] = yaml.safe_load(match.group(1))
    bodies = _read_bodies(path.name, match.group(2))
    if front.get("id") != path.stem:
        raise EntryError(f"{path.name}: id is {front.get('id')!r}, the file name says {path.stem!r}")
    if REFERENCE_LANGUAGE not in bodies:
        raise EntryError(f"{path.name}: no French text (# fr)")
    try:
        return Entry(
            id=front["id"],
            title=front["title"],
            theme=front["theme"],
            owner=front["owner"],
            checked_on=front["checked_on"],
            sources=tuple(Source(**source) for source in front["sources"]),
            contradictions=tuple(front["contradictions"]),
            neighbours=tuple(front["neighbours"]),
            contacts=tuple(front["contacts"]),
            avoid=tuple(front["avoid"]),
            bodies=bodies,
            version=_version(front["title"], bodies[REFERENCE_LANGUAGE]),
        )
    except (KeyError, TypeError) as error:
        raise EntryError(f"{path.name}: front matter lacks or misnames {error}") from error


def _read_bodies(name: str, text: str) -> dict[str, Body]:
    bodies: dict[str, Body] = {}
    for language, translated_from, part in _parts(_LANGUAGE, text):
        sections = {title: content for title, _, content in _parts(_SECTION, part)}
        if not {"Court", "Complet"} <= sections.keys():
            raise EntryError(f"{name}: « ## Court » or « ## Complet » is missing under # {language}")
        cases = {title.removeprefix("Cas "): body for title, body in sections.items() if title.startswith("Cas ")}
        bodies[language] = Body(sections["Court"], sections["Complet"], cases, translated_from)
    return bodies


def _parts(heading: re.Pattern[str], text: str) -> list[tuple[str, str | None, str]]:
    """Split `text` at each heading: (first group, second group, content below it)."""
    found = list(heading.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [(m.group(1), m.group(2), text[m.end() : end].strip()) for m, end in zip(found, ends, strict=True)]


def _version(title: str, body: Body) -> str:
    written = "\n".join([title, body.short, body.full, *(f"{k}\n{v}" for k, v in sorted(body.cases.items()))])
    return hashlib.sha256(written.encode()).hexdigest()[:12]
