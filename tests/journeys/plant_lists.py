"""Two lists that opened items; prints their numbers."""

import json

import django

django.setup()

from gantang.kit import clock  # noqa: E402
from tests.matters.ways import duties  # noqa: E402
from tests.world import World  # noqa: E402


def main() -> None:
    world = World(on=clock.now().date())
    numbers = []
    for ends in (True, False):
        course, first, _second = duties.issued(world)
        if ends:
            first.go("progress", "done", "strike_off")
        numbers.append(course.row.number)
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
