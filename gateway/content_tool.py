"""Entries on the terminal: how long ago each was checked, and what every surface shows of one.

python -m gateway.content_tool list
python -m gateway.content_tool show <id>
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from textwrap import fill

from rapidfuzz import fuzz, process

from bot.faq import Entry, EntryError, Faq, load_faq
from bot.text import normalise
from bot.wording import Wording
from gateway.web.faq import THEMES

USAGE = """Usage :
  python -m gateway.content_tool list        toutes les réponses, par thème, avec leur âge
  python -m gateway.content_tool show <id>   une réponse, comme chaque surface la montre"""
COLUMNS = 100

_PAGE = Wording(directory=Path(__file__).parent / "strings")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_MARK = re.compile(r"^(?:- |\d+\. )")


def main(arguments: list[str]) -> int:
    """The exit status: 0, 1 when there is no such entry or one is malformed, 2 for a command that is none."""
    try:
        match arguments:
            case ["list"]:
                print(listing(load_faq(), date.today()))
            case ["show", id_]:
                faq = load_faq()
                if id_ not in faq.entries:
                    return _complain(unknown(faq, id_), 1)
                print(shown(faq, faq.entries[id_], date.today()))
            case ["-h" | "--help" | "help"]:
                print(USAGE)
            case _:
                return _complain(USAGE, 2)
    except EntryError as error:
        return _complain(f"Une réponse est mal formée : {error}", 1)
    return 0


def listing(faq: Faq, today: date) -> str:
    """Every entry under its theme, the one checked longest ago first."""
    id_width, owner_width = (max(map(len, texts)) for texts in (faq.entries, [e.owner for e in faq.entries.values()]))
    lines = []
    for theme, entries in _by_theme(faq):
        label = _PAGE(f"theme.{theme}") if f"theme.{theme}" in _PAGE else theme
        lines += ["", f"{label} ({len(entries)})"]
        for entry in sorted(entries, key=lambda entry: (entry.checked_on, entry.id)):
            age = _age(entry.checked_on, today)
            lines.append(f"  {entry.id:<{id_width}}  {age:>10}  {entry.owner:<{owner_width}}  {entry.title}")
    ages = [(today - entry.checked_on).days for entry in faq.entries.values()]
    total = f"{len(ages)} réponses, la plus ancienne vérifiée il y a {_days(max(ages))}."
    return "\n".join([*lines[1:], "", total])


def shown(faq: Faq, entry: Entry, today: date) -> str:
    """`entry` as the chat, the FAQ page, the console and an SMS show it."""
    chat = [
        ("Réponse courte", entry.french.short),
        ("« Voir toutes les étapes »", entry.french.full),
        *((f"Cas « {name} »", text) for name, text in entry.french.cases.items()),
    ]
    page = [
        (_PAGE("faq.in_short"), entry.french.short),
        (_PAGE("faq.steps"), entry.french.full),
        (_PAGE("faq.sources"), _bullets(f"{s.document}, {s.section}" for s in entry.sources)),
        (_PAGE("faq.contradictions"), _bullets(entry.contradictions)),
        (_PAGE("faq.neighbours"), _bullets(faq.entries[id_].title for id_ in entry.neighbours)),
    ]
    sections = [
        ("Conversation", _parts(faq, chat)),
        ("Page des réponses", f"{entry.title}\n\n{_parts(faq, page)}"),
        ("Console", _fields(faq, entry, today)),
        ("Texto", _filled(sms(faq, entry)) + f"\n\n({len(sms(faq, entry))} caractères)"),
    ]
    return "\n\n".join(f"{title.upper()}\n{'=' * len(title)}\n\n{text}" for title, text in sections)


def sms(faq: Faq, entry: Entry) -> str:
    """The short answer as one plain line, with its title."""
    lines = [_MARK.sub("", line, count=1) for line in plain(faq.expand(entry.french.short)).splitlines()]
    question = entry.title if entry.title.endswith("?") else f"{entry.title}."
    return " ".join([question, *filter(None, lines)])


def plain(markdown: str) -> str:
    """`markdown` without emphasis; a link is its text, with the address when the text does not already say it."""

    def spelt(match: re.Match[str]) -> str:
        text, url = match.groups()
        return text if url.startswith("tel:") or url.endswith(text) else f"{text} ({url})"

    return _LINK.sub(spelt, markdown).replace("**", "")


def unknown(faq: Faq, id_: str) -> str:
    """What to say about an id that does not exist: the three nearest ones."""
    near = process.extract(normalise(id_), list(faq.entries), scorer=fuzz.WRatio, limit=3)
    return f"Aucune réponse ne s'appelle « {id_} ». Les plus proches :\n" + _bullets(name for name, _, _ in near)


def _by_theme(faq: Faq) -> Iterator[tuple[str, list[Entry]]]:
    """Themes in the order of the FAQ page, then any that it does not know."""
    for theme in dict.fromkeys([*THEMES, *(entry.theme for entry in faq.entries.values())]):
        if entries := [entry for entry in faq.entries.values() if entry.theme == theme]:
            yield theme, entries


def _fields(faq: Faq, entry: Entry, today: date) -> str:
    contacts = [f"{faq.addresses[id_].label} : {plain(faq.expand('{' + id_ + '}'))}" for id_ in entry.contacts]
    fields = {
        "Identifiant": entry.id,
        "Question": entry.title,
        "Thème": entry.theme,
        "Version": entry.version,
        "Responsable": entry.owner,
        "Vérifiée le": f"{entry.checked_on:%d/%m/%Y} ({_age(entry.checked_on, today)})",
        "Sources": [f"{s.document}, {s.section}" for s in entry.sources],
        "À savoir": entry.contradictions,
        "Ne pas dire": entry.avoid,
        "Contacts": contacts,
        "Voisines": entry.neighbours,
    }
    width = max(map(len, fields)) + 2
    lines = []
    for name, value in fields.items():
        for number, text in enumerate([value] if isinstance(value, str) else value or ["(rien)"]):
            head = f"{name if number == 0 else '':<{width}}"
            lines.append(_filled(text, head, " " * width))
    return "\n".join(lines)


def _parts(faq: Faq, parts: list[tuple[str, str]]) -> str:
    return "\n\n".join(f"{title}\n{'-' * len(title)}\n{_wrapped(faq.expand(text))}" for title, text in parts if text)


def _wrapped(markdown: str) -> str:
    """Lines of at most `COLUMNS`; the lines of a list item stay under its first word."""
    lines = []
    for line in plain(markdown).splitlines():
        mark = _MARK.match(line)
        indent = " " * len(mark.group()) if mark else ""
        lines.append(_filled(line, indent=indent))
    return "\n".join(lines)


def _filled(line: str, head: str = "", indent: str = "") -> str:
    """`line` over several lines; neither a telephone number, a hyphenated id nor an address is cut."""
    kept = re.sub(r"(?<=\d) (?=\d{3}\b)", "\N{NO-BREAK SPACE}", line)
    filled = fill(
        kept, COLUMNS, initial_indent=head, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
    return filled.replace("\N{NO-BREAK SPACE}", " ")


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _age(checked_on: date, today: date) -> str:
    return _days((today - checked_on).days)


def _days(count: int) -> str:
    return f"{count} jour{'s' if abs(count) > 1 else ''}"


def _complain(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
