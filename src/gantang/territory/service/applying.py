"""A reviewed change set comes into force on its day: all of it in one transaction, and once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gantang.kit import keys
from gantang.kit.copy import copy_in
from gantang.kit.work import Work
from gantang.outbox import service as outbox
from gantang.territory import errors, lookup, planning, shapes
from gantang.territory.models import ChangeSet, Division, DivisionChange, Grid, GridPart, Succession
from gantang.territory.rules import history, plane, prefix
from gantang.territory.rules.changing import Cell, Ground, Succeeded
from gantang.territory.rules.changing.working import Source
from gantang.territory.service import following
from gantang.territory.service.changes import locked, operations_of, record_change
from gantang.territory.service.making import rings
from gantang.territory.types import GroundChange

#: Where news of changed ground goes, and what it is called there.
DESTINATION, NEWS = "matters", "grid.changed"
_CHUNK = 200
_RECORDED = {"recode": "recoded", "merge": "recoded", "retire": "recoded"}


def apply_change(w: Work, *, change: UUID, now: datetime) -> GroundChange:
    """Bring a reviewed change set into force, in the caller's transaction; its row is locked, so twice is
    once. Errors: UnknownChangeError, ChangeStateError, GroundError where the ground has changed since."""
    row = locked(change, ChangeSet.REVIEWED)
    ground = planning.carried_out(operations_of(row))
    told = planning.told(ground, row.effective_on)
    _write_divisions(ground, row.effective_on)
    _write_grids(ground, row.effective_on)
    copy_in(Succession, (_succession(row, one) for one in ground.successions.values()))
    lookup.forget()
    following.follow(w, {one.old for one in ground.successions.values()}, row.effective_on, now)
    row.state, row.applied_at, row.fault = ChangeSet.IN_FORCE, now, ""
    w.change(row, ["state", "applied_at", "fault"], state=ChangeSet.REVIEWED)
    _record(w, row, ground, now)
    _tell(w, row, now)
    lookup.forget()
    transaction.on_commit(lookup.forget)
    return told


def note_fault(w: Work, *, change: UUID, fault: str) -> None:
    """Keep with a reviewed change set why it could not come into force."""
    w.statement(
        "UPDATE territory_changeset SET fault = %s WHERE id = %s AND state = 'reviewed'", [fault[:60], change]
    )


def _write_divisions(ground: Ground, on: date) -> None:
    made = [code for code in ground.made if code in ground.places]
    ended = [code for code in ground.ended if code in ground.places]
    copy_in(Division, [_division(ground, code, on) for code in sorted(made, key=lambda c: (len(c), c))])
    old = Division.objects.filter(pk__in=set(ended) - set(made))
    _check_dates(old.filter(valid_from__gt=on).values_list("pk", flat=True))
    before = {row.prefix: row for row in Division.objects.filter(pk__in=[*ended, *ground.renamed])}
    old.update(valid_to=on)
    lines = [_changed(before[one.old], one, on) for one in ground.successions.values() if one.old in before]
    for code, name in ground.renamed.items():
        if code in before and code not in made:
            lines.append(_line(before[code], "renamed", code, on))
            Division.objects.filter(pk=code).update(name=name)
    copy_in(DivisionChange, [line for line in lines if line is not None], skip_doubles=True)
    for code, klass in ground.classed.items():
        Division.objects.filter(pk=code).update(urban_class=klass)


def _division(ground: Ground, code: str, on: date) -> Division:
    place = ground.places[code]
    return Division(
        prefix=code,
        name=place.name,
        level=place.level,
        parent_id=prefix.parent_of(code),
        urban_class=place.urban_class,
        valid_from=on,
        valid_to=None if place.in_force else on,
    )


def _changed(before: Division, one: Succeeded, on: date) -> DivisionChange | None:
    kind = _RECORDED.get(one.kind)
    return _line(before, kind, one.new, on) if kind else None


def _line(before: Division, kind: str, successor: str, on: date) -> DivisionChange:
    return DivisionChange(
        prefix=before.prefix,
        name=before.name,
        level=before.level,
        kind=kind,
        since=before.valid_from.year if before.valid_from else history.RECORDS_BEGIN,
        year=on.year,
        successor=successor,
    )


def _write_grids(ground: Ground, on: date) -> None:
    made = [ground.cells[code] for code in ground.made if code in ground.cells]
    known = {cell.code for cell in made}
    ended = [code for code in ground.ended if code in ground.cells and code not in known]
    _check_dates(Grid.objects.filter(pk__in=ended, valid_from__gt=on).values_list("pk", flat=True))
    outlines = _outlines(ground, made)
    copy_in(Grid, (_grid(cell, outlines[cell.code], on) for cell in made))
    copy_in(GridPart, (row for cell in made for row in rings(cell.code, 1, outlines[cell.code])))
    Grid.objects.filter(pk__in=ended).update(valid_to=on)
    for code, (parts, households) in ground.redrawn.items():
        if code not in known:
            _redraw(code, parts, households)
    for code, name in ground.renamed.items():
        if code not in known:
            Grid.objects.filter(pk=code).update(name=name)
    for code, klass in ground.classed.items():
        if code not in known:
            Grid.objects.filter(pk=code).update(urban_class=klass)


def _outlines(ground: Ground, made: Sequence[Cell]) -> dict[str, list[plane.Part]]:
    """The parts of each made grid; those it takes over are read once."""
    sources: dict[str, tuple[Source, ...]] = {cell.code: ground.source(cell) for cell in made}
    read = shapes.of({one for found in sources.values() for one in found if isinstance(one, str)})
    return {
        code: [part for one in found for part in (read.get(one, []) if isinstance(one, str) else one)]
        for code, found in sources.items()
    }


def _grid(cell: Cell, parts: Sequence[plane.Part], on: date) -> Grid:
    lon, lat = plane.centroid(parts[0][0]) if parts else (None, None)
    return Grid(
        code=cell.code,
        village_id=cell.village,
        name=cell.name,
        kind=cell.kind,
        lon=lon,
        lat=lat,
        schematic=cell.schematic,
        households=cell.households,
        urban_class=cell.urban_class,
        valid_from=on,
        valid_to=None if cell.in_force else on,
    )


def _redraw(code: str, parts: Sequence[plane.Part], households: int | None) -> None:
    row = Grid.objects.select_for_update().get(pk=code)
    row.version += 1
    row.lon, row.lat = plane.centroid(parts[0][0])
    row.households = row.households if households is None else households
    copy_in(GridPart, rings(code, row.version, parts))
    row.save(update_fields=["version", "lon", "lat", "households"])


def _check_dates(early: Iterable[str]) -> None:
    for code in early:
        raise errors.unplanned("too_early", {"ground": code})


def _succession(row: ChangeSet, one: Succeeded) -> Succession:
    return Succession(
        change_id=row.id,
        kind=one.kind,
        old=one.old,
        new=one.new,
        share=one.share,
        heir=one.heir,
        on=row.effective_on,
    )


def _record(w: Work, row: ChangeSet, ground: Ground, now: datetime) -> None:
    """The lineage in the ledger, some hundred lines a step: kind, old, new, millionths of share, heir."""
    data: dict[str, object] = {
        "on": row.effective_on.isoformat(),
        "made": len(ground.made),
        "ended": len(ground.ended),
    }
    record_change(w, row, "in_force", data, now)
    lines = list(_lines(ground))
    for start in range(0, len(lines), _CHUNK):
        record_change(w, row, "succeeded", {"lines": lines[start : start + _CHUNK]}, now)


def _lines(ground: Ground) -> Iterator[list[object]]:
    for one in ground.successions.values():
        share = None if one.share is None else int(one.share * 1_000_000)
        yield [one.kind, one.old, one.new, share, one.heir]


def _tell(w: Work, row: ChangeSet, now: datetime) -> None:
    outbox.put(
        w,
        destination=DESTINATION,
        kind=NEWS,
        city=keys.city_of(row.id),
        stream=row.id,
        version=1,
        refs={"change": str(row.id)},
        now=now,
    )
