"""What is missing in the staffing of a ground: pure rules, then the small world as it stands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from gantang.catalogue import service as catalogue
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.posts import queries, service
from gantang.posts.rules.checks import Picture, check, counted_from
from gantang.posts.types import FUNCTIONS, TASKS, Needs, Staffed, StaffFinding

if TYPE_CHECKING:
    from tests.world import World

ADMIN = replace(SYSTEM, admin=True)
ON = date(2026, 11, 28)
GRID, VILLAGE, TOWNSHIP = "360428101001001", "360428101001", "360428101"


def untrained(_since: Mapping[int, date], _on: date) -> dict[int, int]:
    """Nobody did any hours."""
    return {}


def staffed(**more: Any) -> Staffed:
    values: dict[str, Any] = {
        "post": 1,
        "title": "网格员",
        "unit": 7,
        "kind": "village",
        "level": 5,
        "area": GRID,
        "role": "grid_worker",
        "tasks": frozenset(TASKS),
        "account": 1,
        "acting": False,
        "since": date(2025, 1, 1),
    }
    return Staffed(**{**values, **more})


def found(*posts: Staffed, **more: Any) -> list[tuple[str, str, int, int, str]]:
    values: dict[str, Any] = {
        "on": ON,
        "grids": [],
        "villages": [],
        "townships": [],
        "centres": {},
        "filled": {},
        "posts": posts,
        "hours": {1: 100},
        "needs": Needs(volunteers=0),
    }
    told = check(Picture(**{**values, **more}))
    return [(one.kind, one.ground, one.have, one.need, one.detail) for one in told]


def test_a_grid_without_a_worker_is_found_and_an_acting_one_is_a_worker():
    assert found(grids=[GRID]) == [("grid_short", GRID, 0, 1, "grid_worker")]
    assert found(staffed(), grids=[GRID]) == []
    acting = staffed(account=None, acting=True, since=ON)
    assert [one[0] for one in found(acting, grids=[GRID])] == ["vacant"]


def test_one_plus_n_plus_n_wants_a_head_workers_and_volunteers():
    needs = Needs(heads=1, workers=2, volunteers=3)
    told = found(staffed(), staffed(post=2, role="volunteer"), grids=[GRID], needs=needs)
    assert told == [
        ("grid_short", GRID, 0, 1, "grid_head"),
        ("grid_short", GRID, 1, 2, "grid_worker"),
        ("grid_short", GRID, 1, 3, "volunteer"),
    ]


def test_the_six_roles_may_be_shared_out_but_none_may_be_missing():
    half = staffed(tasks=frozenset(TASKS[:3]))
    assert found(half, grids=[GRID]) == [("grid_tasks", GRID, 3, 6, ",".join(TASKS[3:]))]
    assert found(half, staffed(post=2, role="volunteer", tasks=frozenset(TASKS[3:])), grids=[GRID]) == []


def test_hours_are_those_before_the_post_in_its_first_year_and_the_yearly_ones_later():
    assert found(staffed(), hours={1: 7}) == [("training", GRID, 7, 8, "")]
    assert found(staffed(since=date(2026, 3, 1)), hours={1: 15}) == [("training", GRID, 15, 16, "")]
    assert found(staffed(), staffed(post=2, account=2, role="volunteer"), hours={1: 8}) == []


def test_a_village_needs_an_officer_who_is_in_office():
    officer = staffed(kind="police", level=4, role="village_police", area=VILLAGE)
    assert found(villages=[VILLAGE]) == [("no_police", VILLAGE, 0, 1, "")]
    assert found(officer, villages=[VILLAGE]) == []
    assert ("no_police", VILLAGE, 0, 1, "") in found(replace(officer, account=None), villages=[VILLAGE])


def test_judicial_offices_without_or_with_one_person_are_told_apart_from_none_at_all():
    post = staffed(kind="justice", level=4, role="", area=TOWNSHIP)
    other = replace(post, post=2)
    assert found(townships=[TOWNSHIP]) == [("no_justice", TOWNSHIP, 0, 1, "")]
    none = found(replace(post, account=None), replace(other, account=None), townships=[TOWNSHIP])
    assert ("justice_none", TOWNSHIP, 0, 2, "") in none
    one = found(post, replace(other, account=None), townships=[TOWNSHIP])
    assert ("justice_one", TOWNSHIP, 1, 2, "") in one
    assert found(post, other, townships=[TOWNSHIP]) == []


def test_a_centre_lacks_what_nobody_fills():
    told = found(centres={5: TOWNSHIP}, filled={5: {"command", "service"}})
    assert [one[4] for one in told] == sorted(set(FUNCTIONS) - {"command", "service"})


def test_a_vacancy_tells_its_days_and_whether_somebody_acts():
    told = found(staffed(account=None, acting=True, since=date(2026, 11, 20), role=""))
    assert told == [("vacant", GRID, 8, 0, "acting")]


def test_every_kind_has_its_words():
    for kind, detail in (
        ("vacant", "acting"),
        ("vacant", ""),
        ("no_function", "warning"),
        ("grid_short", "grid_head"),
        ("grid_tasks", "patrol,service"),
        ("training", ""),
        ("no_police", ""),
        ("no_justice", ""),
        ("justice_none", ""),
        ("justice_one", ""),
    ):
        words = queries.finding_words(StaffFinding(kind, GRID, have=1, need=2, detail=detail))
        assert words and "%" not in words


@pytest.mark.django_db
def test_the_small_world_lacks_what_it_lacks_and_what_is_mended_is_no_longer_told(world: "World"):
    today, mediator = clock.now().date(), world.account_of("mediator")
    found = queries.check(world.township, on=today, hours=untrained)
    grids = [one for one in found if one.kind == "grid_short"]
    assert {one.detail for one in grids} == {"volunteer"}
    assert "no_function" not in {one.kind for one in found}
    assert [one.ground for one in found if one.kind == "no_justice"] == [world.township]
    office = service.make_unit(
        actor=ADMIN,
        name="示例司法所",
        level=4,
        ground=world.township,
        kind="justice",
        valid_from=today,
        now=clock.now(),
    )
    for title in ("所长岗", "司法助理员岗"):
        post = service.make_post(
            actor=ADMIN, unit=office, title=title, duties=[], valid_from=today, now=clock.now()
        )
        service.appoint(actor=ADMIN, post=post, account=mediator, valid_from=today, now=clock.now())
    catalogue.set_slot(
        actor=ADMIN,
        code="staffing.volunteers",
        value=0,
        source="示例文件",
        valid_from=today,
        now=clock.now(),
    )
    kinds = {one.kind for one in queries.check(world.township, on=today, hours=untrained)}
    assert not kinds & {"no_justice", "justice_none", "justice_one", "grid_short"}


@pytest.mark.django_db
def test_grids_without_a_worker_are_those_that_the_whole_check_names(world: "World"):
    today = clock.now().date()

    def told() -> list[str]:
        short = [
            one
            for one in queries.check(world.township, on=today, hours=untrained)
            if one.kind == "grid_short"
        ]
        return [one.ground for one in short if one.detail == "grid_worker" and not one.have]

    def quick() -> list[str]:
        return queries.without_worker(world.township, on=today)

    assert quick() == told()
    assert world.grid not in quick()
    held = queries.posts_of(world.account_of("grid_worker"), today)[0]
    service.end_appointment(actor=ADMIN, appointment=held.appointment, valid_to=today, now=clock.now())
    assert world.grid in quick()
    assert quick() == told()
    acting = {"actor": ADMIN, "post": held.post.id, "account": world.account_of("mediator"), "acting": True}
    service.appoint(**acting, valid_from=today, now=clock.now())
    assert world.grid not in quick()
    assert quick() == told()


def test_hours_count_from_this_year_and_for_the_new_from_the_year_before():
    old, new = staffed(), staffed(post=2, account=2, since=date(2026, 3, 1))
    beside = staffed(post=3, account=2)
    assert counted_from([new, old, beside], ON) == {1: date(2026, 1, 1), 2: date(2025, 1, 1)}
    assert counted_from([staffed(account=None), staffed(role="volunteer")], ON) == {}


@pytest.mark.django_db
def test_hours_of_training_are_those_of_whoever_holds_the_post(world: "World"):
    today = clock.now().date()
    held = queries.posts_of(world.account_of("grid_worker"), today)[0]
    asked: dict[int, date] = {}

    def due(done: int) -> set[int | None]:
        def hours(since: Mapping[int, date], _on: date) -> dict[int, int]:
            asked.update(since)
            return {world.account_of("grid_worker"): done}

        found = queries.check(world.grid[:12], on=today, hours=hours)
        return {one.post for one in found if one.kind == "training"}

    assert held.post.id in due(0) and held.post.id not in due(40)
    assert asked[world.account_of("grid_worker")].month == 1
