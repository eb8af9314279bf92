"""Stored runs: evaluation/runs/<name>.json. Ids and labels only; the texts stay in the sets of questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from evaluation import fingerprint
from evaluation.data import ROOT, examples
from evaluation.scoring import Scored, summary

RUNS = ROOT / "evaluation" / "runs"


def store(name: str, questions: str, through: str, scored: Sequence[Scored], **more: Any) -> Path:
    """Write the run `name`, made on the set `questions` through « pipeline » or « gateway »."""
    made = {"date": date.today().isoformat(), "examples": len(examples()), "fingerprint": fingerprint.of(questions)}
    run = {"set": questions, "through": through, **made, **more, **summary(scored)}
    RUNS.mkdir(exist_ok=True)
    path = RUNS / f"{name}.json"
    path.write_text(json.dumps(run, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def load(name: str) -> dict[str, Any]:
    """The stored run `name`; FileNotFoundError when there is none."""
    return json.loads((RUNS / f"{name}.json").read_text(encoding="utf-8"))


def printed(run: dict[str, Any]) -> str:
    """The scores of a run, a line each."""
    return "\n".join(
        f"{name:26s} {score['share']:7.1%}  [{score['low']:.1%} – {score['high']:.1%}]  n={score['n']}"
        for name, score in run["scores"].items()
        if score["n"]
    )
