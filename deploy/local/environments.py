"""The two Python environments, built from their locks when they are missing or out of date.

python3 -m deploy.local.environments
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List

from deploy.local.paths import ROOT
from deploy.local.progress import Progress, fail

UV = "uv==0.13.9"
ENVIRONMENTS = ((".venv", "3.11", "locks/web.txt"), (".venv-rasa", "3.10", "locks/rasa.txt"))


def ensure() -> None:
    """Build what is missing or stale; nothing is asked of the network when all is there."""
    stale = [environment for environment in ENVIRONMENTS if not _fresh(*environment)]
    if not stale:
        return
    progress = Progress("Environnements", 1 + 2 * len(stale))
    uv = _uv()
    progress.step("uv est prêt")
    for folder, version, lock in stale:
        progress.doing(f"Python {version} pour {folder}")
        _run([uv, "venv", "--quiet", "--clear", "--python", version, folder])
        progress.step(f"{folder} : paquets de {lock}, une à deux minutes la première fois")
        python = str(ROOT / folder / "bin" / "python")
        _run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock])
        _stamp(folder).write_text(_digest(lock))
        progress.step(f"{folder} est prêt")
    progress.end("environnements prêts")


def _fresh(folder: str, version: str, lock: str) -> bool:
    stamp = _stamp(folder)
    return stamp.exists() and stamp.read_text() == _digest(lock)


def _stamp(folder: str) -> Path:
    return ROOT / folder / "lock.sha256"


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def _uv() -> str:
    """uv from the PATH, or one of our own in `.uv/`."""
    found = shutil.which("uv")
    own = ROOT / ".uv" / "bin" / "uv"
    if found:
        return found
    if not own.exists():
        _run([sys.executable, "-m", "venv", str(ROOT / ".uv")])
        _run([str(ROOT / ".uv" / "bin" / "python"), "-m", "pip", "install", "--quiet", UV])
    return str(own)


def _run(command: List[str]) -> None:
    """Run a step of the set-up from the root; on failure say which, with what it printed."""
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        fail(
            f"Échec de : {' '.join(command)}\n{done.stdout.strip()}",
            "Vérifiez le réseau et l'espace disque, puis relancez.",
        )


if __name__ == "__main__":
    ensure()
