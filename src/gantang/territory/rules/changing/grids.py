"""Operations on single grids: split, merge, retire, number anew, move, redraw. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gantang.territory.rules import cn15, kinds, schemes
from gantang.territory.rules.changing.working import Cell, Ground, PlanError, Source
from gantang.territory.rules.plane import Part

Data = Mapping[str, Any]


def split(ground: Ground, data: Data) -> None:
    """A grid into two or more of the same village: ``grid``, ``into`` [name, households, kind, parts],
    ``heir`` (its place in the list; else the one with most households)."""
    old, wanted = ground.cell(data["grid"]), list(data["into"])
    if len(wanted) < 2:
        raise PlanError("one_part", code=old.code)
    new = [_part(ground, old, one) for one in wanted]
    place = data.get("heir")
    heir = new[int(place)] if place is not None else max(new, key=lambda cell: cell.households or 0)
    _follow(ground, "split", [old], new, heir)


def _part(ground: Ground, old: Cell, data: Data) -> Cell:
    given = parts_of(data.get("parts"))
    wish = replace(
        old,
        name=str(data.get("name", "")),
        kind=str(data.get("kind") or old.kind),
        households=_count(data.get("households")),
        shape=(given,) if given else (),
    )
    return numbered(ground, wish, old.village)


def merge(ground: Ground, data: Data) -> None:
    """Two or more grids of one village into one: ``grids``, ``name``, ``kind``, ``parts`` (else theirs)."""
    old = [ground.cell(code) for code in dict.fromkeys(data["grids"])]
    if len(old) < 2:
        raise PlanError("one_part", code=old[0].code if old else "")
    if len({cell.village for cell in old}) > 1:
        raise PlanError("two_villages", code=old[0].code)
    counts = [cell.households for cell in old]
    given, own = parts_of(data.get("parts")), {cell.urban_class for cell in old}
    wish = Cell(
        code="",
        village=old[0].village,
        name=str(data.get("name", "")),
        kind=str(data.get("kind") or old[0].kind),
        households=None if None in counts else sum(one or 0 for one in counts),
        urban_class=own.pop() if len(own) == 1 else "",
        schematic=any(cell.schematic for cell in old),
        shape=(given,) if given else _sources(ground, old),
    )
    new = numbered(ground, wish, old[0].village)
    _follow(ground, "merge", old, [new], new)


def retire(ground: Ground, data: Data) -> None:
    """A grid without a follower of its own: ``grid``, ``heir`` (a grid, else its village)."""
    old = ground.cell(data["grid"])
    heir = str(data.get("heir") or old.village)
    if heir != old.village:
        ground.cell(heir)
    if heir == old.code:
        raise PlanError("own_heir", code=old.code)
    ground.end(old.code)
    ground.succeed("retire", old.code, [(heir, None)], heir)


def recode(ground: Ground, data: Data) -> None:
    """A grid gets another number in its village: ``grid``, ``kind``, ``code`` (else the next free one)."""
    old = ground.cell(data["grid"])
    kind = str(data.get("kind") or old.kind)
    wish = replace(old, kind=kind, shape=ground.source(old))
    new = numbered(ground, wish, old.village, code=str(data.get("code") or ""))
    _follow(ground, "recode", [old], [new], new)


def move(ground: Ground, data: Data) -> None:
    """A grid goes to another village, and so gets another code: ``grid``, ``village``."""
    old, village = ground.cell(data["grid"]), ground.place(data["village"])
    if village.prefix == old.village:
        raise PlanError("same_village", code=old.code)
    renumber(ground, old, village.prefix, "move")


def renumber(ground: Ground, old: Cell, village: str, kind: str, code: str = "") -> None:
    """A grid under another village, as it is, with the next free number there or the one given."""
    wish = replace(old, name="" if old.name == cn15.title(old.code) else old.name, shape=ground.source(old))
    new = numbered(ground, wish, village, code=code)
    _follow(ground, kind, [old], [new], new)


def redraw(ground: Ground, data: Data) -> None:
    """A corrected outline: the code stays: ``grid``, ``parts``, ``households``."""
    old, parts = ground.cell(data["grid"]), parts_of(data["parts"])
    if not parts:
        raise PlanError("no_ring", code=old.code)
    ground.redrawn[old.code] = (parts, _count(data.get("households")))
    ground.succeed("redraw", old.code, [(old.code, None)], old.code)


def numbered(ground: Ground, wish: Cell, village: str, *, code: str = "") -> Cell:
    """The grid that is wished for, with a code that was never given. Errors: PlanError."""
    block = kinds.block_of(wish.kind)
    if block is None:
        raise PlanError("no_kind", kind=wish.kind)
    if code and (code[:12] != village or schemes.split(ground.scheme, code) is None):
        raise PlanError("wrong_code", code=code)
    sequence = (
        int(code[12:]) if code else schemes.next_sequence(ground.scheme, block, ground.used_in(village))
    )
    low, high = ground.scheme.blocks[block]
    if sequence is None:
        raise PlanError("village_full", village=village)
    if not low <= sequence <= high:
        raise PlanError("wrong_code", code=code)
    made = schemes.make(ground.scheme, village, sequence)
    cell = replace(wish, code=made, village=village, name=wish.name or cn15.title(made))
    ground.make_cell(cell)
    return cell


def _next(ground: Ground, block: str, village: str) -> str:
    sequence = schemes.next_sequence(ground.scheme, block, ground.used_in(village))
    if sequence is None:
        raise PlanError("village_full", village=village)
    return schemes.make(ground.scheme, village, sequence)


def parts_of(data: Any) -> tuple[Part, ...]:
    """Parts as JSON has them, [[outer, [hole, …]], …]. Errors: PlanError for a ring of fewer than three."""
    found = tuple((_ring(outer), tuple(_ring(hole) for hole in holes)) for outer, holes in data or ())
    for outer, holes in found:
        if any(len(ring) < 3 for ring in (outer, *holes)):
            raise PlanError("no_ring", code="")
    return found


def _ring(points: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(point[0]), float(point[1])) for point in points)


def _sources(ground: Ground, old: Sequence[Cell]) -> tuple[Source, ...]:
    return tuple(source for cell in old for source in ground.source(cell))


def _count(value: Any) -> int | None:
    return None if value in (None, "") else max(int(value), 0)


def _follow(ground: Ground, kind: str, old: Sequence[Cell], new: Sequence[Cell], heir: Cell) -> None:
    for cell in old:
        ground.end(cell.code)
        ground.succeed(kind, cell.code, [(one.code, one.households) for one in new], heir.code)
