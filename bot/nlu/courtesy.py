"""Greetings, thanks and closings around what a person wants: the models read what stands between them.

« Bonjour, j'ai oublié mon mot de passe. Merci d'avance pour votre aide ! » says no more than its middle. Left in, the
thanks pull towards `thanks`: a fifth of the answers that were right without became wrong or unsure with them
(evaluation/experiments/results.md).
"""

from __future__ import annotations

import re
from typing import Optional, Pattern, Text

from bot.text import normalise

# Words that must be left: « ok merci » is a thanks, « bonjour oui » may be anything, « attestation svp » a question.
_LEFT_OF_GREETING, _LEFT_OF_CLOSING, _LEFT_OF_PLEASE = 2, 3, 1

_PERSON = r"(?:cher(?:e|s|es)? )?(?:madame|monsieur|mesdames|messieurs|mme|mr)"
_PLEASE = r"s' il (?:vous|vou|te|t') ?(?:plait|plai|plet)"
_GREETING = (
    r"(?:re)?bonjour", "bonsoir", "salut", "coucou", "hello", "allo", "salam", "slm", "pardon",
    _PERSON, _PLEASE, "a vous", "a tous", "excusez[- ]moi(?: de vous deranger)?", "desolee? de vous deranger",
)  # fmt: skip
_FOR = (
    r"(?:de|pour|d')(?: (?:votre|vos|ton|ta|l'|toute votre))?(?: (?:precieuse|aimable|bonne|prompte))? "
    r"(?:aides?|reponses?|retours?|comprehension|patience|temps|attention|soutien|services?|conseils?|gentillesse)"
)
_MUCH = r"beaucoup|bien|infiniment|enormement|mille fois|d' avance|par avance|encore|a vous"
_DEGREE = rf"(?:,?(?: et)? (?:{_MUCH}|{_FOR}))*"
_CLOSING = (
    rf"(?:un )?(?:grand |mille )?(?:merci|mersi|mercie|remerciement)s?{_DEGREE}",
    rf"(?:(?:je|nous) (?:vous|te) remercie|en vous remerciant|nous vous remercions){_DEGREE}",
    _PERSON, r"(?:bien |tres )?(?:cordialement|respectueusement|sincerement)", r"bien a (?:vous|toi)",
    r"(?:(?:mes|meilleures|sinceres|cordiales|respectueuses|bonnes) )*salutations(?: distinguees| respectueuses)?",
    r"(?:je vous souhaite )?(?:une )?(?:tres )?(?:bonne|belle|agreable|excellente) (?:fin de )?"
    r"(?:journee|soiree|apres-midi|semaine|continuation|reception)(?: a vous)?",
    "bon week-end", "bon courage", "bonne nuit", "a bientot", "au revoir", "dans l' attente",
    r"(?:dans l' |en )attente de (?:votre reponse|vos reponses|votre retour|vous lire)",
    r"(?:je vous prie|veuillez) (?:d' |de )?(?:agreer|croire|recevoir)\b[^?]*",
)  # fmt: skip

_OPENS = re.compile(rf"(?:{'|'.join(_GREETING)})\b[\s,;:.!-]*")


def _at_end(pattern: Text) -> Pattern:
    return re.compile(rf"(?:^|(?<=[\s,;:.!?)-]))(?:et )?(?:{pattern})[\s,;.!-]*$")


_CLOSES = ((_at_end("|".join(_CLOSING)), _LEFT_OF_CLOSING), (_at_end(_PLEASE), _LEFT_OF_PLEASE))


def to_the_point(text: Text) -> Text:
    """`text` normalised, without the courtesies around it; a message of courtesies alone stays whole."""
    whole = normalise(text)
    return _unclosed(_unopened(whole))


def _unopened(text: Text) -> Text:
    start = 0
    while match := _OPENS.match(text, start):
        start = match.end()
    return text[start:] if len(text[start:].split()) >= _LEFT_OF_GREETING else text


def _unclosed(text: Text) -> Text:
    """One closing after the other, from the end: one pattern for any number of them could take for ever to fail."""
    end: Optional[int] = len(text)
    while end is not None:
        text = text[:end].rstrip(" ,;:-")
        end = _closing(text)
    return text


def _closing(text: Text) -> Optional[int]:
    """Where the last courtesy of `text` begins, if enough stands before it."""
    for pattern, left in _CLOSES:
        match = pattern.search(text)
        if match and len(text[: match.start()].split()) >= left:
            return match.start()
    return None
