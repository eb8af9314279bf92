"""Interface strings, outside code: `bot/strings/<language>.yml`, named by dotted keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

STRINGS_DIR = Path(__file__).resolve().parent / "strings"
REFERENCE_LANGUAGE = "fr"


class Wording:
    """The strings of one language, with French where it lacks one."""

    def __init__(self, language: str = REFERENCE_LANGUAGE, directory: Path = STRINGS_DIR) -> None:
        self._strings = _flat(directory / f"{REFERENCE_LANGUAGE}.yml")
        if language != REFERENCE_LANGUAGE:
            self._strings.update(_flat(directory / f"{language}.yml"))

    def __call__(self, key: str, **params: Any) -> str:
        """The string named `key` with `params` in it; other names in braces (addresses) stay for `Faq.expand`.

        Raises KeyError when there is no such string.
        """
        return self._strings[key].format_map(_Kept(params))

    def __contains__(self, key: str) -> bool:
        return key in self._strings

    def keys(self) -> list[str]:
        return sorted(self._strings)


class _Kept(dict[str, Any]):
    """Leaves `{name}` as it is where there is no value for it."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def _flat(path: Path) -> dict[str, str]:
    flat: dict[str, str] = {}

    def walk(prefix: str, node: Any) -> None:
        for key, value in node.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            else:
                flat[f"{prefix}{key}"] = str(value).strip()

    walk("", yaml.safe_load(path.read_text(encoding="utf-8")))
    return flat
