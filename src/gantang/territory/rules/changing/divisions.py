"""Operations on whole divisions: merged, numbered anew (which is also how they come under another parent),
renamed, founded, ended, classed urban or rural. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gantang.territory.rules import prefix
from gantang.territory.rules.changing import grids
from gantang.territory.rules.changing.working import Ground, Place, PlanError

Data = Mapping[str, Any]
#: Blocks of numbers by what a division is (GB/T 2260, GB/T 10114, statistical codes): a new number is one
#: more than the highest of its own block.
_BLOCKS = {
    prefix.COUNTY: ((1, 20), (21, 80), (81, 99)),
    prefix.TOWNSHIP: ((1, 99), (100, 199), (200, 399), (400, 599), (600, 999)),
    prefix.VILLAGE: ((1, 199), (200, 399), (400, 497), (500, 597), (600, 999)),
}
URBAN_CLASSES = ("111", "112", "121", "122", "123", "210", "220")


def found(ground: Ground, data: Data) -> None:
    """A new division: ``division`` (its code), ``name``, ``urban_class``."""
    code, name = str(data["division"]), str(data["name"]).strip()
    _check_new(code, name)
    ground.make_place(Place(code, name, prefix.level_of(code), _klass(data)))


def recode(ground: Ground, data: Data) -> None:
    """A division and all below it under another code, perhaps of another parent: ``division``, ``code``,
    ``name``."""
    old, new = ground.place(data["division"]), str(data["code"])
    _check_new(new, "-")
    if len(new) != len(old.prefix):
        raise PlanError("other_level", ground=new)
    _recode_tree(ground, old.prefix, new, "recode", name=str(data.get("name") or old.name))


def merge(ground: Ground, data: Data) -> None:
    """Divisions into one of them, another or a new one: ``divisions``, ``into``, ``name`` (of a new one),
    ``codes`` (old code of a part: new code, where they are published; else the next free ones)."""
    into, codes = str(data["into"]), {str(old): str(new) for old, new in (data.get("codes") or {}).items()}
    olds = [ground.place(one) for one in dict.fromkeys(data["divisions"]) if one != into]
    if not olds:
        raise PlanError("one_part", code=into)
    if any(len(one.prefix) != len(into) for one in olds):
        raise PlanError("other_level", ground=into)
    if into not in ground.places:
        found(ground, {"division": into, "name": data.get("name") or ""})
    ground.place(into)
    for one in olds:
        _go_over(ground, one.prefix, into, codes)
        ground.end(one.prefix)
        ground.succeed("merge", one.prefix, [(into, None)], into)


def _go_over(ground: Ground, old: str, into: str, codes: Mapping[str, str]) -> None:
    """All parts of a division come under another one."""
    if len(old) == prefix.LENGTHS[prefix.VILLAGE]:
        for cell in ground.grids_of(old):
            grids.renumber(ground, cell, into, "move", codes.get(cell.code, ""))
        return
    for child in ground.below(old):
        _recode_tree(ground, child, codes.get(child) or _free(ground, child, into), "recode")


def _recode_tree(ground: Ground, old: str, new: str, kind: str, *, name: str = "") -> None:
    place = ground.place(old)
    ground.make_place(replace(place, prefix=new, name=name or place.name))
    if place.level == prefix.VILLAGE:
        for cell in ground.grids_of(old):
            grids.renumber(ground, cell, new, kind, new + cell.code[12:])
    else:
        for child in ground.below(old):
            _recode_tree(ground, child, new + child[len(old) :], kind)
    ground.end(old)
    ground.succeed(kind, old, [(new, None)], new)


def _free(ground: Ground, child: str, into: str) -> str:
    """The same last digits where they were never used there, else one more than the highest of the block."""
    digits = len(child) - len(into)
    tail, used = int(child[-digits:]), ground.used_below(into)
    if tail not in used:
        return f"{into}{tail:0{digits}d}"
    blocks = _BLOCKS.get(prefix.level_of(child), ())
    low, high = next((one for one in blocks if one[0] <= tail <= one[1]), (0, 0))
    number = max((one for one in used if low <= one <= high), default=low) + 1
    if number > high:
        raise PlanError("division_full", ground=into)
    return f"{into}{number:0{digits}d}"


def rename(ground: Ground, data: Data) -> None:
    """Another name, the same code: ``ground`` (a division or a grid), ``name``."""
    code, name = str(data["ground"]), str(data["name"]).strip()
    _check_new(code, name)
    if len(code) == prefix.LENGTHS[prefix.GRID]:
        ground.cells[code] = replace(ground.cell(code), name=name)
    else:
        ground.places[code] = replace(ground.place(code), name=name)
    ground.renamed[code] = name


def retire(ground: Ground, data: Data) -> None:
    """A division that has nothing below it any more: ``division``, ``heir`` (one of the same level)."""
    old, heir = ground.place(data["division"]), ground.place(data["heir"])
    empty = not ground.grids_of(old.prefix) if old.level == prefix.VILLAGE else not ground.below(old.prefix)
    if not empty:
        raise PlanError("not_empty", ground=old.prefix)
    if len(heir.prefix) != len(old.prefix) or heir.prefix == old.prefix:
        raise PlanError("other_level", ground=heir.prefix)
    ground.end(old.prefix)
    ground.succeed("retire", old.prefix, [(heir.prefix, None)], heir.prefix)


def classify(ground: Ground, data: Data) -> None:
    """Urban or rural from the day on: ``ground``, ``urban_class`` ("" takes a grid's own back)."""
    code, klass = str(data["ground"]), _klass(data)
    if len(code) == prefix.LENGTHS[prefix.GRID]:
        ground.cells[code] = replace(ground.cell(code), urban_class=klass)
    else:
        ground.places[code] = replace(ground.place(code), urban_class=klass)
    ground.classed[code] = klass
    if (code, code) not in ground.successions:
        ground.succeed("class", code, [(code, None)], code)


def settle(ground: Ground, data: Data) -> None:
    """Whose rules hold where several codes become one: ``what`` (calendar, procedure), ``name`` of a
    procedure, ``ground`` (the code whose hold), ``ends`` (they go on nowhere). See ``rules.inheriting``."""
    code, what = str(data["ground"]), str(data["what"])
    if not prefix.is_ground(code):
        raise PlanError("wrong_code", code=code)
    if what not in ("calendar", "procedure"):
        raise PlanError("unreadable")
    name, ends = str(data.get("name") or ""), bool(data.get("ends"))
    ground.settled.append({"what": what, "ground": code, "name": name, "ends": ends})


def _klass(data: Data) -> str:
    klass = str(data.get("urban_class") or "")
    if klass and klass not in URBAN_CLASSES:
        raise PlanError("no_class", klass=klass)
    return klass


def _check_new(code: str, name: str) -> None:
    if not prefix.is_ground(code):
        raise PlanError("wrong_code", code=code)
    if not name or len(name) > 60:
        raise PlanError("no_name", ground=code)
