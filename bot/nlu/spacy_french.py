"""spaCy's French pipeline for Rasa: normalisation first, and only the components that somebody reads."""

from __future__ import annotations

from typing import Any, Dict, Optional, Text

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP

from bot.nlu import lexicon, sources
from bot.nlu.courtesy import to_the_point

MODEL = "model"
EXCLUDE = "exclude"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="FrenchSpacyNLP",
)
class FrenchSpacyNLP(SpacyNLP):
    """Sets a spaCy `Doc` of the normalised text, marked with the lexicon, on each message; `SpacyTokenizer` reads it.

    Rasa's own `SpacyNLP` always loads the named-entity recogniser and every tagger; `exclude` leaves out what runs
    for nothing. The message text itself stays as the person wrote it.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {**SpacyNLP.get_default_config(), EXCLUDE: []}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Text:
        """The rules of spelling, which Rasa's cache would not see change."""
        return sources.fingerprint()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FrenchSpacyNLP:
        config = {**cls.get_default_config(), **config}
        language = spacy.load(config[MODEL], exclude=config[EXCLUDE])
        cls.ensure_proper_language_model(language)
        return cls(SpacyModel(model=language, model_name=config[MODEL]), config)

    def _preprocess_text(self, text: Optional[Text]) -> Text:
        return lexicon.marked(to_the_point(text)) if text else ""
