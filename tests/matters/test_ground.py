"""Ground that changes under matters, open and closed: both counts stay exact, and whoever held the work
still holds and sees it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Sweep
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Filters
from gantang.posts import queries as posts
from gantang.tallies import queries as counts
from gantang.tallies import service as tallies
from gantang.territory import queries as territory
from tests.matters import paths
from tests.matters.acting import Course, fresh, report, row_of, told
from tests.territory.changing import halves, in_force

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
OTHER = "360429"
GROUNDS = ("36", "3604", "3610", "360428", OTHER)
MEASURES = ("in", "out", "closed", "days")
Figures = dict[tuple[str, str], dict[str, int]]


def merge(world: "World", into: str = OTHER) -> tuple[str, dict[str, Any]]:
    return "merge_divisions", {"divisions": [world.county], "into": into}


def swept(now: datetime, limit: int = 200) -> int:
    turns = 0
    while service.sweep(now=now, limit=limit):
        turns += 1
        assert turns < 200
    return turns


def figures() -> Figures:
    """Every measure over every ground, as then and as now."""
    return {
        (ground, basis): counts.totals(MEASURES, ground=ground, basis=basis)
        for ground in GROUNDS
        for basis in ("then", "now")
    }


def by_ground(basis: str, level: int = 6) -> dict[str, int]:
    return counts.by("ground", "in", ground="36", level=level, basis=basis)


def at(point: tuple[float, float], ground: str = "") -> Course:
    """A matter with a point."""
    key, made = fresh(), report(ground, point=point)
    from gantang.kit.actor import Actor

    return Course(service.intake(actor=Actor(client=f"form:{key}"), report=made, key=key, now=clock.now()))


def agrees() -> None:
    """The ledger says what rows and counts say."""
    rebuilt = service.rebuild(now=clock.now())
    assert rebuilt.found.differences == () and rebuilt.found.counts == ()


def following(code: str) -> str:
    return next(one.new for one in territory.lineage(code) if one.heir)


@pytest.mark.slow
def test_a_county_merged_in_mid_year_with_open_matters_keeps_both_counts_exact(world: "World") -> None:
    closed, opened = Course(told(world.grid)), Course(told(world.grid))
    paths.answered(world, closed)
    closed.by_reporter("confirm", rating=4)
    paths.handled(world, opened)
    wide, spotted, foreign = Course(told(world.township)), at(world.point), Course(told(world.foreign_grid))
    tallies.fold(3604)
    late = Course(told(world.next_grid))  # its counts are not folded yet
    before = figures()
    assert before["360428", "now"]["in"] >= 5 and before[OTHER, "now"]["in"] == 0
    in_force(world.cast.admin, merge(world))
    swept(clock.now())
    after = figures()
    assert after["360428", "then"] == before["360428", "then"]
    assert after[OTHER, "then"] == before[OTHER, "then"]
    assert not any(after["360428", "now"].values())
    assert after[OTHER, "now"] == before["360428", "now"]
    for ground in ("36", "3604", "3610"):
        assert after[ground, "then"] == after[ground, "now"] == before[ground, "now"]
    for course in (closed, opened, spotted, late):
        row = row_of(course.id)
        assert row.scope == row.grid_now == following(row.grid_then)
    assert row_of(wide.id).scope == following(world.township)
    assert row_of(foreign.id).scope == world.foreign_grid
    agrees()


@pytest.mark.slow
def test_folding_before_or_after_changes_no_figure(world: "World") -> None:
    Course(told(world.grid))
    in_force(world.cast.admin, merge(world))
    swept(clock.now())
    unfolded = figures()
    tallies.fold(3604)
    assert figures() == unfolded


@pytest.mark.slow
@pytest.mark.parametrize("basis", ["then", "now"])
def test_the_sum_over_grounds_never_changes(world: "World", basis: str) -> None:
    for ground in (world.grid, world.next_grid, world.other_grid, world.township, world.county):
        Course(told(ground))
    before = sum(by_ground(basis).values())
    in_force(world.cast.admin, merge(world))
    for _ in range(30):  # also in the middle of the sweep
        assert sum(by_ground(basis).values()) == before
        if not service.sweep(now=clock.now(), limit=1):
            break
    assert sum(by_ground(basis).values()) == before


def test_a_split_sends_each_matter_to_the_grid_of_its_point_and_the_rest_to_the_heir(world: "World") -> None:
    grid = territory.grid(world.grid)
    assert grid is not None and grid.lon is not None
    outline = territory.outlines(world.grid, on=world.on)[world.grid][0][0]
    west, east = halves(outline)
    lons = [sum(p[0] for p in half[0][0]) / 4 for half in (west, east)]
    courses = [at((lon, grid.lat)) for lon in lons if grid.lat]  # type: ignore[arg-type]
    without = Course(told(world.grid))
    assert {row_of(one.id).scope for one in courses} == {world.grid}
    into = [{"households": 400, "parts": west}, {"households": 300, "parts": east}]
    in_force(world.cast.admin, ("split", {"grid": world.grid, "into": into, "heir": 1}))
    swept(clock.now())
    first, second = sorted(one.new for one in territory.lineage(world.grid))
    assert [row_of(one.id).scope for one in courses] == [first, second]
    assert row_of(without.id).scope == second
    agrees()


def test_a_corrected_border_moves_only_what_lies_beyond_it(world: "World") -> None:
    grid = territory.grid(world.grid)
    outline = territory.outlines(world.grid, on=world.on)[world.grid][0][0]
    west, east = halves(outline)
    inside, beyond = (
        at((sum(p[0] for p in half[0][0]) / 4, grid.lat))  # type: ignore[union-attr,arg-type]
        for half in (west, east)
    )
    neighbour = territory.outlines(world.next_grid, on=world.on)[world.next_grid]
    in_force(
        world.cast.admin,
        ("redraw", {"grid": world.grid, "parts": west}),
        (
            "redraw",
            {
                "grid": world.next_grid,
                "parts": [[list(outer), list(holes)] for outer, holes in neighbour] + east,
            },
        ),
    )
    swept(clock.now())
    assert row_of(inside.id).scope == world.grid
    assert row_of(beyond.id).scope == world.next_grid
    agrees()


@pytest.mark.slow
def test_whoever_held_the_work_still_holds_and_sees_it(world: "World") -> None:
    course, waiting = Course(told(world.grid)), Course(told(world.county))
    holder = paths.handled(world, course)
    before, first = row_of(course.id), row_of(waiting.id)
    assert queries.get(world.cast.county_receiver, waiting.id, now=clock.now())
    in_force(world.cast.admin, merge(world))
    swept(clock.now())
    after, then = row_of(course.id), row_of(waiting.id)
    held = ("owner_unit", "owner_post", "owner_duty", "unit", "state", "due_at")
    assert [getattr(before, name) for name in held] == [getattr(after, name) for name in held]
    assert then.owner_unit == first.owner_unit and then.scope == OTHER
    for actor in (holder, world.cast.receiver, world.cast.dispatcher, world.cast.leader):
        again = posts.actor_of(account=actor.account, post=actor.post, on=world.on)
        assert queries.get(again, course.id, now=clock.now())
        assert course.id in {one.id for one in queries.queue(again, filters=Filters(), now=clock.now()).items}
    county = world.actor("360428", "受理岗")
    assert queries.get(county, waiting.id, now=clock.now())
    for stranger in (world.cast.neighbour, world.cast.foreigner):
        with pytest.raises(MatterNotFoundError):
            queries.get(stranger, course.id, now=clock.now())


@pytest.mark.slow
def test_the_work_goes_on_by_the_remits_that_held_before(world: "World") -> None:
    accepted = {"class": "facility.lighting", "track": "ordinary"}
    former, course = Course(told(world.grid)), Course(told(world.grid))
    former.by(world.cast.receiver, "accept", **accepted)
    in_force(world.cast.admin, merge(world))
    swept(clock.now())
    course.now = clock.now()
    course.by(world.actor("360428101", "受理岗"), "accept", **accepted)
    assert row_of(course.id).owner_unit == row_of(former.id).owner_unit
    assert row_of(course.id).owner_unit is not None
    agrees()


@pytest.mark.slow
def test_a_sweep_broken_off_goes_on_and_moves_each_matter_once(world: "World") -> None:
    courses = [Course(told(world.grid)) for _ in range(4)]
    in_force(world.cast.admin, merge(world))
    for _ in range(2):
        assert service.sweep(now=clock.now(), limit=1)
    swept(clock.now(), limit=1)
    Sweep.objects.filter(kind="ground").update(done_at=None, cursor=None, after=clock.now())
    swept(clock.now(), limit=3)
    for course in courses:
        with reading(CLOCK, ids=[course.id]):
            steps = [one.name for one in ledger.steps(3604, course.id)]
        assert steps.count("relocated") == 1
    assert sum(Sweep.objects.filter(kind="ground").values_list("moved", flat=True)) == 4


@pytest.mark.slow
def test_what_came_in_under_an_old_code_meanwhile_is_taken_by_a_second_pass(world: "World") -> None:
    in_force(world.cast.admin, merge(world))
    swept(clock.now())
    now = clock.now()
    course = Course(told(world.grid, now=now - timedelta(days=1)))  # another process still knew the old code
    assert row_of(course.id).scope == world.grid
    swept(now + timedelta(minutes=5))
    assert row_of(course.id).scope == following(world.grid)
    agrees()


@pytest.mark.slow
def test_the_same_news_twice_begins_one_sweep_for_each_root(world: "World") -> None:
    from uuid import UUID

    from gantang.matters.service import relocating
    from gantang.outbox.types import Parcel

    change = in_force(world.cast.admin, merge(world), ("retire", {"grid": world.foreign_grid}))
    parcel = Parcel(UUID(int=7), "matters", "grid.changed", 3604, change, 1, {"change": str(change)})
    relocating.begin(parcel)
    assert sorted(Sweep.objects.filter(key=str(change)).values_list("ground", flat=True)) == [
        world.county,
        world.foreign_grid,
    ]


def test_ground_that_becomes_urban_counts_so_as_now_and_stays_rural_as_then(world: "World") -> None:
    Course(told(world.rural_village))
    in_force(world.cast.admin, ("classify", {"ground": world.rural_village, "urban_class": "121"}))
    swept(clock.now())
    split = {
        basis: counts.by("urban", "in", ground=world.rural_village, basis=basis) for basis in ("then", "now")
    }
    assert split == {"then": {"rural": 1}, "now": {"urban": 1}}
    agrees()


@pytest.mark.slow
def test_a_chain_of_changes_leads_to_where_the_matter_lies_today(world: "World") -> None:
    course = Course(told(world.grid))
    in_force(world.cast.admin, ("recode", {"grid": world.grid, "kind": "school"}))
    in_force(world.cast.admin, merge(world))
    swept(clock.now())
    row = row_of(course.id)
    assert row.grid_then == world.grid
    assert row.scope.startswith(OTHER) and row.scope.endswith("801")
    assert territory.exists(row.scope, clock.now().date())
    agrees()
