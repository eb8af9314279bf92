"""Signing in to ProConnect's rules, and everything that a session refuses."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from console.idp.grants import CODE_SECONDS
from console.oidc import Provider
from console.sessions import COOKIE
from console.staff import Staff
from tests.console.desk.conftest import Desk, nobody_answers


def test_an_agent_signs_in_and_the_page_is_theirs(desk: Desk) -> None:
    client, answer = desk.sign_in("agent")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "agent-1" in client.get("/console").text
    assert [(line.actor, line.action) for line in desk.audited()] == [("agent-1", "signed-in")]


def test_the_request_holds_what_proconnect_names_and_nothing_else(desk: Desk) -> None:
    asked = desk.browser().get("/console/connexion").headers["location"]
    sent = parse_qs(urlsplit(asked).query)
    assert sent.keys() == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "claims",
    }  # fmt: skip
    assert len(sent["state"][0]) >= 32 and len(sent["nonce"][0]) >= 32
    assert sent["scope"] == ["openid"]
    assert "amr" in sent["claims"][0]


@pytest.mark.parametrize(
    "change",
    [
        {"code_challenge": "x" * 43},
        {"state": "short"},
        {"nonce": "short"},
        {"scope": "openid tout"},
        {"redirect_uri": "https://ailleurs.invalid/console/retour"},
        {"client_id": "un-autre"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_stand_in_refuses_as_proconnect_does(desk: Desk, change: dict[str, str]) -> None:
    address, _, query = desk.browser().get("/console/connexion").headers["location"].partition("?")
    answer = desk.at_idp().get(f"{address}?{urlencode({**dict(parse_qsl(query)), **change})}")
    assert answer.status_code == 400
    assert "Y000400" in answer.text


def test_a_code_lives_thirty_seconds(desk: Desk) -> None:
    client = desk.browser()
    back = desk.at_idp().post(client.get("/console/connexion").headers["location"], data={"user": "agent"})
    desk.moved = CODE_SECONDS + 1
    assert client.get(back.headers["location"]).status_code == 403
    assert desk.audited()[-1].kind == "sign-in-provider"


@pytest.mark.parametrize(
    ("user", "code", "words"),
    [
        ("sans-second-facteur", "sign-in-second-factor", "second facteur"),
        ("sans-habilitation", "sign-in-not-staff", "habilité"),
    ],
)
def test_no_second_factor_or_no_place_on_the_staff_list_is_refused_and_recorded(
    desk: Desk, user: str, code: str, words: str
) -> None:
    client, answer = desk.sign_in(user)
    assert answer.status_code == 403
    assert words in answer.text
    assert COOKIE not in client.cookies
    assert [(line.action, line.kind) for line in desk.audited()] == [("refused", code)]


def test_the_way_back_is_good_once_and_only_in_the_browser_that_left(desk: Desk) -> None:
    client = desk.browser()
    back = desk.at_idp().post(client.get("/console/connexion").headers["location"], data={"user": "agent"})
    stranger = desk.browser()
    stranger.get("/console/connexion")
    assert stranger.get(back.headers["location"]).status_code == 403
    assert client.get(back.headers["location"]).status_code == 403  # used up by the stranger: the code is lost, safely


def test_userinfo_must_be_signed_by_the_provider(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.browser()
    back = desk.at_idp().post(client.get("/console/connexion").headers["location"], data={"user": "agent"})
    honest, forger = jwt.encode, RSAKey.generate_key(2048)

    def forged(header: dict[str, str], claims: dict[str, str], key: RSAKey) -> str:
        return honest(header, claims, key if "nonce" in claims else forger)

    monkeypatch.setattr(jwt, "encode", forged)
    assert client.get(back.headers["location"]).status_code == 403


def test_a_provider_that_is_down_gives_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.console, "provider", Provider(desk.console.settings, httpx2.MockTransport(nobody_answers)))
    answer = desk.browser().get("/console/connexion")
    assert answer.status_code == 403
    assert "service d&#39;identification" in answer.text


def test_without_a_session_pages_lead_to_sign_in_and_programs_get_401(desk: Desk) -> None:
    client = desk.browser()
    page = client.get("/console", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/console/connexion")
    answer = client.get("/console/api/entries")
    assert (answer.status_code, answer.json()["code"]) == (401, "console-session")
    assert desk.audited() == []  # nobody was refused anything yet, and nobody can fill the trail from outside


@pytest.mark.parametrize("minutes", [31, 601])
def test_a_session_ends_when_idle_and_at_the_end_of_the_day(desk: Desk, minutes: int) -> None:
    agent = desk.member("agent")
    if minutes > 60:
        for desk.moved in range(0, 600 * 60, 20 * 60):
            assert agent.get("/console/api/entries").status_code == 200
    desk.moved = minutes * 60
    desk.audited()
    assert agent.get("/console/api/entries").status_code == 401
    assert [(line.actor, line.kind) for line in desk.audited()] == [("agent-1", "console-session")]


def test_who_loses_a_role_is_out_at_the_next_request(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = desk.member("agent")
    staff = tmp_path / "staff.yml"
    staff.write_text("agent-1: {sub: 5a6c2d1e90b84f7c8d3e1f2a4b5c6d70, roles: [editor]}\n")
    monkeypatch.setattr(desk.console, "staff", Staff(staff))
    assert agent.get("/console/api/entries").status_code == 401


def test_a_tab_of_the_agent_before_can_do_nothing(desk: Desk) -> None:
    """Two agents, one browser: the page that stayed open holds the handle of a session that is not the cookie's."""
    before, now = desk.member("agent"), desk.member("agent-2")
    now.handle = before.handle
    answer = now.post("/console/api/favourite", {"entry": "arnaques"})
    assert (answer.status_code, answer.json()["code"]) == (403, "console-other-session")
    assert (desk.audited()[-1].actor, desk.audited()) == ("agent-2", [])


