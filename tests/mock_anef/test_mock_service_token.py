"""OAuth 2.0 client credentials, and what the rest of the interface does without them."""

import pytest

PERSON = "/v1/applications"


def test_right_credentials_get_a_bearer_token(api):
    answer = api.token()
    assert answer.status_code == 200
    assert answer.json() == {
        "access_token": answer.json()["access_token"],
        "token_type": "Bearer",
        "expires_in": 600,
    }
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("credentials", [("assistant-demo", "no"), ("nobody", "demo-secret"), ("", "")])
def test_wrong_credentials_are_refused_in_the_way_of_oauth(api, credentials):
    answer = api.token(credentials)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert answer.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", ["", "Basic", "Basic é", "Basic bm8tY29sb24=", "Bearer abc", "Basic /w=="])
def test_malformed_credentials_are_refused_in_the_same_way(http, header):
    answer = http.post(
        "/oauth/token",
        data={"grant_type": "client_credentials"},
        headers={"Authorization": header.encode("latin-1")},
    )
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def test_another_grant_or_none_is_refused(api):
    assert api.token(grant_type="password").json() == {"error": "unsupported_grant_type"}
    answer = api.http.post("/oauth/token", data={}, auth=api.credentials)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/access-requests"),
        ("POST", "/v1/access-requests/" + "a" * 32 + "/confirmation"),
        ("POST", "/v1/account/password-reset"),
        ("GET", "/v1/account"),
        ("GET", "/v1/applications"),
    ],
)
@pytest.mark.parametrize("authorization", [None, "Bearer unknown", "Basic unknown", "Bearer"])
def test_every_operation_demands_the_service_token(api, method, path, authorization):
    headers = {"Authorization": authorization} if authorization else {}
    answer = api.http.request(method, path, headers=headers)
    assert (answer.status_code, api.slug(answer)) == (401, "service-token-invalid")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_service_token_stops_working_when_its_time_is_over(api, clock):
    clock.forward(seconds=599)
    assert api.open(api.UNKNOWN_NUMBER).status_code == 202
    clock.forward(seconds=1)
    answer = api.open(api.UNKNOWN_NUMBER)
    assert (answer.status_code, api.slug(answer)) == (401, "service-token-invalid")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_one_kind_of_token_cannot_stand_in_for_the_other(api):
    person = api.person_token("instruction-en-cours")
    swapped = {"Authorization": f"Bearer {person}", "ANEF-Person-Token": api.service_token}
    assert api.slug(api.http.get(PERSON, headers=swapped)) == "service-token-invalid"
    assert api.slug(api.read("applications", api.service_token)) == "person-token-invalid"


def test_person_token_is_worth_nothing_without_the_service_token(api):
    person = api.person_token("instruction-en-cours")
    answer = api.http.get(PERSON, headers={"ANEF-Person-Token": person})
    assert api.slug(answer) == "service-token-invalid"


def test_person_token_lasts_five_minutes(api, clock):
    person = api.person_token("instruction-en-cours")
    clock.forward(seconds=299)
    assert api.read("applications", person).status_code == 200
    clock.forward(seconds=1)
    answer = api.read("applications", person)
    assert (answer.status_code, api.slug(answer)) == (401, "person-token-invalid")
    assert answer.headers["www-authenticate"].startswith("ANEF-Person")


@pytest.mark.parametrize(("purpose", "resource"), [("status", "account"), ("account", "applications")])
def test_person_token_opens_only_what_it_was_asked_for(api, purpose, resource):
    answer = api.read(resource, api.person_token("instruction-en-cours", purpose))
    assert (answer.status_code, api.slug(answer)) == (403, "purpose-not-granted")
