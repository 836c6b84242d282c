"""Campaigns on changed ground: their lists name what became of it, open targets go along once, done ones stay
as they were, and nobody is asked twice."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from gantang.kit import clock
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.errors import LinkInvalidError
from gantang.matters.models import Matter, Sweep
from gantang.matters.service.wake import CLOCK
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory
from tests.matters.acting import CLASS, row_of
from tests.matters.screening import by, matters_of, opened, ordered
from tests.matters.ways.driving import Driven
from tests.territory.changing import drafted, in_force

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
OTHER, GRIDS = "360429", 12


def swept() -> None:
    while service.sweep(now=clock.now() + timedelta(minutes=5)):
        pass


def merge(world: "World") -> None:
    in_force(world.cast.admin, ("merge_divisions", {"divisions": [world.county], "into": OTHER}))
    swept()


@pytest.mark.slow
def test_the_list_of_a_merged_county_names_its_parts_and_not_all_of_the_other(world: "World") -> None:
    campaign = ordered(world)
    merge(world)
    grounds = procedures.campaign(campaign.id).grounds
    assert grounds and all(len(code) == 9 and code.startswith(OTHER) for code in grounds)
    assert opened(campaign) == GRIDS
    assert set(matters_of(campaign)) == {
        one.code for ground in grounds for one in territory.grids(ground, on=clock.now().date())
    }


@pytest.mark.slow
def test_open_targets_go_to_their_heirs_once_and_done_ones_stay_done(world: "World") -> None:
    campaign = ordered(world)
    opened(campaign)
    found = matters_of(campaign)
    done, waiting = found[world.grid], found[world.next_grid]
    by(world.cast.grid_worker, done, "report_nothing", ways=["visit"])
    before = queries.campaign_totals(procedures.campaign(campaign.id))
    merge(world)
    after = matters_of(campaign)
    assert sorted(after.values()) == sorted(found.values())
    for matter, old in ((done, world.grid), (waiting, world.next_grid)):
        row = row_of(matter)
        assert row.scope == next(one.new for one in territory.lineage(old) if one.heir)
    assert row_of(done).outcome == "nothing_found" and row_of(waiting).ended_at is None
    assert queries.campaign_totals(procedures.campaign(campaign.id)) == before


@pytest.mark.slow
def test_an_opening_broken_off_asks_no_heir_again(world: "World") -> None:
    campaign = ordered(world)
    steps = service.open_campaign(campaign=campaign.id, clock=clock.now, batch=5)
    assert next(steps).added == 5
    steps.close()
    merge(world)
    assert opened(campaign, batch=3) == GRIDS - 5
    assert opened(campaign) == 0
    assert len(matters_of(campaign)) == GRIDS


def test_a_split_grid_that_was_asked_is_answered_by_its_heir_and_one_that_was_not_by_both(
    world: "World",
) -> None:
    early, late = ordered(world, world.village), ordered(world, world.village)
    assert opened(early) == len(territory.grids(world.village, on=world.on))
    halves = [{"name": f"示例{n}", "households": n * 100} for n in (1, 2)]
    in_force(world.cast.admin, ("split", {"grid": world.grid, "into": halves}))
    swept()
    heir, other = sorted(territory.lineage(world.grid), key=lambda one: not one.heir)
    assert heir.new in matters_of(early) and other.new not in matters_of(early)
    opened(late)
    assert {heir.new, other.new} <= set(matters_of(late))


@pytest.mark.slow
def test_a_past_campaign_is_still_seen_by_those_whose_ground_it_was(world: "World") -> None:
    from gantang.procedures import service as orders

    campaign = ordered(world)
    orders.close_campaign(actor=world.cast.supervisor, campaign=campaign.id, now=clock.now())
    merge(world)
    assert campaign.id in {one.id for one in queries.campaigns(world.actor("360428", "督办岗"))}


@pytest.mark.slow
def test_the_next_period_goes_by_the_new_list(world: "World") -> None:
    from gantang.procedures import service as orders

    campaign = ordered(world, repeat="weekly")
    merge(world)
    later = clock.now() + (campaign.until - world.on + timedelta(days=1))
    (new,) = orders.renew_campaigns(later)
    assert new.grounds == procedures.campaign(campaign.id).grounds != campaign.grounds


# --- two grids become one -----------------------------------------------------------------------------


def merge_grids(world: "World") -> str:
    """The worker's grid and the next one become one; its code."""
    both = {"grids": [world.grid, world.next_grid], "name": "示例合并"}
    in_force(world.cast.admin, ("merge", both))
    swept()
    return next(one.new for one in territory.lineage(world.grid) if one.heir)


