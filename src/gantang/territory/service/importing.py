"""Files of grids taken in: first what would become of each row, then all of it, village by village.

A row is known by its code, or, without one, by its name or its outline within its village. So a second run
finds everything as it is and changes nothing, and one that broke off is ended by running it again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from gantang.kit.actor import Actor
from gantang.kit.work import work
from gantang.territory import faults, lookup, planning, shapes
from gantang.territory.faults import Fault
from gantang.territory.models import Grid
from gantang.territory.rules import kinds, rings, schemes
from gantang.territory.rules.datum import Datum
from gantang.territory.service.common import must_administer, record_grid
from gantang.territory.service.making import make_grids, redraw_grid
from gantang.territory.types import GridRow, GroundFile, GroundLine, GroundPlan, NewGrid

#: So many rows at most are looked up, and written in one transaction; a village is never cut through.
BATCH = 2000
#: Overlaps of rows are told from so many square metres on.
_LEAST = 1.0
Step = tuple[GridRow, GroundLine]
Parts = tuple[Any, ...]


def plan_ground(file: GroundFile, *, datum: str, on: date) -> GroundPlan:
    """What taking the file would do. ``datum`` is what its coordinates are given in. Writes nothing."""
    steps = [step for batch in _batches(file.rows) for step in _compared(batch, Datum(datum), on)]
    steps.sort(key=lambda step: step[0].row)
    take = [step for step in steps if step[1].kind in ("new", "redrawn", "amended")]
    lines = [*file.faults, *(line for _, line in steps), *_overlaps([row for row, _ in take], Datum(datum))]
    return GroundPlan(take, sorted(lines, key=lambda one: one.row), datum, file.rows)


def take_ground(
    *,
    actor: Actor,
    plan: GroundPlan,
    since: date,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Counter[str]:
    """Take the rows of a plan; each batch of villages in one transaction. New grids are in force from the day
    that the row says, else from ``since``. Returns how many were new, redrawn, amended.

    Errors: NotAdminError; GroundError where the ground is another by now (plan again).
    """
    must_administer(actor)
    done: Counter[str] = Counter()
    steps = {step[0].row: step for step in plan.take}
    for batch in _batches(row for row, _ in plan.take):
        with work(actor):
            done += _take(actor, [steps[row.row] for row in batch], Datum(plan.datum), since, now)
        if progress is not None:
            progress(done.total(), len(plan.take))
    lookup.forget()
    return done


def _batches(rows: Iterable[GridRow]) -> Iterator[list[GridRow]]:
    """The rows, whole villages at a time: numbers are given in each village in one go."""
    batch: list[GridRow] = []
    in_order = sorted(rows, key=lambda row: (row.village, row.row))
    for _village, some in groupby(in_order, key=lambda row: row.village):
        batch += some
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _compared(batch: Sequence[GridRow], datum: Datum, on: date) -> Iterator[Step]:
    """What would become of each row of whole villages; two rows that mean one grid are told."""
    known = _Known({row.village for row in batch}, on)
    first: dict[Any, int] = {}
    for row in batch:
        parts = _parts(row, datum)
        line = known.line(row, parts)
        key = line.code or (row.village, row.name, parts)
        if line.kind != "error" and first.setdefault(key, row.row) != row.row:
            line = _error(row, faults.double_row(first[key]))
        yield row, line


def stored_parts(row: GridRow, datum: str) -> Parts | None:
    """The outline of a row as it is stored; None where the row has none."""
    return _parts(row, Datum(datum))


def _parts(row: GridRow, datum: Datum) -> Parts | None:
    """The same; one that is plain parts is as it is stored already."""
    if row.shape is None or isinstance(row.shape, tuple):
        return row.shape
    from gantang.territory import outlines

    return rings.converted(outlines.parts_of(row.shape), datum)


def _overlaps(rows: Sequence[GridRow], datum: Datum) -> Iterator[GroundLine]:
    """A warning for each row that is to be taken and lies over another one."""
    from gantang.territory import coverage, outlines

    drawn = {row.row: outlines.of_parts(_parts(row, datum) or ()) for row in rows if row.shape is not None}
    sound = {str(row): shape for row, shape in drawn.items() if shape.is_valid}
    for face in coverage.faces(sound, least=_LEAST):
        for row in face.grids if face.covered > 1 else ():
            other = next(one for one in face.grids if one != row)
            yield GroundLine(int(row), "warning", "", *faults.overlaps(int(other), face.square_metres))


class _Known:
    """The grids of some villages: those in force, and codes that were used up."""

    def __init__(self, villages: set[str], on: date) -> None:
        rows = list(Grid.objects.filter(village_id__in=villages).order_by("code"))
        self._ended = {row.code for row in rows if row.valid_to is not None and row.valid_to <= on}
        self._rows = {row.code: row for row in rows if row.code not in self._ended}
        self._shapes = {code: rings.normal(parts) for code, parts in shapes.of(self._rows).items()}
        self._named: dict[tuple[str, str], list[str]] = {}
        self._drawn: dict[tuple[str, Any], list[str]] = {}
        for row in self._rows.values():
            self._named.setdefault((row.village_id, row.name), []).append(row.code)
        for code, shape in self._shapes.items():
            self._drawn.setdefault((code[:12], shape), []).append(code)

    def line(self, row: GridRow, parts: Parts | None) -> GroundLine:
        """What would become of a row."""
        shape = None if parts is None else rings.normal(parts)
        if row.code in self._ended:
            return _error(row, faults.ended(row.code))
        found = [row.code] if row.code in self._rows else [] if row.code else self._likely(row, shape)
        if len(found) > 1:
            return _error(row, faults.many_alike("、".join(found)))
        if not found:
            return GroundLine(row.row, "new", row.code, *(faults.too_new() if parts is None else ("", "")))
        return self._change(row, found[0], shape)

    def _likely(self, row: GridRow, shape: Any) -> list[str]:
        """The grids that a row without a code may be: those of its name, or those of its outline."""
        named = self._named.get((row.village, row.name), []) if row.name else []
        return named or self._drawn.get((row.village, shape), [])

    def _change(self, row: GridRow, code: str, shape: Any) -> GroundLine:
        known = self._rows[code]
        if row.kind and kinds.block_of(row.kind) != kinds.block_of(known.kind):
            return _error(row, faults.other_kind(code))
        if shape is not None and not rings.near(shape, self._shapes.get(code, ())):
            return GroundLine(row.row, "redrawn", code)
        return GroundLine(row.row, "amended" if amended(row, known) else "same", code)


def _error(row: GridRow, fault: Fault) -> GroundLine:
    return GroundLine(row.row, "error", row.code, *fault)


def _take(actor: Actor, steps: Sequence[Step], datum: Datum, since: date, now: datetime) -> Counter[str]:
    """One batch, in the caller's transaction."""
    new = [(row, line) for row, line in steps if line.kind == "new"]
    new.sort(key=lambda step: step[0].since or since)
    for day, some in groupby(new, key=lambda step: step[0].since or since):
        grids = [_new(row, _parts(row, datum) or ()) for row, _ in some]
        make_grids(actor=actor, grids=grids, valid_from=day, now=now)
    for row, line in steps:
        if line.kind == "redrawn":
            redraw_grid(actor=actor, code=line.code, parts=_parts(row, datum) or (), now=now)
    _amend(actor, {line.code: row for row, line in steps if line.kind != "new"}, now)
    return Counter(line.kind for _, line in steps)


