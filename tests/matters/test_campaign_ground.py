"""Campaigns on changed ground: their lists name what became of it, open targets go along once, done ones stay
as they were, and nobody is asked twice."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.matters import queries, service
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory
from tests.matters.acting import row_of
from tests.matters.screening import by, matters_of, opened, ordered
from tests.territory.changing import in_force

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


def test_the_list_of_a_merged_county_names_its_parts_and_not_all_of_the_other(world: "World") -> None:
    campaign = ordered(world)
    merge(world)
    grounds = procedures.campaign(campaign.id).grounds
    assert grounds and all(len(code) == 9 and code.startswith(OTHER) for code in grounds)
    assert opened(campaign) == GRIDS
    assert set(matters_of(campaign)) == {
        one.code for ground in grounds for one in territory.grids(ground, on=clock.now().date())
    }


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


def test_a_past_campaign_is_still_seen_by_those_whose_ground_it_was(world: "World") -> None:
    from gantang.procedures import service as orders

    campaign = ordered(world)
    orders.close_campaign(actor=world.cast.supervisor, campaign=campaign.id, now=clock.now())
    merge(world)
    assert campaign.id in {one.id for one in queries.campaigns(world.actor("360428", "督办岗"))}


def test_the_next_period_goes_by_the_new_list(world: "World") -> None:
    from gantang.procedures import service as orders

    campaign = ordered(world, repeat="weekly")
    merge(world)
    later = clock.now() + (campaign.until - world.on + timedelta(days=1))
    (new,) = orders.renew_campaigns(later)
    assert new.grounds == procedures.campaign(campaign.id).grounds != campaign.grounds