def test_signing_out_ends_the_session_here_and_names_the_end_at_the_provider(desk: Desk) -> None:
    agent = desk.member("agent")
    address = agent.post("/console/api/session/end", {}).json()["location"]
    sent = parse_qs(urlsplit(address).query)
    assert sent.keys() == {"id_token_hint", "state", "post_logout_redirect_uri"}
    assert len(sent["state"][0]) >= 32
    back = desk.at_idp().get(address)
    assert back.headers["location"].startswith(f"{desk.url}/console/deconnecte?state=")
    assert agent.get("/console/api/entries").status_code == 401


def test_a_new_sign_in_gets_a_new_cookie(desk: Desk) -> None:
    """No fixation: what the browser held before is ended."""
    agent = desk.member("agent")
    before = agent.client.cookies[COOKIE]
    asked = agent.client.get("/console/connexion").headers["location"]
    agent.client.get(desk.at_idp().post(asked, data={"user": "agent"}).headers["location"])
    assert agent.client.cookies[COOKIE] != before
    assert desk.console.sessions.find(before) is None


@pytest.mark.parametrize("path", ["/console/deconnecte", "/console/connexion", "/console/api/entries", "/console/rien"])
def test_every_answer_is_closed_to_other_sites(desk: Desk, path: str) -> None:
    answer = desk.browser().get(path)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


def test_another_origin_is_refused_even_one_that_may_hold_the_widget(desk: Desk) -> None:
    agent = desk.member("agent")
    for origin in ("https://ailleurs.invalid", *desk.console.services.sites.origins):
        answer = agent.post("/console/api/favourite", {"entry": "arnaques"}, Origin=origin)
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


def test_on_a_name_of_its_own_the_console_answers_and_the_public_pages_do_not(desk: Desk) -> None:
    assert desk.browser().get("/").headers["location"] == "/console"
    public = desk.browser("http://127.0.0.1:8000")
    assert public.get("/console").status_code == 404
    assert public.get("/health/live").status_code == 200


def test_on_a_shared_name_the_other_spelling_leads_to_the_one_of_the_cookie(tmp_path: Path) -> None:
    shared = Desk(tmp_path, "http://127.0.0.1:8000")
    answer = shared.browser("http://localhost:8000").get("/console")
    assert (answer.status_code, answer.headers["location"]) == (303, "http://127.0.0.1:8000/console")


def test_a_sign_in_must_be_finished_in_ten_minutes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.browser()
    back = desk.at_idp().post(client.get("/console/connexion").headers["location"], data={"user": "agent"})
    monkeypatch.setattr(desk.console.pending, "_clock", lambda: time.time() + 601)
    assert client.get(back.headers["location"]).status_code == 403
