"""The model, trained when it is stale: when what it learns from is not what is there now.

python3 -m deploy.local.training [--force]
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Iterator

from deploy.local.paths import MODEL, MODELS, RASA, ROOT, RUN
from deploy.local.progress import Progress, fail

_INPUTS = ("config.yml", "domain.yml", "data", "bot/nlu", "bot/text.py", "bot/placeholders.py", "locks/rasa.txt")
_MANIFEST = MODELS / "assistant.json"
_DONE = re.compile(r"(?:Finished training|Restored) component '(\w+)'|from cache|Finished training")


def ensure(force: bool = False) -> None:
    """Train unless the model on disk was made from the present inputs and has not been touched since."""
    if force or not _fresh():
        _train()


def _fresh() -> bool:
    """Also refuses a model file that is not the one that was trained: a model is code."""
    if not (MODEL.exists() and _MANIFEST.exists()):
        return False
    manifest = json.loads(_MANIFEST.read_text())
    return bool(manifest == {"inputs": _inputs_digest(), "model": _digest(MODEL)})


def _train() -> None:
    MODELS.mkdir(exist_ok=True)
    RUN.mkdir(parents=True, exist_ok=True)
    progress = Progress("Entraînement", _steps())
    command = [str(RASA), "train", "--skip-validation", "--fixed-model-name", "assistant", "--out", str(MODELS)]
    environment = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
    }
    log = RUN / "training.log"
    with (
        log.open("w") as written,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            written.write(line)
            done = _DONE.search(line)
            if done:
                progress.step(done.group(1) or "")
    if process.returncode or not MODEL.exists():
        fail("L'entraînement a échoué.", f"Lisez {log}")
    progress.end("modèle prêt")
    _MANIFEST.write_text(json.dumps({"inputs": _inputs_digest(), "model": _digest(MODEL)}))


def _steps() -> int:
    """Components that learn, as config.yml lists them."""
    text = (ROOT / "config.yml").read_text()
    return len(re.findall(r"^ +- name: (?:bot\.nlu\.\w*(?:classifier|opinion|word)|\w+Policy)", text, re.M))


def _inputs_digest() -> str:
    digest = hashlib.sha256()
    for path in _input_files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _input_files() -> Iterator[Path]:
    for name in _INPUTS:
        path = ROOT / name
        yield from sorted(p for p in path.rglob("*") if p.suffix in (".yml", ".py")) if path.is_dir() else [path]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    ensure(force="--force" in sys.argv)
