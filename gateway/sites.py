"""The sites that may embed the widget: one checked list, from which come frame-ancestors and CORS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

SITES_FILE = Path(__file__).with_name("sites.yml")
SELF = "self"

_ID = re.compile(r"[a-z0-9-]{2,40}")
_ORIGIN = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{2,5})?|http://(127\.0\.0\.1|localhost)(:\d{2,5})?")


class SitesError(ValueError):
    """The list does not have the agreed shape; the message names the site and the defect."""


@dataclass(frozen=True)
class Site:
    id: str
    name: str
    origins: tuple[str, ...]
    """Exact origins, or `self` for our own."""

    @property
    def frame_ancestors(self) -> str:
        return " ".join("'self'" if origin == SELF else origin for origin in self.origins)


@dataclass(frozen=True)
class Sites:
    by_id: dict[str, Site]

    def get(self, id_: str) -> Site | None:
        return self.by_id.get(id_)

    @property
    def origins(self) -> frozenset[str]:
        """Every foreign origin on the list: what CORS compares with, whole and exact."""
        return frozenset(o for site in self.by_id.values() for o in site.origins if o != SELF)


def load_sites(path: Path = SITES_FILE) -> Sites:
    """Read the list. Raises SitesError: a gateway with a doubtful list does not start."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise SitesError("a map of site ids is expected")
    sites = {str(id_): _site(str(id_), value) for id_, value in raw.items()}
    _refuse_shared_origins(sites)
    return Sites(sites)


def _site(id_: str, value: object) -> Site:
    if not _ID.fullmatch(id_):
        raise SitesError(f"{id_!r}: an id has lower-case letters, digits and hyphens, 2 to 40 of them")
    if not isinstance(value, dict) or set(value) != {"name", "origins"} or not isinstance(value["origins"], list):
        raise SitesError(f"{id_}: name and a list of origins are expected, nothing else")
    if not value["origins"]:
        raise SitesError(f"{id_}: no origin")
    for origin in value["origins"]:
        if origin != SELF and not (isinstance(origin, str) and _ORIGIN.fullmatch(origin)):
            raise SitesError(f"{id_}: {origin!r} is not an exact https origin")
    return Site(id_, str(value["name"]), tuple(value["origins"]))


def _refuse_shared_origins(sites: dict[str, Site]) -> None:
    seen: dict[str, str] = {}
    for site in sites.values():
        for origin in site.origins:
            if origin in seen:
                raise SitesError(f"{origin}: listed under {seen[origin]} and {site.id}")
            seen[origin] = site.id
