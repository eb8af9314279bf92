"""Answers of the interface as plain objects. Strict: what the contract does not describe is refused, never guessed.

Members that the contract does not name are ignored, so that it may grow. Everything raises NotTheContract.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from actions.anef._exceptions import NotTheContract

T = TypeVar("T")

STAGES = ("deposited", "under_examination", "decision_taken", "title_available", "closed")
DECIDED = ("decision_taken", "title_available")
ACCOUNT_STATES = ("active", "email_unconfirmed", "locked", "none")
_TOKEN = re.compile(r"[0-9A-Za-z._~+/=-]{16,512}")
_REQUEST_ID = re.compile(r"[0-9A-Za-z_-]{16,128}")
_MOST_TEXT = 1000
_MOST_APPLICATIONS = 20
_MOST_DOCUMENTS = 20


@dataclass(frozen=True)
class Token:
    """Of the service or of a person; `seconds` to live."""

    value: str
    seconds: int


@dataclass(frozen=True)
class Document:
    kind: str
    since: date
    valid_until: date | None


@dataclass(frozen=True)
class Complement:
    asked_on: date
    document: str
    message: str


@dataclass(frozen=True)
class Application:
    reference: str
    kind: str
    title_type: str
    prefecture: str
    stage: str
    stage_since: date
    favourable: bool | None
    documents: list[Document]
    complement: Complement | None


@dataclass(frozen=True)
class Account:
    """`email` and `phone` are masked by the interface."""

    state: str
    email: str | None
    phone: str | None
    created_on: date | None
    last_sign_in: date | None


def service_token(body: Any) -> Token:
    return _token(body, "Bearer")


def person_token(body: Any) -> Token:
    return _token(body, "ANEF-Person")


def access_request(body: Any) -> str:
    """The id of the request that was opened."""
    id_ = _text(body, "id")
    if not _REQUEST_ID.fullmatch(id_):
        raise NotTheContract("id")
    return id_


def accepted(body: Any) -> None:
    _one_of(body, "status", ("accepted",))


def applications(body: Any) -> list[Application]:
    return [_application(one) for one in _list(body, "applications", _MOST_APPLICATIONS)]


def account(body: Any) -> Account:
    contact = _member(body, "contact", dict)
    return Account(
        state=_one_of(body, "state", ACCOUNT_STATES),
        email=_maybe(contact, "email", _text),
        phone=_maybe(contact, "phone", _text),
        created_on=_maybe(body, "created_on", _day),
        last_sign_in=_maybe(body, "last_sign_in", _moment),
    )


def _token(body: Any, type_: str) -> Token:
    value = _text(body, "access_token")
    _one_of(body, "token_type", (type_,))
    seconds = _member(body, "expires_in", int)
    if not _TOKEN.fullmatch(value) or isinstance(seconds, bool) or seconds <= 0:
        raise NotTheContract("access_token")
    return Token(value, seconds)


def _application(body: Any) -> Application:
    stage = _one_of(body, "stage", STAGES)
    favourable = _maybe(body, "favourable", _bool)
    if favourable is not None and stage not in DECIDED:
        raise NotTheContract("favourable")
    return Application(
        reference=_text(body, "reference"),
        kind=_one_of(body, "kind", ("first", "renewal")),
        title_type=_text(body, "title_type"),
        prefecture=_text(body, "prefecture"),
        stage=stage,
        stage_since=_day(body, "stage_since"),
        favourable=favourable,
        documents=[_document(one) for one in _list(body, "documents", _MOST_DOCUMENTS)],
        complement=_maybe(body, "complement", _complement),
    )


def _document(body: Any) -> Document:
    kind = _one_of(body, "kind", ("confirmation", "adp", "adf"))
    return Document(kind, _day(body, "since"), _maybe(body, "valid_until", _day))


def _complement(body: Any, name: str) -> Complement:
    asked = _member(body, name, dict)
    return Complement(_day(asked, "asked_on"), _text(asked, "document"), _text(asked, "message"))


def _member(body: Any, name: str, type_: type[T]) -> T:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, type_):
        raise NotTheContract(name)
    return value


def _text(body: Any, name: str) -> str:
    text = _member(body, name, str)
    if not 0 < len(text) <= _MOST_TEXT:
        raise NotTheContract(name)
    return text


def _bool(body: Any, name: str) -> bool:
    return _member(body, name, bool)


def _one_of(body: Any, name: str, known: Container[str]) -> str:
    value = _text(body, name)
    if value not in known:
        raise NotTheContract(name)
    return value


def _list(body: Any, name: str, most: int) -> list[Any]:
    items = _member(body, name, list)
    if len(items) > most:
        raise NotTheContract(name)
    return items


def _maybe(body: Any, name: str, read: Callable[[Any, str], T]) -> T | None:
    """None where the contract allows null; an absent member is not null."""
    if isinstance(body, dict) and name in body and body[name] is None:
        return None
    return read(body, name)


def _day(body: Any, name: str) -> date:
    try:
        return datetime.strptime(_text(body, name), "%Y-%m-%d").date()
    except ValueError:
        raise NotTheContract(name) from None


def _moment(body: Any, name: str) -> date:
    """The day of a UTC time: nobody needs the hour."""
    try:
        return datetime.fromisoformat(_text(body, name).replace("Z", "+00:00")).date()
    except ValueError:
        raise NotTheContract(name) from None
