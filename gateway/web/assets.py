"""Files that browsers get nearly as they are written, read once at start-up, under addresses that never change.

An address holds the digest of all files together, so that modules may import each other by relative paths and every
one of them may be kept for a year.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

STATIC_DIR = Path(__file__).resolve().parent.parent / "static"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
AS_WRITTEN = "widget/"
"""Released loaders: their integrity is that of the file."""
_COMMENT_OR_INDENT = re.compile(rb"^[ ]*(?://.*\n|/\*.*\*/\n|/\*\*\n(?:[ ]*\*.*\n)+)?", re.MULTILINE)
"""Lines that hold a comment only, and indentation: a third of what would be sent."""
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    content: bytes
    packed: bytes
    type: str

    @property
    def integrity(self) -> str:
        """The value of an `integrity` attribute."""
        return "sha384-" + base64.b64encode(hashlib.sha384(self.content).digest()).decode()


class Assets:
    """Every file of `directory` with a known type, by its path there."""

    def __init__(self, directory: Path = STATIC_DIR) -> None:
        found = sorted(path for path in directory.rglob("*") if path.suffix in TYPES)
        names = {path.relative_to(directory).as_posix(): path for path in found}
        self.files = {name: _read(path, name) for name, path in names.items()}
        digest = hashlib.sha256()
        for name, asset in self.files.items():
            digest.update(name.encode() + b"\0" + asset.content + b"\0")
        self.digest = digest.hexdigest()[:12]

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError when there is no such file."""
        self.files[name]
        return f"/static/{self.digest}/{name}"

    def get(self, digest: str, name: str) -> Asset | None:
        return self.files.get(name) if digest == self.digest else None


def _read(path: Path, name: str) -> Asset:
    content = path.read_bytes()
    if not name.startswith(AS_WRITTEN):
        content = _COMMENT_OR_INDENT.sub(b"", content)
    return Asset(content, gzip.compress(content, 9, mtime=0), TYPES[path.suffix])
