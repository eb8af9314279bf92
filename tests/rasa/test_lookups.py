"""Look-ups inside the action server: reading what was given, and what the forms make of it."""

from __future__ import annotations

from typing import Any, Dict, Optional

import pytest

from actions import lookup_access, lookup_ask_code, lookup_cards, lookup_form, lookup_reset, lookup_start
from actions.anef import Outcome, Result
from actions.lookup_number import Defect, Identifier, read, read_text
from actions.lookup_wishes import wish_in
from actions.vault import VaultUnavailable
from tests.rasa.conftest import said, tracker

REF = "0123456789abcdef"
NUMBER = f"⟦numero-etranger#{REF}⟧"

NUMBERS = {
    "ten digits": ("numero-etranger", "9600000101", Identifier("numero-etranger", "9600000101")),
    "in groups": ("numero-etranger", "96 00-00.0101", Identifier("numero-etranger", "9600000101")),
    "like a phone": ("telephone", "06 12 34 56 78", Identifier("numero-etranger", "0612345678")),
    "a phone from abroad": ("telephone", "+33 6 12 34 56 78", Defect("telephone")),
    "nine digits": ("numero-etranger", "960000010", Defect("nine_digits", 9)),
    "eleven digits": ("numero-etranger", "96000001011", Defect("digits", 11)),
    "a letter": ("numero-etranger", "96O0000101", Defect("letters", 9)),
    "visa": ("numero-visa", "960000117", Identifier("numero-visa", "960000117")),
    "visa with its State": ("numero-visa", "fra 960000117", Identifier("numero-visa", "FRA960000117")),
    "visa too short": ("numero-visa", "96000011", Defect("visa", 8)),
    "a word before nine digits": ("numero-visa", "num 960000117", Defect("nine_digits", 9)),
    "passport": ("passeport", "12AB34567", Defect("passeport")),
    "e-photo": ("e-photo", "ABCD1234EFGH5678IJKL90", Defect("e_photo")),
    "a code": ("code", "123 456", Defect("digits", 6)),
    "gone from the vault": ("numero-etranger", "", Defect("digits", 0)),
}
WISHES = {
    "je n'ai pas reçu de code": "no_code",
    "toujours rien reçu": "no_code",
    "pas de sms": "no_code",
    "c'est pas le bon ?": "no_code",
    "je n'ai pas reçu mon attestation de prolongation": None,
    "renvoyez moi le code svp": "new_code",
    "le code a expiré": "new_code",
    "je me suis trompé de numéro": "other_number",
    "mauvais numero": "other_number",
    "j'ai changé de numéro de téléphone": None,
    "comment payer le timbre": None,
}


