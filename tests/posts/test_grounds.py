"""Units, posts, groups and remits follow changed ground: who answered for it answers for what became of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.service import stream_of
from gantang.posts import queries
from gantang.posts.models import Post, Remit, Unit
from gantang.territory import queries as territory
from tests.territory.changing import halves, in_force

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
ADMIN = replace(SYSTEM, admin=True, account=7, client="account:7")
OTHER = "360429"
DUTIES = ("receiver", "dispatcher", "handler", "mediator", "verifier", "arbiter", "supervisor")


def today() -> date:
    return clock.now().date()


def answers(ground: str, on: date | None = None) -> dict[str, Any]:
    found = {
        duty: queries.answering(klass="facility.lighting", ground=ground, duty=duty, on=on or today())
        for duty in DUTIES
    }
    return {duty: (one.unit, one.post) if one else None for duty, one in found.items()}


def following(code: str) -> str:
    return next(one.new for one in territory.lineage(code) if one.heir)


def merged(world: "World") -> None:
    in_force(ADMIN, ("merge_divisions", {"divisions": [world.county], "into": OTHER}))


@pytest.mark.slow
def test_the_same_units_and_posts_answer_on_the_new_ground(world: "World") -> None:
    grounds = (world.grid, world.other_grid, world.township, world.rural_village)
    before = {ground: answers(ground) for ground in grounds}
    assert all(before[world.grid].values())
    merged(world)
    assert {ground: answers(following(ground)) for ground in grounds} == before


@pytest.mark.slow
def test_on_the_day_before_the_old_ground_is_answered_for_as_it_was(world: "World") -> None:
    yesterday = today() - timedelta(days=1)
    before = answers(world.grid, yesterday)
    merged(world)
    assert answers(world.grid, yesterday) == before
    assert not Remit.objects.filter(ground=world.grid, valid_to=None).exists()


@pytest.mark.slow
def test_a_county_that_goes_up_in_another_answers_on_for_its_own_parts_alone(world: "World") -> None:
    from gantang.posts import service

    theirs = service.make_unit(
        actor=ADMIN,
        name="示例县中心",
        level=3,
        ground=OTHER,
        kind="centre",
        valid_from=today(),
        now=clock.now(),
    )
    service.set_remit(
        actor=ADMIN,
        klass="*",
        ground=OTHER,
        duty="supervisor",
        unit=theirs,
        basis="示例",
        valid_from=today(),
        now=clock.now(),
    )
    merged(world)
    assert answers(following(world.grid))["supervisor"][0] == world.unit(world.county)
    assert answers(OTHER)["supervisor"][0] == theirs
    assert Unit.objects.get(pk=world.unit(world.county)).ground == OTHER


def test_a_split_grid_has_the_answers_of_the_old_one_in_all_parts(world: "World") -> None:
    before = answers(world.grid)
    west, east = halves(territory.outlines(world.grid, on=world.on)[world.grid][0][0])
    into = [{"households": 300, "parts": west}, {"households": 500, "parts": east}]
    worker = world.post(world.village, "网格员001")
    assert Post.objects.get(pk=worker).ground == world.grid
    in_force(ADMIN, ("split", {"grid": world.grid, "into": into}))
    new = [one.new for one in territory.lineage(world.grid)]
    assert [{k: v and v[0] for k, v in answers(code).items()} for code in new] == [
        {k: v and v[0] for k, v in before.items()}
    ] * 2
    assert Post.objects.get(pk=worker).ground == following(world.grid)


@pytest.mark.slow
def test_ground_that_did_not_change_keeps_its_remits_row_by_row(world: "World") -> None:
    foreign = list(Remit.objects.filter(ground__startswith="361028").order_by("pk").values())
    merged(world)
    assert list(Remit.objects.filter(ground__startswith="361028").order_by("pk").values()) == foreign


@pytest.mark.slow
def test_each_row_that_followed_has_its_step(world: "World") -> None:
    merged(world)
    stream = stream_of("unit", world.unit(world.township))
    with reading(ADMIN, ids=[stream]):
        last = ledger.steps(3604, stream)[-1]
    assert (last.name, last.data["from"], last.data["to"]) == (
        "unit.ground_followed",
        world.township,
        following(world.township),
    )


def test_a_preview_counts_what_would_follow(world: "World") -> None:
    operations = [("merge_divisions", {"divisions": [world.county], "into": OTHER})]
    change = territory.proposed_change(operations, today())
    told = queries.touched_by(change)
    assert told.units == Unit.objects.filter(ground__startswith=world.county, valid_to=None).count() > 0
    assert told.remits == Remit.objects.filter(ground__startswith=world.county, valid_to=None).count() > 0
    assert told.posts == Post.objects.filter(ground__startswith=world.county, valid_to=None).count() > 0
