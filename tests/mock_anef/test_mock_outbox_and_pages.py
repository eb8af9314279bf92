"""The demonstration's pages, and its outbox as JSON."""

import logging
import re

import pytest


def test_outbox_shows_the_code_newest_first(api, clock):
    api.open(api.number_of("instruction-en-cours"))
    clock.forward(seconds=1)
    api.open(api.number_of("compte-inexistant"))
    newest, oldest = api.messages()
    assert (newest["persona"], newest["channel"], newest["to"]) == ("compte-inexistant", "sms", "0639980114")
    assert (oldest["persona"], oldest["channel"]) == ("instruction-en-cours", "email")
    page = api.http.get("/outbox").text
    assert page.index(newest["code"]) < page.index(oldest["code"])


def test_outbox_can_be_read_for_one_persona(api):
    for persona in ("instruction-en-cours", "titre-disponible"):
        api.open(api.number_of(persona))
    assert {one["persona"] for one in api.messages("titre-disponible")} == {"titre-disponible"}


def test_reset_email_goes_to_the_account_and_holds_no_code(api):
    for persona in ("instruction-en-cours", "compte-verrouille", "email-non-confirme"):
        api.reset(api.number_of(persona))
        (message,) = api.messages(persona)
        assert (message["channel"], message["code"]) == ("email", None)
        assert message["to"] == f"{persona}@exemple.invalid"


def test_nothing_is_reset_where_there_is_no_account(api):
    api.reset(api.number_of("compte-inexistant"))
    assert api.messages() == []


def test_messages_are_forgotten_after_a_day(api, app, clock):
    api.open(api.number_of("instruction-en-cours"))
    clock.forward(days=1, seconds=1)
    assert api.messages() == []
    app.state.database.purge(clock.now().timestamp())
    with app.state.database.transaction() as sql:
        for table in ("message", "access_request", "token", "hit", "idempotency"):
            assert sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_personas_page_gives_every_number_and_what_it_shows(http, personas):
    page = http.get("/personas").text
    for persona in personas.values():
        assert persona.id in page
        for identifier in persona.identifiers:
            assert f"<code>{identifier.value}</code>" in page


@pytest.mark.parametrize("path", ["/personas", "/outbox", "/outbox?actualisation=non"])
def test_pages_are_french_marked_as_demonstration_and_self_contained(api, path):
    api.open(api.number_of("instruction-en-cours"))
    answer = api.http.get(path)
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = answer.text
    assert '<html lang="fr">' in page
    assert "Démonstration." in page
    assert page.count("<h1>") == 1
    assert 'href="/personas"' in page and 'href="/outbox"' in page
    assert "<script" not in page and "style=" not in page
    assert all(link.startswith(("/", "#", "data:,")) for link in re.findall(r'(?:href|src)="([^"]*)"', page))


def test_outbox_refreshes_itself_until_told_not_to(http):
    assert 'http-equiv="refresh"' in http.get("/outbox").text
    assert 'http-equiv="refresh"' not in http.get("/outbox?actualisation=non").text


def test_stylesheet_and_home_are_served(http):
    assert http.get("/style.css").headers["content-type"].startswith("text/css")
    assert http.get("/").url.path == "/personas"


def test_liveness(http):
    assert http.get("/health/live").json() == {"status": "ok"}


def test_unknown_paths_and_methods_are_problems(api):
    for answer in (api.http.get("/nowhere"), api.http.delete("/v1/account")):
        assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize(("body", "status"), [(b"\x80", 400), (b"[" * 9000, 400), (b"{", 422), (b"", 422)])
def test_bodies_that_are_no_json_are_problems(api, body, status):
    headers = api.headers(**{"ANEF-End-User": api.ADDRESS, "Content-Type": "application/json"})
    answer = api.http.post("/v1/access-requests", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_body_over_16_kib_is_refused(api):
    headers = api.headers(**{"ANEF-End-User": api.ADDRESS, "Content-Type": "application/json"})
    assert api.http.post("/v1/access-requests", content=b" " * 16385, headers=headers).status_code == 413


def test_interactive_documentation_with_its_foreign_assets_is_off(http):
    assert http.get("/docs").status_code == http.get("/redoc").status_code == 404


def test_nothing_of_a_person_is_logged(api, caplog):
    caplog.set_level(logging.DEBUG)
    number = api.number_of("instruction-en-cours")
    opened = api.open(number).json()["id"]
    code = api.code(opened)
    api.confirm(opened, api.wrong(code))
    token = api.confirm(opened, code).json()["access_token"]
    api.read("applications", token)
    api.open("96000001x2")
    api.open(api.number_of("ouverture-en-erreur"))
    for secret in (number, code, token, "96000001x2", "instruction-en-cours@"):
        assert secret not in caplog.text
