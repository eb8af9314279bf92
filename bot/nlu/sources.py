"""What the models learn through besides their data: a fingerprint for Rasa's cache of trained components."""

from __future__ import annotations

import hashlib
from pathlib import Path

_BOT = Path(__file__).resolve().parent.parent
_RULES = (
    "text.py", "placeholders.py", "nlu/courtesy.py", "nlu/lexicon.py", "nlu/sounds.py", "nlu/sentences.py",
    "nlu/features.py", "nlu/hinge.py", "nlu/perceptron.py", "nlu/spacy_french.py", "../config.yml",
)  # fmt: skip


def fingerprint() -> str:
    """Changes with the source of every rule that is applied to a text before it is learnt from, and the pipeline."""
    return hashlib.sha256(b"".join((_BOT / name).read_bytes() for name in _RULES)).hexdigest()
