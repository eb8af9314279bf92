"""Each step of the normalisation has its table: what is written, what is read."""

import pytest

from bot import text

TABLES = {
    text.lower: [("Où EST", "où est")],
    text.number_sign: [("n° étranger", "numero étranger"), ("nº 5", "numero 5"), ("non", "non")],
    text.placeholder_words: [("⟦numero-etranger:9-chiffres⟧", " xnumeroetranger "), ("[code]", "[code]")],
    text.apostrophes: [("l’anef", "l' anef"), ("qu'il", "qu' il"), ("aujourd'hui", "aujourd'hui")],
    text.spoken: [
        ("cé quoi", "c' est quoi"), ("jé perdu", "j' ai perdu"), ("nom é prénom", "nom et prénom"), ("été", "été"),
    ],
    text.accents: [("dépôt reçu", "depot recu"), ("œuvre", "oeuvre")],
    text.elongations: [("svpppp", "svp"), ("adresse", "adresse")],
    text.compounds: [
        ("e photo", "e-photo"), ("ephoto", "e-photo"), ("des photos", "des photos"), ("mot-de-passe", "mot de passe"),
        ("e-mail", "mail"), ("courriel", "mail"), ("vls ts", "vls-ts"), ("emeraude", "e-meraude"),
    ],
    text.abbreviations: [("bjr mdp", "bonjour mot de passe"), ("c koi", "c' est quoi"), ("compte", "compte")],
    text.joined: [
        ("jai recu", "j' ai recu"), ("jveux", "j' veux"), ("jeudi jamais", "jeudi jamais"), ("jaune", "jaune"),
        ("lattestation", "l' attestation"), ("lettre", "lettre"),
    ],
    text.blanks: [("  a \n b ", "a b")],
}  # fmt: skip


@pytest.mark.parametrize("step, written, read", [(s, a, b) for s, table in TABLES.items() for a, b in table])
def test_step_reads_what_is_written(step, written, read):
    assert step(written) == read


def test_every_step_has_a_table():
    assert set(TABLES) == set(text.STEPS)


@pytest.mark.parametrize(
    "written, read",
    [
        ("bjr jé oublié mon mdp", "bonjour j' ai oublie mon mot de passe"),
        ("Où ce trouve le n° étranger SVP", "ou ce trouve le numero etranger s' il vous plait"),
        ("code E photo refuser pk", "code e-photo refuser pourquoi"),
    ],
)
def test_steps_work_together(written, read):
    assert text.normalise(written) == read
