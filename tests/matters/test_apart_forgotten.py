"""What is left of a service to a person once its term has passed: a number, a procedure, moments."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gantang.kit import clock
from gantang.kit.actor import apart
from gantang.matters import service
from tests.dumped import dump, stands
from tests.matters.acting import row_of
from tests.matters.test_apart import KLASS, NAME, STATION, begun, seen, steps_of

if TYPE_CHECKING:
    from tests.world import World


def test_past_its_term_people_words_class_and_ground_are_gone_from_a_dump(open_world: "World") -> None:
    world = open_world
    course = begun(world)
    course.by(world.actor(STATION, "办理岗"), "take_back")
    assert service.forget_due(now=course.now + timedelta(days=29)) == 0
    assert service.forget_due(now=course.now + timedelta(days=32)) == 1
    row = row_of(course.id)
    assert (row.scope, row.division, row.class_code, row.point_mac, row.point_salt) == (
        "~",
        "",
        "",
        None,
        None,
    )
    whole = dump()
    assert [text for text in (NAME, "焊工", "约好周三") if stands(text, whole)] == []
    (line,) = [one for one in whole.splitlines() if one.startswith("3604\t") and f"\t{row.number}\t" in one]
    assert KLASS not in line and apart(world.unit(STATION)) not in line.split("\t")
    assert KLASS not in steps_of(course) and world.county not in steps_of(course)
    clean = service.rebuild(now=clock.now(), city=3604)
    assert [one for one in clean.found.differences if one.matter == course.id] == []
    assert not seen(world.actor(STATION, "办理岗"), course)
