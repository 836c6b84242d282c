"""Ground, read. Everything here is public reference data: no scope applies."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from gantang.territory import lookup, shapes
from gantang.territory.facilities import CONDITIONS as CONDITIONS
from gantang.territory.facilities import FAULTS as FAULTS
from gantang.territory.facilities import facilities as facilities
from gantang.territory.facilities import facility as facility
from gantang.territory.facilities import facility_coded as facility_coded
from gantang.territory.facilities import facility_counts as facility_counts
from gantang.territory.facilities import facility_coverage as facility_coverage
from gantang.territory.facilities import facility_gaps as facility_gaps
from gantang.territory.facilities import facility_kinds as facility_kinds
from gantang.territory.facilities import inspections as inspections
from gantang.territory.facilities import place as place
from gantang.territory.facilities import place_services as place_services
from gantang.territory.facilities import places as places
from gantang.territory.facilities import stored_point as stored_point
from gantang.territory.facilities import title_of as title_of
from gantang.territory.lineage import Relocation as Relocation
from gantang.territory.lineage import aliases as aliases
from gantang.territory.lineage import by_alias as by_alias
from gantang.territory.lineage import change_set as change_set
from gantang.territory.lineage import change_sets as change_sets
from gantang.territory.lineage import changes_due as changes_due
from gantang.territory.lineage import code_findings as code_findings
from gantang.territory.lineage import code_schemes as code_schemes
from gantang.territory.lineage import grid_kinds as grid_kinds
from gantang.territory.lineage import ground_change as ground_change
from gantang.territory.lineage import lineage as lineage
from gantang.territory.lineage import predecessors as predecessors
from gantang.territory.lineage import printed as printed
from gantang.territory.lineage import proposed_change as proposed_change
from gantang.territory.lineage import shares as shares
from gantang.territory.mapping import layer as layer
from gantang.territory.models import Division, DivisionChange, Grid, GridPart
from gantang.territory.planning import roots
from gantang.territory.remedies import FINDING_KINDS as FINDING_KINDS
from gantang.territory.remedies import finding_remedy as finding_remedy
from gantang.territory.remedies import finding_sentence as finding_sentence
from gantang.territory.rules import plane, prefix
from gantang.territory.rules.inheriting import CALENDAR as CALENDAR
from gantang.territory.rules.inheriting import PROCEDURE as PROCEDURE
from gantang.territory.rules.inheriting import origins as origins
from gantang.territory.rules.inheriting import settled as settled
from gantang.territory.rules.plane import Part, Point
from gantang.territory.types import (
    ChangeView,
    DatumFit,
    DivisionView,
    GridRecord,
    GridRow,
    GridView,
    GroundFinding,
    Located,
    Size,
)

if TYPE_CHECKING:
    from gantang.territory.bulk import Locator

# The built-in polygon compares within 1e-6°; a box of twice that around the point misses no candidate.
_REACH = 2e-6
_PROPOSE = """
SELECT p.grid_id, p.part, p.ring, p.points
FROM territory_gridpart p JOIN territory_grid g ON g.code = p.grid_id AND g.version = p.version
WHERE p.grid_id IN (SELECT grid_id FROM territory_gridpart
                    WHERE ring = 0 AND shape && polygon(box(point(%s, %s), point(%s, %s))))
  AND (g.valid_from IS NULL OR g.valid_from <= %s) AND (g.valid_to IS NULL OR g.valid_to > %s)
