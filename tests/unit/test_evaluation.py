"""The measure itself: scoring rules, intervals, fingerprints, and a check that can fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import placeholders
from evaluation import check, fingerprint, report, runs, scoring
from evaluation.data import SETS, Example, Question, examples, questions
from evaluation.scoring import MISSED, RIGHT, SUGGESTED, WRONG, Reply, Scored
from evaluation.through_gateway import typed
from gateway.masking import mask

FORGOTTEN, LOST, OUTSIDE = "faq/mot-de-passe-oublie", "faq/perte-vol-duplicata", "out_of_scope/impots"


def asked(*expect: str, text: str = "?", voice: str = "plain") -> Question:
    return Question("q-1", text, expect, voice)


@pytest.mark.parametrize(
    ("expect", "reply", "worth"),
    [
        ([FORGOTTEN], Reply("answer", "mot-de-passe-oublie"), RIGHT),
        ([LOST, FORGOTTEN], Reply("answer", "mot-de-passe-oublie"), RIGHT),
        ([FORGOTTEN], Reply("question", "mot-de-passe-oublie"), RIGHT),
        ([FORGOTTEN], Reply("answer", "compte-bloque"), WRONG),
        ([FORGOTTEN], Reply("lookup", "account"), WRONG),
        ([FORGOTTEN], Reply("suggestions", None, ("compte-bloque", "mot-de-passe-oublie")), SUGGESTED),
        ([FORGOTTEN], Reply("suggestions", None, ("compte-bloque",)), MISSED),
        ([FORGOTTEN], Reply("not_understood"), MISSED),
        ([FORGOTTEN], Reply("out_of_scope"), MISSED),
        (["lookup_status"], Reply("lookup", "status"), RIGHT),
        (["lookup_status"], Reply("suggestions", None, ("status",)), SUGGESTED),
        ([OUTSIDE], Reply("out_of_scope"), RIGHT),
        ([OUTSIDE], Reply("not_understood"), RIGHT),
        ([OUTSIDE], Reply("answer", "timbre-paiement"), WRONG),
        ([OUTSIDE], Reply("suggestions", None, ("timbre-paiement",)), MISSED),
        (["thanks"], Reply("smalltalk", "thanks"), RIGHT),
        (["thanks"], Reply("smalltalk", "greet"), MISSED),
    ],
)
def test_what_a_first_reply_is_worth(expect: list[str], reply: Reply, worth: str):
    assert scoring.outcome(asked(*expect), reply) == worth


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.2775), (0, 120, 0.0, 0.031), (10, 10, 0.7225, 1.0), (95, 100, 0.8882, 0.9785)],
)
def test_intervals_are_wilsons(hits: int, n: int, low: float, high: float):
    assert scoring.wilson(hits, n) == pytest.approx((low, high), abs=1e-4)


def test_the_summary_keeps_ours_theirs_and_talk_apart():
    replies = [
        (asked(FORGOTTEN, voice="phone"), Reply("answer", "mot-de-passe-oublie", confidence=0.9)),
        (asked(FORGOTTEN), Reply("answer", "compte-bloque", confidence=0.7)),
        (asked(OUTSIDE), Reply("answer", "timbre-paiement", confidence=0.6)),
        (asked("thanks"), Reply("smalltalk", "thanks", confidence=0.9)),
        (asked("dont_know"), Reply("answer", "numero-etranger-ou")),
        (asked("dont_know"), Reply("dialogue", "dont_know")),
    ]
    summary = scoring.summary([Scored(q, reply, scoring.outcome(q, reply)) for q, reply in replies])
    counted = {name: (score["hits"], score["n"]) for name, score in summary["scores"].items()}
    assert counted["right"] == counted["wrong"] == (1, 2)
    assert counted["phone_right"] == counted["out_of_scope_answered"] == (1, 1)
    assert (counted["conversation_right"], counted["conversation_answered"]) == ((2, 3), (1, 3))
    assert summary["acts"] == {"dont_know": {WRONG: 1, RIGHT: 1, "n": 2}, "thanks": {RIGHT: 1, "n": 1}}
    assert {"expected": FORGOTTEN, "got": "answer/compte-bloque", "times": 1} in summary["confusions"]
    assert [(row["n"], row["hits"]) for row in summary["calibration"]] == [(1, 0), (1, 0), (2, 2)]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one example, one question and one stored, accepted run."""
    for name, text in {
        "config.yml": "pipeline: []\n",
        "data/nlu/faq/a.yml": "nlu:\n  - intent: faq/a\n    examples: |\n      - où est mon numéro étranger\n",
        "evaluation/tuning/faq.yml": "- {id: t1, text: je cherche une cabine photo, expect: faq/b, voice: plain}\n",
        "bot/nlu/classifier.py": "C = 1\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sets = {"tuning": tmp_path / "evaluation" / "tuning"}
    for module in (fingerprint, check):
        monkeypatch.setattr(module, "SETS", sets)
    monkeypatch.setattr("evaluation.data.SETS", sets)
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    monkeypatch.setattr(runs, "RUNS", tmp_path / "evaluation" / "runs")
    monkeypatch.setattr(check, "ACCEPTED", tmp_path / "evaluation" / "accepted.json")
    question = asked(FORGOTTEN)
    runs.store("pipeline-tuning", "tuning", "pipeline", [Scored(question, Reply("not_understood"), RIGHT)] * 9)
    accept(right=0.9, wrong=0.02)
    return tmp_path


def accept(**floors: float) -> None:
    check.ACCEPTED.write_text(json.dumps({"pipeline-tuning": floors}), encoding="utf-8")


@pytest.mark.usefixtures("project")
def test_a_present_run_above_its_floors_passes():
    assert list(check.stale_runs()) == []


@pytest.mark.parametrize(
    "changed", ["config.yml", "data/nlu/faq/a.yml", "evaluation/tuning/faq.yml", "bot/nlu/classifier.py"]
)
def test_a_change_of_what_it_was_made_of_makes_a_run_stale(project: Path, changed: str):
    with (project / changed).open("a") as file:
        file.write("# one more line\n")
    assert ["not of the present" in problem for problem in check.stale_runs()] == [True]


def test_a_change_elsewhere_does_not(project: Path):
    (project / "README.md").write_text("new")
    assert list(check.stale_runs()) == []


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("floors", [{"right": 1.01}, {"wrong": -0.01}, {"right": 0.5, "wrong": -0.01}])
def test_a_score_below_what_was_accepted_is_told(floors: dict[str, float]):
    accept(**floors)
    assert ["accepted is" in problem for problem in check.stale_runs()] == [True]


@pytest.mark.usefixtures("project")
def test_accepting_takes_the_scores_of_the_stored_runs():
    accept(right=1.01)
    check.accept()
    assert json.loads(check.ACCEPTED.read_text())["pipeline-tuning"]["right"] == 1.0
    assert list(check.stale_runs()) == []


def test_a_run_that_was_never_made_is_told(project: Path):
    (project / "evaluation" / "runs" / "pipeline-tuning.json").unlink()
    assert ["missing" in problem for problem in check.stale_runs()] == [True]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("je cherche une cabine photo", True),
        ("Je cherche une cabine de photo", True),
        ("une cabine photo je cherche", True),
        ("où trouver un photographe agréé", False),
    ],
)
def test_a_question_that_is_nearly_an_example_is_told(text: str, found: bool):
    assert bool(list(check.known_questions([Example(text, "faq/b")]))) is found


