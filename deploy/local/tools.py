"""What tests and checks need besides Python: Chromium from the system, Node packages from the lock.

    python3 -m deploy.local.tools

Installs system packages when root; otherwise prints the command. Nothing is skipped silently.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from typing import List

from deploy.local.paths import ROOT, RUN
from deploy.local.progress import fail

# program → Debian package
SYSTEM = {"chromium": "chromium", "npm": "npm"}


def ensure() -> None:
    RUN.mkdir(parents=True, exist_ok=True)
    missing = [package for program, package in SYSTEM.items() if not shutil.which(program)]
    if missing:
        _install(missing)
    _node_packages()


def _install(packages: List[str]) -> None:
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        fail(f"Il manque : {', '.join(packages)}.", f"sudo {' '.join(command)}")
    print(f"Installation de {', '.join(packages)}…", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], command):
        done = subprocess.run(step, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            fail(f"Échec de : {' '.join(step)}\n{done.stdout[-2000:]}")


def _node_packages() -> None:
    """`npm ci` when the lock has changed; scripts of packages are not run."""
    lock = ROOT / "package-lock.json"
    if not lock.exists():
        return
    stamp = ROOT / "node_modules" / ".lock.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        fail(f"Échec de : {' '.join(command)}\n{done.stdout[-2000:]}", "Vérifiez le réseau, puis relancez.")
    stamp.write_text(digest)


if __name__ == "__main__":
    ensure()
