"""docs/console.md names what it must."""

from __future__ import annotations

from pathlib import Path

from console.calls import REASONS
from console.settings import ConsoleSettings
from console.view import ConsoleTexts

ROOT = Path(__file__).resolve().parents[3]


def test_every_setting_is_in_the_documentation() -> None:
    written = (ROOT / "docs" / "console.md").read_text(encoding="utf-8")
    for name, field in ConsoleSettings.model_fields.items():
        assert f"`{field.validation_alias or 'ANEF_CONSOLE_' + name.upper()}`" in written


def test_every_reason_and_refusal_has_words(desk) -> None:  # type: ignore[no-untyped-def]
    texts: ConsoleTexts = desk.console.texts
    page = (ROOT / "console" / "static" / "call.js").read_text(encoding="utf-8")
    for reason in REASONS:
        assert f"js.call_reason_{reason}" in texts and f'"{reason}"' in page
