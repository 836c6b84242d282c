"""A change worked out on the ground as the tables have it; writes nothing."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, reduce
from operator import or_
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from gantang.territory import errors, facts
from gantang.territory.models import Division, Grid
from gantang.territory.rules import changing, prefix
from gantang.territory.rules.changing import Cell, Ground, Place, PlanError
from gantang.territory.rules.schemes import Scheme, SchemeError, primary_faults, read
from gantang.territory.types import GroundChange, Operation, Settled, SuccessionView


@cache
def schemes() -> dict[str, Scheme]:
    """Every code scheme: those that ship, and those of the file ``GANTANG_CODE_SCHEMES``."""
    found = facts.schemes()
    path: Path | None = settings.GANTANG_CODE_SCHEMES
    if path is not None:
        try:
            found |= {one["code"]: read(one) for one in json.loads(path.read_text(encoding="utf-8"))}
        except SchemeError as error:
            raise errors.no_scheme(path.name, error.fault) from None
        except (OSError, ValueError, TypeError, KeyError):
            raise errors.no_scheme(path.name, "unreadable") from None
    return found


@cache
def primary() -> Scheme:
    """The scheme that grids are numbered by. Errors: GroundError for one that cannot be the primary one."""
    code = str(settings.GANTANG_GRID_SCHEME)
    scheme = schemes().get(code)
    if scheme is None:
        raise errors.no_scheme(code, "unknown")
    for fault in primary_faults(scheme):
        raise errors.no_scheme(code, fault)
    return scheme


def carried_out(operations: Sequence[Operation]) -> Ground:
    """The ground after the operations. Errors: GroundError."""
    ground = _loaded(operations)
    try:
        return changing.carry_out(ground, operations)
    except PlanError as error:
        raise errors.unplanned(error.fault, error.details) from None


def _loaded(operations: Sequence[Operation]) -> Ground:
    deep, single = changing.touches(operations)
    below = _below("prefix", deep)
    places = Division.objects.filter(below | Q(pk__in=single))
    cells = Grid.objects.filter(_below("code", deep) | Q(pk__in=single))
    return Ground(
        primary(), {row.prefix: _place(row) for row in places}, {row.code: _cell(row) for row in cells}
    )


def _below(field: str, grounds: Iterable[str]) -> Q:
    ranges = [Q(**{f"{field}__gte": one, f"{field}__lt": one + ":"}) for one in sorted(grounds)]
    return reduce(or_, ranges, Q(pk__in=[]))


def _place(row: Division) -> Place:
    return Place(row.prefix, row.name, row.level, row.urban_class, row.valid_to is None)


def _cell(row: Grid) -> Cell:
    return Cell(
        row.code,
        row.village_id,
        row.name,
        row.kind,
        row.households,
        row.urban_class,
        row.schematic,
        row.valid_to is None,
    )


def told(ground: Ground, on: date) -> GroundChange:
    """What was worked out, as the rooms above hear it."""
    return GroundChange(
        on,
        roots(one.old for one in ground.successions.values()),
        tuple((code, _name(ground, code)) for code in ground.made),
        tuple(ground.ended),
        tuple(SuccessionView(*one, on) for one in ground.successions.values()),
        tuple(Settled(**one) for one in ground.settled),
    )


def _name(ground: Ground, code: str) -> str:
    found = ground.cells.get(code) or ground.places[code]
    return found.name


def roots(codes: Iterable[str]) -> tuple[str, ...]:
    """The outermost of some codes: each other one lies in one of them."""
    every = set(codes)
    return tuple(sorted(one for one in every if not any(above in every for above in prefix.chain(one)[1:])))
