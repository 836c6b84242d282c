"""Grids made, redrawn and retired, one by one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from gantang.kit.actor import Actor
from gantang.kit.copy import copy_in
from gantang.kit.work import work
from gantang.territory import errors, lookup, planning
from gantang.territory.models import Division, Grid, GridPart
from gantang.territory.rules import cn15, kinds, plane, prefix, schemes
from gantang.territory.service.common import must_administer, record_grid, record_grids
from gantang.territory.types import NewGrid

Parts = Sequence[plane.Part]


def make_grids(*, actor: Actor, grids: Sequence[NewGrid], valid_from: date, now: datetime) -> list[str]:
    """Make grids, numbered in each village west to east, then north to south, after the highest ever given.

    Returns the codes in the order of ``grids``. Errors: GroundError for a village that does not exist or is
    full, an unknown kind, a ring with fewer than three corners.
    """
    must_administer(actor)
    villages = sorted({grid.village for grid in grids})
    with work(actor):
        _lock_villages(villages)
        codes = _numbered(grids, villages)
        copy_in(Grid, (_row(grid, code, valid_from) for grid, code in zip(grids, codes, strict=True)))
        copy_in(
            GridPart,
            (row for grid, code in zip(grids, codes, strict=True) for row in rings(code, 1, grid.parts)),
        )
        record_grids(actor, _told(codes, valid_from), "made", now)
    lookup.forget()
    return codes


def _told(codes: Sequence[str], valid_from: date) -> dict[str, Mapping[str, object]]:
    """What the ledger is told of each village."""
    made: dict[str, list[str]] = {}
    for code in codes:
        made.setdefault(code[:12], []).append(code)
    return {village: {"grids": made[village], "from": valid_from.isoformat()} for village in sorted(made)}


def redraw_grid(*, actor: Actor, code: str, parts: Parts, now: datetime) -> int:
    """Give a grid a corrected shape; its code stays, the former shape is kept. Returns the new version."""
    must_administer(actor)
    with work(actor) as w:
        grid = _locked(code)
        version = grid.version + 1
        lon, lat = _centre(parts)
        copy_in(GridPart, rings(code, version, parts))
        Grid.objects.filter(pk=code).update(version=version, lon=lon, lat=lat)
        record_grid(w, grid.village_id, "redrawn", {"grid": code, "version": version}, now)
    return version


def retire_grid(*, actor: Actor, code: str, valid_to: date, now: datetime) -> None:
    """End a grid: it holds no point from ``valid_to`` on. Its code is never given again."""
    must_administer(actor)
    with work(actor) as w:
        grid = _locked(code)
        if grid.valid_from and valid_to < grid.valid_from:
            raise errors.ends_early(code)
        Grid.objects.filter(pk=code).update(valid_to=valid_to)
        record_grid(w, grid.village_id, "retired", {"grid": code, "to": valid_to.isoformat()}, now)
    lookup.forget()


def _lock_villages(villages: Sequence[str]) -> None:
    """Numbers are given one change at a time in each village."""
    rows = Division.objects.select_for_update().filter(pk__in=villages, level=prefix.VILLAGE, valid_to=None)
    known = set(rows.order_by("pk").values_list("pk", flat=True))
    for village in villages:
        if village not in known:
            raise errors.no_village(village)


def _numbered(grids: Sequence[NewGrid], villages: Sequence[str]) -> list[str]:
    scheme = planning.primary()
    used: dict[str, list[int]] = {village: [] for village in villages}
    for code in Grid.objects.filter(village_id__in=villages).values_list("code", flat=True):
        used[code[:12]].append(int(code[12:]))
    codes = _brought(scheme, grids, used)
    centres = {index: _centre(grid.parts) for index, grid in enumerate(grids) if index not in codes}
    for index in cn15.numbered({index: (lon or 0.0, lat or 0.0) for index, (lon, lat) in centres.items()}):
        village, block = grids[index].village, kinds.block_of(grids[index].kind)
        if block is None:
            raise errors.no_kind(grids[index].kind)
        number = schemes.next_sequence(scheme, block, used[village])
        if number is None:
            raise errors.village_full(village)
        used[village].append(number)
        codes[index] = schemes.make(scheme, village, number)
    return [codes[index] for index in range(len(grids))]


def _brought(scheme: schemes.Scheme, grids: Sequence[NewGrid], used: dict[str, list[int]]) -> dict[int, str]:
    """The codes that grids have already, by their place; none may ever have been given before."""
    codes = {index: grid.code for index, grid in enumerate(grids) if grid.code}
    for index, code in codes.items():
        village, block = grids[index].village, kinds.block_of(grids[index].kind)
        if block is None or schemes.block_of(scheme, code) != block or code[:12] != village:
            raise errors.unfit_code(code)
        if int(code[12:]) in used[village]:
            raise errors.used_code(code)
        used[village].append(int(code[12:]))
    return codes


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
        households=grid.households,
        urban_class=grid.urban_class,
        valid_from=valid_from,
    )


def rings(code: str, version: int, parts: Parts) -> Iterable[GridPart]:
    """The rows of an outline. Errors: GroundError for a ring of fewer than three corners."""
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
