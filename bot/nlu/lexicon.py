"""Words of other people's business: services, papers and things that are not ours, by family.

« mot de passe netflix » and « mot de passe anef » differ in one word, and no list of examples holds every service.
`marked` writes the family behind each such word (« netflix xservice »), so that a model learns from a few services
what holds for all of them. It marks and removes nothing: what the word means is for the model to weigh.
"""

from __future__ import annotations

import re

# Normalised spellings (bot.text): small letters, no accents. A plural « s » or « x » is understood.
FAMILIES = {
    "xservice": (
        "airbnb", "alan", "amazon", "ameli", "ants", "app store", "apple", "bancaire", "banque", "banque postale",
        "binance", "blablacar", "bnp", "bolt", "boncoin", "booking", "boursorama", "bouygues", "caf",
        "caisse d' epargne", "caisse de retraite", "canal", "carte vitale", "chronopost", "colissimo",
        "compte formation", "cpam", "cpf", "credit agricole", "credit mutuel", "crous", "deezer", "deliveroo",
        "dhl", "discord", "disney", "doctolib", "dropbox", "ebay", "ecole directe", "edf", "engie", "ent",
        "facebook", "fedex", "fortuneo", "france travail", "free mobile", "gmail", "google", "google play",
        "hello bank", "hotmail", "icloud", "impot", "impots.gouv", "insta", "instagram", "itunes", "la poste",
        "lcl", "le bon coin", "leboncoin", "lidl", "linkedin", "lyca", "lycamobile", "messenger", "microsoft",
        "mobile money", "mondial relay", "moneygram", "moodle", "msa", "mutuelle", "n26", "navigo", "netflix",
        "orange", "orange money", "outlook", "parcoursup", "paypal", "playstation", "pole emploi", "pronote",
        "ratp", "revolut", "sfr", "shein", "skype", "snap", "snapchat", "sncf", "sncf connect", "societe generale",
        "spotify", "steam", "switch", "teams", "telegram", "temu", "tiktok", "twitter", "uber", "uber eats",
        "urssaf", "vinted", "wave", "western union", "whatsapp", "wifi", "wise", "yahoo", "youtube", "zalando",
        "zoom",
    ),
    "xpapier": (
        "carte bancaire", "carte bleue", "carte d' electeur", "carte d' identite", "carte de bus",
        "carte de fidelite", "carte de visite", "carte electorale", "carte etudiante", "carte grise",
        "carte identite", "carte navigo", "carte vitale", "casier", "casier judiciaire",
        "certificat de nationalite", "cni", "code de la route", "cv", "diplome", "immatriculation",
        "livret de famille", "passeport", "passport", "permis", "permis de conduire",
    ),
    "xpolitique": (
        "asile", "cnda", "nationalite", "naturalisation", "naturaliser", "ofpra", "oqtf", "refugie",
    ),
    "xchose": (
        "abonnement", "allocation", "amende", "apl", "appartement", "avion", "billet", "box", "bus", "cantine",
        "carte postale", "chat", "chien", "chomage", "coiffeur", "colis", "collection", "contravention",
        "courrier recommande", "creche", "cuisine", "dentiste", "docteur", "ecole", "electricite", "employeur",
        "facture", "fiche de paie", "film", "foot", "football", "frigo", "gaz", "hlm", "hopital", "horoscope",
        "imprimante", "iphone", "lettre", "logement", "loyer", "lycee", "match", "medecin", "meteo", "metro",
        "musique", "ordinateur portable", "parking", "patron", "pizza", "portable", "prime d' activite",
        "proprietaire", "radar", "recette", "restaurant", "retraite", "rsa", "salaire", "telephone portable",
        "train", "trottinette", "velo", "voiture",
    ),
}  # fmt: skip

_FAMILY_OF = {word: family for family, words in FAMILIES.items() for word in words}
_LONGEST_FIRST = "|".join(re.escape(word) for word in sorted(_FAMILY_OF, key=len, reverse=True))
_WORDS = re.compile(rf"(?<![\w-])({_LONGEST_FIRST})[sx]?(?![\w-])")


def marked(text: str) -> str:
    """`text`, normalised, with the family written behind each word of the lexicon."""
    return _WORDS.sub(lambda match: f"{match.group()} {_FAMILY_OF[match.group(1)]}", text)
