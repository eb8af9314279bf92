"""Shapes of requests and answers."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Purpose = Literal["status", "account"]
Stage = Literal["deposited", "under_examination", "decision_taken", "title_available", "closed"]
AccountState = Literal["active", "email_unconfirmed", "locked", "none"]
STAGES_WITH_A_DECISION = {"decision_taken", "title_available"}


class Strict(BaseModel):
    """A request body: what the contract does not name is refused."""

    model_config = ConfigDict(extra="forbid")


class NumeroEtranger(Strict):
    type: Literal["numero-etranger"]
    value: Annotated[str, Field(pattern="^[0-9]{10}$", examples=["9600000000"])]

    def key(self) -> str:
        return self.value


class NumeroVisa(Strict):
    type: Literal["numero-visa"]
    value: Annotated[str, Field(pattern="^[0-9A-Z]{8,12}$", examples=["FRA960000000"])]

    def key(self) -> str:
        """The number without the issuing State, which people leave out as often as not."""
        return self.value.removeprefix("FRA")


Identifier = Annotated[NumeroEtranger | NumeroVisa, Field(discriminator="type")]


class AccessRequest(Strict):
    identifier: Identifier
    purpose: Purpose


class AccessRequestOpened(BaseModel):
    """The same for every number, known or not."""

    id: str
    expires_at: datetime


class Confirmation(Strict):
    code: Annotated[str, Field(pattern="^[0-9]{6}$", examples=["000000"])]


class PersonToken(BaseModel):
    access_token: str
    token_type: Literal["ANEF-Person"] = "ANEF-Person"
    expires_in: Annotated[int, Field(description="Seconds.")]


class PasswordReset(Strict):
    identifier: Identifier


class PasswordResetAccepted(BaseModel):
    """The same for every number, known or not."""

    status: Literal["accepted"] = "accepted"


class MaskedContact(BaseModel):
    email: Annotated[str | None, Field(description="First letter and domain, as `i…@exemple.invalid`.")]
    phone: Annotated[str | None, Field(description="Last two digits, as `•• •• •• •• 07`.")]


class Account(BaseModel):
    """`none` means that the person is known but has no account; the dates are then null."""

    state: AccountState
    contact: MaskedContact
    created_on: date | None
    last_sign_in: datetime | None


class Document(BaseModel):
    """Confirmation of filing, attestation de prolongation (adp) or de décision favorable (adf)."""

    kind: Literal["confirmation", "adp", "adf"]
    since: date
    valid_until: date | None


class Complement(BaseModel):
    """What the administration asks for, and why."""

    asked_on: date
    document: str
    message: str


class Application(BaseModel):
    reference: str
    kind: Literal["first", "renewal"]
    title_type: str
    prefecture: str
    stage: Stage
    stage_since: date
    favourable: Annotated[bool | None, Field(description="Null as long as the sense of the decision is not known.")]
    documents: list[Document]
    complement: Complement | None

    @model_validator(mode="after")
    def decision_belongs_to_its_stage(self) -> Self:
        if self.favourable is not None and self.stage not in STAGES_WITH_A_DECISION:
            raise ValueError("favourable is set before a decision was taken")
        return self


class Applications(BaseModel):
    """Newest first; empty when the person has none."""

    applications: list[Application]


class ServiceToken(BaseModel):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: Annotated[int, Field(description="Seconds.")]


class OAuthError(BaseModel):
    """RFC 6749, section 5.2."""

    error: Literal["invalid_request", "invalid_client", "unsupported_grant_type"]


class ProblemBody(BaseModel):
    """RFC 9457. `type` ends in a slug listed in the README, or is `about:blank`."""

    type: str
    title: str
    status: int
    detail: str | None = None
    attempts_left: Annotated[int | None, Field(description="With `code-wrong` only.")] = None
    errors: Annotated[list[dict[str, str]] | None, Field(description="With `request-invalid` only.")] = None


class Message(BaseModel):
    """An e-mail or SMS that the demonstration shows in place of sending it."""

    id: int
    sent_at: datetime
    channel: Literal["email", "sms"]
    to: str
    subject: str
    body: str
    code: str | None
    persona: str
    access_request: str | None


class Outbox(BaseModel):
    messages: list[Message]


class Health(BaseModel):
    status: Literal["ok"] = "ok"
