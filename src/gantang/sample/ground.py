"""The sample's ground: which divisions it takes, and the schematic grids in them."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files

from gantang.sample import cells
from gantang.sample.cells import Cell, Point
from gantang.territory import queries as territory
from gantang.territory.types import DivisionView, NewGrid

PROVINCE = "36"
COUNTIES = ("360428", "361028")  # 都昌县 on the lake; 资溪县, small, in another city
#: The middle of the townships with a public point, and how much higher than wide the province is.
_MIDDLE, _TALL = (115.86, 27.89), 1.35


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a county comes in: all of it, or the first few townships, villages and grids."""

    townships: Sequence[str] = ()
    villages: int | None = None
    grids: int | None = None

    def takes(self, township: str) -> bool:
        return not self.townships or township in self.townships

    def size(self, village: str) -> int:
        """Grids of a village: three to seven, or as many as the extent says."""
        return self.grids or 3 + int(village) % 5


EVERYTHING = Extent()
WHOLE = dict.fromkeys(COUNTIES, EVERYTHING)
SMALL = {
    "360428": Extent(("360428101", "360428102"), villages=2, grids=3),
    "361028": Extent(("361028100",), villages=1, grids=2),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What comes in of a county: townships, their villages, and how many grids each village gets."""

    county: DivisionView
    townships: tuple[DivisionView, ...]
    villages: Mapping[str, tuple[DivisionView, ...]]
    sizes: Mapping[str, int]


def province(since: date) -> dict[str, Extent]:
    """Every county, whole: those of the smaller sample first."""
    known = [one.prefix for one in territory.within(PROVINCE, level=3, on=since)]
    return dict.fromkeys([*COUNTIES, *known], EVERYTHING)


def above(counties: Iterable[str]) -> list[DivisionView]:
    """The divisions above some counties, parents first."""
    prefixes = {prefix for county in counties for prefix in (county[:2], county[:4])}
    found = territory.divisions(prefixes)
    return [found[prefix] for prefix in sorted(prefixes, key=lambda prefix: (len(prefix), prefix))]


def choose(prefix: str, extent: Extent, since: date) -> Choice:
    """Townships without a village stay away."""
    townships = [each for each in territory.children(prefix, on=since) if extent.takes(each.prefix)]
    villages = {each.prefix: _villages(each.prefix, extent, since) for each in townships}
    sizes = {one.prefix: extent.size(one.prefix) for each in villages.values() for one in each}
    kept = tuple(each for each in townships if villages[each.prefix])
    return Choice(territory.divisions([prefix])[prefix], kept, villages, sizes)


def _villages(township: str, extent: Extent, since: date) -> tuple[DivisionView, ...]:
    """All villages, or the first few: town committees and villages in turn, so that both kinds are there."""
    found = territory.children(township, on=since)
    if extent.villages is None:
        return tuple(found)
    town = [each for each in found if each.urban]
    country = [each for each in found if not each.urban]
    mixed = [each for pair in zip(town, country, strict=False) for each in pair]
    return tuple(sorted(mixed[: extent.villages], key=lambda each: each.prefix))


class Layout:
    """Where grids lie. A county's cells are the same whatever else comes in with it."""

    def __init__(self, since: date) -> None:
        self._comb = cells.Honeycomb(_MIDDLE)
        self._known = known_points()
        self._tree = territory.tree(on=since)

    def grids(self, choice: Choice) -> Iterator[NewGrid]:
        """The new grids of a county, village by village."""
        needs = {
            township.prefix: {
                one.prefix: choice.sizes[one.prefix] for one in choice.villages[township.prefix]
            }
            for township in choice.townships
        }
        sums = {township: sum(villages.values()) for township, villages in needs.items()}
        mine = cells.nearest(self._lumps[choice.county.prefix], sum(sums.values()))
        lumps = cells.divide(mine, sums, self._points(sums))
        for township, villages in needs.items():
            for village, own in cells.divide(lumps[township], villages).items():
                yield from (self._grid(village, cell) for cell in own)

    @cached_property
    def _lumps(self) -> dict[str, list[Cell]]:
        """The cells of every county of the province."""
        tree = self._tree
        counties = [county for city in tree[PROVINCE] for county in tree.get(city, ())]
        needs = {county: sum(map(EVERYTHING.size, self._villages_of(county))) for county in counties}
        whole = cells.lump(sum(needs.values()), tall=_TALL)
        return cells.divide(whole, needs, self._points(counties))

    def _villages_of(self, county: str) -> Iterator[str]:
        for township in self._tree.get(county, ()):
            yield from self._tree.get(township, ())

    def _points(self, grounds: Iterable[str]) -> dict[str, Point]:
        """A point for each: the middle of the public ones in it, else of those in what it lies in."""
        return {ground: self._point(ground) for ground in grounds}

    def _point(self, ground: str) -> Point:
        inside = [point for township, point in self._known.items() if township.startswith(ground)]
        if not inside:
            return self._point({9: ground[:6], 6: ground[:4]}.get(len(ground), ground[:2]))
        return sum(lon for lon, _ in inside) / len(inside), sum(lat for _, lat in inside) / len(inside)

    def _grid(self, village: str, cell: Cell) -> NewGrid:
        return NewGrid(village, ((self._comb.ring(cell), ()),), schematic=True)


def known_points() -> dict[str, Point]:
    """Coordinates of townships, derived from GeoNames (CC BY 4.0)."""
    text = (files("gantang.sample") / "data" / "townships.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["township"]: (float(row["lon"]), float(row["lat"])) for row in rows}
