"""A matter with the matters that it opened row by row: what a board shows of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gantang.matters.types.rows import MatterRow


@dataclass(frozen=True, slots=True)
class BoardItem:
    """One of them. ``chosen`` are its closed answers; ``told_at`` is when it was last told how it stands,
    None for one that has not been told of yet; ``tells`` whether its procedure has anything to tell by."""

    row: MatterRow
    hash: str
    chosen: Mapping[str, str]
    tells: bool
    told: int
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reporting:
    """A move that tells how the whole stands: how often it was made, when last, and whether one is due
    (``made``, ``running``, ``due``, ``late``)."""

    move: str
    made: int
    last_at: datetime | None
    stands: str


@dataclass(frozen=True, slots=True)
class Board:
    """``columns`` are the closed columns of its rows; ``unseen`` counts what is out of the actor's sight."""

    items: tuple[BoardItem, ...]
    columns: tuple[str, ...]
    reports: tuple[Reporting, ...]
    unseen: int
    more: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A list among others: of what it opened in the actor's sight, how many in all, open, late; ``unseen`` is
    how many more lie out of sight; not ``counted`` where there were too many on the page."""

    row: MatterRow
    all: int
    open: int
    late: int
    unseen: int
    counted: bool = True
