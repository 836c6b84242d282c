"""Protected tips, as their holders and the one who gave one see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.engine import Field as Asked
from gantang.engine import Possible
from gantang.engine import Words as Title


@dataclass(frozen=True, slots=True)
class Tip:
    """A protected tip as it was told. ``accused_level`` is 1 (province) to 5 (village) or None,
    ``accused_unit`` a unit's number, ``place`` a division's code; ``name`` and ``contact`` only where the
    reporter wants them sealed."""

    words: str
    kind: str = "other"
    accused_level: int | None = None
    accused_unit: int | None = None
    accused_name: str = ""
    place: str = ""
    name: str = ""
    contact: str = ""
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the reporter or of the holders (``by``); ``field`` is what was asked, or empty."""

    by: str
    at: datetime
    words: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class TipTold:
    """What a receipt opens."""

    state: str
    title: Title
    outcome: str
    outcome_title: Title | None
    due_at: datetime | None
    said: tuple[Said, ...]
    moves: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class TipLine:
    """A tip in its holders' list: nothing of what it says."""

    tip: UUID
    title: Title
    due_at: datetime | None
    mark: str
    closed: bool


@dataclass(frozen=True, slots=True)
class TipRead:
    """An opened tip: what was asked at its beginning (``told``), what was said since, the steps with their
    data, whether there is a letter of hand-over, and when it was printed."""

    words: str
    told: Mapping[str, Any]
    said: tuple[Said, ...]
    pictures: tuple[int, ...]
    steps: tuple[tuple[str, Mapping[str, Any]], ...]
    handed_over: bool = False
    printed: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class TipPage:
    """A tip as a holder finds it. ``side`` is first or second; ``asked`` that somebody began to open it,
    ``waiting`` that the other one's passphrase is awaited, ``until`` when the opening ends."""

    line: TipLine
    side: str
    asked: bool
    waiting: bool
    until: datetime | None
    read: TipRead | None
    moves: tuple[Possible, ...]
    fields: Mapping[str, Asked]
    version: int
