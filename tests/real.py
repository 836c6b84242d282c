"""Real data that some tests run against. It is not part of the project; tests that need it skip without it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "shared" / "data"


def real(name: str) -> Path:
    """The path of one file of the real data, or a skip where the data is absent."""
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"real data not here: {name}")
    return path
