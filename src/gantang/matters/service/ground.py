"""Where a matter lies, from what was told: a ground, a point, or nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from gantang.kit import actor, keys
from gantang.matters.errors import unfit
from gantang.matters.models import Matter
from gantang.territory import queries as territory
from gantang.territory.types import Located

#: So many digits have a county's code.
COUNTY = 6
#: What a step says of the place of what lies apart.
NOWHERE = {"scope": "~", "division": "", "urban": None}


@dataclass(frozen=True, slots=True)
class Place:
    """``scope`` is the grid or the deepest division known; the point in millionths of a degree. What lies
    apart has its unit for a scope, and no more of its ground than the ``county``."""

    scope: str
    urban: bool | None = None
    lon: int | None = None
    lat: int | None = None
    warnings: tuple[str, ...] = ()
    county: str = ""

    @property
    def city(self) -> int:
        """The city the row lives in; the province itself where no city is known."""
        return keys.city_on(self.county or self.scope)

    @property
    def is_apart(self) -> bool:
        return actor.is_apart(self.scope)

    def apart(self, unit: int) -> "Place":
        """The same place for a service to a person: with the unit, its ground no finer than the county."""
        return Place(actor.apart(unit), warnings=self.warnings, county=self.scope[:COUNTY])

    def data(self) -> dict[str, Any]:
        """As a step holds it: the ground, never the point, and nothing of what lies apart
        (``service.point``)."""
        if self.is_apart:
            return dict(NOWHERE)
        return {"scope": self.scope, "division": self.scope[:12], "urban": self.urban}


def lies_in(row: Matter) -> int:
    """The city that a matter lies in. Its row stays where it began (data layer §1.7), and ground with its
    matters may come to another city; what is sealed lies where its row does."""
    return row.city if actor.is_apart(row.scope) else Place(row.scope).city


def find(ground: str, point: tuple[float, float] | None, *, on: date, lenient: bool = False) -> Place:
    """The place of a ground and a point. Errors: ReportInvalidError.

    A point outside every grid, or outside the ground that was named, is dropped with a warning where a
    ground is known; without one it is an error. ``lenient`` (imports) drops swapped points as well.
    """
    if ground and not territory.exists(ground, on):
        raise unfit([("ground", "unknown_ground")])
    if point is None:
        return _plain(ground)
    return placed(ground, point, territory.locate(*point, on=on), lenient=lenient)


def placed(ground: str, point: tuple[float, float], found: Located, *, lenient: bool = False) -> Place:
    """The place of a ground that exists and a point that was looked up; as ``find``."""
    if found.problem == "swapped" and not lenient:
        raise unfit([("point", "swapped_point")])
    if found.grid is None and not (ground or lenient):
        raise unfit([("point", "point_outside")])
    if found.grid is None or not found.grid.startswith(ground):
        return _plain(ground, warnings=("point_outside",))
    lon, lat = (round(degrees * 1_000_000) for degrees in point)
    return Place(found.grid, territory.is_urban(found.grid), lon, lat)


def _plain(ground: str, warnings: tuple[str, ...] = ()) -> Place:
    if not ground:
        return Place(str(settings.GANTANG_PROVINCE), warnings=warnings)
    return Place(ground, territory.is_urban(ground), warnings=warnings)