def open_on(campaign: int, ground: str) -> list[UUID]:
    with reading(CLOCK):
        rows = Matter.objects.filter(campaign=campaign, procedure="screening", scope=ground, ended_at=None)
        return list(rows.order_by("id").values_list("id", flat=True))


def test_a_merged_grid_is_asked_once_and_the_original_says_where_it_went(world: "World") -> None:
    campaign = ordered(world, world.village)
    count = opened(campaign)
    found = matters_of(campaign)
    one, other = sorted((found[world.grid], found[world.next_grid]))
    heir = merge_grids(world)
    assert open_on(campaign.id, heir) == [one]
    gone = row_of(other)
    assert (gone.outcome, gone.ended_at is None, gone.scope) == ("merged", False, heir)
    assert [(to.kind, to.id) for to in queries.links(world.cast.supervisor, other)] == [("merged", one)]
    assert any(step.data.get("move") == "merge" for step in queries.timeline(world.cast.grid_worker, other))
    totals = queries.campaign_totals(procedures.campaign(campaign.id))
    assert (totals.opened, totals.reported) == (count - 1, 0)
    assert (totals.zero, totals.found) == (0, 0)


def test_the_one_in_which_something_was_found_stays_whichever_began_first(world: "World") -> None:
    campaign = ordered(world, world.village)
    opened(campaign)
    found = matters_of(campaign)
    first, last = sorted((found[world.grid], found[world.next_grid]))
    Driven(world, last).make("report", found_class=CLASS)
    heir = merge_grids(world)
    assert open_on(campaign.id, heir) == [last]
    assert row_of(first).outcome == "merged"
    Driven(world, last).make("hand_in")
    assert queries.campaign_totals(procedures.campaign(campaign.id)).found == 1


def test_two_that_were_both_acted_in_both_stay_and_a_closed_one_is_left_as_it_was(world: "World") -> None:
    both, half = ordered(world, world.village), ordered(world, world.village)
    for campaign in (both, half):
        opened(campaign)
    for ground in (world.grid, world.next_grid):
        Driven(world, matters_of(both)[ground]).make("report", found_class=CLASS)
    done = matters_of(half)[world.grid]
    by(world.cast.grid_worker, done, "report_nothing", ways=["visit"])
    before = [queries.campaign_totals(procedures.campaign(one.id)) for one in (both, half)]
    heir = merge_grids(world)
    assert len(open_on(both.id, heir)) == 2
    assert row_of(done).outcome == "nothing_found" and len(open_on(half.id, heir)) == 1
    assert [queries.campaign_totals(procedures.campaign(one.id)) for one in (both, half)] == before


def test_each_campaign_keeps_its_own_and_a_second_pass_finds_nothing_more(world: "World") -> None:
    campaigns = [ordered(world, world.village) for _each in range(2)]
    for campaign in campaigns:
        opened(campaign)
    heir = merge_grids(world)
    versions = {one: row_of(one).version for campaign in campaigns for one in open_on(campaign.id, heir)}
    assert len(versions) == 2
    Sweep.objects.update(done_at=None, cursor=None)
    swept()
    assert {one: row_of(one).version for one in versions} == versions


def test_before_a_merge_is_taken_it_says_how_many_go_into_another(world: "World") -> None:
    opened(ordered(world, world.village))
    both = {"grids": [world.grid, world.next_grid], "name": "示例合并"}
    change = territory.ground_change(drafted(world.cast.admin, ("merge", both)))
    assert queries.touched_by_ground(world.cast.admin, change).doubled == 1
    halves = [{"name": f"示例{n}", "households": n * 100} for n in (1, 2)]
    split = territory.ground_change(
        drafted(world.cast.admin, ("split", {"grid": world.grid, "into": halves}))
    )
    assert queries.touched_by_ground(world.cast.admin, split).doubled == 0


def test_no_hand_lets_a_ground_go_unasked_by_merging_its_screening_into_anothers(world: "World") -> None:
    campaign = ordered(world, world.village)
    opened(campaign)
    found = matters_of(campaign)
    with pytest.raises(LinkInvalidError):
        by(
            world.cast.dispatcher,
            found[world.grid],
            "merge",
            into=str(found[world.next_grid]),
        )


def test_figures_of_a_merged_grid_are_those_of_its_steps(world: "World") -> None:
    opened(ordered(world, world.village))
    merge_grids(world)
    assert service.rebuild(now=clock.now(), city=3604).sound
