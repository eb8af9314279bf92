"""Notices: what everybody must know for a while (an incident, a change), from one file that is read again on its own.

    notices:
      - id: incident-paiement
        from: 2026-03-02 08:00
        until: 2026-03-03 18:00
        text: "Le paiement du timbre ne répond pas. Réessayez demain."
        entries: [timbre-paiement]

Times are those of Paris. A notice with entries is also said under these answers. A file that is not in order changes
nothing: the notices read before stay, and the log says why.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
import yaml

from bot.faq import FAQ_DIR, Faq
from gateway.schemas import Message

log = structlog.get_logger()

NOTICES_FILE = FAQ_DIR / "notices.yml"
PARIS = ZoneInfo("Europe/Paris")
REREAD_SECONDS = 10.0
LONGEST = 400
_ID = re.compile(r"[a-z0-9-]{2,60}")


class NoticesError(ValueError):
    """The file does not have the agreed shape; the message names the notice and the defect."""


@dataclass(frozen=True)
class Notice:
    id: str
    start: datetime
    end: datetime
    text: str
    """Markdown subset, addresses expanded."""
    entries: tuple[str, ...]


def read_notices(path: Path, faq: Faq) -> tuple[Notice, ...]:
    """Every notice of the file, past and future ones too. Raises NoticesError."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise NoticesError(f"the file cannot be read: {type(error).__name__}") from None
    if not isinstance(raw, dict) or set(raw) != {"notices"} or not isinstance(raw["notices"], list | None):
        raise NoticesError("a list under « notices » is expected, nothing else")
    notices = tuple(_notice(item, faq) for item in raw["notices"] or [])
    if len({notice.id for notice in notices}) != len(notices):
        raise NoticesError("an id is used twice")
    return notices


def _notice(item: Any, faq: Faq) -> Notice:
    if not isinstance(item, dict) or not {"id", "from", "until", "text"} <= set(item) <= {
        "id", "from", "until", "text", "entries",
    }:  # fmt: skip
        raise NoticesError("id, from, until, text and perhaps entries are expected")
    id_, text, entries = str(item["id"]), item["text"], item.get("entries") or []
    if not _ID.fullmatch(id_):
        raise NoticesError(f"{id_!r}: an id has lower-case letters, digits and hyphens")
    if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST:
        raise NoticesError(f"{id_}: a text of at most {LONGEST} characters is expected")
    if not isinstance(entries, list) or not set(entries) <= set(faq.entries):
        raise NoticesError(f"{id_}: entries must name entries of faq/")
    start, end = _time(id_, item["from"]), _time(id_, item["until"])
    if end <= start:
        raise NoticesError(f"{id_}: it ends before it begins")
    try:
        return Notice(id_, start, end, faq.expand(text.strip()), tuple(entries))
    except KeyError as error:
        raise NoticesError(f"{id_}: no address is called {error}") from None


def _time(id_: str, value: Any) -> datetime:
    """A time of Paris unless it says otherwise. YAML reads « 2026-03-02 08:00:00 » itself and leaves the rest to us."""
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise NoticesError(f"{id_}: {value!r} is not a date and time") from None
    return read if read.tzinfo else read.replace(tzinfo=PARIS)


class Notices:
    """The notices of now. Calls cost a look at the clock; the file is looked at every ten seconds, when asked."""

    def __init__(
        self,
        faq: Faq,
        path: Path = NOTICES_FILE,
        now: Callable[[], datetime] = lambda: datetime.now(PARIS),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._faq, self._path, self._now, self._clock = faq, path, now, clock
        self._all: tuple[Notice, ...] = ()
        self._looked, self._stamp = float("-inf"), (0, 0)

    def current(self) -> list[Notice]:
        """Notices that hold now, in the order of the file."""
        self._look()
        now = self._now()
        return [notice for notice in self._all if notice.start <= now < notice.end]

    def under(self, entry: str) -> list[Notice]:
        """Those to say under the answer `entry`."""
        return [notice for notice in self.current() if entry in notice.entries]

    def beside(self, messages: list[Message]) -> list[Message]:
        """`messages` with each notice after the answer that it is about, the first time."""
        said: set[str] = set()
        with_notices = []
        for message in messages:
            with_notices.append(message)
            for notice in self.under(message.answer.id) if message.answer else []:
                if notice.id not in said:
                    said.add(notice.id)
                    with_notices.append(_message(notice, message.id))
        return with_notices

    def _look(self) -> None:
        if self._clock() < self._looked + REREAD_SECONDS:
            return
        self._looked = self._clock()
        try:
            status = self._path.stat()
        except OSError:
            if self._stamp != (0, 0):
                log.error("notices.kept", reason="the file is not there")
            return
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._all = read_notices(self._path, self._faq)
        except NoticesError as error:
            log.error("notices.kept", reason=str(error))
        else:
            log.info("notices.read", notices=[notice.id for notice in self._all])


def _message(notice: Notice, after: str) -> Message:
    return Message(
        id=f"{notice.id}-{after}",
        kind="notice",
        topic=None,
        language="fr",
        text=notice.text,
        buttons=[],
        answer=None,
        suggestions=None,
        card=None,
    )
