"""Of what data, configuration and code a run was made: a hash that knows nothing of git."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from evaluation.data import ROOT, SETS

LEARNT_FROM = ("config.yml", "data/nlu/**/*.yml", "bot/text.py", "bot/placeholders.py", "bot/nlu/*.py")


def of(name: str) -> str:
    """The fingerprint of a run on the set `name`: what the models learn from and through, and the questions."""
    digest = hashlib.sha256()
    for path in _files(name):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files(name: str) -> list[Path]:
    learnt: Iterable[Path] = (path for pattern in LEARNT_FROM for path in ROOT.glob(pattern))
    return sorted({*learnt, *SETS[name].glob("*.yml")})
