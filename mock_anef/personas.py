"""The invented people of the demonstration: read from `personas.yml`, dated from today, put into the database."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from mock_anef import models
from mock_anef.storage import Database

FILE = Path(__file__).with_name("personas.yml")
Days = Annotated[int, Field(description="Days from today; negative is in the past.")]


class FaultKind(StrEnum):
    """Ways in which an ill persona's answers go wrong."""

    NONE = "none"
    SLOW = "slow"
    ERROR = "error"
    UNAVAILABLE = "unavailable"
    TRUNCATED = "truncated"
    WRONG_TYPES = "wrong_types"
    RATE_LIMITED = "rate_limited"


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fault(Spec):
    """`reads` are the two GET operations; `opening` is the access request itself."""

    kind: FaultKind = FaultKind.NONE
    at: Literal["reads", "opening"] = "reads"


class Contact(Spec):
    """Where codes go: the e-mail when it is confirmed, else the phone, else nowhere."""

    email: str | None = None
    email_confirmed: bool = True
    phone: str | None = None

    def masked(self) -> models.MaskedContact:
        email = self.email and f"{self.email[0]}…@{self.email.rpartition('@')[2]}"
        phone = self.phone and f"•• •• •• •• {self.phone[-2:]}"
        return models.MaskedContact(email=email, phone=phone)


class AccountSpec(Spec):
    state: models.AccountState = "active"
    created: Days | None = -400
    last_sign_in: Days | None = -3


class DocumentSpec(Spec):
    kind: Literal["confirmation", "adp", "adf"]
    since: Days
    valid_until: Days | None = None


class ComplementSpec(Spec):
    asked: Days
    document: str
    message: str


class ApplicationSpec(Spec):
    reference: str
    kind: Literal["first", "renewal"]
    title_type: str
    prefecture: str
    stage: models.Stage
    stage_since: Days
    favourable: bool | None = None
    documents: list[DocumentSpec] = []
    complement: ComplementSpec | None = None


class Persona(Spec):
    """One invented person, named after the state that they show."""

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    shows: str
    identifiers: Annotated[list[models.Identifier], Field(min_length=1)]
    contact: Contact
    account: AccountSpec = AccountSpec()
    applications: list[ApplicationSpec] = []
    fault: Fault = Fault()

    def account_at(self, now: datetime) -> models.Account:
        spec = self.account
        return models.Account(
            state=spec.state,
            contact=self.contact.masked(),
            created_on=None if spec.created is None else day(now, spec.created),
            last_sign_in=None if spec.last_sign_in is None else now + timedelta(days=spec.last_sign_in),
        )

    def applications_at(self, now: datetime) -> models.Applications:
        return models.Applications(applications=[application_at(spec, now) for spec in self.applications])


def day(now: datetime, offset: Days) -> date:
    return (now + timedelta(days=offset)).date()


def application_at(spec: ApplicationSpec, now: datetime) -> models.Application:
    """Raises pydantic's ValidationError when the state described cannot exist."""
    documents = [
        models.Document(
            kind=document.kind,
            since=day(now, document.since),
            valid_until=None if document.valid_until is None else day(now, document.valid_until),
        )
        for document in spec.documents
    ]
    complement = None
    if spec.complement:
        complement = models.Complement(
            asked_on=day(now, spec.complement.asked),
            document=spec.complement.document,
            message=spec.complement.message,
        )
    return models.Application(
        reference=spec.reference,
        kind=spec.kind,
        title_type=spec.title_type,
        prefecture=spec.prefecture,
        stage=spec.stage,
        stage_since=day(now, spec.stage_since),
        favourable=spec.favourable,
        documents=documents,
        complement=complement,
    )


def load_personas(path: Path = FILE) -> list[Persona]:
    """In the order of the file. Raises pydantic's ValidationError on a malformed one."""
    return [Persona.model_validate(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def seed(database: Database, personas: list[Persona], now: datetime) -> None:
    """Replace the people in the database, their dates counted from `now`."""
    with database.transaction() as sql:
        sql.execute("DELETE FROM identifier")
        sql.execute("DELETE FROM person")
        for persona in personas:
            row = (
                persona.id,
                persona.contact.model_dump_json(),
                persona.account_at(now.replace(microsecond=0)).model_dump_json(),
                persona.applications_at(now).model_dump_json(),
                persona.fault.model_dump_json(),
            )
            sql.execute("INSERT INTO person VALUES (?, ?, ?, ?, ?)", row)
            for identifier in persona.identifiers:
                sql.execute("INSERT INTO identifier VALUES (?, ?, ?)", (identifier.type, identifier.key(), persona.id))


def fault_of(database: Database, persona: str | None, at: Literal["reads", "opening"]) -> FaultKind:
    """The persona's illness at this point; `none` for whom nobody holds the number too."""
    with database.transaction() as sql:
        row = sql.execute("SELECT fault FROM person WHERE persona = ?", (persona,)).fetchone()
    fault = Fault.model_validate_json(row["fault"]) if row else Fault()
    return fault.kind if fault.at == at else FaultKind.NONE
