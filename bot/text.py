"""Normalisation of French as people type it: a list of small named steps, the same for models and search.

Each step is a pure function `str -> str`; `STEPS` is their order. A step has its table of inputs and outputs in
`tests/unit/test_text.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot import placeholders

Step = Callable[[str], str]


def lower(text: str) -> str:
    return text.lower()


def placeholder_words(text: str) -> str:
    """⟦numero-etranger:9-chiffres#…⟧ → « xnumeroetranger », a word that nobody types."""
    return placeholders.PATTERN.sub(lambda m: f" x{m.group(1).replace('-', '')} ", text)


_SPOKEN = {"cé": "c' est", "sé": "c' est", "jé": "j' ai", "é": "et", "dé": "des", "lé": "les", "mé": "mais", "à": "a"}
_SPOKEN_WORD = re.compile(r"(?<![\w'-])(?:" + "|".join(_SPOKEN) + r")(?![\w'-])")


def spoken(text: str) -> str:
    """Small words written as they sound: « cé quoi », « jé perdu », « mon nom é prénom ». Only an accent tells them."""
    return _SPOKEN_WORD.sub(lambda m: _SPOKEN[m.group()], text)


def accents(text: str) -> str:
    """Many type without accents: fold them for everybody. « œ » and « æ » become two letters."""
    folded = text.replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFD", folded)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def apostrophes(text: str) -> str:
    """« l’ANEF », « l'ANEF », « l`ANEF » → « l' ANEF »; an elision is a word of its own."""
    straight = re.sub("[’‘`´ʼ]", "'", text)
    return re.sub(r"(?<=\b[cdjlmnst])'|(?<=\bqu)'", "' ", straight)


_JOINED = re.compile(
    r"\b(?:(j)(?=[bcdfglmnpqrstvxz]|ai\b|avai|arriv|ess[ae]|atten|envo|oubli|achet|utilis|habit|etai|avez)"
    r"|([ld])(?=anef|attest|adress|identif|e-?photo|inscri|ordinat|internet|espace|accus|etranger|envoi))(\w)"
)


def joined(text: str) -> str:
    """« jai perdu », « jveux », « lattestation » → « j' ai perdu », « j' veux », « l' attestation »."""
    return _JOINED.sub(lambda m: f"{m.group(1) or m.group(2)}' {m.group(3)}", text)


_COMPOUNDS = (
    (re.compile(r"\b(?:e|i)[ -]?(?:ph?|f)oto(?:s?)(?!\w)"), "e-photo"),
    (re.compile(r"\be[ -]?(?:mail|mel)(s?)\b|\bcourriel(s?)\b|\bmel\b"), "mail"),
    (re.compile(r"\bmots?[ -]de[ -]pass?e?s?\b|\bmots?[ -]d[ -]pass?e?\b|\bmot passe\b"), "mot de passe"),
    (re.compile(r"\brendez[ -]vous\b"), "rendez-vous"),
    (re.compile(r"\bvls?[ -]?ts\b"), "vls-ts"),
    (re.compile(r"\be[ -]?mer+aude?s?\b"), "e-meraude"),
    (re.compile(r"\bmon[ -]compte\b"), "mon compte"),
    (re.compile(r"\bsite[ -]web\b"), "site"),
)


def compounds(text: str) -> str:
    """One spelling for what is written joined, apart or with a hyphen: « e photo », « mot-de-passe », « e-mail »."""
    for pattern, spelling in _COMPOUNDS:
        text = pattern.sub(spelling, text)
    return text


def elongations(text: str) -> str:
    """« svppppp » → « svp », « alloooo » → « allo »: three or more of a letter stand for one."""
    return re.sub(r"([a-z])\1{2,}", r"\1", text)


def number_sign(text: str) -> str:
    """« n° », « nº », « n ° » → « numero »."""
    return re.sub(r"\bn\s?[°º]\s?", "numero ", text)


