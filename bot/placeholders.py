"""The grammar of placeholders: what stands in a text where a person wrote an identifier.

    ⟦type⟧   ⟦type:defect⟧   ⟦type:defect#reference⟧

The gateway alone writes them (it removes both brackets from what people type, so that none can be forged) and keeps
the value in the vault under the reference. Everything behind the gateway sees placeholders only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPEN, CLOSE = "⟦", "⟧"
TYPES = (
    "numero-etranger",
    "numero-visa",
    "passeport",
    "demande",
    "email",
    "telephone",
    "code",
    "timbre",
    "iban",
    "e-photo",
    "mot-de-passe",
)
PATTERN = re.compile(r"⟦([a-z-]+)(?::([a-z0-9-]+))?(?:#([0-9a-f]{16}))?⟧")


@dataclass(frozen=True)
class Placeholder:
    """One identifier that was taken out of a text: its type, what is wrong with it, where the vault keeps it."""

    type: str
    defect: str | None = None
    reference: str | None = None

    def __str__(self) -> str:
        defect = f":{self.defect}" if self.defect else ""
        reference = f"#{self.reference}" if self.reference else ""
        return f"{OPEN}{self.type}{defect}{reference}{CLOSE}"


def find(text: str) -> list[Placeholder]:
    """The placeholders in `text`, in order."""
    return [Placeholder(*match.groups()) for match in PATTERN.finditer(text)]


def unreferenced(text: str) -> str:
    """`text` with each placeholder reduced to type and defect: what may be shown, logged or learnt from."""
    return PATTERN.sub(lambda m: str(Placeholder(m.group(1), m.group(2))), text)
