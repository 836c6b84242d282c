"""Walking the cube: everybody at every operation of one kind of row, and what is not as the page by hand says."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse

from gantang.kit import numbers
from tests.doors.cube import rows
from tests.doors.cube.people import Asker, grounded
from tests.doors.cube.rights import NEEDS, Cell, expected, is_list
from tests.doors.cube.sight import SEES
from tests.doors.table import LIST, MATTER, TABLE, Row
from tests.doors.test_permissions import content

if TYPE_CHECKING:
    from tests.world import World

#: Every operation on a matter, and every list; from the table that no address of the site is missing in.
ROWS = [row for row in TABLE if row.need in (MATTER, LIST)]
#: The kinds of rows that have a number.
OPEN = [place for place in SEES if place != "protected"]
#: Asked for at every operation; the others, each of which differs from one of these by place or by holder alone, at one
#: operation for each need of each door, and by the long proof at every one.
WHOLE = ("own grid", "other county", "shared, other township")
OTHERS = tuple(place for place in OPEN if place not in WHOLE)
FEW = list({(NEEDS[str(row)], row.is_api): row for row in reversed(ROWS)}.values())
#: What is walked with every change: by place, the operations.
WALKED = {**dict.fromkeys(WHOLE, ROWS), **dict.fromkeys(OTHERS, FEW)}


@dataclass(frozen=True)
class Cube:
    """Everybody who asks, and the world they ask in."""

    world: "World"
    askers: tuple[Asker, ...]


def small_world() -> "World":
    """The small world, as on today's date, for a whole module."""
    from gantang.kit.clock import now
    from gantang.territory.queries import grids
    from tests.world import World

    world = World(now().date())
    return replace(world, foreign_grid=grids(world.foreign_township)[0].code)


def walk(place: str, cube: Cube, operations: list[Row] = ROWS) -> str:
    """The cells that differ, an operation a line: what came, what should have, for whom. Nothing stays."""
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    with transaction.atomic():
        lying = rows.lying(cube.world, place)
        for asker in cube.askers:
            cache.clear()  # nobody is slowed down for what others asked
            for number, row in enumerate(operations):
                answer = asker.ask(grounded(row, lying.ground), lying.place, f"{asker.name}-{number}")
                if fault := differs(row, expected(row, asker.name, place), lying, answer):
                    wrong[f"{number} {row}", fault].append(asker.name or "nobody")
        transaction.set_rollback(True)
    return "\n".join(f"{place}: {op}: {what}: {', '.join(who)}" for (op, what), who in wrong.items())


def differs(row: Row, cell: Cell, lying: rows.Lying, answer: HttpResponse) -> str:
    """What is not as it should be, in words."""
    if answer.status_code not in cell.statuses:
        return f"{answer.status_code}, not {cell.statuses}"
    where = answer.get("Location", "")
    if answer.status_code == 302 and cell.leads not in where:
        return f"leads to {where}, not {cell.leads}"
    if not is_list(row) or answer.status_code != 200:
        return ""
    shown = numbers.show(lying.place.number) in content(answer)
    return "" if shown == cell.allowed else "shown" if shown else "not shown"