def _new(row: GridRow, parts: Parts) -> NewGrid:
    block = schemes.block_of(planning.primary(), row.code) if row.code else None
    return NewGrid(
        row.village,
        parts,
        name=row.name,
        kind=row.kind or block or "basic",
        schematic=bool(row.schematic),
        households=row.households,
        urban_class=row.urban_class,
        code=row.code,
    )


def amended(row: GridRow, known: Grid) -> dict[str, Any]:
    """What the row says of a grid, beside its outline, that is not so yet."""
    told = {
        "name": row.name or None,
        "kind": row.kind if row.kind not in ("", kinds.block_of(known.kind)) else None,
        "schematic": row.schematic,
        "households": row.households,
        "urban_class": row.urban_class or None,
    }
    return {field: value for field, value in told.items() if value not in (None, getattr(known, field))}


def _amend(actor: Actor, told: Mapping[str, GridRow], now: datetime) -> None:
    """Put what the rows say beside their outlines."""
    rows = Grid.objects.select_for_update().filter(pk__in=told, valid_to=None).order_by("code")
    with work(actor) as w:
        for known in rows:
            if fields := amended(told[known.code], known):
                Grid.objects.filter(pk=known.code).update(**fields)
                record_grid(
                    w, known.village_id, "amended", {"grid": known.code, "fields": sorted(fields)}, now
                )
