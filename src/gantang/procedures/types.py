"""What the room hands out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version in force: since when (None: from the beginning) and on which ground ("": everywhere)."""

    id: int
    name: str
    version: int
    hash: str
    pack: str
    serves: tuple[str, ...]
    ground: str
    in_force_from: datetime | None
    is_end: bool
