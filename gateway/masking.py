"""Takes identifiers out of a text before anything behind the gateway sees it.

Dates and public numbers pass: the filing window needs dates, and nobody is identified by 3939. When in doubt a run of
digits is masked: a question loses little by it, a person much.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.placeholders import Placeholder

Keep = Callable[[str, str], str]
"""(type, value) → reference in the vault."""

_PUBLIC = r"(?:0[ .]?806[ .]?001[ .]?620|\+33[ .]?806[ .]?001[ .]?620|39[ .]?39)"
_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2} ?h ?\d{2}"
    r"|(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|1[0-2]) (?:19|20)\d\d|(?:19|20)\d\d(?:[ /-](?:19|20)\d\d)?)"
)
_EDGE, _END = r"(?<![^\W_])", r"(?![^\W_])"
_FORMS: tuple[tuple[str, str], ...] = (
    ("", f"{_EDGE}(?:{_PUBLIC}|{_DATE}){_END}(?![./-]?\\d)"),
    ("email", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*"),
    ("mot-de-passe", r"(?<=mot de passe )(?:est |c'est |: ?|= ?)(?=\S*\d)\S{6,}"),
    ("mot-de-passe", r"(?<=\bmdp )(?:est |c'est |: ?|= ?)(?=\S*\d)\S{6,}"),
    ("iban", rf"{_EDGE}[a-z]{{2}}\d{{2}}(?: ?[a-z0-9]{{4}}){{3,7}}(?: ?[a-z0-9]{{1,3}})?{_END}"),
    ("passeport", rf"{_EDGE}(?:\d{{2}}[a-z]{{2}}\d{{5}}|[a-z]{{1,2}} ?\d{{6,8}}){_END}"),
    ("numero-visa", rf"{_EDGE}[a-z]{{3}} ?\d{{8,9}}{_END}"),
    ("mixte", rf"{_EDGE}(?=(?:[^\W\d_]|-)*(?:\d(?:[^\W\d_]|-)*){{4}})(?=[\d-]*[^\W\d_])[^\W_]+(?:-[^\W_]+)*{_END}"),
    ("chiffres", rf"{_EDGE}\+?\d(?:[ .\-/]{{0,2}}\d){{5,}}{_END}"),
)  # fmt: skip
_ANY = re.compile("|".join(f"(?P<f{i}>{form})" for i, (_, form) in enumerate(_FORMS)), re.IGNORECASE)
_VISA_BEFORE = re.compile(r"(?i)\bvisa\b[^\d.!?]{0,30}$")
_PHONE = re.compile(r"(?:\+33|0033|0)[1-9]\d{8}")
_FOREIGNER_BEFORE = re.compile(r"(?i)(?:étranger|etranger|agdref|identifiant)[^\d.!?]{0,30}$")


def mask(text: str, keep: Keep) -> str:
    """`text` with each identifier replaced by a placeholder; `keep` puts the value away and names its reference."""

    def replace(match: re.Match[str]) -> str:
        form = _FORMS[int(match.lastgroup[1:])][0]  # type: ignore[index]
        if not form:
            return match.group()
        value = match.group()
        type_, defect = _type(form, value, text[: match.start()])
        return str(Placeholder(type_, defect, keep(type_, value)))

    return _ANY.sub(replace, text)


def _type(form: str, value: str, before: str) -> tuple[str, str | None]:
    if form == "chiffres":
        return _digits_type("".join(c for c in value if c.isdigit() or c == "+"), before)
    if form == "mixte":
        return _mixed_type(value.replace("-", ""), before)
    return form, None


def _digits_type(digits: str, before: str) -> tuple[str, str | None]:
    count = len(digits.lstrip("+"))
    if _VISA_BEFORE.search(before) and count != 6:
        return "numero-visa", None if count == 9 else f"{count}-chiffres"
    if _PHONE.fullmatch(digits) and not _FOREIGNER_BEFORE.search(before):
        return "telephone", None
    if count == 6:
        return "code", None
    if count >= 14:
        return "timbre", None if count == 16 else f"{count}-chiffres"
    return "numero-etranger", None if count == 10 else f"{count}-chiffres"


def _mixed_type(value: str, before: str) -> tuple[str, str | None]:
    if _VISA_BEFORE.search(before):
        return "numero-visa", "lettres"
    letters = sum(char.isalpha() for char in value)
    if 8 <= len(value) <= 11 and letters <= 3:
        return "numero-etranger", "lettres"
    return ("e-photo" if len(value) >= 18 else "demande"), None
