"""The only way to change ground: the shipped facts, and grids made, redrawn and retired."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.copy import copy_in
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.territory import errors, facts, lookup
from gantang.territory.models import Division, DivisionChange, Grid, GridPart
from gantang.territory.rules import cn15, history, plane, prefix
from gantang.territory.types import NewGrid

Progress = Callable[[int, int], None]
Parts = Sequence[plane.Part]


def seed(progress: Progress | None = None) -> int:
    """Put the shipped divisions and their history in; a second run adds nothing. Returns the rows added."""
    with work(SYSTEM):
        added = _seed_divisions() + _seed_history()
    lookup.forget()
    if progress is not None:
        progress(added, added)
    return added


def make_grids(*, actor: Actor, grids: Sequence[NewGrid], valid_from: date, now: datetime) -> list[str]:
    """Make grids, numbered in each village west to east, then north to south, after the highest ever given.

    Returns the codes in the order of ``grids``. Errors: GroundError for a village that does not exist or is
    full, an unknown kind, a ring with fewer than three corners.
    """
    _must_administer(actor)
    villages = sorted({grid.village for grid in grids})
    with work(actor) as w:
        _lock_villages(villages)
        codes = _numbered(grids, villages)
        copy_in(Grid, (_row(grid, code, valid_from) for grid, code in zip(grids, codes, strict=True)))
        copy_in(
            GridPart,
            (row for grid, code in zip(grids, codes, strict=True) for row in _rings(code, 1, grid.parts)),
        )
        for village in villages:
            made = [code for code in codes if code.startswith(village)]
            _record(w, village, "made", {"grids": made, "from": valid_from.isoformat()}, now)
    lookup.forget()
    return codes


def redraw_grid(*, actor: Actor, code: str, parts: Parts, now: datetime) -> int:
    """Give a grid a corrected shape; its code stays, the former shape is kept. Returns the new version."""
    _must_administer(actor)
    with work(actor) as w:
        grid = _locked(code)
        version = grid.version + 1
        lon, lat = _centre(parts)
        copy_in(GridPart, _rings(code, version, parts))
        Grid.objects.filter(pk=code).update(version=version, lon=lon, lat=lat)
        _record(w, grid.village_id, "redrawn", {"grid": code, "version": version}, now)
    return version


def retire_grid(*, actor: Actor, code: str, valid_to: date, now: datetime) -> None:
    """End a grid: it holds no point from ``valid_to`` on. Its code is never given again."""
    _must_administer(actor)
    with work(actor) as w:
        grid = _locked(code)
        if grid.valid_from and valid_to < grid.valid_from:
            raise errors.ends_early(code)
        Grid.objects.filter(pk=code).update(valid_to=valid_to)
        _record(w, grid.village_id, "retired", {"grid": code, "to": valid_to.isoformat()}, now)
    lookup.forget()


def _must_administer(actor: Actor) -> None:
    if not actor.admin:
        raise errors.NotAdminError


def _lock_villages(villages: Sequence[str]) -> None:
    """Numbers are given one change at a time in each village."""
    rows = Division.objects.select_for_update().filter(pk__in=villages, level=prefix.VILLAGE, valid_to=None)
    known = set(rows.order_by("pk").values_list("pk", flat=True))
    for village in villages:
        if village not in known:
            raise errors.no_village(village)


def _numbered(grids: Sequence[NewGrid], villages: Sequence[str]) -> list[str]:
    used: dict[str, list[int]] = {village: [] for village in villages}
    for code in Grid.objects.filter(village_id__in=villages).values_list("code", flat=True):
        used[code[:12]].append(int(code[12:]))
    codes: dict[int, str] = {}
    centres = {index: _centre(grid.parts) for index, grid in enumerate(grids)}
    for index in cn15.numbered({index: (lon or 0.0, lat or 0.0) for index, (lon, lat) in centres.items()}):
        village, kind = grids[index].village, grids[index].kind
        if kind not in cn15.SEQUENCES:
            raise errors.no_kind(kind)
        number = cn15.next_sequence(kind, used[village])
        if number is None:
            raise errors.village_full(village)
        used[village].append(number)
        codes[index] = cn15.make(village, number)
    return [codes[index] for index in range(len(grids))]


def _locked(code: str) -> Grid:
    grid = Grid.objects.select_for_update().filter(pk=code, valid_to=None).first()
    if grid is None:
        raise errors.no_grid(code)
    return grid


def _row(grid: NewGrid, code: str, valid_from: date) -> Grid:
    lon, lat = _centre(grid.parts)
    return Grid(
        code=code,
        village_id=grid.village,
        name=grid.name or cn15.title(code),
        kind=grid.kind,
        lon=lon,
        lat=lat,
        schematic=grid.schematic,
        valid_from=valid_from,
    )


def _rings(code: str, version: int, parts: Parts) -> Iterable[GridPart]:
    for number, (outer, holes) in enumerate(parts):
        for ring, points in enumerate([outer, *holes]):
            if len(points) < 3:
                raise errors.no_ring(code)
            yield GridPart(
                grid_id=code,
                version=version,
                part=number,
                ring=ring,
                shape=points,
                points=[list(point) for point in points],
            )


def _centre(parts: Parts) -> tuple[float | None, float | None]:
    return plane.centroid(parts[0][0]) if parts else (None, None)


def _record(w: Work, village: str, what: str, data: Mapping[str, object], now: datetime) -> None:
    """Grids are recorded in the stream of their village."""
    ledger.append(
        w,
        actor=w.actor,
        city=prefix.city_of(village),
        stream=ledger.stream_of("ground", village),
        kind="ground",
        key=village,
        items=[(f"grid.{what}", data)],
        happened_at=now,
        now=now,
    )


def _seed_divisions() -> int:
    spans = history.spans(facts.history())
    known = [_known(each, spans) for each in facts.divisions()]
    present = {row.prefix for row in known}
    past = [
        _past(line, since, until)
        for code, (since, until, line) in spans.items()
        if code not in present and until is not None
    ]
    return copy_in(Division, [*known, *past], skip_doubles=True)


def _known(each: history.Known, spans: dict[str, tuple[int, int | None, history.Past]]) -> Division:
    since = spans[each.prefix][0] if each.prefix in spans else history.RECORDS_BEGIN
    return Division(
        prefix=each.prefix,
        name=each.name,
        level=each.level,
        parent_id=each.parent,
        valid_from=history.first_day(since),
    )


def _past(line: history.Past, since: int, until: int) -> Division:
    """A code no longer in force. It hangs on no parent: the prefecture it lay in is mostly gone as well."""
    return Division(
        prefix=line.prefix,
        name=line.name,
        level=line.level,
        valid_from=history.first_day(since),
        valid_to=date(until, 1, 1),
    )


def _seed_history() -> int:
    rows = [
        DivisionChange(
            prefix=line.prefix,
            name=line.name,
            level=line.level,
            kind=change.kind,
            since=line.since,
            year=change.year,
            successor=change.successor,
        )
        for line in facts.history()
        for change in history.changes(line)
    ]
    return copy_in(DivisionChange, rows, skip_doubles=True)
