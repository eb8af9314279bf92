"""The processes of the assistant on one machine: which, in what order, with what environment."""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional

from deploy.local.paths import MODEL, RASA, RASA_PYTHON, ROOT, RUN, WEB_PYTHON

STOP_SECONDS = 15
_PR_SET_PDEATHSIG = 1


@dataclass
class Ports:
    """`public`, `mock` and `identity` are printed for people; the others are any free ones."""

    public: int
    mock: int
    identity: int = 0
    private: int = 0
    rasa: int = 0
    actions: int = 0

    def __post_init__(self) -> None:
        given = (self.identity, self.private, self.rasa, self.actions)
        self.identity, self.private, self.rasa, self.actions = (port or free_port() for port in given)


@dataclass
class Service:
    """One process, kept running: started again when it ends by itself."""

    name: str
    command: List[str]
    environment: Dict[str, str]
    process: Optional[subprocess.Popen[bytes]] = field(default=None)
    starts: int = 0

    def start(self) -> None:
        RUN.mkdir(parents=True, exist_ok=True)
        with (RUN / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which ends the others in order
                preexec_fn=_die_with_parent,
            )
        self.starts += 1

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """End it by its own id: politely, then for good."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def services(ports: Ports) -> List[Service]:
    """Action server, Rasa, mock API, identity provider, gateway, sharing secrets made for this run."""
    channel, vault, mock, client = (secrets.token_hex(32) for _ in range(4))
    console = f"http://127.0.0.1:{ports.public}"
    endpoints = _endpoints(ports)
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    loopback = {"SANIC_HOST": "127.0.0.1"}
    anef = {
        "ANEF_API_URL": os.environ.get("ANEF_API_URL", f"http://127.0.0.1:{ports.mock}"),
        "ANEF_API_CLIENT_ID": "assistant",
        "ANEF_API_CLIENT_SECRET": mock,
        "ANEF_VAULT_URL": f"http://127.0.0.1:{ports.private}",
        "ANEF_VAULT_SECRET": vault,
    }
    rasa = [str(RASA), "run", "-i", "127.0.0.1", "-p", str(ports.rasa), "--model", str(MODEL)]
    return [
        Service(
            "actions",
            [str(RASA_PYTHON), "-m", "rasa_sdk", "--actions", "actions", "-p", str(ports.actions)],
            {**quiet, **loopback, **anef},
        ),
        Service(
            "rasa",
            [*rasa, "--credentials", "credentials.yml", "--endpoints", str(endpoints)],
            {
                **quiet,
                **loopback,
                "ANEF_CHANNEL_SECRET": channel,
                "COMPRESS_ACTION_SERVER_REQUEST": "true",
                "LOG_LEVEL": "WARNING",
            },
        ),
        Service(
            "mock",
            [str(WEB_PYTHON), "-m", "mock_anef"],
            {
                "ANEF_MOCK_PORT": str(ports.mock),
                "ANEF_MOCK_CLIENT_ID": "assistant",
                "ANEF_MOCK_CLIENT_SECRET": mock,
                # Twenty access requests an hour from one address are fewer than there are personas to try.
                "ANEF_MOCK_LIFT_LIMITS": os.environ.get("ANEF_MOCK_LIFT_LIMITS", "true"),
            },
        ),
        Service(
            "identity",
            [str(WEB_PYTHON), "-m", "console.idp"],
            {
                "ANEF_IDP_PORT": str(ports.identity),
                "ANEF_IDP_CLIENT_SECRET": client,
                "ANEF_IDP_REDIRECT_URI": f"{console}/console/retour",
                "ANEF_IDP_SIGNED_OUT_URI": f"{console}/console/deconnecte",
            },
        ),
        Service(
            "gateway",
            [str(WEB_PYTHON), "-m", "gateway"],
            {
                **_demo_limits(),
                **anef,
                "ANEF_PORT": str(ports.public),
                "ANEF_PRIVATE_PORT": str(ports.private),
                "ANEF_RASA_URL": f"http://127.0.0.1:{ports.rasa}",
                "ANEF_CHANNEL_SECRET": channel,
                "ANEF_VAULT_SECRET": vault,
                "ANEF_DATA_DIR": str(RUN),
                "ANEF_CONSOLE_URL": console,
                "ANEF_CONSOLE_STAFF": "console/idp/staff.yml",
                "ANEF_CONSOLE_ISSUER": f"http://127.0.0.1:{ports.identity}/api/v2",
                "ANEF_CONSOLE_CLIENT_SECRET": client,
            },
        ),
    ]


def _demo_limits() -> Dict[str, str]:
    """The demo profile: an evaluation of a thousand conversations from one address passes. Set values win."""
    demo = {
        "ANEF_LIMIT_MESSAGES": "600/minute",
        "ANEF_LIMIT_ADDRESS": "6000/minute",
        "ANEF_LIMIT_CONVERSATIONS": "20000/hour",
    }
    return {name: os.environ.get(name, value) for name, value in demo.items()}


def _endpoints(ports: Ports) -> Path:
    """endpoints.yml with the ports of this run, and the tracker database in WAL mode."""
    RUN.mkdir(parents=True, exist_ok=True)
    database = RUN / "tracker.db"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode=WAL")  # stays with the file
    connection.close()
    text = (ROOT / "endpoints.yml").read_text()
    text = text.replace("127.0.0.1:5055", f"127.0.0.1:{ports.actions}").replace(".run/tracker.db", str(database))
    written = RUN / "endpoints.yml"
    written.write_text(text)
    return written


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def restart_delay(service: Service) -> float:
    """Seconds before the next start: none the first time, then longer, so that a broken part is not hammered."""
    return float(min(10, 2 * max(0, service.starts - 2)))


def _die_with_parent() -> None:
    """On Linux a child goes when its supervisor is killed outright; elsewhere Ctrl-C still ends it."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return
