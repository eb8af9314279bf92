"""Unknown number, known number, locked account: the same body, the same headers, the same time (`make test-faults`)."""

from __future__ import annotations

import json
import random
import statistics
import time
import uuid
from collections.abc import Callable
from itertools import combinations
from typing import Any

import httpx2
import pytest
from scipy.stats import mannwhitneyu

from tests.scenario.conftest import Stack
from tests.scenario.lookups import ASKS, UNKNOWN_NUMBER, number_of

CALLS = 200
MEDIANS_WITHIN = 0.010
P_ABOVE = 0.001
NUMBERS = {"unknown": UNKNOWN_NUMBER, "known": number_of("demande-deposee"), "locked": number_of("compte-verrouille")}

Ask = Callable[[str], tuple[float, Any]]
"""A number → (seconds until the answer, what can be seen of it)."""


def at_the_interface(stack: Stack) -> Ask:
    mock = stack.services["mock"].environment
    http = httpx2.Client(base_url=f"http://127.0.0.1:{stack.ports.mock}")
    credentials = (mock["ANEF_MOCK_CLIENT_ID"], mock["ANEF_MOCK_CLIENT_SECRET"])

    def ask(number: str) -> tuple[float, Any]:
        token = http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=credentials).json()
        headers = {"Authorization": f"Bearer {token['access_token']}", "ANEF-End-User": "timing"}
        body = {"identifier": {"type": "numero-etranger", "value": number}, "purpose": "status"}
        begun = time.perf_counter()
        answer = http.post("/v1/access-requests", json=body, headers=headers)
        taken = time.perf_counter() - begun
        return taken, (answer.status_code, sorted(answer.json()), len(answer.content), _headers(answer))

    return ask


def at_the_gateway(stack: Stack) -> Ask:
    def ask(number: str) -> tuple[float, Any]:
        """The number comes with the question; the turn that is timed is the « oui » that sends it."""
        talk = stack.talk()
        talk.say(f"{ASKS['status']} mon numéro étranger est {number}")
        begun = time.perf_counter()
        answer = talk.post({"message_id": str(uuid.uuid4()), "text": "oui"})
        taken = time.perf_counter() - begun
        talk.client.close()
        (message,) = answer.json()["messages"]
        seen = {**message, "id": "", "buttons": [button["title"] for button in message["buttons"]]}
        return taken, (answer.status_code, json.dumps(seen, sort_keys=True), len(answer.content), _headers(answer))

    return ask


@pytest.mark.parametrize("place", [at_the_interface, at_the_gateway])
def test_numbers_are_not_told_apart(stack: Stack, place: Callable[[Stack], Ask]):
    ask = place(stack)
    taken: dict[str, list[float]] = {name: [] for name in NUMBERS}
    seen = set()
    for _ in range(5):
        ask(UNKNOWN_NUMBER)  # what is slow only the first time
    for _ in range(CALLS):
        for name in random.sample(list(NUMBERS), len(NUMBERS)):
            seconds, visible = ask(NUMBERS[name])
            taken[name].append(seconds)
            seen.add(json.dumps(visible))
    medians = {name: statistics.median(values) for name, values in taken.items()}
    p = {f"{a}/{b}": float(mannwhitneyu(taken[a], taken[b]).pvalue) for a, b in combinations(taken, 2)}
    print(f"\n{place.__name__}, {CALLS} calls each")
    print("  medians, ms:", {name: round(1000 * seconds, 1) for name, seconds in medians.items()})
    print("  Mann-Whitney p:", {pair: round(value, 4) for pair, value in p.items()})
    assert len(seen) == 1, "bodies, lengths and headers"
    assert max(medians.values()) - min(medians.values()) < MEDIANS_WITHIN
    assert min(p.values()) > P_ABOVE


def _headers(answer: httpx2.Response) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in answer.headers.items() if name != "date")
