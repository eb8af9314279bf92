"""The public API's bodies, as `docs/contracts/public-api.json` publishes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Kind = Literal[
    "answer", "question", "suggestions", "lookup", "smalltalk", "out_of_scope", "not_understood", "notice", "person"
]
Reason = Literal["faux", "incomplet", "pas-ma-question", "pas-clair"]


class Strict(BaseModel):
    """Nothing that we did not ask for."""

    model_config = ConfigDict(extra="forbid")


class NewConversation(Strict):
    surface: Literal["page", "widget", "console"]
    language: Literal["fr"] = "fr"
    site: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] | None = None


class NewMessage(Strict):
    """Exactly one of `text` and `button`."""

    message_id: UUID
    text: str | None = None
    button: Annotated[str, StringConstraints(max_length=64)] | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> NewMessage:
        if (self.text is None) == (self.button is None):
            raise ValueError("one of text and button")
        return self


class NewFeedback(Strict):
    message: Annotated[str, StringConstraints(max_length=64)]
    useful: bool
    reason: Reason | None = None


class Button(BaseModel):
    id: str
    title: str


class Link(BaseModel):
    text: str
    url: str


class Source(BaseModel):
    document: str
    section: str
    checked_on: date


class Answer(BaseModel):
    """Which entry a message gives, in which version, and on whose word."""

    id: str
    title: str
    version: str
    sources: list[Source]
    links: list[Link]


class Field_(BaseModel):
    """A dedicated input that the page offers beside the ordinary one."""

    type: Literal["numero-etranger", "code"]
    label: str
    hint: str


class Message(BaseModel):
    id: str
    kind: Kind
    topic: str | None
    language: str
    text: str = Field(description="Markdown subset: paragraphs, lists, bold, links")
    buttons: list[Button]
    answer: Answer | None
    suggestions: list[str] | None
    card: dict[str, Any] | None
    field: Field_ | None = None


class Messages(BaseModel):
    messages: list[Message]


class Conversation(Messages):
    id: str
    token: str
    expires_at: datetime


class EntryLine(BaseModel):
    id: str
    title: str
    theme: str


class EntryList(BaseModel):
    entries: list[EntryLine]


class EntryFull(BaseModel):
    id: str
    title: str
    version: str
    short: str
    full: str
    links: list[Link]
    sources: list[Source]
    contradictions: list[str]
    neighbours: list[str]


class Found(BaseModel):
    id: str
    title: str
    short: str
    score: float = Field(description="0 to 100, comparable within one search only")


class SearchResults(BaseModel):
    results: list[Found]


class Notice(BaseModel):
    id: str
    text: str = Field(description="Markdown subset, as a message's")
    entries: list[str] = Field(description="Answers under which it is said too")


class Notices(BaseModel):
    notices: list[Notice]


class ProblemBody(BaseModel):
    type: str
    status: int
    code: str
    detail: str = Field(description="A French sentence")
