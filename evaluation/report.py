"""The report: python -m evaluation.report [--set tuning] [--to docs]. From the stored runs alone, for everybody."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.faq import load_faq
from evaluation import plots, runs
from evaluation.data import ROOT, SETS

# Targets by score: what it is in words, the limit, and whether the share must stay under it.
TARGETS = {
    "right": ("Bonne réponse", 0.95, False),
    "right_or_suggested": ("Bonne réponse, ou proposée au choix", 0.97, False),
    "wrong": ("Réponse fausse", 0.02, True),
    "phone_right": ("Bonne réponse, écriture de téléphone", 0.92, False),
    "out_of_scope_answered": ("Hors sujet traité comme le nôtre", 0.03, True),
}
VOICES = {
    "plain": "simple",
    "phone": "téléphone, SMS",
    "learner": "français en cours d'apprentissage",
    "keywords": "mots-clés d'un agent",
    "story": "récit long",
    "indirect": "question indirecte",
}
LOOKUPS = {"lookup_status": "Vérifier mon dossier", "lookup_account": "Vérifier mon compte"}
ACTS = {
    "affirm": "oui",
    "bot": "à qui ai-je affaire",
    "cancel": "laisser tomber",
    "deny": "non",
    "dont_know": "ne sait pas, n'a pas le numéro",
    "follow_up/cost": "suite : c'est payant ?",
    "follow_up/first_application": "suite : pour une première demande",
    "follow_up/how": "suite : comment faire",
    "follow_up/how_long": "suite : combien de temps",
    "follow_up/more": "suite : plus de détails",
    "follow_up/renewal": "suite : pour un renouvellement",
    "follow_up/still_failing": "suite : ça ne marche toujours pas",
    "follow_up/where": "suite : où",
    "frustration": "colère",
    "goodbye": "au revoir",
    "greet": "bonjour",
    "help": "que savez-vous faire",
    "inform": "répond à une question",
    "none_of_these": "aucun des choix",
    "not_that": "ce n'était pas ma question",
    "refuse_data": "ne veut pas donner de numéro",
    "repeat": "répéter",
    "thanks": "merci",
    "third_party": "le dossier de quelqu'un d'autre",
}
SETS_IN_WORDS = {
    "questions": "des questions gardées à part, jamais utilisées pour apprendre ni pour régler",
    "tuning": "des questions **de réglage** : elles ont servi à choisir les seuils et flattent donc le résultat",
}
WEAKEST, PAIRS = 10, 12
FAQ = load_faq()


def met(name: str, share: float) -> bool:
    """Whether the share reaches the target of the score `name`."""
    _, limit, below = TARGETS[name]
    return share <= limit if below else share >= limit


def page(pipeline: dict[str, Any], gateway: dict[str, Any] | None, folder: str) -> str:
    """The report as Markdown. `folder`: where the plots are, from the page."""
    parts = [_head(pipeline), _targets(pipeline, folder), _details(pipeline, folder), _scope(pipeline, folder)]
    parts += [_acts(pipeline, folder), _trust(pipeline, folder), _pairs(pipeline)]
    parts += [_whole(pipeline, gateway), _made_of(pipeline, gateway)]
    return "\n\n".join(parts) + "\n"


def draw(run: dict[str, Any], folder: Path) -> None:
    """Every plot of the page, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(words, run["scores"][name], limit) for name, (words, limit, _) in TARGETS.items()]
    marks = [met(name, run["scores"][name]["share"]) for name in TARGETS]
    plots.against_targets([(*row, mark) for row, mark in zip(rows, marks, strict=True)], folder / "objectifs.svg")
    plots.outcomes([(VOICES[voice], counts) for voice, counts in run["voices"].items()], folder / "ecritures.svg")
    weakest = [(_title(label), counts) for label, counts in _weakest(run)]
    plots.outcomes(weakest, folder / "entrees.svg")
    plots.outcomes([(_family(label), counts) for label, counts in run["families"].items()], folder / "hors-sujet.svg")
    plots.outcomes([(ACTS[label], counts) for label, counts in run["acts"].items()], folder / "conversation.svg")
    plots.calibration(run["calibration"], folder / "confiance.svg")


def _head(run: dict[str, Any]) -> str:
    scores = run["scores"]
    missed = [words.lower() for name, (words, *_) in TARGETS.items() if not met(name, scores[name]["share"])]
    verdict = (
        f"Objectifs **non atteints** : {' ; '.join(missed)}." if missed else "**Tous les objectifs sont atteints.**"
    )
    right, wrong, asked = scores["right"], scores["wrong"], scores["right"]["n"]
    return f"""# Ce que l'assistant comprend

<!-- Written by `make evaluate` (evaluation/report.py): do not edit. -->

Nous lui avons posé {_asked(run)} questions, {SETS_IN_WORDS[run["set"]]}.
Seule la première réponse compte.

Sur {asked} questions auxquelles il doit savoir répondre, il donne la bonne réponse {right["hits"]} fois
({_percent(right["share"])}) et une réponse fausse {wrong["hits"]} fois ({_percent(wrong["share"])}).
{verdict}"""


