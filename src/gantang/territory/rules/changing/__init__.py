"""Changes of ground, worked out before anything is written. Pure.

    plan = carry_out(Ground(scheme, places, cells), [("split", {"grid": …, "into": […]}), …])

Operations are worked out in their order, each on what the ones before it made.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gantang.territory.rules import prefix
from gantang.territory.rules.changing import divisions, grids
from gantang.territory.rules.changing.working import Cell as Cell
from gantang.territory.rules.changing.working import Ground as Ground
from gantang.territory.rules.changing.working import Place as Place
from gantang.territory.rules.changing.working import PlanError as PlanError
from gantang.territory.rules.changing.working import Succeeded as Succeeded

Operation = tuple[str, Mapping[str, Any]]
OPERATIONS: dict[str, Callable[[Ground, Mapping[str, Any]], None]] = {
    "split": grids.split,
    "merge": grids.merge,
    "retire": grids.retire,
    "recode": grids.recode,
    "move": grids.move,
    "redraw": grids.redraw,
    "found": divisions.found,
    "merge_divisions": divisions.merge,
    "recode_division": divisions.recode,
    "retire_division": divisions.retire,
    "rename": divisions.rename,
    "classify": divisions.classify,
    "settle": divisions.settle,
}


def carry_out(ground: Ground, operations: Iterable[Operation]) -> Ground:
    """The ground after the operations. Errors: PlanError, whose details name the operation's place."""
    for number, (kind, data) in enumerate(operations, 1):
        try:
            OPERATIONS[kind](ground, data)
        except PlanError as error:
            error.details["number"] = number
            raise
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise PlanError("unreadable", number=number) from error
    return ground


def touches(operations: Iterable[Operation]) -> tuple[set[str], set[str]]:
    """What has to be known to carry them out: grounds with all below them, and single codes.

    Codes that cannot be read are left out: carrying the operation out says so.
    """
    deep: set[str] = set()
    single: set[str] = set()
    for kind, data in operations:
        codes = {str(one) for key in ("ground", "code") if (one := data.get(key))}
        for key in ("grid", "village", "division", "into", "grids", "divisions", "heir"):
            value = data.get(key)
            deep |= {str(one)[:12] for one in _listed(value) if isinstance(one, str)}
        if kind in ("found", "rename", "classify", "settle"):
            codes |= {str(data.get("division") or "")}
            deep -= {str(data.get("division") or "")}
        single |= {one for one in codes if prefix.is_ground(one)}
    deep = {one for one in deep if prefix.is_ground(one)}
    return deep, single | {above for one in deep | single for above in prefix.chain(one)}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
