"""Changed calendars and outages, through all open matters: resumable, doubled without harm, told in figures and lists."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from gantang.catalogue import service as catalogue
from gantang.catalogue.types import CalendarChange, LocalDay
from gantang.engine import Words
from gantang.kit import clock
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.errors import NotAdminError, OutageError
from gantang.matters.models import Moved, Sweep
from gantang.matters.service.wake import CLOCK
from gantang.outbox import service as outbox
from tests.matters.acting import CLASS, Course, row_of, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ZONE = clock.ZONE
#: A Monday without a holiday near; the calendar of the year is published.
MONDAY = datetime(2026, 11, 16, 9, 30, tzinfo=ZONE)


def rest(ground: str, on: date) -> LocalDay:
    return LocalDay(ground, on, "rest", Words("停工日", "day off"), None, "示例文件")


def day_off(world: "World", on: date = date(2026, 11, 18), ground: str = "") -> CalendarChange:
    where = ground or world.county
    return CalendarChange(where, (rest(where, on),), source="示例文件")


def routed(world: "World", ground: str = "", now: datetime = MONDAY) -> Course:
    """Accepted on Monday morning: five working days for the handler, from dispatch."""
    course = Course(told(ground or world.grid, now=now), now)
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    return course


def change(world: "World", given: CalendarChange, now: datetime) -> Sweep:
    """Taken, heard of, and not yet swept."""
    catalogue.change_calendar(actor=world.cast.admin, change_=given, now=now)
    while outbox.deliver_once(now=now):
        pass
    return Sweep.objects.latest("made_at")


def swept(now: datetime, limit: int = 200) -> int:
    turns = 0
    while service.sweep(now=now, limit=limit):
        turns += 1
        assert turns < 100
    return turns


def steps_of(matter: UUID, name: str) -> list[dict]:
    with reading(CLOCK, ids=[matter]):
        row = row_of(matter)
        return [step.data for step in ledger.steps(row.city, matter) if step.name == name]


def test_a_changed_calendar_moves_the_open_deadlines_of_its_ground_and_says_how_many(world: "World"):
    course, elsewhere = routed(world), Course(told(world.foreign_grid, now=MONDAY), MONDAY)
    before, theirs = row_of(course.id), row_of(elsewhere.id)
    sweep = change(world, day_off(world), course.now)
    swept(clock.now())
    after = row_of(course.id)
    assert after.total_due_at - before.total_due_at == timedelta(days=1)
    assert row_of(elsewhere.id).total_due_at == theirs.total_due_at
    (step,) = steps_of(course.id, "recomputed")
    assert world.county in step["calendar"]
    sweep.refresh_from_db()
    assert sweep.done_at is not None and sweep.moved >= 1 and sweep.failed == 0


def test_a_changed_calendar_swept_twice_is_one_step(world: "World"):
    course = routed(world)
    sweep = change(world, day_off(world), course.now)
    swept(clock.now())
    Sweep.objects.filter(id=sweep.id).update(done_at=None, cursor=None)
    moved = Sweep.objects.get(id=sweep.id).moved
    swept(clock.now())
    assert len(steps_of(course.id, "recomputed")) == 1
    assert Sweep.objects.get(id=sweep.id).moved == moved


def test_a_sweep_broken_off_goes_on_from_where_it_was(world: "World"):
    courses = [routed(world) for _ in range(4)]
    sweep = change(world, day_off(world), MONDAY + timedelta(hours=1))
    for _ in range(2):
        assert service.sweep(now=clock.now(), limit=1)
    sweep.refresh_from_db()
    assert sweep.done_at is None and sweep.cursor is not None and sweep.looked == 2
    swept(clock.now(), limit=1)
    sweep.refresh_from_db()
    with reading(CLOCK):
        listed = Moved.objects.filter(sweep=sweep.id).count()
    assert sweep.done_at is not None and sweep.moved == listed == 4
    assert all(len(steps_of(course.id, "recomputed")) == 1 for course in courses)


def test_the_same_news_twice_begins_one_sweep(world: "World"):
    from gantang.matters.service import recompute
    from gantang.outbox.types import Parcel

    refs = {"ground": world.county, "number": 7}
    parcel = Parcel(UUID(int=7), "matters", "calendar.changed", 3600, UUID(int=8), 1, refs)
    recompute.begin(parcel)
    recompute.begin(parcel)
    assert Sweep.objects.filter(ground=world.county, key="7").count() == 1


def test_a_lapse_that_fired_is_not_undone_by_a_changed_calendar(world: "World"):
    course = routed(world)
    late = MONDAY + timedelta(days=15)
    while service.wake(now=late):
        pass
    before = row_of(course.id)
    assert before.supervision
    change(world, day_off(world), late)
    swept(late + timedelta(days=1))
    after = row_of(course.id)
    assert (after.state, after.supervision) == (before.state, before.supervision)


def test_a_year_that_is_published_makes_provisional_deadlines_settled(world: "World"):
    start = datetime(2026, 12, 28, 9, 30, tzinfo=ZONE)
    course = Course(told(world.grid, now=start), start)
    assert any(one.provisional for one in course.seen_by(world.cast.receiver).clocks)
    given = CalendarChange("", (rest("", date(2027, 1, 1)),), year=2027, source="示例通知")
    sweep = change(world, given, start)
    swept(start + timedelta(minutes=5))
    view = course.seen_by(world.cast.receiver)
    assert not any(one.provisional for one in view.clocks)
    sweep.refresh_from_db()
    assert sweep.moved + sweep.settled >= 1


def test_the_list_of_what_moved_shows_each_one_what_is_in_sight(world: "World"):
    course = routed(world)
    number = course.seen_by(world.cast.receiver).number
    sweep = change(world, day_off(world), course.now)
    swept(clock.now())
    from gantang.kit import numbers

    def seen(name: str) -> list[str]:
        return [one.number for one in queries.moved(getattr(world.cast, name), sweep.id)]

    assert numbers.show(number) in seen("receiver")
    (line,) = [
        one for one in queries.moved(world.cast.county_leader, sweep.id) if one.number == numbers.show(number)
    ]
    assert line.total_before and line.total_after and line.total_after > line.total_before
    assert numbers.show(number) not in seen("neighbour")
    assert seen("foreigner") == [] and seen("admin") == []


def test_the_preview_tells_what_the_sweep_then_moves(world: "World"):
    for _ in range(3):
        routed(world)
    given = day_off(world)
    now = MONDAY + timedelta(hours=1)
    touched = queries.touched_by(world.cast.admin, given, now=now)
    sweep = change(world, given, now)
    swept(clock.now())
    sweep.refresh_from_db()
    assert touched.later == sweep.moved >= 3 and touched.earlier == 0 and not touched.more


def test_only_an_administrator_is_shown_what_a_change_would_move(world: "World"):
    with pytest.raises(ForbiddenError):
        queries.touched_by(world.cast.handler, day_off(world), now=MONDAY)


# outages


def outage(world: "World", since: datetime, until: datetime, now: datetime, **given) -> UUID:
    values = {"ground": world.county, "reason": "power", **given}
    return service.enter_outage(actor=world.cast.admin, since=since, until=until, now=now, **values)


def test_an_outage_stops_all_clocks_of_its_ground_once(world: "World"):
    course = routed(world)
    before = row_of(course.id)
    since, until = (MONDAY.replace(day=day, hour=9, minute=0) for day in (17, 19))
    ids = {outage(world, since, until, until + timedelta(hours=1)) for _ in range(2)}
    swept(until + timedelta(hours=1))
    Sweep.objects.update(done_at=None, cursor=None)
    swept(until + timedelta(hours=1))
    (step,) = steps_of(course.id, "outage")
    assert len(ids) == 1 and step["reason"] == "power"
    # 17 and 18 November are touched within working hours, 19 is not: it ended when the doors opened
    assert row_of(course.id).total_due_at - before.total_due_at == timedelta(days=2)


def test_what_would_lapse_in_an_outage_waits_for_it(world: "World"):
    course = routed(world)
    due = row_of(course.id).wake_at
    since, until = due - timedelta(hours=2), due + timedelta(days=2)
    outage(world, since, until, since + timedelta(minutes=1))
    service.wake(now=due + timedelta(minutes=1))
    assert row_of(course.id).wake_at == due
    swept(due + timedelta(minutes=1))
    assert row_of(course.id).wake_at > due


def test_an_outage_that_goes_on_takes_in_what_is_opened_meanwhile_at_its_end(world: "World"):
    since, until = MONDAY - timedelta(minutes=20), MONDAY + timedelta(days=1)
    id_ = outage(world, since, until, MONDAY - timedelta(minutes=10))
    swept(MONDAY - timedelta(minutes=5))
    course = routed(world)
    assert steps_of(course.id, "outage") == []
    assert queries.get_sweep(id_).done_at is None
    swept(until + timedelta(minutes=1))
    assert len(steps_of(course.id, "outage")) == 1 and queries.get_sweep(id_).done_at is not None


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [(0, -1, "power"), (1, 2, "power"), (-61 * 24, 0, "power"), (-1, 31 * 24, "power"), (-2, -1, "laziness")],
)
def test_an_outage_that_makes_no_sense_is_refused(world: "World", since: int, until: int, reason: str):
    with pytest.raises(OutageError):
        outage(world, MONDAY + timedelta(hours=since), MONDAY + timedelta(hours=until), MONDAY, reason=reason)


def test_only_an_administrator_enters_an_outage(world: "World"):
    with pytest.raises(NotAdminError):
        service.enter_outage(
            actor=world.cast.leader,
            ground=world.county,
            since=MONDAY - timedelta(hours=2),
            until=MONDAY,
            reason="power",
            now=MONDAY,
        )
