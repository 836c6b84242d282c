"""The sample's ground: which divisions it takes, and the schematic grids in them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files

from gantang.kit.actor import Actor
from gantang.sample import cells
from gantang.sample.plan import CountyGround
from gantang.territory import queries as territory
from gantang.territory import service
from gantang.territory.types import DivisionView, NewGrid

COUNTIES = ("360428", "361028")  # 都昌县 on the lake; 资溪县, small, in another city


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a county comes in: all of it, or the first few townships, villages and grids."""

    townships: Sequence[str] = ()
    villages: int | None = None
    grids: int | None = None

    def takes(self, township: str) -> bool:
        return not self.townships or township in self.townships

    def size(self, village: str) -> int:
        """Grids of a village: three to five, or as many as the extent says."""
        return self.grids or 3 + int(village) % 3


WHOLE = {county: Extent() for county in COUNTIES}
SMALL = {
    "360428": Extent(("360428101", "360428102"), villages=2, grids=3),
    "361028": Extent(("361028100",), villages=1, grids=2),
}


def make(
    *, actor: Actor, extents: Mapping[str, Extent], since: date, now: datetime
) -> tuple[list[DivisionView], list[CountyGround]]:
    """Make the grids. Returns the divisions above the counties, parents first, and the counties."""
    counties = [_county(actor, county, extent, since, now) for county, extent in extents.items()]
    above = {prefix for county in extents for prefix in (county[:2], county[:4])}
    found = territory.divisions(above)
    return [found[prefix] for prefix in sorted(above, key=lambda prefix: (len(prefix), prefix))], counties


def _county(actor: Actor, prefix: str, extent: Extent, since: date, now: datetime) -> CountyGround:
    county = territory.divisions([prefix])[prefix]
    townships = tuple(each for each in territory.children(prefix, on=since) if extent.takes(each.prefix))
    villages = {each.prefix: _villages(each.prefix, extent, since) for each in townships}
    townships = tuple(each for each in townships if villages[each.prefix])
    needs = {
        each.prefix: {village.prefix: extent.size(village.prefix) for village in villages[each.prefix]}
        for each in townships
    }
    grids = [grid for each in _shapes(needs).items() for grid in each[1]]
    codes = service.make_grids(actor=actor, grids=grids, valid_from=since, now=now)
    by_village: dict[str, list[str]] = {}
    for code in sorted(codes):
        by_village.setdefault(code[:12], []).append(code)
    return CountyGround(county, townships, villages, {key: tuple(found) for key, found in by_village.items()})


def _villages(township: str, extent: Extent, since: date) -> tuple[DivisionView, ...]:
    """All villages, or the first few: town committees and villages in turn, so that both kinds are there."""
    found = territory.children(township, on=since)
    if extent.villages is None:
        return tuple(found)
    town = [each for each in found if each.urban]
    country = [each for each in found if not each.urban]
    mixed = [each for pair in zip(town, country, strict=False) for each in pair]
    return tuple(sorted(mixed[: extent.villages], key=lambda each: each.prefix))


def _shapes(needs: Mapping[str, Mapping[str, int]]) -> dict[str, list[NewGrid]]:
    """The cells of each village as new grids."""
    points = cells.spread(_known_points(), list(needs))
    middle = (
        sum(lon for lon, _ in points.values()) / len(points),
        sum(lat for _, lat in points.values()) / len(points),
    )
    comb = cells.Honeycomb(middle)
    lumps = cells.share_out(comb, points, {key: sum(each.values()) for key, each in needs.items()})
    found: dict[str, list[NewGrid]] = {}
    for township, villages in needs.items():
        for village, mine in cells.divide(lumps[township], villages).items():
            found[village] = [NewGrid(village, ((comb.ring(cell), ()),), schematic=True) for cell in mine]
    return found


def _known_points() -> dict[str, cells.Point]:
    """Coordinates of townships, derived from GeoNames (CC BY 4.0)."""
    text = (files("gantang.sample") / "data" / "townships.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["township"]: (float(row["lon"]), float(row["lat"])) for row in rows}
