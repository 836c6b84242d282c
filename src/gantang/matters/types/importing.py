"""Matters from elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gantang.matters.types.reporting import Report


@dataclass(frozen=True, slots=True)
class Incoming:
    """A report that comes from another system, without files: its ``key`` there, and its own times.

    With ``ended_at`` it is past and ends then; without, it is open and its clocks start at the import.
    ``row`` is where it stands in its file.
    """

    key: str
    report: Report
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a report from elsewhere; ``again``: it had come in before, nothing was added."""

    city: int
    matter: UUID
    again: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a row of a file: ``added`` (with a warning where there is a reason), ``again``,
    ``error``."""

    row: int
    kind: str
    reason: str = ""
    remedy: str = ""
