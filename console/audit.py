"""The audit trail: who did what kind of thing, why and when; never what was read.

    python -m console.audit verify [--directory DIRECTORY]

One JSON line an act, one file a day, only ever appended. Each line carries the keyed hash of itself and of the line
before, over all days, so that a line changed, removed or put in is found. `head.json` holds the number and hash of the
last line: it shows when lines are missing at the end. Days past their time are taken away whole (`prune`), and a line
says so. Whoever can rewrite the files and read the key can forge both: the hash of each line also goes to the log, for
a reader elsewhere, and in production the key comes from `ANEF_AUDIT_KEY`, not from beside the files.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger()

KEY_VARIABLE = "ANEF_AUDIT_KEY"
FIELDS = ("actor", "action", "kind", "reason", "reference")
PRUNED = "pruned"
_START = "0" * 64
_LONGEST = 80  # characters a field: codes and short names, there is no room for content


class Broken(Exception):
    """The chain does not hold; the message says where and how."""


@dataclass(frozen=True)
class Line:
    """One act. `at` in ISO 8601, UTC, to the millisecond; `previous` and `hash` in hex."""

    number: int
    at: str
    actor: str
    action: str
    kind: str
    reason: str
    reference: str
    previous: str
    hash: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.at[:10])


class Audit:
    """Appends to the trail under `directory`. Safe with several processes: each append holds the lock file."""

    def __init__(self, directory: Path, key: bytes | None = None) -> None:
        """`key` is read from the environment, or made beside the trail, when it is not given."""
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._directory = directory
        self._key = key or os.environ.get(KEY_VARIABLE, "").encode() or _own_key(directory / "key")

    def record(self, actor: str, action: str, kind: str, reason: str = "", reference: str = "") -> Line:
        """Append one act, on disk when this returns.

        `actor`: short name of the staff list; `action`: lookup, refused, sign-in…; `kind`: what sort of thing;
        `reason`: from the console's list; `reference`: of the call. Raises ValueError for a field that is too long.
        """
        said = dict(zip(FIELDS, (actor, action, kind, reason, reference), strict=True))
        for name, value in said.items():
            if len(value) > _LONGEST or "\n" in value:
                raise ValueError(f"{name} holds more than a code")
        with self._locked():
            line = self._next(said, self._last())
            self._append(line)
        log.info("audit.recorded", number=line.number, hash=line.hash, action=action, kind=kind)
        return line

    def lines(self, since: date = date.min) -> Iterator[Line]:
        """The acts of `since` and later, oldest first. Raises Broken at a line that cannot be read."""
        for path in self._days():
            if date.fromisoformat(path.stem) >= since:
                yield from _read(path)

    def verify(self) -> int:
        """The number of lines, all of them in place. Raises Broken at the first that is not."""
        pruned: dict[int, str] = {}
        first = last = None
        count = 0
        for line in self.lines():
            if last is not None and (line.number, line.previous) != (last.number + 1, last.hash):
                raise Broken(f"ligne {line.number} du {line.day} : elle ne suit pas la ligne {last.number}")
            if not hmac.compare_digest(self._hash(_signed(line)), line.hash):
                raise Broken(f"ligne {line.number} du {line.day} : elle a été modifiée")
            if line.action == PRUNED:
                pruned[int(line.reference)] = line.reason
            first, last, count = first or line, line, count + 1
        if first is not None and first.number > 1 and pruned.get(first.number - 1) != first.previous:
            raise Broken(f"les lignes avant la ligne {first.number} manquent")
        self._compare_with_head(last)
        return count

    def prune(self, before: date) -> int:
        """Take away the days before `before`, and record it. Returns the number of lines taken away."""
        with self._locked():
            before = min(before, datetime.now(UTC).date())
            old = [path for path in self._days() if date.fromisoformat(path.stem) < before]
            gone = [line for path in old for line in _read(path)]
            if not gone:
                return 0
            end = gone[-1]
            said = dict(zip(FIELDS, ("retention", PRUNED, "audit", end.hash, str(end.number)), strict=True))
            self._append(self._next(said, self._last()))
            for path in old:
                path.unlink()
        return len(gone)

    def _next(self, said: dict[str, str], last: Line | None) -> Line:
        unsigned = {
            "number": last.number + 1 if last else 1,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            **said,
            "previous": last.hash if last else _START,
        }
        return Line(**unsigned, hash=self._hash(unsigned))  # type: ignore[arg-type]

    def _append(self, line: Line) -> None:
        """Into the file of the day, or a later one if the clock went back: files stay in the order of their lines."""
        path = max([*self._days(), self._directory / f"{line.at[:10]}.jsonl"])
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, (_json(line.__dict__) + "\n").encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        head = self._directory / "head.tmp"
        head.write_text(_json({"number": line.number, "hash": line.hash}))
        head.replace(self._directory / "head.json")

    def _last(self) -> Line | None:
        """The last line there is: files are in the order of their days."""
        for path in reversed(self._days()):
            whole = path.read_bytes()[-4096:].rstrip(b"\n").rpartition(b"\n")[2]
            if whole:
                return _line(whole, path)
        return None

    def _compare_with_head(self, last: Line | None) -> None:
        path = self._directory / "head.json"
        if not path.exists():
            if last is not None:
                raise Broken("head.json manque")
            return
        head = json.loads(path.read_text())
        if last is None or last.number < head["number"]:
            raise Broken(f"des lignes manquent à la fin : la dernière était la ligne {head['number']}")
        if last.number == head["number"] and last.hash != head["hash"]:
            raise Broken(f"ligne {last.number} : ce n'est pas celle qui a été écrite")

    def _hash(self, unsigned: dict[str, Any]) -> str:
        return hmac.new(self._key, _json(unsigned).encode(), hashlib.sha256).hexdigest()

    def _days(self) -> list[Path]:
        return sorted(self._directory.glob("????-??-??.jsonl"))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._directory / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _read(path: Path) -> Iterator[Line]:
    with path.open("rb") as file:
        for written in file:
            yield _line(written, path)


def _line(written: bytes, path: Path) -> Line:
    try:
        return Line(**json.loads(written))
    except (ValueError, TypeError):
        raise Broken(f"{path.name} : une ligne est illisible") from None


def _signed(line: Line) -> dict[str, Any]:
    return {name: value for name, value in line.__dict__.items() if name != "hash"}


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _own_key(path: Path) -> bytes:
    """A key of the demonstration's own, made once."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_bytes()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m console.audit", description="Le journal d'audit de la console.")
    parser.add_argument("command", choices=["verify"])
    data = Path(os.environ.get("ANEF_DATA_DIR", ".run"))
    parser.add_argument("--directory", type=Path, default=data / "audit")
    given = parser.parse_args(arguments)
    if not given.directory.is_dir():
        print(f"Pas de journal d'audit dans {given.directory}.", file=sys.stderr)
        return 2
    try:
        count = Audit(given.directory).verify()
    except Broken as broken:
        print(f"Le journal d'audit ne tient pas : {broken}.", file=sys.stderr)
        return 1
    print(f"Journal d'audit intact : {count} ligne(s).")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