@pytest.mark.parametrize(("type_", "raw", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(type_: str, raw: str, expected: Any):
    assert read(type_, raw) == expected


def test_digits_too_few_to_be_hidden():
    assert read_text("c'est 1234") == Defect("digits", 4)
    assert read_text("bonjour") is None


@pytest.mark.parametrize(("text", "expected"), WISHES.items(), ids=WISHES)
def test_wishes(text: str, expected: Optional[str]):
    assert wish_in(text) == expected


class Stub:
    """In place of `Access`: each call answers what a test set, and is remembered."""

    def __init__(self, **answers: Any) -> None:
        self.answers, self.calls = answers, []

    def __getattr__(self, name: str) -> Any:
        async def answer(tracker: Any, *args: Any) -> Any:
            self.calls.append(name)
            given = self.answers.get(name)
            if isinstance(given, Exception):
                raise given
            return given

        return answer


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch):
    """Puts a Stub with these answers in place of the vault and the interface."""

    def put(**answers: Any) -> Stub:
        stub = Stub(**answers)
        for module in (lookup_form, lookup_ask_code, lookup_cards, lookup_reset, lookup_start):
            monkeypatch.setattr(module, "access", lambda: stub)
        return stub

    return put


def slots(events: Any) -> Dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def at(slot: str, text: str, intent: str = "inform", **known: Any) -> Any:
    """A status look-up in which `slot` was asked for."""
    given = {"requested_slot": slot, **{f"lookup_{name}": value for name, value in known.items()}}
    return tracker(text, intent, given, "status_form")


class TestForm:
    async def test_consent_then_number(self, use, dispatcher):
        use()
        events = await lookup_form.ValidateStatusForm().run(dispatcher, at("lookup_consent", "oui", "affirm"), {})
        assert slots(events)["lookup_consent"] == "yes"
        assert slots(events)["requested_slot"] == "lookup_number"

    async def test_no_ends_it(self, use, dispatcher):
        use()
        events = await lookup_form.ValidateStatusForm().run(dispatcher, at("lookup_consent", "non", "deny"), {})
        assert slots(events)["requested_slot"] is None

    @pytest.mark.parametrize("intent", ["third_party", "refuse_data", "cancel"])
    async def test_leaving_takes_nothing_that_was_written(self, use, dispatcher, intent):
        stub = use(keep_number=REF)
        events = await lookup_form.ValidateStatusForm().run(
            dispatcher, at("lookup_number", NUMBER, intent, consent="yes"), {}
        )
        assert set(slots(events)) == {"requested_slot"}
        assert stub.calls == []

    async def test_an_unsure_reply_is_read_as_the_answer_it_most_likely_is(self, use, dispatcher):
        use()
        reply = at("lookup_number", "je l'ai pas", "unsure", consent="yes")
        reply.latest_message["understanding"] = {"ranking": [{"label": "dont_know", "confidence": 0.6}]}
        await lookup_form.ValidateStatusForm().run(dispatcher, reply, {})
        assert [m["entry"] for m in said(dispatcher)] == ["numero-etranger-ou"]

    async def test_a_number_is_kept_by_reference(self, use, dispatcher):
        use(keep_number=REF)
        events = await lookup_form.ValidateStatusForm().run(dispatcher, at("lookup_number", NUMBER, consent="yes"), {})
        assert slots(events)["lookup_number"] == REF

    async def test_the_vault_out_of_reach_is_said(self, use, dispatcher):
        use(keep_number=VaultUnavailable())
        events = await lookup_form.ValidateStatusForm().run(dispatcher, at("lookup_number", NUMBER, consent="yes"), {})
        assert [m["key"] for m in said(dispatcher)] == ["lookup.unavailable"]
        assert slots(events)["lookup_number"] is None, "the form goes on"

    @pytest.mark.parametrize(
        ("result", "key", "over"),
        [
            (Result(Outcome.WRONG_CODE, 3), "lookup.wrong_code", None),
            (Result(Outcome.NO_MORE_CODES), "lookup.no_more_codes", "over"),
            (Result(Outcome.EXPIRED), "lookup.code_expired", None),
            (Result(Outcome.UNAVAILABLE), "lookup.code_not_checked", None),
            (Result(Outcome.TOO_OFTEN, 90), "lookup.too_often", "over"),
        ],
        ids=lambda value: value.outcome.value if isinstance(value, Result) else None,
    )
    async def test_every_outcome_of_a_code_has_its_words(self, use, dispatcher, result, key, over):
        use(value="123456", confirm=result, renew_number=REF)
        asked = at("lookup_code", f"⟦code#{REF}⟧", consent="yes", number=REF)
        events = await lookup_form.ValidateStatusForm().run(dispatcher, asked, {})
        assert [m["key"] for m in said(dispatcher)] == [key]
        assert slots(events)["lookup_code"] == over

    async def test_a_right_code_leaves_a_reference(self, use, dispatcher):
        use(value="123456", confirm=Result(Outcome.DONE, REF))
        asked = at("lookup_code", f"⟦code#{REF}⟧", consent="yes", number=REF)
        events = await lookup_form.ValidateStatusForm().run(dispatcher, asked, {})
        assert slots(events)["lookup_code"] == REF
        assert said(dispatcher) == []


class TestQuestionForTheCode:
    async def test_opens_once(self, use, dispatcher):
        stub = use(is_open=True)
        await lookup_ask_code.AskLookupCode().run(dispatcher, at("lookup_code", "x", number=REF), {})
        assert stub.calls == ["is_open"]
        assert said(dispatcher)[0]["key"] == "lookup.code"

    @pytest.mark.parametrize("outcome", list(Outcome), ids=lambda outcome: outcome.value)
    async def test_every_outcome_of_opening_has_words(self, use, dispatcher, outcome):
        use(is_open=False, open=Result(outcome, 60))
        await lookup_ask_code.AskLookupCode().run(dispatcher, at("lookup_code", "x", number=REF), {})
        assert said(dispatcher) and {m["kind"] for m in said(dispatcher)} == {"lookup"}


class TestEnd:
    @pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.DONE], ids=lambda o: o.value)
    @pytest.mark.parametrize("action", [lookup_cards.ConcludeStatus(), lookup_cards.ConcludeAccount()])
    async def test_whatever_the_slots_say_there_is_no_card_unless_the_interface_gave_one(
        self, use, dispatcher, action, outcome
    ):
        use(cards=Result(outcome, 60))
        forced = {"lookup_consent": "yes", "lookup_code": "anything", "lookup_number": True}
        await action.run(dispatcher, tracker("x", slots=forced), {})
        assert said(dispatcher) and not any("card" in m for m in said(dispatcher))

    async def test_slots_forget_all_of_it(self, use, dispatcher):
        use(cards=Result(Outcome.DONE, [REF]))
        events = await lookup_cards.ConcludeStatus().run(
            dispatcher, tracker("x", slots={"lookup_consent": "yes", "lookup_code": REF}), {}
        )
        assert set(slots(events).values()) == {None}
        assert said(dispatcher) == [
            {"kind": "lookup", "topic": "status", "key": "lookup.card", "params": {}, "buttons": [], "card": REF}
        ]


async def test_references_of_another_conversation_and_of_another_kind_open_nothing():
    """The real Access over a vault that knows one conversation."""

    class Vault:
        async def get(self, owner: str, reference: Any) -> Any:
            mine = {REF: {"number": {"type": "numero-etranger", "value": "x"}}}
            return mine.get(reference) if owner == "a" * 64 else None

    access = lookup_access.Access(anef=None, vault=Vault())  # type: ignore[arg-type]
    mine = tracker("x")
    for reference in (REF, "f" * 16, None, True, {"token": {"value": "x", "purpose": "status"}}, ["x"]):
        hashable = reference if isinstance(reference, (str, type(None), bool)) else str(reference)
        assert (await access.cards(mine, hashable, "status")).outcome is Outcome.EXPIRED
        assert (await access.confirm(mine, hashable, "123456")).outcome is Outcome.EXPIRED
