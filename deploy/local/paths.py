"""Where things are, from the root of the checkout. Standard library only, like all of deploy/local."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RUN = Path(os.environ.get("ANEF_RUN_DIR", ROOT / ".run")).resolve()
MODELS = Path(os.environ.get("ANEF_MODELS", ROOT / "models")).resolve()
MODEL = MODELS / "assistant.tar.gz"
WEB_PYTHON = ROOT / ".venv" / "bin" / "python"
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
