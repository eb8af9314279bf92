"""Long suites: the real processes as they are in production, limits lifted."""

from __future__ import annotations

import os

os.environ["ANEF_MOCK_RESPONSE_FLOOR_MS"] = "400"
os.environ["ANEF_MOCK_LIFT_LIMITS"] = "true"

from tests.scenario.conftest import stack

__all__ = ["stack"]
