"""What is stated to everybody of a procedure's matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gantang.engine import Procedure


@dataclass(frozen=True, slots=True)
class StatedItem:
    """One matter as everybody may know it: its state, since and until when it is so, the stated fields.

    Neither its number nor its id; a case number as people write it, a unit by its name, closed answers by
    code.
    """

    state: str
    since: datetime
    until: datetime | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stated:
    """The whole set; whoever takes it keeps it no longer than ``expires``."""

    procedure: Procedure
    expires: timedelta
    items: tuple[StatedItem, ...]
