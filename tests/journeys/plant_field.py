"""What waits for a grid worker and for whoever handles, made by the services; run as a module beside the site.

`python -m tests.journeys.plant_field` prints one JSON object: ``screening``: the number of a week's screening on the
worker's grid; ``in_hand``: the number of a matter that is being handled, and ``handler``: who does, by sign-in name.
"""

import json


def main() -> None:
    """Make them and print where they are."""
    import django

    django.setup()
    from gantang.identity.queries import names
    from gantang.kit import clock
    from gantang.kit.work import reading
    from gantang.matters.models import Matter
    from gantang.matters.service.wake import CLOCK
    from tests.journeys import plant
    from tests.matters.screening import matters_of, opened, ordered
    from tests.world import World

    world = World(clock.now().date())
    campaign = ordered(world, world.grid)
    opened(campaign)
    with reading(CLOCK):
        screening = Matter.objects.get(id=matters_of(campaign)[world.grid]).number
    course = plant._told(world, "示例：桥头路灯不亮。", days=0.1)
    handler = plant._handled(world, course)
    account = handler.account or 0
    told = {"screening": screening, "in_hand": course.receipt.number, "handler": names([account])[account]}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
