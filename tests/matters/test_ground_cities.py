"""Ground that comes to another city: rows stay where they live, everything is found where it lies, and both
counts stay exact."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.kit.keys import city_of
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError, TransferInvalidError
from gantang.matters.models import Matter
from gantang.matters.types import Filters
from gantang.posts import queries as posts
from gantang.posts import service as staff
from gantang.tallies import service as tallies
from gantang.territory import queries as territory
from gantang.territory.types import Operation
from tests.matters import paths
from tests.matters.acting import Course, fresh, row_of, told
from tests.matters.test_ground import agrees, by_ground, figures, swept
from tests.territory.changing import in_force

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
NEW = "361095"
MOVED: Operation = ("recode_division", {"division": "360428", "code": NEW})


def moved(world: "World") -> None:
    in_force(world.cast.admin, MOVED)
    swept(clock.now() + timedelta(minutes=5))


def test_a_county_that_comes_to_another_city_counts_there_now_and_stays_counted_where_it_was(
    world: "World",
) -> None:
    closed, opened = Course(told(world.grid)), Course(told(world.next_grid))
    paths.answered(world, closed)
    closed.by_reporter("confirm", rating=4)
    tallies.fold(3604)
    before, cities = figures(), by_ground("now", level=4)
    moved(world)
    folded = [figures(), tallies.fold(3604), tallies.fold(3610), figures()]
    for after in (folded[0], folded[-1]):
        assert after["3604", "then"] == before["3604", "then"] == before["3604", "now"]
        assert not any(after["3604", "now"].values()) and not any(after["360428", "now"].values())
        assert after["3610", "then"] == before["3610", "then"]
        assert after["3610", "now"]["in"] == before["3610", "now"]["in"] + before["3604", "now"]["in"]
        assert after["36", "then"] == after["36", "now"] == before["36", "now"]
    assert sum(by_ground("now", level=4).values()) == sum(cities.values())
    for course in (closed, opened):
        row = row_of(course.id)
        assert (row.city, city_of(row.id), row.scope[:6], row.grid_then[:6]) == (3604, 3604, NEW, "360428")
    agrees()


def test_whoever_holds_it_finds_it_in_lists_by_number_and_by_words_and_the_new_city_sees_it(
    world: "World",
) -> None:
    course = Course(told(world.grid, words="巷口路灯坏了三天"))
    holder = paths.handled(world, course)
    before = row_of(course.id)
    moved(world)
    now = clock.now()
    for actor in (holder, world.cast.receiver, world.cast.county_leader):
        again = posts.actor_of(account=actor.account, post=actor.post, on=now.date())
        assert queries.get(again, course.id, now=now).number == before.number
        assert course.id in {one.id for one in queries.queue(again, filters=Filters(), now=now).items}
        assert course.id in {
            one.id for one in queries.search(again, words="巷口路灯", filters=Filters(), now=now).items
        }
        assert course.id in {
            one.id for one in queries.search(again, words=before.number, filters=Filters(), now=now).items
        }
    with pytest.raises(MatterNotFoundError):
        queries.get(world.cast.foreigner, course.id, now=now)


def test_the_work_on_an_old_matter_and_on_a_new_one_goes_on(world: "World") -> None:
    old = Course(told(world.grid))
    moved(world)
    new = Course(told(NEW + world.grid[6:]))
    receiver = world.actor("360428101", "受理岗")
    for course in (old, new):
        course.now = clock.now()
        course.by(receiver, "accept", **{"class": "facility.lighting", "track": "ordinary"})
    units = {row_of(one.id).owner_unit for one in (old, new)}
    assert len(units) == 1 and None not in units
    assert (row_of(old.id).city, row_of(new.id).city) == (3604, 3610)
    agrees()


def test_a_place_is_mended_within_the_city_where_it_lies_and_transferred_out_of_that(world: "World") -> None:
    course = Course(told(world.grid))
    moved(world)
    receiver = world.actor("360428101", "受理岗")
    now = clock.now()
    service.place(actor=receiver, matter=course.id, ground=NEW + world.next_grid[6:], key=fresh(), now=now)
    assert row_of(course.id).scope == NEW + world.next_grid[6:]
    with pytest.raises(TransferInvalidError):
        service.place(actor=receiver, matter=course.id, ground="360429", key=fresh(), now=now)


def test_the_numbers_of_a_units_documents_go_on_without_a_gap_or_a_second_one(world: "World") -> None:
    from django.db import transaction

    from gantang.matters.service import series

    unit, now = world.unit("360428"), clock.now()
    with transaction.atomic():
        assert [series.draw(unit, now) for _ in range(2)] == [1, 2]
    moved(world)
    assert posts.unit(unit).ground == NEW
    with transaction.atomic():
        assert (series.last(unit, now), series.draw(unit, now)) == (2, 3)


def test_posts_and_remits_of_the_moved_ground_can_be_changed_and_its_ledger_verified(world: "World") -> None:
    unit = world.unit("360428")
    moved(world)
    now = clock.now()
    staff.make_post(
        actor=world.cast.admin,
        unit=unit,
        title="示例新岗",
        duties=("receiver",),
        valid_from=now.date(),
        now=now,
    )
    grounds = {one.ground[:6] for one in posts.remits(on=now.date())}
    assert NEW in grounds and "360428" not in grounds
    assert territory.successors("360428") == (NEW,)
    assert not Matter.objects.filter(scope__startswith="360428").exists()
