"""An answer in the words of the channel: spoken on the phone, written in an e-mail, short in an SMS.

The wording is the entry's. Only its form changes: what cannot be heard (links, bold, lists, quotes) becomes what can.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.faq import Entry, Faq

_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_ITEM = re.compile(r"^\s*(?:[-*]|(\d{1,2})[.)])\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")
_DOMAIN = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:fr|com|eu)\b")
_OF_THE_ASSISTANT = re.compile(r"[^.!?\n]*\b(?:assistant|cette conversation)\b[^.!?\n]*[.!?]", re.IGNORECASE)
"""What an entry says of the assistant makes no sense from an agent."""
_ORDER = ("D'abord", "Ensuite", "Puis")
SMS_CHARACTERS = 459
"""Three joined SMS of 153 characters: beyond, several operators cut."""


@dataclass(frozen=True)
class Scripts:
    phone: str
    """One sentence a line."""
    mail: str
    sms: str


def scripts(entry: Entry, faq: Faq) -> Scripts:
    short, full = (_OF_THE_ASSISTANT.sub("", faq.expand(text)) for text in (entry.french.short, entry.french.full))
    return Scripts(phone=spoken(short), mail=mail(entry.title, short, full), sms=sms(short))


def spoken(markdown: str) -> str:
    """Sentences to read aloud: steps are told in order, addresses are said dot by dot, the colon is a pause."""
    said: list[str] = []
    items = [line for line in markdown.splitlines() if _ITEM.match(line)]
    at = 0
    for line in filter(None, map(str.strip, markdown.splitlines())):
        text = _plain(line)
        if _ITEM.match(line):
            at += 1
            if _ITEM.match(line).group(1):  # type: ignore[union-attr]
                text = f"{_place(at, len(items))}, {_lower_first(text)}"
        said += _SENTENCE.split(_closed(text))
    return "\n".join(_DOMAIN.sub(_dotted, _unquoted(sentence)) for sentence in said)


def mail(title: str, short: str, full: str) -> str:
    """The whole answer with its links written out, between the usual formulas."""
    body = "\n\n".join(_written(part) for part in (short, full))
    return f"Bonjour,\n\nVous nous avez demandé : {title}\n\n{body}\n\nCordialement,\nle centre de contact citoyens\n"


def sms(short: str) -> str:
    """The short answer on one line; whole sentences only, as many as three joined SMS hold."""
    kept = ""
    for sentence in _SENTENCE.split(" ".join(_closed(_plain(line)) for line in short.splitlines() if line.strip())):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > SMS_CHARACTERS:
            break
        kept = longer
    return kept


def _plain(line: str) -> str:
    return " ".join(_LINK.sub(r"\1", _ITEM.sub("", line)).replace("**", "").split())


def _written(markdown: str) -> str:
    def link(match: re.Match[str]) -> str:
        text, url = match.groups()
        return text if url.startswith("tel:") or text in url else f"{text} ({url})"

    return _LINK.sub(link, markdown).replace("**", "")


def _unquoted(sentence: str) -> str:
    """Without « », and without the point that follows a quoted question."""
    text = " ".join(sentence.replace("«", " ").replace("»", " ").split())
    return re.sub(r"\s+([.,])", r"\1", text).replace("?.", "?")


def _closed(text: str) -> str:
    """Ends like a sentence: « : » and « ; » announce or separate on paper only."""
    text = re.sub(r"\s*[:;]$", "", text)
    return text if text.endswith((".", "!", "?")) else text + "."


def _place(at: int, count: int) -> str:
    if at == count and count > 1:
        return "Enfin"
    return _ORDER[min(at - 1, len(_ORDER) - 1)]


def _lower_first(text: str) -> str:
    """« Ouvrez » → « ouvrez », but an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _dotted(match: re.Match[str]) -> str:
    return match.group().replace(".", " point ").replace("-", " tiret ")
