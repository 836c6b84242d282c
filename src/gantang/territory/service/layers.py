"""Maps made from the grids and kept, ground by ground; what has not changed is left as it is.

A county comes in one transaction with its townships; the maps further up are made from the outlines that were
kept then, so that no run has to hold a whole province.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models.functions import Length

from gantang.territory import queries
from gantang.territory.models import Grid, Layer
from gantang.territory.types import DivisionView, GridView, LayerMade

if TYPE_CHECKING:
    from gantang.territory.layering import Drawn

Progress = Callable[[int, int], None]
#: Raised when maps are made differently: then all are made anew.
_MANNER = "1"
_GRIDS = """
SELECT left(code, 6),
       md5(string_agg(concat_ws(' ', code, version, name, kind, urban_class), '|' ORDER BY code))
FROM territory_grid WHERE (valid_from IS NULL OR valid_from <= %s) AND (valid_to IS NULL OR valid_to > %s)
GROUP BY 1
"""
_DIVISIONS = """
SELECT left(prefix, 6), md5(string_agg(concat_ws(' ', prefix, name, urban_class), '|' ORDER BY prefix))
FROM territory_division
WHERE (valid_from IS NULL OR valid_from <= %s) AND (valid_to IS NULL OR valid_to > %s) GROUP BY 1
"""


def make_layers(
    ground: str = "",
    *,
    on: date,
    now: datetime,
    most: int | None = None,
    progress: Progress | None = None,
) -> Iterator[LayerMade]:
    """Make the maps that are due on a ground and above it, counties first; each is kept before the next.

    ``most``: so many counties, cities and provinces. For jobs and commands only, since it loads shapely.
    """
    marks = _Marks(_read(_GRIDS, on), _read(_DIVISIONS, on))
    _forget(marks)
    due = _due(marks, ground)[:most]
    for done, one in enumerate(due, 1):
        with transaction.atomic():
            made = _county(one, marks, on, now) if len(one) == 6 else [_above(one, marks, now)]
        yield from made
        if progress is not None:
            progress(done, len(due))


@dataclass(frozen=True, slots=True)
class _Marks:
    """Hashes of the grids and of the divisions of each county; a division above the counties has its own."""

    grids: Mapping[str, str]
    divisions: Mapping[str, str]

    def county(self, county: str) -> str:
        """A hash of all that the maps of a county are made from."""
        return _mark(self.grids[county], self.divisions.get(county, ""))

    def above(self, ground: str, counties: Mapping[str, str]) -> str:
        """The same of a city or the province, by the hashes of the counties that it is made from."""
        inside = (mark for county, mark in sorted(counties.items()) if county.startswith(ground))
        return _mark(self.divisions.get(ground, ""), *inside)

    def wanted(self) -> dict[str, str]:
        """All maps, counties first, then cities, then the province: each with its hash."""
        counties = {county: self.county(county) for county in sorted(self.grids)}
        wide = [ground for digits in (4, 2) for ground in sorted({county[:digits] for county in counties})]
        return counties | {ground: self.above(ground, counties) for ground in wide}


def _due(marks: _Marks, ground: str) -> list[str]:
    kept = dict(Layer.objects.values_list("ground", "made_from"))
    found = [one for one, mark in marks.wanted().items() if kept.get(one) != mark]
    return [one for one in found if one.startswith(ground[:6]) or ground.startswith(one)]


def _forget(marks: _Marks) -> None:
    """Let go of maps of ground that has no grid any more."""
    wanted = marks.wanted()
    gone = [one for one in Layer.objects.values_list("ground", flat=True) if one[:6] not in wanted]
    if gone:
        Layer.objects.filter(pk__in=gone).delete()


def _read(query: str, on: date) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(query, [on, on])
        return dict(cursor.fetchall())


def _mark(*parts: str) -> str:
    return sha256("|".join((_MANNER, *parts)).encode()).hexdigest()


def _county(county: str, marks: _Marks, on: date, now: datetime) -> list[LayerMade]:
    """A county and its townships. A township's map shows villages and grids, the county's townships and
    villages."""
    from gantang.territory import layering

    outlines = layering.of_parts(queries.outlines(county, on=on))
    grids = queries.grids(county, on=on)
    about = {**_of_grids(grids), **_of_divisions(county, on)}
    for ground in {one.code[:digits] for one in grids if one.schematic for digits in (9, 6)}:
        about[ground]["schematic"] = True
    villages = layering.dissolved(outlines, 12)
    townships = layering.dissolved(villages, 9)
    mark = marks.county(county)
    Layer.objects.filter(ground__startswith=county, ground__gt=county).delete()
    made = []
    for township, whole in townships.items():
        inside = {code: shape for code, shape in outlines.items() if code.startswith(township)}
        made.append(_keep(township, mark, layering.drawn(inside, (12, 9), about), whole, now))
    drawn, whole = layering.drawn(villages, (9, 6), about), layering.united(townships)
    return [*made, _keep(county, mark, drawn, whole, now)]


def _above(ground: str, marks: _Marks, now: datetime) -> LayerMade:
    """A city from the outlines of its townships, the province from those of its counties: those that were
    made. With more of them it is made again."""
    from gantang.territory import layering

    narrow, wide = (9, (6, 4)) if len(ground) == 4 else (6, (4, 2))
    inside = Layer.objects.filter(ground__startswith=ground).annotate(digits=Length("ground"))
    counties = dict(inside.filter(digits=6).values_list("ground", "made_from"))
    rows = inside.filter(digits=narrow).values_list("ground", "outline")
    outlines = layering.of_wkb({code: bytes(outline) for code, outline in rows})
    codes = {code[:digits] for code in outlines for digits in (narrow, *wide)}
    about = _said(queries.divisions(codes).values())
    if Grid.objects.filter(code__startswith=ground, schematic=True).exists():
        about[ground]["schematic"] = True
    drawn = layering.drawn(outlines, wide, about)
    return _keep(ground, marks.above(ground, counties), drawn, layering.united(outlines), now)


def _of_grids(grids: Iterable[GridView]) -> dict[str, dict[str, Any]]:
    return {
        one.code: {"name": one.name, "kind": one.kind, "urban": one.urban}
        | ({"schematic": True} if one.schematic else {})
        for one in grids
    }


def _of_divisions(county: str, on: date) -> dict[str, dict[str, Any]]:
    found = [one for level in (4, 5) for one in queries.within(county, level=level, on=on)]
    return _said([*queries.divisions([county]).values(), *found])


def _said(divisions: Iterable[DivisionView]) -> dict[str, dict[str, Any]]:
    """Urban or rural only where it is settled."""
    return {
        one.prefix: {"name": one.name} | ({} if one.urban is None else {"urban": one.urban})
        for one in divisions
    }


def _keep(ground: str, made_from: str, drawn: "Drawn", outline: Any, now: datetime) -> LayerMade:
    from gantang.territory import layering

    values = {
        "made_from": made_from,
        "made_at": now,
        "etag": sha256(drawn.body).hexdigest()[:32],
        "body": gzip.compress(drawn.body, mtime=0),
        "outline": layering.to_wkb(outline),
    }
    Layer.objects.update_or_create(ground=ground, defaults=values)
    return LayerMade(ground, len(drawn.body), drawn.tolerance, drawn.sound)
