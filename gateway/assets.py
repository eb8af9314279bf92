"""Files that browsers get as they are written: read once at start-up, compressed, under addresses that never change.

An address holds the digest of all files together, so that modules may import each other by relative paths and every
one of them may be kept for a year.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

STATIC_DIR = Path(__file__).with_name("static")
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
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

    def response(self, accepts: str, headers: dict[str, str]) -> Response:
        """`accepts`: the request's Accept-Encoding."""
        return packable(self.content, self.packed, accepts, self.type, 200, headers)


class Assets:
    """Every file of `directory` with a known type, by its path there."""

    def __init__(self, directory: Path = STATIC_DIR) -> None:
        found = sorted(path for path in directory.rglob("*") if path.suffix in TYPES)
        self.files = {path.relative_to(directory).as_posix(): _read(path) for path in found}
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


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, gzip.compress(content, 9, mtime=0), TYPES[path.suffix])


def packable(
    content: bytes, packed: bytes, accepts: str, type_: str, status: int, headers: dict[str, str]
) -> Response:
    """`packed` for a client that takes gzip, `content` for others."""
    headers = {**headers, "Content-Type": type_, "Vary": ", ".join(filter(None, ["Accept-Encoding", headers.get("Vary")]))}
    if "gzip" in accepts:
        return Response(packed, status, {**headers, "Content-Encoding": "gzip"})
    return Response(content, status, headers)
