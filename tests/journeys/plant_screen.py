"""Matters for the wall, spread over days and grids; prints what SQL counts of them, run as a module beside the site."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import World

MANY = 44
#: On the next grid of the same village. A cell below five takes the next smallest out of sight with it, wherever
#: another journey left one: it shall not be the first grid that goes.
NEXT = 6


def main() -> None:
    """Make them and print the open matters of the county and of each township, as SQL counts the rows."""
    import django

    django.setup()
    from gantang.kit import clock
    from tests.world import World

    world = World(clock.now().date())
    spread(world)
    print(json.dumps(counted(world.county)))


def spread(world: "World") -> None:
    """Some on each grid in turn, a few on each day of four weeks; most of them on the first grid."""
    from gantang.kit import clock
    from gantang.territory import queries as territory
    from tests.matters.acting import told

    grids = territory.codes(world.county, on=world.on)
    for number in range(MANY):
        grid = world.grid if number % 3 else grids[number % len(grids)]
        at = clock.now() - timedelta(days=number * 7 % 27, minutes=number)
        told(grid, f"示例：第{number}处路灯不亮。", now=at)
    beside = [one for one in territory.codes(world.grid[:12], on=world.on) if one != world.grid]
    for number in range(NEXT):
        told(beside[0], f"示例：第{number}处井盖松动。", now=clock.now() - timedelta(minutes=number))


def counted(county: str) -> dict[str, int]:
    """Open matters that are counted, by township and in the whole county: of the rows, not of the tallies."""
    from django.db import connection

    from gantang.kit.actor import Actor, Triple
    from gantang.kit.work import reading

    with reading(Actor(client="test", sight=(Triple("*", "", "leader", 0),))), connection.cursor() as cursor:
        cursor.execute(
            "SELECT left(scope, 9), count(*) FROM matter WHERE ended_at IS NULL"
            " AND jsonb_path_exists(counted, 'strict $[*] ? (@[1] == \"in\")')"
            " AND scope >= %s AND scope < %s GROUP BY 1",
            [county, county + ":"],
        )
        found = dict(cursor.fetchall())
    return found | {county: sum(found.values())}


if __name__ == "__main__":
    main()