def _targets(run: dict[str, Any], folder: str) -> str:
    rows = []
    for name, (words, limit, below) in TARGETS.items():
        score = run["scores"][name]
        goal = f"{'au plus' if below else 'au moins'} {_percent(limit)}"
        reached = "oui" if met(name, score["share"]) else "**non**"
        counted = f"{score['hits']} sur {score['n']}"
        rows.append((words, counted, _percent(score["share"]), _interval(score), goal, reached))
    head = ("Mesure", "Compte", "Part", "Intervalle à 95 %", "Objectif", "Atteint ?")
    return f"""## Les objectifs

{_table(head, rows)}

![Chaque mesure avec son intervalle, face à son objectif ; les valeurs sont dans le tableau]({folder}/objectifs.svg)

L'intervalle dit où serait la vraie valeur si l'on posait beaucoup plus de questions du même genre. Un objectif atteint
dont l'intervalle déborde de l'autre côté n'est donc pas encore sûr."""


def _details(run: dict[str, Any], folder: str) -> str:
    voices = [(VOICES[voice], *_counts(counts)) for voice, counts in run["voices"].items()]
    entries = [(_title(label), *_counts(counts)) for label, counts in _weakest(run)]
    head = ("Nombre", "Juste", "Proposée", "Pas de réponse", "Fausse")
    return f"""## Selon la façon d'écrire

{_table(("Écriture", *head), voices)}

![Part de chaque résultat selon l'écriture ; les valeurs sont dans le tableau]({folder}/ecritures.svg)

## Les {len(entries)} sujets les plus faibles

« Proposée » : l'assistant n'est pas sûr et la bonne réponse est parmi les trois choix offerts. Avec une douzaine de
questions par sujet, une question de plus ou de moins change le rang.

{_table(("Sujet", *head), entries)}

![Part de chaque résultat pour ces sujets ; les valeurs sont dans le tableau]({folder}/entrees.svg)"""


def _scope(run: dict[str, Any], folder: str) -> str:
    score = run["scores"]["out_of_scope_answered"]
    rows = [(_family(label), *_apart(counts)) for label, counts in run["families"].items()]
    head = ("Famille", "Nombre", "Écartée", "Choix proposé ou autre", "Traitée comme la nôtre")
    return f"""## Hors de notre sujet

{score["n"]} questions ne sont pas pour nous (impôts, passeport, permis…). L'assistant a répondu comme si elles
l'étaient {score["hits"]} fois ({_percent(score["share"])}, intervalle {_interval(score)}).

{_table(head, rows)}

![Part de chaque résultat par famille ; les valeurs sont dans le tableau]({folder}/hors-sujet.svg)"""


def _acts(run: dict[str, Any], folder: str) -> str:
    score, answered = run["scores"]["conversation_right"], run["scores"]["conversation_answered"]
    rows = [(ACTS[label], *_apart(counts)) for label, counts in run["acts"].items()]
    head = ("La personne dit", "Nombre", "Compris", "Pas compris", "Pris pour une question")
    return f"""## Dans la conversation

{score["n"]} messages ne posent pas de question entière : « oui », « je ne l'ai pas », « c'est où ? ». Pris seuls, sans
ce qui les précède, {score["hits"]} sont compris ({_percent(score["share"])}, intervalle {_interval(score)}).
Pris à tort pour une question : {answered["hits"]} ({_percent(answered["share"])}).

{_table(head, rows)}

![Part de chaque résultat selon ce que la personne dit ; les valeurs sont dans le tableau]({folder}/conversation.svg)"""


def _trust(run: dict[str, Any], folder: str) -> str:
    rows = [
        (_percent(row["confidence"]), row["n"], _percent(row["share"]), _interval(row)) for row in run["calibration"]
    ]
    return f"""## Sa confiance est-elle méritée ?

Quand il répond, l'assistant se donne une confiance. Les points sur la diagonale : il a raison aussi souvent qu'il le
dit. Au-dessus : il est trop modeste. Au-dessous : trop sûr de lui.

![Part de réponses justes selon la confiance annoncée ; les valeurs sont dans le tableau]({folder}/confiance.svg)

{_table(("Confiance moyenne", "Réponses", "Justes", "Intervalle à 95 %"), rows)}"""


