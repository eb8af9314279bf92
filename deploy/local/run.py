"""`make run`: everything on this machine, until Ctrl-C.

python3 -m deploy.local.run
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from typing import Any, Dict, List, Optional

from deploy.local import environments, training
from deploy.local.paths import ROOT, RUN, WEB_PYTHON
from deploy.local.processes import Ports, Service, is_taken, restart_delay, services
from deploy.local.progress import Progress, fail

START_SECONDS = 180
PURGE_SECONDS = 86_400
QUESTION = "Bonjour, je cherche mon numéro étranger, où est-il ?"


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also when started in the background
    ports = Ports(_port("ANEF_PORT", 8000), _port("ANEF_MOCK_PORT", 8010), _port("ANEF_IDP_PORT", 8020))
    named = (ports.public, "ANEF_PORT"), (ports.mock, "ANEF_MOCK_PORT"), (ports.identity, "ANEF_IDP_PORT")
    for port, name in named:
        if is_taken(port):
            fail(f"Le port {port} est déjà pris.", f"Choisissez-en un autre : {name}={port + 1} make run")
    environments.ensure()
    training.ensure()
    running = services(ports)
    try:
        _start(running, ports)
        _print_addresses(ports)
        _watch(running)
    except KeyboardInterrupt:
        print("\nArrêt…", flush=True)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C does not leave anything behind
        for service in reversed(running):
            service.stop()


def _port(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdigit() or not 0 < int(value) < 65536:
        fail(f"{name}={value} n'est pas un port.", "Donnez un nombre entre 1 et 65535.")
    return int(value)


def _start(running: List[Service], ports: Ports) -> None:
    progress = Progress("Démarrage", len(running) + 1)
    for service in running:
        service.start()
        progress.step(f"{service.name} est lancé")
    progress.doing("attente d'une première réponse")
    deadline = time.monotonic() + START_SECONDS
    while not _answers(ports.public):
        ended = [service.name for service in running if service.ended()]
        if ended or time.monotonic() > deadline:
            fail(f"L'assistant ne répond pas ({', '.join(ended) or 'délai dépassé'}).", f"Lisez les journaux de {RUN}")
        time.sleep(0.5)
    progress.end("une vraie question a reçu sa réponse")


def _answers(port: int) -> bool:
    """Whether a question asked as the page asks it gets an entry."""
    base = f"http://127.0.0.1:{port}/api/conversations"
    opened = _post(base, {"surface": "page"})
    if opened is None:
        return False
    body = {"message_id": str(uuid.uuid4()), "text": QUESTION}
    said = _post(f"{base}/{opened['id']}/messages", body, opened["token"])
    return bool(said and any(message["kind"] == "answer" for message in said["messages"]))


def _post(url: str, body: Dict[str, Any], token: str = "") -> Optional[Dict[str, Any]]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=15) as response:
            return dict(json.load(response))
    except (urllib.error.URLError, OSError):
        return None


def _print_addresses(ports: Ports) -> None:
    base, mock = f"http://127.0.0.1:{ports.public}", f"http://127.0.0.1:{ports.mock}"
    print(
        f"""
L'assistant répond.
  Page              {base}/   (questions fréquentes : {base}/faq)
  Pages hôtes       {base}/demo et {base}/demo/strict   (le widget)
  Console           {base}/console
  Personnes fictives {mock}/personas   (numéros à essayer)
  Messages envoyés  {mock}/outbox   (codes)

Profil de démonstration : limites de débit relevées, tout reste sur cette machine. Ctrl-C arrête tout.""",
        flush=True,
    )


def _watch(running: List[Service]) -> None:
    """Start again whatever ends by itself; every day, take away what is past its time."""
    purge_at = time.monotonic()
    while True:
        if time.monotonic() >= purge_at:
            purge_at += PURGE_SECONDS
            threading.Thread(target=_purge, daemon=True).start()
        for service in running:
            if service.ended():
                print(f"{service.name} s'est arrêté, il redémarre.", flush=True)
                time.sleep(restart_delay(service))
                service.start()
        time.sleep(0.3)


def _purge() -> None:
    """Retention, beside the traffic; its report is in the run directory."""
    command = [str(WEB_PYTHON), "-m", "deploy.retention", "purge"]
    environment = {**os.environ, "ANEF_DATA_DIR": str(RUN)}
    with (RUN / "retention.log").open("ab") as log:
        subprocess.run(command, cwd=ROOT, env=environment, stdout=log, stderr=log)


if __name__ == "__main__":
    main()
