"""What people are known to write about each entry: the training examples, which search reads too."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import yaml

EXAMPLES_DIR = Path(__file__).resolve().parent.parent / "data" / "nlu" / "faq"
ENOUGH = 200
"""Of each entry. All of them, five times as many, found two more of 150 noisy queries and took three times as long."""
_LABEL = "faq/"


def known_phrases(directory: Path = EXAMPLES_DIR) -> dict[str, list[str]]:
    """Entry id → its first examples, in the order of the files."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(directory.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            lines = (line.strip().removeprefix("-").strip() for line in block["examples"].splitlines())
            found[block["intent"].removeprefix(_LABEL)] += filter(None, lines)
    return {entry: phrases[:ENOUGH] for entry, phrases in found.items()}
