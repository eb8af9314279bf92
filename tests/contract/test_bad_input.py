"""Bad input gets a 4xx, a French sentence and no echo; nothing reaches Rasa."""

from __future__ import annotations

import uuid

import pytest

ID = str(uuid.uuid4())
PROBLEM = "application/problem+json"


def refused(response, status: int) -> dict:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    body = response.json()
    assert body["status"] == status
    assert len(body["detail"].split()) >= 4, "a sentence"
    assert "{" not in body["detail"]
    return body


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u00a0", "/", "///"])
def test_an_empty_message(client, opened, rasa, text):
    response = client.post(
        f"{opened['address']}/messages", json={"message_id": ID, "text": text}, headers=opened["headers"]
    )
    assert refused(response, 422)["code"] == "empty"
    assert rasa.asked == []


@pytest.mark.parametrize("text", ["a" * 1001, "😀" * 1001])
def test_a_message_of_1001_characters(client, opened, rasa, text):
    response = client.post(
        f"{opened['address']}/messages", json={"message_id": ID, "text": text}, headers=opened["headers"]
    )
    body = refused(response, 422)
    assert body["code"] == "long"
    assert "1000" in body["detail"]
    assert rasa.asked == []


def test_a_message_of_1000_characters_passes(client, opened):
    body = {"message_id": ID, "text": "a" * 1000}
    assert client.post(f"{opened['address']}/messages", json=body, headers=opened["headers"]).status_code == 200


@pytest.mark.parametrize(("escape", "code"), [("\\u0000", "nul"), ("\\ud800", "surrogate"), ("\\udfff", "surrogate")])
def test_nul_and_lone_surrogates(client, opened, rasa, escape, code):
    content = f'{{"message_id": "{ID}", "text": "a{escape}b"}}'
    headers = {**opened["headers"], "Content-Type": "application/json"}
    response = client.post(f"{opened['address']}/messages", content=content, headers=headers)
    assert refused(response, 422)["code"] == code
    assert rasa.asked == []


@pytest.mark.parametrize("field", ["message_id", "button"])
def test_a_surrogate_in_the_other_fields(client, opened, field):
    body = {"message_id": f'"{ID}"', "button": '"x"', field: '"\\ud800"'}
    content = "{" + ", ".join(f'"{k}": {v}' for k, v in body.items()) + "}"
    headers = {**opened["headers"], "Content-Type": "application/json"}
    response = client.post(f"{opened['address']}/messages", content=content, headers=headers)
    assert response.status_code in (200, 422), response.text


@pytest.mark.parametrize("content", ["{", "", "nope", '{"a":'])
def test_unreadable_json(client, opened, content):
    headers = {**opened["headers"], "Content-Type": "application/json"}
    response = client.post(f"{opened['address']}/messages", content=content, headers=headers)
    assert response.status_code in (400, 422)
    refused(response, response.status_code)


@pytest.mark.parametrize(
    "content",
    ["[1]", "3", "null", '{"message_id": NaN}', '{"text": {"a": 1}}', "[" * 7000, '{"message_id": "x", "text": "y"}'],
)
def test_json_of_another_shape(client, opened, content):
    headers = {**opened["headers"], "Content-Type": "application/json"}
    response = client.post(f"{opened['address']}/messages", content=content, headers=headers)
    assert 400 <= response.status_code < 500
    refused(response, response.status_code)


@pytest.mark.parametrize("extra", [{"sender": "x"}, {"metadata": {"role": "admin"}}, {"input_channel": "x"}])
def test_fields_that_nobody_asked_for(client, opened, rasa, extra):
    body = {"message_id": ID, "text": "bonjour", **extra}
    refused(client.post(f"{opened['address']}/messages", json=body, headers=opened["headers"]), 422)
    assert rasa.asked == []


def test_text_and_button_at_once(client, opened):
    body = {"message_id": ID, "text": "bonjour", "button": "x"}
    refused(client.post(f"{opened['address']}/messages", json=body, headers=opened["headers"]), 422)


def test_an_unknown_conversation_and_a_foreign_token_look_the_same(client, opened):
    other = client.post("/api/conversations", json={"surface": "page"}).json()
    body = {"message_id": ID, "text": "bonjour"}
    foreign = client.post(
        f"{opened['address']}/messages", json=body, headers={"Authorization": f"Bearer {other['token']}"}
    )
    unknown = client.post("/api/conversations/00/messages", json=body, headers=opened["headers"])
    assert refused(foreign, 404) == refused(unknown, 404)


def test_no_token(client, opened):
    response = client.get(opened["address"])
    refused(response, 401)
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_body_over_16_kib(client, opened):
    body = {"message_id": ID, "text": "a" * 17_000}
    refused(client.post(f"{opened['address']}/messages", json=body, headers=opened["headers"]), 413)


@pytest.mark.parametrize("type_", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_anything_but_json(client, opened, type_):
    headers = {**opened["headers"], "Content-Type": type_}
    refused(client.post(f"{opened['address']}/messages", content="a=1", headers=headers), 415)


@pytest.mark.parametrize(
    "host", ["evil.invalid", "127.0.0.1:8000/public?", "127.0.0.1@evil.invalid", "127.0.0.1.evil.invalid", ""]
)
def test_a_foreign_host(client, host):
    refused(client.get("/api/faq", headers={"Host": host}), 400)


@pytest.mark.parametrize("origin", ["https://evil.invalid", "null", "http://127.0.0.1:8000.evil.invalid"])
def test_a_foreign_origin(client, origin):
    response = client.post("/api/conversations", json={"surface": "page"}, headers={"Origin": origin})
    refused(response, 403)
    assert "access-control-allow-origin" not in response.headers


def test_our_own_origin(client):
    headers = {"Origin": "http://127.0.0.1:8000"}
    assert client.post("/api/conversations", json={"surface": "page"}, headers=headers).status_code == 201


@pytest.mark.parametrize(
    "path", ["/api/faq/inconnu", "/nulle-part", "/docs", "/openapi.json", "/metrics", "/.git/config"]
)
def test_an_unknown_address(client, path):
    refused(client.get(path), 404)


@pytest.mark.parametrize("query", ["", "%00", "   "])
def test_a_search_for_nothing(client, query):
    refused(client.get(f"/api/faq/search?q={query}"), 422)
