"""What the tasks of the roles begin with, made by the services; run as a module beside the site.

`python -m tests.journeys.plant_tasks` prints one JSON object: the number of a matter by what is to be done with it.
"""

import json
from datetime import timedelta

CLASS = "facility.lighting"


def main() -> None:
    """Make the matters and print where they are."""
    import django

    django.setup()
    from gantang.kit import clock
    from gantang.matters import service
    from gantang.matters.types import Contact
    from tests.journeys.plant import contested, late
    from tests.matters.acting import Course, told
    from tests.matters.test_course import holder_of
    from tests.matters.ways.disputes import mediated
    from tests.world import World

    world, now = World(clock.now().date()), clock.now()

    def course(words: str, **given: object) -> Course:
        return Course(told(world.grid, words, class_code=CLASS, now=now, **given), now)

    def accepted(words: str) -> Course:
        made = course(words)
        made.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
        return made

    taken = accepted("文化广场的灯一闪一闪，看着头晕（示例）。")
    taken.by(holder_of(taken, world), "take_on")
    answered = Course(
        told(world.grid, "小学门口的灯不亮（示例）。", class_code=CLASS, now=now - timedelta(days=30))
    )
    answered.now = now - timedelta(days=30)
    answered.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    handler = holder_of(answered, world)
    answered.by(handler, "take_on")
    answered.by(handler, "answer", result="resolved", reply="换了灯头，已经亮了（示例）。")
    while service.wake(now=now):
        pass
    person = Contact(name="示例来电人", phone="13900007715")
    found = {
        "triage": course("卫生院门口三盏路灯都不亮（示例）。"),
        "caller": course("老街路灯白天也亮着（示例）。", reporter=person),
        "take_on": accepted("码头路灯杆歪了（示例）。"),
        "answer": taken,
        "verify": answered,
        "late": late(world),
        "rule": contested(world),
    }
    numbers = {name: one.receipt.number for name, one in found.items()}
    print(json.dumps({**numbers, "mediate": mediated(world, "dispute.neighbour").row.number}))


if __name__ == "__main__":
    main()