@pytest.mark.parametrize(
    ("one", "other", "label", "found"),
    [
        ("j'ai oublié mon mot de passe", "jai oublier mon mdp", FORGOTTEN, True),
        ("où est mon numéro étranger ?", "mon numéro étranger, où est-il ?", "faq/numero-etranger-ou", False),
        ("j'ai oublié mon mot de passe", "comment choisir un nouveau mot de passe", FORGOTTEN, False),
        ("bonjour", "bonjourrr", "greet", False),
        ("⟦numero-etranger⟧", "⟦numero-etranger:9-chiffres⟧", "inform", False),
    ],
)
def test_two_examples_of_a_label_that_are_nearly_the_same_are_told(one: str, other: str, label: str, found: bool):
    assert bool(list(check.repeated_examples([Example(one, label), Example(other, label)]))) is found


def test_alike_under_two_labels_is_a_contrast_and_no_repetition():
    pair = [Example("je n'ai plus accès à mon mail", FORGOTTEN), Example("je n'ai plus accès à mon mail", LOST)]
    assert list(check.repeated_examples(pair)) == []


def test_examples_are_read_with_their_label(project: Path):
    assert examples(project / "data" / "nlu") == [Example("où est mon numéro étranger", "faq/a")]


@pytest.mark.parametrize(
    ("name", "share", "met"), [("right", 0.95, True), ("right", 0.949, False), ("wrong", 0.03, False)]
)
def test_the_report_says_plainly_whether_a_target_is_met(name: str, share: float, met: bool):
    assert report.met(name, share) is met


@pytest.mark.usefixtures("project")
def test_the_report_is_the_same_for_the_same_run(tmp_path: Path):
    question = asked(FORGOTTEN, voice="phone")
    outside = asked(OUTSIDE)
    scored = [
        Scored(question, Reply("answer", "mot-de-passe-oublie", confidence=0.9), RIGHT),
        Scored(question, Reply("answer", "compte-bloque", confidence=0.6), WRONG),
        Scored(outside, Reply("out_of_scope", confidence=0.8), RIGHT),
        Scored(asked("dont_know"), Reply("dialogue", "dont_know", confidence=0.8), RIGHT),
    ]
    runs.store("pipeline-tuning", "tuning", "pipeline", scored, milliseconds_a_message=5.0)
    run = runs.load("pipeline-tuning")
    drawn = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        report.draw(run, folder)
        drawn.append([path.read_bytes() for path in sorted(folder.glob("*.svg"))])
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 6
    page = report.page(run, None, "evaluation")
    assert "| Réponse fausse | 1 sur 2 | 50 % |" in page
    assert "**non**" in page
    assert run["fingerprint"] in page


@pytest.mark.parametrize("name", SETS)
def test_what_is_typed_for_a_placeholder_is_masked_again(name: str):
    written = [question.text for question in questions(name) if placeholders.find(question.text)]
    assert written
    for text in written:
        masked = mask(typed(text), lambda _, value: "0" * 16)
        assert len(placeholders.find(masked)) == len(placeholders.find(text))
