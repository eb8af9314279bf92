"""Two questions in one message: each part is understood as a message of its own, then what they say is put together.

`SplitSegments` stands first in the pipeline and hands the parts on behind the message, so that every component reads
them as it reads any message; `JoinSegments` stands last and takes them off again.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, NamedTuple, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.labels import UNDERSTANDING, base, note
from bot.nlu.sentences import sentences
from bot.text import normalise

SHORTEST = 6  # words: under that, a message holds one question
MOST = 3  # parts that are read: more is a story, and each costs as much as a message
SEGMENT_FROM = "segment_from"

# After these the rest is what the person wants: « merci. où est mon numéro ? », « non pas ça, le timbre ».
TALK = ("greet", "thanks", "goodbye", "deny", "affirm", "not_that")
_OPENING = re.compile(
    r"^(?:non,? ?(?:c' est )?pas (?:ca|cela)|pas (?:ca|cela)|non|oui|ok"
    r"|(?:non|oui|ok|d' accord|bonjour|bonsoir|salut)?,? ?merci(?: beaucoup)?)"
    r"\s*(?:[,;:.!\n]+\s*(?:(?:mais|et|sinon) )?|mais )(?=\S+ \S+)"
)


class Segment(NamedTuple):
    """A part of a message, normalised. `asks`: it is put as a question or a wish, or set apart from what was before."""

    text: Text
    asks: bool


def split(text: Text) -> List[Segment]:
    """The parts of `text`, normalised, in order; an opening « merci, » or « non, pas ça, » is a part of its own."""
    whole = _lines(text)
    opening = _OPENING.match(whole)
    found = [Segment(whole[: opening.end()].strip(" ,;:.!\n"), False)] if opening else []
    rest = sentences(whole[opening.end() :] if opening else whole)
    return found + [Segment(part.text, " " in part.text and (part.asks or part.apart)) for part in rest]


def to_read(text: Text) -> List[Text]:
    """The parts worth reading on their own; none for an ordinary message."""
    if len(text.split()) < SHORTEST:
        return []
    segments = split(text)
    asking = [segment.text for segment in segments if segment.asks]
    opened = len(segments) > 1 and _OPENING.match(_lines(text))
    if len(asking) < 2 and not opened:
        return []
    return asking[:MOST] if len(asking) > 1 else [segment.text for segment in segments[1 : 1 + MOST]]


def _lines(text: Text) -> Text:
    """Normalised, line by line: normalisation alone would join the lines."""
    return "\n".join(filter(None, map(normalise, text.splitlines())))


class _Stateless(GraphComponent):
    def __init__(self, config: Dict[Text, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        return cls(config)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SplitSegments(_Stateless):
    """Hands the parts of a message on behind it. Only a message that comes alone, as people's do, is split."""

    def process(self, messages: List[Message]) -> List[Message]:
        if len(messages) != 1 or (messages[0].get(TEXT) or "/").startswith("/"):
            return messages
        return [*messages, *(Message({TEXT: part}) for part in to_read(messages[0].get(TEXT)))]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class JoinSegments(_Stateless):
    """Notes `second_label` where two parts ask for two entries; the message itself stays first, as it came."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {SEGMENT_FROM: 0.6}  # confidence of a part that counts

    def process(self, messages: List[Message]) -> List[Message]:
        message, *parts = messages or [Message({})]
        if parts and parts[0].get(UNDERSTANDING):
            self._join(message, [self._label(part) for part in parts])
        return messages[:1]

    def _label(self, part: Message) -> Optional[Text]:
        """The entry that the part asks for by itself, or None."""
        label = part.get(UNDERSTANDING, {}).get("label") or ""
        sure = part.get(INTENT, {}).get("confidence", 0.0) >= self._config[SEGMENT_FROM]
        return label if sure and base(label) == "faq" else None

    def _join(self, message: Message, labels: List[Optional[Text]]) -> None:
        entries = list(dict.fromkeys(filter(None, labels)))
        understanding = message.get(UNDERSTANDING, {})
        own, decision = understanding.get("label"), understanding.get("decision")
        if len(entries) == 1 and decision == "carried" and base(own) in TALK:
            self._take(message, entries[0])
        elif len(entries) == 2 and own in entries:
            note(message, second_label=next(entry for entry in entries if entry != own))
        elif len(entries) == 2 and (decision == "unsure" or (own and base(own) in TALK)):
            self._take(message, entries[0])
            note(message, second_label=entries[1])

    def _take(self, message: Message, label: Text) -> None:
        note(message, decision="carried", label=label)
        message.set(INTENT, {"name": base(label), "confidence": self._config[SEGMENT_FROM]}, add_to_output=True)
