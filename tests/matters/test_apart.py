"""A service to a person by agreement lies with the unit that gives it: nobody else sees it, nothing counts it, and
what is forgotten is its class and its ground as well."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM, Actor, apart
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.errors import AnswerInvalidError, MatterNotFoundError, ReportInvalidError
from gantang.matters.models import Matter, Share
from gantang.matters.types import Contact, Filters, Report
from gantang.portal.suggesting import suggest
from gantang.tallies import queries as tallies
from gantang.vault.models import Entry
from tests.matters import paths
from tests.matters.acting import Course, fresh, row_of, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
KLASS, STATION = "service.aftercare", "360428:aftercare"
NAME, WORDS = "闻人拾捌", "闻人拾捌想学焊工。"


def report(world: "World", **given: Any) -> Report:
    words = {"words": WORDS, "class_code": KLASS, "ground": world.grid, "on_behalf": True}
    return Report(channel="counter", **(words | {"reporter": Contact(name=NAME), "anonymous": False} | given))


def taken_in(world: "World", by: Actor | None = None, **given: Any) -> Course:
    desk = by or world.actor(STATION, "受理岗")
    now = clock.now()
    return Course(service.intake(actor=desk, report=report(world, **given), key=fresh(), now=now), now)


def begun(world: "World") -> Course:
    course = taken_in(world)
    course.by(world.actor(STATION, "受理岗"), "agree", consent="in_writing", services=["training"])
    course.by(world.actor(STATION, "办理岗"), "serve", services=["training"], note="和闻人拾捌约好周三。")
    return course


def steps_of(course: Course) -> str:
    with reading(SYSTEM, ids=[course.id]):
        found = ledger.steps(keys.city_of(course.id), course.id)
    return json.dumps([[one.name, dict(one.data)] for one in found], ensure_ascii=False)


def seen(actor: Actor, course: Course) -> bool:
    """By its address or in the list; both or neither."""
    listed = queries.queue(actor, filters=Filters(view="all"), now=course.now, size=200).items
    try:
        queries.get(actor, course.id, now=course.now)
    except MatterNotFoundError:
        assert course.id not in {one.id for one in listed}
        return False
    assert course.id in {one.id for one in listed}
    return True


def test_it_lies_with_its_unit_at_its_county_without_grid_point_or_word(world: "World") -> None:
    course = taken_in(world, ground="", point=world.point)
    row = row_of(course.id)
    assert (row.scope, row.division, row.class_code) == (apart(world.unit(STATION)), world.county, KLASS)
    assert (row.grid_now, row.grid_then, row.lon, row.lat, row.urban) == ("~", "~", None, None, None)
    assert row.gist == "安置帮教" and row.counted == []
    with reading(SYSTEM, ids=[course.id]):
        assert set(Entry.objects.filter(matter_id=course.id).values_list("purpose", flat=True)) == {"service"}


def test_no_step_of_it_says_class_or_ground(world: "World") -> None:
    told_ = steps_of(begun(world))
    assert KLASS not in told_ and world.county not in told_ and NAME not in told_


def test_only_its_unit_s_posts_for_just_that_class_see_it(world: "World") -> None:
    course = begun(world)
    for title in ("受理岗", "办理岗", "核验岗", "负责岗"):
        assert seen(world.actor(STATION, title), course), title
    outside = [name for name in world.cast if seen(getattr(world.cast, name), course)]
    assert outside == []
    assert not seen(world.actor("360428:counselling", "办理岗"), course)
    with reading(SYSTEM, ids=[course.id]):
        assert not Share.objects.filter(matter_id=course.id).exists()


def test_it_is_on_no_phone(world: "World") -> None:
    course = begun(world)
    assert not seen(world.actor(STATION, "办理岗").on_ground(), course)


def test_it_is_counted_nowhere_and_told_to_nobody(world: "World") -> None:
    lies = apart(world.unit(STATION))

    def counted() -> list[Any]:
        return [
            tallies.by("procedure", measure, ground=ground)
            for measure in ("in", "out")
            for ground in ("36", lies)
        ]

    before = counted()
    begun(world)
    assert counted() == before
    assert not any(KLASS in str(one) or "aftercare" in str(one) for one in before)


def test_nobody_learns_from_it(world: "World") -> None:
    begun(world)
    assert all(one.class_code != KLASS for one in queries.decided(most=1000))
    assert suggest("想问安置帮教，还有心理服务。") is None


def test_only_its_unit_takes_it_in(world: "World") -> None:
    for other in (world.cast.receiver, world.cast.county_leader, world.actor("360428:counselling", "受理岗")):
        with pytest.raises(ReportInvalidError):
            taken_in(world, by=other)
    with pytest.raises(ReportInvalidError):
        told(world.grid, class_code=KLASS)


def test_nothing_else_becomes_such_a_matter_nor_it_anything_else(world: "World") -> None:
    course, other = begun(world), paths.begun(world)
    with pytest.raises(AnswerInvalidError):
        service.classify(
            actor=world.cast.receiver, matter=other.id, class_code=KLASS, key=fresh(), now=other.now
        )
    with pytest.raises(AnswerInvalidError):
        other.by(world.cast.receiver, "accept", **(paths.CLASSED | {"class": KLASS}))
    for mend in (
        lambda **given: service.classify(class_code="facility.lighting", **given),
        lambda **given: service.place(ground=world.grid, **given),
        lambda **given: service.mend_gist(gist=WORDS, **given),
    ):
        with pytest.raises(ForbiddenError):
            mend(actor=world.actor(STATION, "受理岗"), matter=course.id, key=fresh(), now=course.now)


def test_its_lateness_is_told_in_its_unit(world: "World") -> None:
    course = taken_in(world)
    now = course.now + timedelta(days=30)
    service.wake(now=now)
    assert seen(world.actor(STATION, "负责岗"), course)
    told_ = [line[1]["mark"] for line in json.loads(steps_of(course)) if line[0] == "told"]
    assert told_[:2] == ["yellow", "red"]
    held = row_of(course.id).case["holders"].values()
    assert {one["unit"] for one in held} == {world.unit(STATION)}


def test_a_rebuild_finds_it_as_it_is_and_notices_what_was_changed(world: "World") -> None:
    course = begun(world)
    clean = service.rebuild(now=clock.now(), city=3604)
    assert [one for one in clean.found.differences if one.matter == course.id] == []
    with reading(SYSTEM, ids=[course.id]):
        Matter.objects.filter(id=course.id).update(scope=apart(world.unit("360428:counselling")))
    found = service.rebuild(now=clock.now(), city=3604)
    assert [one.column for one in found.found.differences if one.matter == course.id] == ["point"]
