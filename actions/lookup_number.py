"""Reading a number that a person gave: a numéro étranger, a visa number, or what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLANKS = re.compile(r"[\s.\-/]+")
_VISA = re.compile(r"(?:FRA)?\d{9}")
_FRENCH_PHONE_ABROAD = re.compile(r"\+33|0033")
NUMBER_TYPES = ("numero-etranger", "numero-visa", "telephone")
OTHER_TYPES = ("demande", "passeport", "email", "timbre", "code", "iban", "e-photo", "mot-de-passe")


@dataclass(frozen=True)
class Identifier:
    """As the interface wants it: `type` is numero-etranger or numero-visa."""

    type: str
    value: str

    def body(self) -> dict[str, str]:
        return {"type": self.type, "value": self.value}


@dataclass(frozen=True)
class Defect:
    """`key` under `lookup.number.`, and the count of digits where it is told."""

    key: str
    digits: int | None = None


def read(type_: str, raw: str) -> Identifier | Defect:
    """What the value of a placeholder of `type_` is. Ten digits that look like a phone are a numéro étranger here."""
    value = _BLANKS.sub("", raw).upper()
    if type_ == "numero-visa" and _VISA.fullmatch(value):
        return Identifier("numero-visa", value)
    digits = re.sub(r"[^0-9]", "", value)
    if type_ in NUMBER_TYPES and not _FRENCH_PHONE_ABROAD.match(value):
        letters = sum(char.isalpha() for char in value)
        if len(digits) == 10 and not letters:
            return Identifier("numero-etranger", digits)
        if len(digits) == 9 and (not letters or type_ == "numero-visa"):  # « num 123456789 » is read as a visa number
            return Defect("nine_digits", 9)
        if type_ == "numero-visa":
            return Defect("visa", len(digits))
        return Defect("letters" if letters else "digits", len(digits))
    if type_ == "code":
        return Defect("digits", len(digits))
    return Defect(type_.replace("-", "_") if type_ in (*OTHER_TYPES, "telephone") else "unreadable")


def read_text(text: str) -> Defect | None:
    """Digits too few to have been hidden; None when the text holds none."""
    digits = re.sub(r"[^0-9]", "", text)
    return Defect("digits", len(digits)) if digits else None
