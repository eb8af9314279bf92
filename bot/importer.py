"""How Rasa reads `data/`: as usual, but 80 000 examples once for a training, and copied cheaply.

Rasa reads the files three times, and deep-copies all examples each time that it merges them with nothing.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method


class Example(Message):
    """A message as it was read: words and labels, which nobody changes in place, so that a copy may share them."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        copied = Example(self.data, self.output_properties, self.time, list(self.features))
        copied._cached_fingerprint = self._cached_fingerprint
        return copied


class OnceImporter(RasaFileImporter):
    """Rasa's importer of files; what it reads of examples is kept."""

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        read = super().get_nlu_data(language)
        read.training_examples = [Example(message.data) for message in read.training_examples]
        return read
