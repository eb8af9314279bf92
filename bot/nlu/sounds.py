"""Words as they are heard: « otentifié », « authentifier » and « autentifié » are one word to the ear.

Many write French by ear, on a phone or while learning it. Rules in order, rough on purpose: two words that meet here
by mistake stay apart in the other features.
"""

from __future__ import annotations

import re
from typing import List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.constants import TEXT

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"eau|au", "o"), (r"ph", "f"), (r"qu", "k"), (r"ch", "S"), (r"ai|ei", "e"), (r"er\b|ez\b", "e"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"([a-z])\1", r"\1"), (r"[estdxp]+\b", ""), (r"y", "i"), (r"h", ""),
        (r"g(?=[ei])", "j"), (r"en|an|em|am", "A"), (r"in|ain|un", "I"),
    )
)  # fmt: skip


def as_heard(word: str) -> str:
    """A normalised word by its sounds; capitals stand for sounds of two letters. Mute ends are gone."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SoundsFeaturizer(CountVectorsFeaturizer):
    """Counts n-grams of words as they are heard."""

    def _process_tokens(self, tokens: List[Text], attribute: Text = TEXT) -> List[Text]:
        processed = super()._process_tokens(tokens, attribute)
        return [as_heard(token) for token in processed] if attribute == TEXT else processed
