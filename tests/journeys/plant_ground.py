"""A standing group, and two townships whose local calendars differ, made by the services; run as a module beside the
site. Prints the group's id.
"""

import json
from datetime import date


def main() -> None:
    """A group with a head, a member and an office; a rest day of its own in each township."""
    import django

    django.setup()
    from gantang.catalogue import service as catalogue
    from gantang.catalogue.types import LocalDay
    from gantang.engine import Words
    from gantang.kit import clock
    from tests.posts.test_groups import add, group
    from tests.world import World

    world, now = World(clock.now().date()), clock.now()
    number = group(world)
    for title, role in (("负责岗", "head"), ("督办岗", "member"), ("回访核验岗", "office")):
        add(world, number, title, role)
    for where, day in (("360428101", 8), ("360428102", 9)):
        listed = LocalDay(where, date(now.year, 12, day), "rest", Words("镇庆", "Town day"), None, "示例文件")
        catalogue.set_day(actor=world.cast.admin, day=listed, now=now)
    print(json.dumps({"group": number}))


if __name__ == "__main__":
    main()
