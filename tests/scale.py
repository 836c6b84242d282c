"""How much a test does: little in `make test-all`, all of it under `make faults`, `make prove` and by itself."""

import os
from typing import TypeVar

Size = TypeVar("Size")
#: Set by `make test-all`.
IS_SHORT = os.environ.get("GANTANG_TESTS") == "short"


def scaled(short: Size, whole: Size) -> Size:
    """The size in force."""
    return short if IS_SHORT else whole
