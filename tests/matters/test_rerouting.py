"""Changed remits: open work follows whoever answers now; previewed, resumable, doubled without harm."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Moved, Sweep
from gantang.matters.service.wake import CLOCK
from gantang.outbox import service as outbox
from gantang.posts import queries as posts
from gantang.posts import service as staffing
from gantang.posts.types import RemitChange
from tests.matters.acting import CLASS, Course, row_of, told
from tests.matters.test_sweeps import steps_of, swept

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)


def with_handler(world: "World", ground: str = "", now: datetime | None = None) -> Course:
    """Accepted, so that the unit whose remit it is has the work."""
    now = now or clock.now()
    course = Course(told(ground or world.grid, now=now), now)
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    return course


def changed(world: "World", **more: Any) -> int:
    """The village answers for lighting in it from today on."""
    values: dict[str, Any] = {
        "klass": "facility",
        "ground": world.village,
        "duty": "handler",
        "unit": world.unit(world.village),
        "basis": "示例文件",
        "valid_from": clock.now().date(),
    }
    return staffing.set_remit(actor=ADMIN, **{**values, **more}, now=clock.now())


def heard(now: datetime | None = None) -> None:
    while outbox.deliver_once(now=now or clock.now()):
        pass


def proposal(world: "World", unit: str) -> RemitChange:
    found = posts.answering(klass=CLASS, ground=world.grid, duty="handler", on=clock.now().date())
    assert found is not None
    after = replace(
        posts.remit(found.remit),
        id=0,
        klass="facility",
        ground=world.village,
        unit=world.unit(unit),
        valid_from=clock.now().date(),
    )
    return RemitChange("facility", world.village, "handler", None, after)


def test_open_work_goes_to_whoever_answers_now_one_step_and_clocks_run_on(world: "World"):
    course = with_handler(world)
    before = row_of(course.id)
    changed(world)
    heard()
    swept(clock.now())
    after = row_of(course.id)
    assert before.owner_unit != after.owner_unit == world.unit(world.village)
    assert (after.due_at, after.total_due_at, after.state) == (
        before.due_at,
        before.total_due_at,
        before.state,
    )
    assert len(steps_of(course.id, "rerouted")) == 1


def test_the_unit_that_lost_the_work_sees_it_no_longer_as_its_own(world: "World"):
    course = with_handler(world)
    unit = row_of(course.id).owner_unit
    handler = next(
        actor for actor in (world.cast.handler, world.cast.department_handler) if actor.unit == unit
    )
    assert course.seen_by(handler).id == course.id
    changed(world)
    heard()
    swept(clock.now())
    with pytest.raises(MatterNotFoundError):
        course.seen_by(handler)


def test_swept_twice_and_heard_twice_it_is_one_step(world: "World"):
    course = with_handler(world)
    changed(world)
    heard()
    swept(clock.now())
    sweep = Sweep.objects.filter(kind=Sweep.REMIT).latest("made_at")
    Sweep.objects.filter(id=sweep.id).update(done_at=None, cursor=None)
    swept(clock.now())
    assert len(steps_of(course.id, "rerouted")) == 1
    assert Sweep.objects.get(id=sweep.id).moved == sweep.moved >= 1


def test_broken_off_it_goes_on_from_where_it_was(world: "World"):
    courses = [with_handler(world) for _ in range(4)]
    changed(world)
    heard()
    waiting = Sweep.objects.filter(kind=Sweep.REMIT, ground=world.village).latest("made_at")
    while Sweep.objects.get(id=waiting.id).looked < 2:
        assert service.sweep(now=clock.now(), limit=1)
    waiting.refresh_from_db()
    assert waiting.done_at is None and waiting.cursor is not None
    swept(clock.now(), limit=1)
    waiting.refresh_from_db()
    with reading(CLOCK):
        listed = list(Moved.objects.filter(sweep=waiting.id))
    assert waiting.done_at is not None and waiting.moved == len(listed) == 4
    assert {one.unit_after for one in listed} == {world.unit(world.village)}
    assert all(len(steps_of(course.id, "rerouted")) == 1 for course in courses)


def test_a_remit_of_a_day_to_come_moves_nothing_before_that_day(world: "World"):
    course = with_handler(world)
    before = row_of(course.id).owner_unit
    tomorrow = clock.now() + timedelta(days=1)
    changed(world, valid_from=tomorrow.date())
    heard()
    swept(clock.now())
    assert row_of(course.id).owner_unit == before
    morning = datetime.combine(tomorrow.date(), datetime.min.time(), clock.ZONE) + timedelta(minutes=1)
    heard(morning)
    Sweep.objects.filter(kind=Sweep.REMIT, done_at=None).update(after=morning)
    swept(morning)
    assert row_of(course.id).owner_unit == world.unit(world.village)


def test_work_for_which_nobody_answers_any_more_stays_where_it_is(world: "World"):
    number = changed(world)
    course = with_handler(world)
    assert row_of(course.id).owner_unit == world.unit(world.village)
    for remit in posts.remits(world.grid, on=clock.now().date()):
        if remit.duty == "handler" and world.grid.startswith(remit.ground):
            staffing.end_remit(actor=ADMIN, remit=remit.id, valid_to=clock.now().date(), now=clock.now())
    heard()
    swept(clock.now())
    assert row_of(course.id).owner_unit == world.unit(world.village) and number


def test_the_preview_says_how_many_go_from_where_to_where_and_changes_nothing(world: "World"):
    course = with_handler(world)
    with_handler(world, world.next_grid)
    before = row_of(course.id).owner_unit
    found = queries.moved_by(world.cast.admin, [proposal(world, world.village)], now=clock.now())
    (handed,) = found.handed
    assert (handed.duty, handed.before, handed.after, handed.count) == (
        "handler",
        before,
        world.unit(world.village),
        2,
    )
    assert found.moving == 2 and found.looked >= 2 and not found.more
    assert row_of(course.id).owner_unit == before


def test_a_remit_that_says_the_same_moves_nothing_in_the_preview(world: "World"):
    with_handler(world)
    same = proposal(world, world.village)
    found = posts.answering(klass=CLASS, ground=world.grid, duty="handler", on=clock.now().date())
    assert found is not None and same.after is not None
    kept = replace(same, after=replace(same.after, unit=found.unit))
    assert queries.moved_by(world.cast.admin, [kept], now=clock.now()).moving == 0


def test_only_administrators_are_told_what_would_move(world: "World"):
    with pytest.raises(ForbiddenError):
        queries.moved_by(world.cast.leader, [], now=clock.now())
