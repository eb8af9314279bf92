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
        "action logement", "adecco", "adobe", "agirc", "air algerie", "air france", "air senegal", "airbnb", "alan",
        "alexa", "aliexpress", "allianz", "allocations familiales", "amazon", "amazon prime", "ameli", "anah",
        "android", "antai", "ants", "apec", "app store", "apple", "apple music", "assurance maladie",
        "assurance retraite", "auchan", "auto-entrepreneur", "axa", "back market", "badoo", "bancaire", "banque",
        "banque de france", "banque postale", "bbox", "bein", "bforbank", "binance", "blablabus", "blablacar",
        "bnp", "bolt", "boncoin", "booking", "boulanger", "bourso", "boursorama", "bouygues", "bumble",
        "burger king", "caf", "caisse d' epargne", "caisse de retraite", "campus france", "canal", "canva",
        "cap emploi", "capago", "carrefour", "carsat", "carte vitale", "ccas", "cdiscount", "cesu", "cetelem",
        "chatgpt", "cheque energie", "chronopost", "cic", "cned", "cofidis", "colissimo", "compte formation",
        "compte nickel", "cpam", "cpf", "credit agricole", "credit mutuel", "crous", "darty", "decathlon", "deezer",
        "deliveroo", "demarches simplifiees", "demarches-simplifiees", "dgfip", "dhl", "digiposte",
        "direct energie", "discord", "disney", "doctissimo", "doctolib", "dropbox", "easyjet", "ebay",
        "ecole directe", "edf", "ekwateur", "enedis", "engie", "ent", "epic games", "espace sante", "eurostar",
        "expedia", "fac", "facebook", "fedex", "flixbus", "floa", "fnac", "fortnite", "fortuneo", "france connect",
        "france titres", "france travail", "france visas", "france-visas", "franceconnect", "free mobile",
        "freebox", "gemini", "github", "gls", "gmail", "gmf", "google", "google play", "grdf", "groupama",
        "harmonie mutuelle", "heetch", "hello bank", "hellowork", "hotmail", "hsbc", "huawei", "icloud",
        "identite numerique", "ikea", "imagine r", "impot", "impots.gouv", "indeed", "infogreffe", "inpi", "insta",
        "instagram", "intermarche", "itunes", "izly", "jdc", "kfc", "klarna", "la poste", "la poste mobile", "lcl",
        "le bon coin", "lebara", "leboncoin", "leclerc", "leroy merlin", "lidl", "lime", "linkedin", "linky",
        "livebox", "lmde", "loca-pass", "lyca", "lycamobile", "lydia", "ma french bank", "maaf", "macif", "maif",
        "maiia", "mairie", "malt", "manpower", "maprimerenov", "matmut", "mcdo", "mcdonald", "mdph", "messenger",
        "messervices", "mgen", "microsoft", "minecraft", "mission locale", "mobile money", "molotov",
        "mon compte formation", "mon espace sante", "mon master", "monabanq", "mondial relay", "moneygram",
        "monoprix", "moodle", "msa", "mutuelle", "mycanal", "n26", "navigo", "netflix", "nickel", "nintendo",
        "notaire", "nrj mobile", "office 365", "oney", "orange", "orange bank", "orange money", "ouigo", "outlook",
        "pajemploi", "parcoursup", "pass culture", "payfit", "paypal", "paysafecard", "pcs", "pinterest",
        "playstation", "pmi", "pokemon", "pole emploi", "prime video", "prixtel", "pronote", "ps4", "ps5", "qonto",
        "randstad", "ratp", "red by sfr", "reddit", "relais colis", "remitly", "rer", "revolut", "ria", "roblox",
        "royal air maroc", "ryanair", "samsung", "secu", "securite sociale", "seloger", "sephora", "sfr", "shein",
        "siri", "skype", "snap", "snapchat", "sncf", "sncf connect", "snu", "societe generale", "sofinco", "sosh",
        "spotify", "starlink", "steam", "suez", "sumeria", "switch", "syma", "taptap", "teams", "telegram",
        "telepoints", "temu", "ter", "tf1", "tgv", "tiktok", "tinder", "tls", "tlscontact", "total energies",
        "totalenergies", "trainline", "transavia", "tresor public", "turkish airlines", "twitch", "twitter", "uber",
        "uber eats", "universite", "ups", "upwork", "urssaf", "veepee", "velib", "veolia", "vfs", "viber", "vinted",
        "visale", "vitale", "wave", "western union", "whatsapp", "wifi", "windows", "wise", "worldremit", "xbox",
        "xiaomi", "yahoo", "youtube", "zalando", "zoom",
    ),
    "xpapier": (
        "attestation d' assurance", "attestation de droits", "attestation pole emploi", "avis d' imposition", "bac",
        "baccalaureat", "bafa", "bail", "brevet", "bulletin de paie", "bulletin de salaire", "bulletin numero 3",
        "carte avantage", "carte bancaire", "carte bleue", "carte btp", "carte bus", "carte cadeau",
        "carte consulaire", "carte d' assure", "carte d' electeur", "carte d' embarquement", "carte d' identite",
        "carte de bus", "carte de cantine", "carte de credit", "carte de fidelite", "carte de mutuelle",
        "carte de retrait", "carte de stationnement", "carte de transport", "carte de visite", "carte electorale",
        "carte etudiante", "carte famille nombreuse", "carte grise", "carte handicap", "carte identite",
        "carte jeune", "carte mastercard", "carte mobilite inclusion", "carte navigo", "carte pro btp",
        "carte professionnelle", "carte sim", "carte verte", "carte visa", "carte vitale", "carte vtc", "casier",
        "casier judiciaire", "certificat d' heredite", "certificat d' immatriculation", "certificat de celibat",
        "certificat de cession", "certificat de nationalite", "certificat medical", "certificat qualite air", "cni",
        "code de la route", "code rousseau", "controle technique", "copie integrale", "crit air", "crit'air", "cv",
        "dalf", "delf", "diplome", "extrait de casier", "extrait kbis", "immatriculation", "k-bis", "kbis",
        "livret de famille", "ordonnance", "pacs", "passeport", "passport", "pension alimentaire", "permis",
        "permis a points", "permis b", "permis bateau", "permis de chasse", "permis de conduire",
        "permis de construire", "permis international", "permis moto", "permis poids lourd", "plaque",
        "plaque d' immatriculation", "quittance", "releve de notes", "siren", "siret", "tcf", "testament",
        "vignette", "visa court sejour", "visa de tourisme", "visa schengen", "visa touristique",
    ),
    "xpolitique": (
        "apatride", "asile", "cada", "centre de retention", "cnda", "declaration de nationalite",
        "decret de naturalisation", "demandeur d' asile", "double nationalite", "dublin", "dubline", "expulse",
        "expulsion", "francisation", "huda", "irtf", "itf", "nationaliser", "nationalite", "nationnalite",
        "naturalisation", "naturaliser", "obligation de quitter", "ofpra", "oqtf", "protection subsidiaire",
        "reconduite", "refugie", "refugies", "retention",
    ),
    "xchose": (
        "abonnement", "allocation", "amende", "apl", "appartement", "arbre", "aspirateur", "assistante maternelle",
        "assurance", "assurance auto", "assurance habitation", "assurance vie", "autoroute", "avion", "bagage",
        "barca", "basket", "bebe", "biberon", "bibliotheque", "biere", "bijou", "billet", "bitcoin", "blague",
        "boulangerie", "bourse", "box", "boxe", "bus", "camion", "canape", "cantine", "capitale", "carte au tresor",
        "carte postale", "caution", "centre aere", "chanson", "chat", "chaton", "chaudiere", "chauffage",
        "chaussure", "cheque", "cheval", "cheveux", "chien", "chiot", "chomage", "cinema", "cles", "code pin",
        "code postal", "code promo", "code puk", "code wifi", "coiffeur", "coiffure", "colis", "collection",
        "colocataire", "colocation", "colonie", "compteur", "concert", "conges", "conjugaison", "constat",
        "contravention", "couche", "coupe du monde", "courrier recommande", "couscous", "covoiturage", "creche",
        "credit immobilier", "crepe", "crypto", "cuisine", "danse", "dechetterie", "decouvert", "demenageur",
        "demission", "dentiste", "devinette", "devoirs", "dictionnaire", "dinosaure", "docteur", "echecs", "ecole",
        "election", "electricien", "electricite", "employeur", "encombrants", "epargne", "episode", "equipe",
        "essence", "etat des lieux", "excel", "exces de vitesse", "facture", "facture d' eau", "fiche de paie",
        "fievre", "film", "fleur", "foot", "football", "fourriere", "frais bancaires", "frigo", "fromage", "fuite",
        "garage", "garagiste", "garde-meuble", "garderie", "gateau", "gaz", "gouvernement", "grippe", "guerre",
        "guitare", "gym", "heritage", "heures sup", "hlm", "hopital", "horaire de bus", "horoscope", "hotel",
        "html", "huissier", "hypotheque", "imprimante", "interim", "iphone", "jardin", "javascript", "jeu", "jeux",
        "joueur", "judo", "karate", "kine", "lave-linge", "lave-vaisselle", "lettre", "licenciement",
        "ligue des champions", "livret a", "logement", "loterie", "loto", "loyer", "lunettes", "lycee",
        "machine a laver", "manette", "manteau", "maquillage", "match", "matelas", "mathematiques", "maths",
        "mecanicien", "medecin", "medicament", "mer", "meteo", "metro", "meuble", "micro-onde", "ministre",
        "montagne", "mot croise", "moto", "musee", "musique", "nba", "neige", "noel", "nounou", "oiseau",
        "opticien", "ordinateur portable", "orthographe", "parfum", "parking", "patron", "peage", "peinture",
        "periscolaire", "permis de louer", "pharmacie", "piano", "piscine", "pizza", "plage", "planete", "plante",
        "plombier", "pluie", "pmu", "pneu", "poeme", "poisson", "portable", "poubelle", "poulet", "preavis",
        "president", "pret etudiant", "pret immobilier", "prime d' activite", "proprietaire", "prud' hommes", "psg",
        "psy", "puk", "python", "radar", "radiateur", "ramadan", "real madrid", "recette", "religion",
        "restaurant", "resto", "retraite", "riz", "robe", "roman", "rsa", "rugby", "rupture conventionnelle",
        "salade", "salaire", "salle de sport", "scooter", "serrure", "serrurier", "sinistre", "ski",
        "soleil", "soupe", "stade", "succession", "sudoku", "supermarche", "syndic", "tajine", "taxi", "tele",
        "telephone portable", "television", "temperature", "tennis", "theatre", "tiercee", "toilettes", "trading",
        "traduction", "train", "travaux", "trottinette", "vacances", "vaccin", "valise", "velo", "vetement",
        "veterinaire", "vidange", "vin", "virement", "voisin", "voiture", "vote", "vtc", "yoga",
    ),
}  # fmt: skip

# Papers of ours that begin like one of theirs: read first, and left as they are.
OURS = ("passeport talent", "permis de residence", "permis de sejour")

_FAMILY_OF = {word: family for family, words in FAMILIES.items() for word in words}
_LONGEST_FIRST = "|".join(re.escape(word) for word in sorted((*OURS, *_FAMILY_OF), key=len, reverse=True))
_WORDS = re.compile(rf"(?<![\w-])({_LONGEST_FIRST})[sx]?(?![\w-])")


def marked(text: str) -> str:
    """`text`, normalised, with the family written behind each word of the lexicon."""
    return _WORDS.sub(lambda match: f"{match.group()} {_FAMILY_OF.get(match.group(1), '')}".rstrip(), text)
