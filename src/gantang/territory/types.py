"""What the room hands out: frozen values, never models."""

from dataclasses import dataclass
from datetime import date

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class DivisionView:
    """``prefix`` has 2 to 12 digits, ``code`` always 12; ``level`` is 1 (province) to 5 (village)."""

    prefix: str
    code: str
    name: str
    level: int
    parent: str | None
    urban: bool | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of a division's history; ``kind`` is recoded, renamed, ceded or abolished, in ``year``."""

    prefix: str
    name: str
    kind: str
    since: int
    year: int | None
    successor: str | None


@dataclass(frozen=True, slots=True)
class GridView:
    """``kind`` is basic or dedicated, (``lon``, ``lat``) the centre; a ``schematic`` shape is 示意."""

    code: str
    village: str
    name: str
    kind: str
    version: int
    lon: float | None
    lat: float | None
    schematic: bool
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class NewGrid:
    """A grid to be made. ``parts`` are polygons: an outer ring and its holes each, in (lon, lat) degrees."""

    village: str
    parts: tuple[tuple[Ring, tuple[Ring, ...]], ...] = ()
    name: str = ""
    kind: str = "basic"
    schematic: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """Where a point lies. ``problem`` is None, "outside" (no grid holds it) or "swapped" (lat and lon)."""

    grid: str | None
    division: str | None
    problem: str | None = None
