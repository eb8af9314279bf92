"""A card with its particulars hidden: the stage and what it means stay, whatever names this one file goes.

Hidden on the server: what the agent did not ask to see is not sent.
"""

from __future__ import annotations

from typing import Any

HIDDEN = "•••"


def masked_card(card: dict[str, Any] | None, title: str) -> dict[str, Any] | None:
    """`card` as `gateway.cards` makes it; `title` stands in for kind of title and prefecture."""
    if card is None:
        return None
    documents = [{**document, "note": HIDDEN} for document in card["documents"]]
    asked = card["complement"]
    complement = asked and {**asked, "asked_on": HIDDEN, "document": HIDDEN, "message": ""}
    kept = {"title": title, "reference": HIDDEN, "since": HIDDEN}
    return {**card, **kept, "documents": documents, "complement": complement}


def masked_text(markdown: str) -> str:
    """The sentences stay; the points of a list are particulars (dates, contacts)."""
    lines = markdown.splitlines()
    return "\n".join(f"- {HIDDEN}" if line.startswith("- ") else line for line in lines)