def _pairs(run: dict[str, Any]) -> str:
    pairs = run["confusions"][:PAIRS]
    rows = [(_title(pair["expected"]), _title(pair["got"]), pair["times"]) for pair in pairs]
    rest = sum(pair["times"] for pair in run["confusions"][PAIRS:])
    more = f"\n\nEt {rest} autres, une fois chacune ou presque." if rest else ""
    return f"""## Ce qu'il confond

{_table(("On demandait", "Il a répondu", "Fois"), rows) if rows else "Aucune réponse fausse."}{more}"""


def _whole(pipeline: dict[str, Any], gateway: dict[str, Any] | None) -> str:
    model = f"Comprendre un message prend {_number(pipeline['milliseconds_a_message'])} ms en moyenne"
    if gateway is None:
        return f"## Temps de réponse\n\n{model}. L'assistant entier n'a pas été mesuré."
    right, wrong = gateway["scores"]["right"], gateway["scores"]["wrong"]
    times = gateway["milliseconds"]
    return f"""## L'assistant entier et son temps de réponse

Les mêmes questions posées à l'assistant complet, comme depuis un navigateur : {_percent(right["share"])} de bonnes
réponses ({right["hits"]} sur {right["n"]}), {_percent(wrong["share"])} de fausses. {model}.
La réponse complète arrive en {times["half"]:.0f} ms au plus pour la moitié des messages, en
{times["most"]:.0f} ms au plus pour 95 % d'entre eux."""


def _made_of(pipeline: dict[str, Any], gateway: dict[str, Any] | None) -> str:
    rows = [("modèles seuls", pipeline), *([("assistant entier", gateway)] if gateway else [])]
    lines = [(n, _asked(r), _date(r["date"]), r["examples"], f"`{r['fingerprint']}`") for n, r in rows]
    return f"""## De quoi ces chiffres sont faits

{_table(("Mesure", "Questions", "Date", "Exemples appris", "Empreinte"), lines)}

L'empreinte change dès qu'un exemple, une question, la configuration ou le code des modèles change ; `make check` refuse
alors ces chiffres jusqu'à la mesure suivante (`make evaluate`). La liste de ce qui a été manqué est dans
`evaluation/runs/`, sans le texte des questions."""


def _asked(run: dict[str, Any]) -> int:
    return sum(run["scores"][name]["n"] for name in ("right", "out_of_scope_answered", "conversation_right"))


def _weakest(run: dict[str, Any]) -> list[tuple[str, dict[str, int]]]:
    def merit(item: tuple[str, dict[str, int]]) -> tuple[float, float, str]:
        label, counts = item
        return counts.get("right", 0) / counts["n"], -counts.get("wrong", 0) / counts["n"], label

    return sorted(run["entries"].items(), key=merit)[:WEAKEST]


def _counts(counts: dict[str, int]) -> tuple[int, ...]:
    return counts["n"], *(counts.get(outcome, 0) for outcome in plots.OUTCOMES)


def _apart(counts: dict[str, int]) -> tuple[int, int, int, int]:
    """How many; right; neither; wrong: where a suggestion is no help."""
    right, wrong = counts.get("right", 0), counts.get("wrong", 0)
    return counts["n"], right, counts["n"] - right - wrong, wrong


def _title(label: str) -> str:
    """A label or a reply (« faq/x », « answer/x ») in words: the title of its entry, where it has one."""
    kind, _, name = label.partition("/")
    if name in FAQ.entries:
        return FAQ.entries[name].title
    if kind == "out_of_scope":
        return f"Hors sujet : {name}"
    if label in ACTS:
        return f"Conversation : {ACTS[label]}"
    return LOOKUPS.get(label) or LOOKUPS.get(label.replace("lookup/", "lookup_")) or f"`{label}`"


def _family(label: str) -> str:
    return label.partition("/")[2]


def _percent(share: float) -> str:
    return f"{_number(100 * share)} %"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def _interval(score: dict[str, Any]) -> str:
    return f"{_number(100 * score['low'])} à {_percent(score['high'])}"


def _date(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |" for line in lines)


def _stored(name: str) -> dict[str, Any] | None:
    try:
        return runs.load(name)
    except FileNotFoundError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=sorted(SETS), default="questions")
    parser.add_argument("--to", type=Path, default=ROOT / "docs", help="folder of evaluation.md and evaluation/")
    options = parser.parse_args()
    pipeline = runs.load(f"pipeline-{options.set}")
    draw(pipeline, options.to / "evaluation")
    text = page(pipeline, _stored(f"gateway-{options.set}"), "evaluation")
    (options.to / "evaluation.md").write_text(text, encoding="utf-8")
    print(options.to / "evaluation.md")


if __name__ == "__main__":
    main()
