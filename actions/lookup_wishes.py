"""What a person may want at the question for the code, besides giving it: another one, another number, help."""

from __future__ import annotations

import re
from typing import Literal

from rasa_sdk import Tracker

from actions import understood
from bot.text import normalise

Wish = Literal["new_code", "other_number", "no_code"]

_WRONG = r"(?:trompee?s?|erreur|fautes?|mauvais|faux|fausse|corriger|corrige|modifier|changer|pas le bon|pas bon|autre)"
_OTHER_NUMBER = re.compile(rf"\b{_WRONG}\b.*\bnumero\b|\bnumero\b.*\b{_WRONG}\b")
_OF_A_PHONE = re.compile(r"\b(?:telephone|portable|mobile|mail|email|adresse)\b")
_NEW_CODE = re.compile(
    r"\b(?:autre|nouveau|nouvel|encore un|renvoyer|renvoye[rz]?|renvoie|redonne[rz]?|redemander|reessayer) .*\bcodes?\b"
    r"|\bcodes?\b.* \b(?:expire|perime|perdu|efface|supprime)\b"
)
_NO_CODE = re.compile(
    r"\b(?:pas|rien|jamais|aucun)\b.* \b(?:recu|recois|arrive|eu|code|sms|mail|message)\b"
    r"|\b(?:recu|recois)\b.* \b(?:pas|rien|aucun)\b|\battends\b.* \bcode\b|\bou est (?:le|mon) code\b"
    r"|\bpas (?:le )?(?:bon|correct|juste)\b|\b(?:code|il|ca) (?:ne )?marche pas\b|\bcode (?:est )?faux\b"
)
_ABOUT_IT = re.compile(r"\b(?:codes?|sms|mails?|messages?|rien|bon|correct|juste|marche)\b")
"""« Pas reçu » may be said of an attestation, too."""
_LONG = 12
"""In more words than these the same words tell a story, which is a question of its own."""


def wish(tracker: Tracker) -> Wish | None:
    """By a button, or in a short sentence."""
    pressed = understood.entity(tracker, "lookup_choice")
    if pressed in ("new_code", "other_number"):
        return pressed
    return wish_in(tracker.latest_message.get("text") or "")


def wish_in(text: str) -> Wish | None:
    plain = normalise(text)
    if len(plain.split()) > _LONG:
        return None
    if _OTHER_NUMBER.search(plain) and not _OF_A_PHONE.search(plain):
        return "other_number"
    if _NEW_CODE.search(plain):
        return "new_code"
    return "no_code" if _NO_CODE.search(plain) and _ABOUT_IT.search(plain) else None