ORDER BY p.grid_id, p.part, p.ring
"""

#: The outermost of some codes.
outermost = roots


def division(ground: str) -> DivisionView | None:
    """The division with this prefix, past or present."""
    row = Division.objects.filter(pk=ground).first()
    return None if row is None else _division(row)


def divisions(grounds: Iterable[str]) -> dict[str, DivisionView]:
    return {row.prefix: _division(row) for row in Division.objects.filter(pk__in=set(grounds))}


def children(ground: str, *, on: date | None = None) -> list[DivisionView]:
    """The divisions one level down, in the order of their codes; ``on`` leaves out those not in force."""
    rows = Division.objects.filter(parent_id=ground).order_by("prefix")
    return [_division(row) for row in (rows.filter(_in_force(on)) if on else rows)]


def tree(*, on: date) -> dict[str, list[str]]:
    """The codes of the divisions in force below each division, one level down, in their order: one query."""
    found: dict[str, list[str]] = {}
    rows = Division.objects.filter(_in_force(on), parent__isnull=False).order_by("prefix")
    for parent, prefix_ in rows.values_list("parent_id", "prefix"):
        found.setdefault(str(parent), []).append(prefix_)
    return found


def within(ground: str, *, level: int, on: date | None = None) -> list[DivisionView]:
    """All divisions of one level below a ground, in the order of their codes."""
    rows = Division.objects.filter(prefix__gte=ground, prefix__lt=_end(ground), level=level).order_by(
        "prefix"
    )
    return [_division(row) for row in (rows.filter(_in_force(on)) if on else rows)]


def path(ground: str) -> tuple[str, ...]:
    """The names from the province down to the ground itself; unknown ones are left out."""
    chain = prefix.chain(ground)[::-1]
    found = names(chain)
    return tuple(found[each] for each in chain if each in found)


def around(ground: str) -> tuple[str, ...]:
    """The ground itself and everything above it, deepest first; () for none."""
    return prefix.chain(ground) if ground else ()


def names(grounds: Iterable[str]) -> dict[str, str]:
    """Names of divisions and grids, many at once; kept in the process, so that lists cost no query a row."""
    return lookup.names(grounds)


def exists(ground: str, on: date) -> bool:
    """Whether a division or a grid with this code is in force on a day."""
    return bool(existing([ground], on))


def existing(grounds: Iterable[str], on: date) -> set[str]:
    """Those of the codes that are divisions or grids in force on a day; kept in the process, as names are."""
    return lookup.in_force((ground for ground in grounds if prefix.is_ground(ground)), on)


def expect(grounds: Iterable[str], on: date) -> None:
    """Read at once what ``exists`` and ``is_urban`` will be asked of many grounds."""
    known = existing(grounds, on)
    lookup.learn(known | {ground[:12] for ground in known if len(ground) == 15})


def is_urban(ground: str) -> bool | None:
    """Urban or rural, of a village or a grid; None for wider ground that has no class of its own."""
    return lookup.urban(ground)


def history(ground: str) -> list[ChangeView]:
    """What became of a division, oldest first."""
    rows = DivisionChange.objects.filter(prefix=ground).order_by("since", "year", "successor")
    return [_change(row) for row in rows]


def successors(ground: str) -> tuple[str, ...]:
    """The codes in force that a code's ground lies in today; the code itself if it is in force."""
    done, waiting, found = set(), [ground], set()
    while waiting:
        code = waiting.pop()
        if code in done:
            continue
        done.add(code)
        row = Division.objects.filter(pk=code).only("valid_to").first()
        if row is not None and row.valid_to is None:
            found.add(code)
        else:
            rows = DivisionChange.objects.filter(prefix=code).exclude(successor="")
            waiting += rows.values_list("successor", flat=True)
    return tuple(sorted(found))


def grid(code: str) -> GridView | None:
    row = Grid.objects.filter(pk=code).first()
    return None if row is None else _grid(row)


def grids(ground: str, *, on: date | None = None) -> list[GridView]:
    """The grids below any ground, in the order of their codes."""
    rows = Grid.objects.filter(code__gte=ground, code__lt=_end(ground)).order_by("code")
    found = list(rows.filter(_in_force(on)) if on else rows)
    lookup.learn({row.village_id for row in found})
    return [_grid(row) for row in found]


def codes(ground: str, *, on: date) -> list[str]:
    """The codes of the grids in force below any ground, in their order."""
    rows = Grid.objects.filter(_in_force(on), code__gte=ground, code__lt=_end(ground))
    return list(rows.order_by("code").values_list("code", flat=True))


def outlines(ground: str, *, on: date) -> dict[str, list[Part]]:
    """The shapes of the grids below a ground, by code, as (outer ring, holes) in (lon, lat)."""
    return shapes.together(_rings(ground, on).values_list("grid_id", "part", "ring", "points"))


def _rings(ground: str, on: date) -> QuerySet[GridPart]:
    codes = Grid.objects.filter(_in_force(on), code__gte=ground, code__lt=_end(ground))
    rows = GridPart.objects.filter(grid__in=codes, version=F("grid__version"))
    return rows.order_by("grid_id", "part", "ring")


def locate(lon: float, lat: float, *, on: date) -> Located:
    """The grid that holds a point on a day, its village, or what is wrong with the point.

    ``lon`` and ``lat`` are degrees (CGCS2000/WGS-84). On a border the smallest code holds. "swapped" is said
    when only the exchanged numbers lie in China.
    """
    if plane.looks_swapped(lon, lat):
        return Located(None, None, "swapped")
    if not plane.believable(lon, lat):
        return Located(None, None, "outside")
    code = plane.decide(_proposed((lon, lat), on), (lon, lat))
    return Located(code, code[:12]) if code else Located(None, None, "outside")


