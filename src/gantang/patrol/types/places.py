"""Places of the patrol, vessels, the water."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PointView:
    """A place of the patrol; ``levels``: at which levels of the water it can be reached."""

    id: UUID
    ground: str
    name: str
    kind: str
    at: tuple[float, float] | None
    levels: tuple[str, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class VesselView:
    """A vessel, the unit that sends it, and how it is since when."""

    id: UUID
    ground: str
    name: str
    plate: str
    unit: int
    state: str
    since: date
    ended: bool


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone with its outline at each level: () where it does not lie, no entry where nobody has drawn it."""

    id: UUID
    ground: str
    name: str
    outlines: Mapping[str, Outline]
    ended: bool


@dataclass(frozen=True, slots=True)
class RouteView:
    """Points in their order, and the zones on the way."""

    id: UUID
    ground: str
    name: str
    stops: tuple[UUID, ...]
    zones: tuple[UUID, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class LevelView:
    """How the water stands: since which day, by which source, said when by which post; metres if they
    were read."""

    ground: str
    level: str
    on: date
    source: str
    post: int | None
    said_at: datetime
    gauge: float | None
