"""Reading examples (`data/nlu`) and questions (`evaluation/questions`, `evaluation/tuning`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SETS = {"questions": ROOT / "evaluation" / "questions", "tuning": ROOT / "evaluation" / "tuning"}


@dataclass(frozen=True)
class Example:
    """One training example: what a person may write, and its label (docs/labels.md)."""

    text: str
    label: str


@dataclass(frozen=True)
class Question:
    """One test question. `expect`: every label that is right; the first is the one counted per entry."""

    id: str
    text: str
    expect: tuple[str, ...]
    voice: str


def examples(folder: Path = ROOT / "data" / "nlu") -> list[Example]:
    """Every example of the training data, in the order of the files."""
    return [example for path in sorted(folder.rglob("*.yml")) for example in _examples(path)]


def questions(name: str) -> list[Question]:
    """The questions of the set `name`; KeyError for an unknown set, ValueError for an id used twice."""
    found = [question for path in sorted(SETS[name].glob("*.yml")) for question in _questions(path)]
    if len({question.id for question in found}) != len(found):
        raise ValueError(f"a question id is used twice in {name}")
    return found


def _examples(path: Path) -> Iterator[Example]:
    for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            if line.strip():
                yield Example(line.strip()[1:].strip(), block["intent"])


def _questions(path: Path) -> Iterator[Question]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    items = content if isinstance(content, list) else next(v for v in content.values() if isinstance(v, list))
    for item in items:
        expect = item["expect"]
        expect = (expect,) if isinstance(expect, str) else tuple(expect)
        yield Question(str(item["id"]), str(item["text"]), expect, str(item["voice"]))
