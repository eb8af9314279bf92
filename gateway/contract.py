"""The public API's contract as a file: OpenAPI 3.1, whose schemas are JSON Schema.

python -m gateway.contract        writes docs/contracts/public-api.json
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gateway.app import create_app
from gateway.services import build
from gateway.settings import Settings

FILE = Path(__file__).resolve().parent.parent / "docs" / "contracts" / "public-api.json"


def contract() -> dict[str, Any]:
    """The document as the code has it now, public API only."""
    document = create_app(build(Settings())).openapi()
    document["paths"] = {path: item for path, item in document["paths"].items() if path.startswith(("/api", "/health"))}
    return document


def written() -> str:
    return json.dumps(contract(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
