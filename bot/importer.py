"""How Rasa reads `data/`: as usual, but 80 000 examples once for a training, told apart by what was read.

Rasa reads the files anew for each language that it is asked for, deep-copies all examples each time that it merges them
with nothing, and takes the fingerprint of every token that a component has put on them.
"""

from __future__ import annotations

import warnings
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

# Answers are in faq/, not among Rasa's responses: it would say so of each example, in a log of 30 megabytes.
warnings.filterwarnings("ignore", "Your training data contains an example ")


class Example(Message):
    """A message as it was read: words and labels, which nobody changes in place, so that a copy may share them.

    Its fingerprint stays that of the words and labels. What components add follows from these and from how they are
    made, which is in the fingerprint of each component that learns (bot/nlu/sources.py).
    """

    def __init__(self, read: Message) -> None:
        super().__init__(read.data, read.output_properties, read.time, list(read.features))
        self._as_read = read.fingerprint()

    def fingerprint(self) -> str:
        return self._as_read

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        return Example(self)


class OnceImporter(RasaFileImporter):
    """Rasa's importer of files; what it reads of examples is kept. They are in one language."""

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        return self._read()

    @cached_method
    def _read(self) -> TrainingData:
        read = super().get_nlu_data()
        read.training_examples = [Example(message) for message in read.training_examples]
        return read
