"""Caller mode: for a reason, with consent, by the code that the person received; everything else is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.calls import CALL_SECONDS
from tests.console.desk.conftest import NUMBER, Desk, Member

ASKED = {"kind": "status", "reason": "suivi", "consent": True}
REFERENCE = "DEM960000102"  # of persona instruction-en-cours


@pytest.fixture
def agent(desk: Desk) -> Member:
    member = desk.member("agent")
    desk.audited()
    return member


def begin(agent: Member, **changed: Any) -> str:
    return str(agent.post("/console/api/call", {**ASKED, **changed}).json()["call"])


def code_sent(agent: Member, desk: Desk, number: str = NUMBER, **changed: Any) -> tuple[str, str]:
    call = begin(agent, **changed)
    assert agent.post("/console/api/call/number", {"call": call, "number": number}).json() == {"sent": True}
    return call, desk.outbox_code()


def test_the_card_is_masked_first_then_whole_then_gone(desk: Desk, agent: Member) -> None:
    call, code = code_sent(agent, desk)
    masked = agent.post("/console/api/call/code", {"call": call, "code": f"{code[:3]} {code[3:]}"}).json()["cards"]
    assert masked[0]["card"]["stage"]["id"] == "under_examination"
    assert REFERENCE not in json.dumps(masked) and "Gironde" not in json.dumps(masked)
    whole = agent.post("/console/api/call/reveal", {"call": call}).json()["cards"]
    assert whole[0]["card"]["reference"] == REFERENCE
    assert agent.post("/console/api/call/end", {"call": call}).status_code == 204
    assert agent.post("/console/api/call/reveal", {"call": call}).status_code == 410
    assert len(desk.console.services.vault) == 0


def test_the_card_is_that_of_the_public_page(desk: Desk, agent: Member) -> None:
    call, code = code_sent(agent, desk)
    agent.post("/console/api/call/code", {"call": call, "code": code})
    shown = agent.post("/console/api/call/reveal", {"call": call}).json()["cards"][0]
    held = desk.console.calls.cards(desk.console.calls.find(call))[0]
    assert shown["card"] == desk.console.cards.show(held).card


def test_an_account_shows_words_without_the_offer_of_an_email(desk: Desk, agent: Member) -> None:
    call, code = code_sent(agent, desk, kind="account", reason="compte")
    masked = agent.post("/console/api/call/code", {"call": call, "code": code}).json()["cards"][0]
    whole = agent.post("/console/api/call/reveal", {"call": call}).json()["cards"][0]
    assert "•••" in masked["text"] and "exemple.invalid" not in masked["text"]
    assert "exemple.invalid" in whole["text"] and "Je peux faire envoyer" not in whole["text"]


def test_the_audit_says_who_what_kind_and_why_and_never_what_was_read(desk: Desk, agent: Member) -> None:
    call, code = code_sent(agent, desk, reference="APPEL-42")
    agent.post("/console/api/call/code", {"call": call, "code": code})
    agent.post("/console/api/call/reveal", {"call": call})
    agent.post("/console/api/call/end", {"call": call})
    lines = desk.audited()
    assert [(line.action, line.kind, line.reason) for line in lines] == [
        ("lookup", "status", "suivi"),
        ("shown-masked", "status", ""),
        ("shown-whole", "status", ""),
        ("call-ended", "status", ""),
    ]
    assert {line.actor for line in lines} == {"agent-1"} and lines[0].reference == "APPEL-42"
    written = "".join(str(line) for line in lines)
    assert NUMBER not in written and code not in written and REFERENCE not in written


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": ""}, "console-reason"),
        ({"reason": "curiosite"}, "console-reason"),
        ({"consent": False}, "console-consent"),
    ],
    ids=["no reason", "not on the list", "no consent"],
)
def test_without_reason_or_consent_nothing_begins(
    desk: Desk, agent: Member, changed: dict[str, Any], code: str
) -> None:
    answer = agent.post("/console/api/call", {**ASKED, **changed})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [(line.actor, line.action, line.kind) for line in desk.audited()] == [("agent-1", "refused", code)]


@pytest.mark.parametrize("user", ["superviseur", "redacteur"])
def test_only_agents_open_files(desk: Desk, user: str) -> None:
    other = desk.member(user)
    desk.audited()
    answer = other.post("/console/api/call", ASKED)
    assert (answer.status_code, answer.json()["code"]) == (403, "console-role")
    assert [line.kind for line in desk.audited()] == ["console-role"]


@pytest.mark.parametrize(
    ("step", "body"), [("number", {"number": NUMBER}), ("code", {"code": "000000"}), ("reveal", {}), ("end", {})]
)
def test_the_call_of_another_agent_is_refused_and_recorded(
    desk: Desk, agent: Member, step: str, body: dict[str, str]
) -> None:
    call, code = code_sent(agent, desk)
    agent.post("/console/api/call/code", {"call": call, "code": code})
    other = desk.member("agent-2")
    desk.audited()
    answer = other.post(f"/console/api/call/{step}", {"call": call, **body})
    assert (answer.status_code, answer.json()["code"]) == (403, "console-other-call")
    assert [(line.actor, line.kind) for line in desk.audited()] == [("agent-2", "console-other-call")]


def test_the_end_of_the_session_ends_the_call(desk: Desk, agent: Member) -> None:
    call, code = code_sent(agent, desk)
    agent.post("/console/api/call/code", {"call": call, "code": code})
    agent.post("/console/api/session/end", {})
    assert len(desk.console.services.vault) == 0
    again = desk.member("agent")
    assert again.post("/console/api/call/reveal", {"call": call}).status_code == 410


def test_an_expired_session_shows_nothing_more(desk: Desk, agent: Member) -> None:
    call, code = code_sent(agent, desk)
    agent.post("/console/api/call/code", {"call": call, "code": code})
    desk.moved = 31 * 60
    desk.audited()
    assert agent.post("/console/api/call/reveal", {"call": call}).status_code == 401
    assert [line.kind for line in desk.audited()] == ["console-session"]
    assert len(desk.console.services.vault) == 0


def test_a_call_that_nobody_ended_ends(desk: Desk, agent: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    call = begin(agent)
    clock = desk.console.calls._clock
    monkeypatch.setattr(desk.console.calls, "_clock", lambda: clock() + CALL_SECONDS + 1)
    answer = agent.post("/console/api/call/number", {"call": call, "number": NUMBER})
    assert (answer.status_code, answer.json()["code"]) == (410, "call-over")


def test_a_second_file_closes_the_first(desk: Desk, agent: Member) -> None:
    first = begin(agent)
    begin(agent)
    assert agent.post("/console/api/call/number", {"call": first, "number": NUMBER}).status_code == 410


def test_a_number_that_nobody_holds_is_answered_like_any_other(desk: Desk, agent: Member) -> None:
    known = agent.post("/console/api/call/number", {"call": begin(agent), "number": NUMBER})
    unknown = agent.post("/console/api/call/number", {"call": begin(agent), "number": "9699999999"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("96 00 00 01", "call-number-digits", "8"),
        ("FRA 96 000", "call-number-visa", "5"),
        ("bonjour", "call-number-visa", "0"),
    ],
)
def test_a_number_that_is_none_says_what_is_wrong(
    desk: Desk, agent: Member, number: str, code: str, words: str
) -> None:
    answer = agent.post("/console/api/call/number", {"call": begin(agent), "number": number})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert words in answer.json()["detail"]


def test_five_wrong_codes_end_it_and_are_recorded(desk: Desk, agent: Member) -> None:
    call, code = code_sent(agent, desk)
    wrong = "000000" if code != "000000" else "111111"
    answers = [agent.post("/console/api/call/code", {"call": call, "code": wrong}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [403, 403, 403, 403, 410]
    assert "Essais restants : 4" in answers[0].json()["detail"]
    assert agent.post("/console/api/call/code", {"call": call, "code": code}).status_code == 410
    assert [line.kind for line in desk.audited()].count("call-wrong_code") == 4


def test_no_code_before_a_number(desk: Desk, agent: Member) -> None:
    answer = agent.post("/console/api/call/code", {"call": begin(agent), "code": "000000"})
    assert (answer.status_code, answer.json()["code"]) == (410, "call-expired")


def test_beyond_the_allowance_nothing_opens(desk: Desk, agent: Member) -> None:
    answers = [agent.post("/console/api/call", ASKED).status_code for _ in range(21)]
    assert answers == [201] * 20 + [429]
    kinds = [(line.action, line.kind) for line in desk.audited()]
    assert ("alarm", "lookups") in kinds and kinds[-1] == ("refused", "console-quota")