_ABBREVIATIONS = {
    "bjr": "bonjour", "bsr": "bonsoir", "slt": "salut", "svp": "s' il vous plait", "stp": "s' il te plait",
    "cmt": "comment", "coment": "comment", "pk": "pourquoi", "pq": "pourquoi", "pourkoi": "pourquoi",
    "prkoi": "pourquoi", "koi": "quoi", "kan": "quand", "qd": "quand", "ki": "qui", "ke": "que", "k": "que",
    "ac": "avec", "avc": "avec", "ds": "dans", "dc": "donc", "pr": "pour", "ss": "sans", "tt": "tout",
    "ts": "tous", "tjs": "toujours", "tjrs": "toujours", "jms": "jamais", "mtn": "maintenant", "bcp": "beaucoup",
    "vs": "vous", "ns": "nous", "ms": "mais", "mm": "meme", "fr": "faire", "jai": "j' ai", "g": "j' ai",
    "chui": "je suis", "chuis": "je suis", "jsuis": "je suis", "jpeux": "je peux", "jarrive": "j' arrive",
    "dja": "deja", "c": "c' est", "ct": "c' etait", "cest": "c' est", "ya": "il y a",
    "qq": "quelque", "qqn": "quelqu' un", "qqch": "quelque chose", "rdv": "rendez-vous", "rv": "rendez-vous",
    "mdp": "mot de passe", "pwd": "mot de passe", "pass": "mot de passe", "pasword": "mot de passe",
    "password": "mot de passe", "id": "identifiant", "login": "identifiant", "num": "numero", "nr": "numero",
    "tel": "telephone", "tds": "titre de sejour", "cds": "carte de sejour", "adf": "attestation de decision favorable",
    "adp": "attestation de prolongation", "api": "attestation de prolongation", "vlsts": "vls-ts",
    "pref": "prefecture", "prefec": "prefecture", "prf": "prefecture", "msg": "message", "doc": "document",
    "docs": "documents", "ephoto": "e-photo", "attest": "attestation", "reno": "renouvellement",
    "kel": "quel", "kelle": "quelle", "kelkun": "quelqu' un", "coman": "comment", "comen": "comment",
    "komen": "comment", "koman": "comment", "commen": "comment", "comant": "comment", "cmen": "comment", "fo": "faut",
    "fau": "faut", "pa": "pas", "po": "pas", "sui": "suis", "ve": "veux", "veu": "veux", "pe": "peux",
    "fe": "fait", "fer": "faire", "foto": "photo", "fotos": "photos", "nvl": "nouvelle", "nvelle": "nouvelle",
    "nouvo": "nouveau", "mrc": "merci", "mci": "merci", "pb": "probleme", "pbm": "probleme", "prblm": "probleme",
    "dmd": "demande", "dde": "demande", "dem": "demande", "rep": "reponse", "aprs": "apres",
    "avan": "avant", "vx": "veux", "px": "peux", "tps": "temps", "lgtps": "longtemps", "dps": "depuis",
    "dep": "depuis", "qlq": "quelque", "qlqn": "quelqu' un", "nn": "non", "oki": "ok", "recep": "recepisse",
    "recip": "recepisse", "prolong": "prolongation", "rembours": "remboursement", "numeros": "numero", "adr": "adresse",
    "renouv": "renouvellement", "infos": "informations", "info": "information",
}  # fmt: skip
_WORD = re.compile(r"(?<![a-z0-9-])[a-z0-9]+(?:-[a-z0-9]+)*(?![a-z0-9'-])")


def abbreviations(text: str) -> str:
    """SMS spellings and the shorthand of agents, word by word."""
    return _WORD.sub(lambda m: _ABBREVIATIONS.get(m.group(), m.group()), text)


def blanks(text: str) -> str:
    return " ".join(text.split())


STEPS: tuple[Step, ...] = (
    lower,
    number_sign,
    placeholder_words,
    apostrophes,
    spoken,
    accents,
    elongations,
    compounds,
    abbreviations,
    joined,
    blanks,
)


def normalise(text: str) -> str:
    """`text` through every step, in order. Idempotence is not promised: call it once, on what a person wrote."""
    for step in STEPS:
        text = step(text)
    return text
