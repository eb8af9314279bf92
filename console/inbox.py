"""The inbox: what was not answered, what was judged not useful, what agents report; masked, grouped by likeness.

A state hangs on the likeness of each text (gateway.journal_database.likeness), so that it outlives the group's first
text, and a new text like the others falls into their state.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from gateway.journal_database import JOURNAL_FILE, SqliteDatabase
from gateway.search_words import words

TO_SORT = "a-trier"
STATES = (TO_SORT, "a-verifier", "pertinent", "erreur", "hors-sujet")
ALIKE_FROM = 75.0
"""Likeness (0 to 100) of the words that carry meaning, in any order. On 2 500 training examples a group from here on
holds one label in 81 cases of 100; from 70 on, in 72."""
NEWEST = 5000
"""Texts looked at, the newest: with more than that in thirty days, the oldest are not what to read first."""
_ITEMS = """
SELECT 'refused' AS source, at, text, likeness, kind AS detail, NULL AS entry, NULL AS version FROM turns
  WHERE kind IN ('not_understood', 'out_of_scope') AND text IS NOT NULL
UNION ALL SELECT 'not_useful', at, text, likeness, COALESCE(reason, ''), entry, version FROM feedback
  WHERE useful = 0 AND text IS NOT NULL
UNION ALL SELECT 'report', at, text, likeness, sort, entry, version FROM reports WHERE text IS NOT NULL
ORDER BY at DESC LIMIT ?"""


@dataclass(frozen=True)
class Item:
    """`source`: refused, not_useful or report; `detail`: kind of the answer, reason, or sort of report."""

    source: str
    at: float
    text: str
    likeness: str
    detail: str
    entry: str | None
    version: str | None


@dataclass(frozen=True)
class Group:
    """Items alike, oldest first. `id` is the likeness of the first one."""

    id: str
    items: tuple[Item, ...]
    state: str

    @property
    def texts(self) -> list[tuple[str, int]]:
        """Each wording once, with how often it came, most frequent first."""
        wordings = Counter(item.likeness for item in self.items)
        shown = {item.likeness: item.text for item in reversed(self.items)}
        return [(shown[likeness], count) for likeness, count in wordings.most_common()]

    @property
    def why(self) -> list[tuple[str, str, int]]:
        """(source, detail, how often), most frequent first."""
        counted = Counter((item.source, item.detail) for item in self.items)
        return [(*pair, count) for pair, count in counted.most_common()]

    @property
    def answers(self) -> list[tuple[str, str, int]]:
        """(entry, version, how often) of the answers it is about."""
        counted = Counter((item.entry, item.version or "") for item in self.items if item.entry)
        return [(*pair, count) for pair, count in counted.most_common()]

    @property
    def likenesses(self) -> set[str]:
        return {item.likeness for item in self.items}

    @property
    def last(self) -> float:
        return max(item.at for item in self.items)


class Inbox:
    """Reads the journal of `data_dir`. What was grouped once is not compared again while its first text is there."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / JOURNAL_FILE
        self._first_of: dict[str, str] = {}
        self._firsts: dict[str, str] = {}
        self._grouping = threading.Lock()

    def groups(self) -> list[Group]:
        """Every group: the largest first, then the latest."""
        database = SqliteDatabase(self._path)
        try:
            items = [Item(*row) for row in reversed(database.rows(_ITEMS, NEWEST))]
            states = {row["likeness"]: (row["at"], row["state"]) for row in database.rows("SELECT * FROM sorting")}
        finally:
            database.close()
        with self._grouping:
            self._group(items)
            grouped: dict[str, list[Item]] = {}
            for item in items:
                grouped.setdefault(self._first_of[item.likeness], []).append(item)
        groups = [Group(id_, tuple(found), _state(found, states)) for id_, found in grouped.items()]
        return sorted(groups, key=lambda group: (-len(group.items), -group.last))

    def find(self, id_: str) -> Group | None:
        return next((group for group in self.groups() if group.id == id_), None)

    def sort(self, group: Group, state: str, actor: str) -> None:
        """Put all wordings of `group` into `state`. Raises ValueError for an unknown state."""
        if state not in STATES:
            raise ValueError(state)
        database = SqliteDatabase(self._path)
        try:
            database.sort(group.likenesses, state, actor)
        finally:
            database.close()

    def _group(self, items: list[Item]) -> None:
        """Put each new text with the first text that is like it, in the order they came."""
        present = {item.likeness for item in items}
        self._firsts = {first: text for first, text in self._firsts.items() if first in present}
        self._first_of = {
            each: first for each, first in self._first_of.items() if each in present and first in self._firsts
        }
        for item in items:
            if item.likeness not in self._first_of:
                text = " ".join(words(item.text)) or item.text
                like = process.extractOne(text, self._firsts, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE_FROM)
                first = like[2] if like else item.likeness
                self._firsts.setdefault(first, text)
                self._first_of[item.likeness] = first


def _state(items: Iterable[Item], states: dict[str, tuple[float, str]]) -> str:
    """The state that was last given to one of the texts."""
    given = [states[item.likeness] for item in items if item.likeness in states]
    return max(given)[1] if given else TO_SORT
