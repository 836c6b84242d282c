"""What the tasks of the roles begin with, made by the services; run as a module beside the site.

`python -m tests.journeys.plant_tasks` prints one JSON object: the number of a matter by what is to be done with it.
"""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gantang.kit.actor import SYSTEM

if TYPE_CHECKING:
    from tests.world import World

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
    vacant, unit = _administered(world, now)
    numbers = {name: one.receipt.number for name, one in found.items()}
    numbers |= {"vacant": str(vacant), "unit": str(unit)}
    print(json.dumps({**numbers, "mediate": mediated(world, "dispute.neighbour").row.number}))


def _administered(world: "World", now: datetime) -> tuple[int, int]:
    """A vacant post and its unit; one letter that was given up."""
    from gantang.kit import keys
    from gantang.outbox.models import Row
    from gantang.posts import queries, service

    unit = queries.post(world.post(world.county, "受理岗")).unit
    title = "第二受理岗（示例）"
    vacant = service.make_post(
        actor=replace(SYSTEM, admin=True),
        unit=unit,
        title=title,
        duties=("receiver",),
        valid_from=now.date(),
        now=now,
    )
    letter = keys.mint(3604, now)
    Row.objects.create(
        id=letter,
        destination="mail",
        kind="matter.message",
        city=3604,
        stream=letter,
        version=1,
        state=Row.DEAD,
        attempts=12,
        next_at=now,
        created_at=now,
        settled_at=now,
        error_code="smtp.550",
    )
    return vacant, unit


if __name__ == "__main__":
    main()
