"""What each persona shows, as their verified holder sees it."""

import pytest

from mock_anef.models import Account, Applications

HEALTHY = [
    # persona, account state, stages of the applications, kinds of documents of the first
    ("demande-deposee", "active", ["deposited"], ["confirmation"]),
    ("instruction-en-cours", "active", ["under_examination"], ["confirmation"]),
    ("complement-demande", "active", ["under_examination"], ["confirmation"]),
    ("decision-prise", "active", ["decision_taken"], ["confirmation"]),
    ("decision-favorable-adf", "active", ["decision_taken"], ["confirmation", "adf"]),
    ("decision-defavorable", "active", ["decision_taken"], ["confirmation"]),
    ("titre-disponible", "active", ["title_available"], ["confirmation", "adf"]),
    ("demande-cloturee", "active", ["closed"], ["confirmation"]),
    ("adp-premiere-demande", "active", ["under_examination"], ["confirmation", "adp"]),
    ("adp-renouvellement", "active", ["under_examination"], ["confirmation", "adp"]),
    ("adp-expiree", "active", ["under_examination"], ["confirmation", "adp"]),
    ("plusieurs-demandes", "active", ["under_examination", "title_available", "closed"], ["confirmation"]),
    ("aucune-demande", "active", [], []),
    ("compte-inexistant", "none", [], []),
    ("email-non-confirme", "email_unconfirmed", [], []),
    ("compte-verrouille", "locked", ["under_examination"], ["confirmation"]),
    ("visa-seul", "active", ["deposited"], ["confirmation"]),
]
UNREACHABLE = {"sans-contact"}


def applications(api, persona: str) -> list[dict]:
    answer = api.read("applications", api.person_token(persona))
    assert answer.status_code == 200
    Applications.model_validate_json(answer.content, strict=True)
    return answer.json()["applications"]


def account(api, persona: str) -> dict:
    answer = api.read("account", api.person_token(persona, "account"))
    assert answer.status_code == 200
    Account.model_validate_json(answer.content, strict=True)
    return answer.json()


@pytest.mark.parametrize(("persona", "state", "stages", "documents"), HEALTHY)
def test_persona_shows_their_state(api, persona, state, stages, documents):
    found = applications(api, persona)
    assert [one["stage"] for one in found] == stages
    assert [document["kind"] for one in found[:1] for document in one["documents"]] == documents
    assert account(api, persona)["state"] == state


def test_the_table_above_names_every_healthy_persona(personas):
    healthy = {one.id for one in personas.values() if one.fault.kind == "none"}
    assert healthy == {row[0] for row in HEALTHY} | UNREACHABLE


def test_application_has_the_documented_shape(api):
    assert applications(api, "complement-demande") == [
        {
            "reference": "DEM960000103",
            "kind": "renewal",
            "title_type": "Visiteur",
            "prefecture": "Préfecture du Nord",
            "stage": "under_examination",
            "stage_since": "2031-02-12",
            "favourable": None,
            "documents": [{"kind": "confirmation", "since": "2031-01-28", "valid_until": None}],
            "complement": {
                "asked_on": "2031-03-09",
                "document": "Justificatif de domicile",
                "message": "Le justificatif fourni date de plus de six mois. Merci d'en déposer un plus récent.",
            },
        }
    ]


def test_account_has_the_documented_shape(api):
    assert account(api, "instruction-en-cours") == {
        "state": "active",
        "contact": {"email": "i…@exemple.invalid", "phone": None},
        "created_on": "2030-02-07",
        "last_sign_in": "2031-03-11T09:26:53Z",
    }
    assert account(api, "compte-inexistant") == {
        "state": "none",
        "contact": {"email": None, "phone": "•• •• •• •• 14"},
        "created_on": None,
        "last_sign_in": None,
    }


@pytest.mark.parametrize(
    ("persona", "favourable"),
    [("decision-prise", None), ("decision-favorable-adf", True), ("decision-defavorable", False)],
)
def test_sense_of_a_decision_is_told_only_when_known(api, persona, favourable):
    assert applications(api, persona)[0]["favourable"] is favourable


def test_prolongation_says_which_case_it_is_and_until_when(api, clock):
    today = clock.now().date().isoformat()
    for persona, kind, valid in [
        ("adp-premiere-demande", "first", True),
        ("adp-renouvellement", "renewal", True),
        ("adp-expiree", "renewal", False),
    ]:
        (application,) = applications(api, persona)
        adp = application["documents"][-1]
        assert application["kind"] == kind
        assert (adp["valid_until"] >= today) is valid


@pytest.mark.parametrize("resource", ["applications", "account"])
class TestIllPersonas:
    @pytest.fixture
    def answer(self, api, resource):
        purpose = "status" if resource == "applications" else "account"
        return lambda persona: api.read(resource, api.person_token(persona, purpose))

    def test_slow_one_outlasts_a_client_and_is_right_in_the_end(self, answer, clock, api):
        before = clock.monotonic()
        assert answer("reponse-lente").status_code == 200
        assert clock.monotonic() - before >= 10

    def test_failing_one_answers_500(self, answer, api):
        found = answer("reponse-en-erreur")
        assert (found.status_code, api.slug(found)) == (500, "internal-error")

    def test_unavailable_one_answers_503(self, answer, api):
        found = answer("reponse-indisponible")
        assert (found.status_code, api.slug(found)) == (503, "unavailable")

    def test_truncated_one_is_no_json(self, answer):
        found = answer("reponse-tronquee")
        assert (found.status_code, found.headers["content-type"]) == (200, "application/json")
        with pytest.raises(ValueError):
            found.json()

    def test_unexpected_one_breaks_its_own_schema(self, answer, resource):
        model = Account if resource == "account" else Applications
        with pytest.raises(ValueError):
            model.model_validate(answer("reponse-inattendue").json())

    def test_limited_one_says_when_to_come_back(self, answer, api):
        found = answer("reponse-limitee")
        assert (found.status_code, api.slug(found)) == (429, "rate-limited")
        assert found.headers["retry-after"] == "30"


def test_opening_itself_may_be_ill(api, clock):
    before = clock.monotonic()
    assert api.open(api.number_of("ouverture-lente")).status_code == 202
    assert clock.monotonic() - before >= 10
    assert api.slug(api.open(api.number_of("ouverture-en-erreur"))) == "internal-error"


def test_personas_are_nobody(personas):
    for persona in personas.values():
        for identifier in persona.identifiers:
            assert identifier.key().startswith("96")
        assert persona.contact.email is None or persona.contact.email.endswith(".invalid")
        assert persona.contact.phone is None or persona.contact.phone.startswith("063998")
    numbers = [one.key() for persona in personas.values() for one in persona.identifiers]
    assert len(numbers) == len(set(numbers))
