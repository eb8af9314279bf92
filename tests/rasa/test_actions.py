"""Actions: limited in time, never an exception, and the domain knows each of them."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

import actions.base
from actions.answer_faq import FAQ, AnswerFaq
from actions.base import SafeAction
from actions.dialogues import DIALOGUES
from actions.follow_up import NEXT, FollowUp, continues
from actions.unsure import OutOfScope, Suggest
from actions.urgency import is_urgent
from tests.rasa.conftest import said, tracker

ROOT = Path(__file__).resolve().parent.parent.parent
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES = [
    rule
    for path in (ROOT / "data" / "rules").glob("*.yml")
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]


class Broken(SafeAction):
    def name(self):
        return "action_broken"

    async def respond(self, say, tracker):
        say({"kind": "answer"})
        raise RuntimeError("9912345678")


class Slow(SafeAction):
    def name(self):
        return "action_slow"

    async def respond(self, say, tracker):
        await asyncio.sleep(60)
        return []


async def test_an_exception_becomes_one_apology_and_leaves_no_trace_of_its_message(dispatcher, caplog):
    assert await Broken().run(dispatcher, tracker(), {}) == []
    assert [(m["kind"], m["key"]) for m in said(dispatcher)] == [("notice", "error.unavailable")]
    assert "9912345678" not in caplog.text


async def test_an_action_that_takes_too_long_apologises(dispatcher, monkeypatch):
    monkeypatch.setattr(actions.base, "LIMIT_SECONDS", 0.05)
    assert await Slow().run(dispatcher, tracker(), {}) == []
    assert said(dispatcher)[0]["key"] == "error.unavailable"


def test_the_domain_names_exactly_the_actions_that_exist():
    executor = ActionExecutor()
    executor.register_package("actions")
    ours = {name for name in executor.actions if name not in (Broken().name(), Slow().name())}
    assert ours == set(DOMAIN["actions"])


def test_every_intent_has_a_rule():
    """Without one Rasa would say nothing: a silent turn."""
    with_rule = {step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step}
    assert set(DOMAIN["intents"]) - with_rule == set()


def test_every_form_has_an_end():
    ends = {c["active_loop"] for rule in RULES for c in rule.get("condition", []) if "active_loop" in c}
    assert set(DOMAIN["forms"]) - ends == set()


def test_every_action_runs_under_the_limits():
    executor = ActionExecutor()
    executor.register_package("actions")
    for run in executor.actions.values():
        source = inspect.getsource(type(run.__self__).run) if hasattr(run, "__self__") else ""
        assert "safely(" in source


@pytest.mark.parametrize(("topic", "kind"), NEXT)
def test_a_follow_up_leads_to_an_entry_or_a_case_that_exists(topic, kind):
    entry, _, case = continues(topic, kind).partition("#")
    assert topic in FAQ.entries
    assert entry in FAQ.entries
    assert not case or case in FAQ.entries[entry].french.cases


@pytest.mark.parametrize(
    ("topic", "kind", "spoken_of"),
    [
        ("mot-de-passe-oublie", "cost", False),
        ("creer-compte-numero-etranger", "cost", False),  # « pays de naissance » is no price
        ("obtenir-e-photo", "cost", True),  # says that the sources give no price
        ("rendez-vous", "how_long", False),
        ("e-photo-refusee", "how_long", True),
        ("rendez-vous", "where", True),
    ],
)
async def test_a_follow_up_on_which_an_entry_is_silent_says_so(dispatcher, topic, kind, spoken_of):
    await FollowUp().run(dispatcher, tracker("x", "follow_up", label=f"follow_up/{kind}", slots={"topic": topic}), {})
    *notices, answer = said(dispatcher)
    assert (answer["entry"], answer["part"]) == (topic, "full")
    assert [notice["kind"] for notice in notices] == ([] if spoken_of else ["notice"])


def test_dialogues_belong_to_entries_and_forms():
    assert set(DIALOGUES) <= set(FAQ.entries)
    assert {dialogue.form for dialogue in DIALOGUES.values()} <= set(DOMAIN["forms"])


async def test_an_entry_without_dialogue_is_answered_and_remembered(dispatcher):
    events = await AnswerFaq().run(dispatcher, tracker("x", "faq", label="faq/timbre-paiement"), {})
    assert [(m["kind"], m["entry"], m["part"]) for m in said(dispatcher)] == [("answer", "timbre-paiement", "short")]
    assert events[0]["value"] == "timbre-paiement"


async def test_two_questions_get_two_answers(dispatcher):
    asked = tracker("x", "faq", label="faq/timbre-paiement", second_label="faq/rendez-vous")
    await AnswerFaq().run(dispatcher, asked, {})
    assert [m["entry"] for m in said(dispatcher)] == ["timbre-paiement", "rendez-vous"]


async def test_unsure_offers_three_without_repeats_and_none(dispatcher):
    ranking = [{"label": f"faq/{i}", "confidence": 0.2} for i in ("timbre-paiement", "rendez-vous", "arnaques")]
    second = [{"label": f"faq/{i}", "score": 50} for i in ("timbre-paiement", "depot-tardif", "arnaques")]
    await Suggest().run(dispatcher, tracker("x", "unsure", ranking=ranking, second_opinion=second), {})
    message = said(dispatcher)[0]
    assert message["suggestions"] == ["timbre-paiement", "rendez-vous", "depot-tardif"]
    assert message["buttons"][-1]["key"] == "button.none_of_these"


@pytest.mark.parametrize(
    "text",
    [
        "mon titre expire demain",
        "ma carte expire dans 3 jours",
        "je vais perdre mon travail",
        "mon patron va me licencier",
        "j'ai reçu une OQTF",
    ],
)
def test_urgent(text):
    assert is_urgent(text)


@pytest.mark.parametrize(
    "text", ["mon titre expire dans 5 mois", "j'ai perdu ma carte", "le code expire dans 6 mois", "où travailler ?"]
)
def test_not_urgent(text):
    assert not is_urgent(text)


async def test_another_language_gets_a_word_that_is_marked_as_english(dispatcher):
    await OutOfScope().run(dispatcher, tracker("hello", "out_of_scope", label="out_of_scope/langue-etrangere"), {})
    assert [(m["kind"], m.get("language")) for m in said(dispatcher)] == [("out_of_scope", None), ("notice", "en")]