def fit_datum(rows: Sequence[GridRow], *, on: date, divisions: Mapping[str, Any] | None = None) -> DatumFit:
    """How well a file's grids fit the known ones of their villages, and outlines of divisions by prefix,
    under each datum. For jobs and commands only."""
    from gantang.territory import fitting, outlines

    chosen = fitting.sample(rows)
    found = Grid.objects.filter(_in_force(on), village_id__in={row.village for row in chosen})
    named = {(village, name): code for code, village, name in found.values_list("code", "village_id", "name")}
    known = {code: outlines.of_parts(parts) for code, parts in shapes.of(list(named.values())).items()}
    coded = [replace(row, code=row.code or named.get((row.village, row.name), "")) for row in chosen]
    return fitting.fit(coded, {row.code for row in rows}, known, divisions or {})


def records(ground: str, *, on: date) -> list[GridRecord]:
    """The grids below a ground with all that a file says of them, in the order of their codes."""
    found = list(Grid.objects.filter(_in_force(on), code__gte=ground, code__lt=_end(ground)).order_by("code"))
    drawn, called = outlines(ground, on=on), names({one.village_id for one in found})
    return [
        GridRecord(
            code=one.code,
            name=one.name,
            kind=one.kind,
            village=one.village_id,
            village_name=called.get(one.village_id, ""),
            valid_from=one.valid_from,
            schematic=one.schematic,
            households=one.households,
            urban_class=one.urban_class,
            parts=drawn.get(one.code, ()),
        )
        for one in found
    ]


def check_ground(
    ground: str,
    *,
    on: date,
    least: float = 1.0,
    town: Size = None,
    country: Size = None,
    divisions: Mapping[str, Any] | None = None,
) -> list[GroundFinding]:
    """What is wrong with the grids of a ground, kind by kind. For jobs and commands only.

    Gaps and overlaps count from ``least`` square metres on; ``town`` and ``country`` are the households that
    a basic grid may have; ``divisions`` are outlines by prefix, where they are known.
    """
    from gantang.territory import checking
    from gantang.territory.outlines import of_rows

    found = grids(ground, on=on)
    rows = _rings(ground, on).annotate(text=Cast("points", TextField()))
    drawn = of_rows(rows.values_list("grid_id", "ring", "text"))
    counties = {one.code[:6] for one in found}
    villages = {one.village: False for one in found}
    for county in counties:
        villages.update((one.prefix, True) for one in within(county, level=prefix.VILLAGE, on=on))
    told = [
        *checking.orphans(found, villages),
        *checking.outlines(found, drawn, divisions or {}, least=least),
        *checking.sizes(found, town=town, country=country),
        *facility_gaps(ground, on=on),
    ]
    order = list(FINDING_KINDS)
    return sorted(told, key=lambda one: (order.index(one.kind), one.grids))


def locator(ground: str, *, on: date) -> "Locator":
    """The same for many points: reads the shapes once. For jobs and commands only, since it loads numpy."""
    from gantang.territory.bulk import Locator

    return Locator(outlines(ground, on=on))


def _proposed(point: Point, on: date) -> dict[str, list[Part]]:
    (lon, lat), r = point, _REACH
    with connection.cursor() as cursor:
        cursor.execute(_PROPOSE, [lon - r, lat - r, lon + r, lat + r, on, on])
        return shapes.together(
            (grid, part, ring, json.loads(points)) for grid, part, ring, points in cursor.fetchall()
        )


def _in_force(on: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gt=on))


def _end(ground: str) -> str:
    """The first code after all that begin with ``ground`` (digits only, so ``:`` is enough)."""
    return ground + ":"


def _division(row: Division) -> DivisionView:
    settled = row.level == prefix.VILLAGE or row.urban_class
    urban = lookup.urban_by(row.prefix, row.urban_class) if settled else None
    return DivisionView(
        row.prefix,
        prefix.code12(row.prefix),
        row.name,
        row.level,
        row.parent_id,
        urban,
        row.valid_from,
        row.valid_to,
    )


def _change(row: DivisionChange) -> ChangeView:
    return ChangeView(row.prefix, row.name, row.kind, row.since, row.year, row.successor or None)


def _grid(row: Grid) -> GridView:
    return GridView(
        row.code,
        row.village_id,
        row.name,
        row.kind,
        row.version,
        row.lon,
        row.lat,
        row.schematic,
        row.valid_from,
        row.valid_to,
        row.households,
        row.urban_class.startswith("1") if row.urban_class else lookup.urban(row.village_id),
    )
