"""The key that makes sender ids. It must outlive a restart: an erasure request finds a conversation by it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE = "server.key"


def server_key(data_dir: Path | None) -> str:
    """The key kept in `data_dir`, made there once; without a directory, one that is good for this process."""
    if data_dir is None:
        return secrets.token_hex(32)
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text()
