"""A campaign opens one matter for each grid of its list, exactly once, and tells who has reported; nothing counts twice."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.matters import queries, service
from gantang.matters.types import Covered
from gantang.procedures import queries as procedures
from gantang.procedures import service as orders
from gantang.procedures.errors import (
    CampaignInvalidError,
    CampaignStateError,
    NotOrderedByYouError,
    UnknownCampaignError,
)
from gantang.tallies import service as tallies
from gantang.territory import queries as territory
from tests.matters.acting import row_of, told
from tests.matters.screening import by, matters_of, opened, ordered

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
GRIDS = 12


def test_one_matter_for_each_grid_held_by_the_grids_own_worker(world: "World"):
    campaign = ordered(world)
    assert (campaign.state, opened(campaign)) == ("planned", GRIDS)
    found = matters_of(campaign)
    assert sorted(found) == sorted(one.code for one in territory.grids(world.county, on=world.on))
    row = row_of(found[world.grid])
    assert (row.owner_unit, row.owner_post) == (
        world.unit("360428101001"),
        world.post("360428101001", "网格员001"),
    )
    assert (row.campaign, row.class_code, row.gist[:6], row.state) == (
        campaign.id,
        "screening",
        "矛盾纠纷滚动",
        "screening",
    )
    now = procedures.campaign(campaign.id)
    assert (now.state, now.targets) == ("open", GRIDS)


def test_begun_again_after_it_broke_off_it_opens_each_exactly_once(world: "World"):
    campaign = ordered(world)
    steps = service.open_campaign(campaign=campaign.id, clock=clock.now, batch=5)
    assert next(steps).added == 5
    steps.close()
    assert procedures.campaign(campaign.id).state == "opening"
    assert opened(campaign, batch=3) == GRIDS - 5
    assert opened(campaign) == 0
    assert len(matters_of(campaign)) == GRIDS


def test_another_campaign_and_the_next_period_open_the_same_grids_anew(world: "World"):
    first, second = ordered(world), ordered(world)
    assert opened(first) == opened(second) == GRIDS
    assert not set(matters_of(first).values()) & set(matters_of(second).values())


def test_a_repeated_campaign_is_renewed_once_for_each_period_and_past_ones_are_not_made_up_for(
    world: "World",
):
    campaign = ordered(world, repeat="weekly")
    assert campaign.until.weekday() == 6
    later = clock.now() + (campaign.until - world.on + timedelta(days=1)) * 1
    (new,) = orders.renew_campaigns(later)
    assert orders.renew_campaigns(later) == []
    assert (new.series, new.no, new.since, new.until) == (
        campaign.id,
        2,
        campaign.until + timedelta(days=1),
        campaign.until + timedelta(days=7),
    )
    (much_later,) = orders.renew_campaigns(later + timedelta(days=30))
    assert (much_later.no, much_later.since <= (later + timedelta(days=30)).date() <= much_later.until) == (
        3,
        True,
    )


def test_the_worker_opens_what_is_due_and_nothing_before_its_day(world: "World"):
    tomorrow = world.on + timedelta(days=1)
    later = ordered(world, since=tomorrow, until=tomorrow)
    now = ordered(world, world.township)
    assert service.open_due(clock=clock.now) == GRIDS // 2
    assert (len(matters_of(now)), len(matters_of(later))) == (GRIDS // 2, 0)
    with pytest.raises(CampaignStateError):
        opened(later)


def test_villages_townships_and_units_get_matters_as_well(world: "World"):
    for each, grounds in (("village", (world.village, world.rural_village)), ("township", (world.township,))):
        campaign = ordered(world, *grounds, each=each)
        assert opened(campaign) == len(grounds)
        assert set(matters_of(campaign)) == set(grounds)
    unit = world.unit("360428:housing")
    campaign = ordered(world, each="unit", grounds=(), units=(unit,))
    assert opened(campaign) == 1
    (matter,) = matters_of(campaign).values()
    assert (row_of(matter).owner_unit, row_of(matter).scope) == (unit, world.county)
    assert queries.coverage(world.cast.supervisor, campaign.id)[0] == Covered("", 1, 0, 0, 0)


def test_coverage_says_who_reported_who_found_nothing_and_who_is_missing(world: "World"):
    campaign = ordered(world)
    opened(campaign)
    found, cast = matters_of(campaign), world.cast
    by(cast.grid_worker, found[world.grid], "report_nothing", ways=["visit"])
    whole, towns = queries.coverage(cast.supervisor, campaign.id)
    assert (whole.opened, whole.reported, whole.zero, whole.missing) == (GRIDS, 1, 1, GRIDS - 1)
    assert [(one.ground, one.opened, one.reported) for one in towns] == [
        (world.township, GRIDS // 2, 1),
        (world.other_township, GRIDS // 2, 0),
    ]
    tallies.fold(3604)
    assert queries.coverage(cast.supervisor, campaign.id) == (whole, towns)
    missing = queries.unreported(cast.supervisor, campaign.id, ground=world.township, size=3)
    rest = queries.unreported(
        cast.supervisor, campaign.id, ground=world.township, cursor=missing.next, size=3
    )
    grounds = [one.scope for one in (*missing.items, *rest.items)]
    assert grounds == sorted(set(found) - {world.grid})[: GRIDS // 2 - 1] and rest.next is None
    assert service.rebuild(now=clock.now(), city=3604).sound


def test_a_round_sent_back_counts_as_not_reported_until_it_is_reported_again(world: "World"):
    campaign = ordered(world)
    opened(campaign)
    matter, cast = matters_of(campaign)[world.grid], world.cast
    by(cast.grid_worker, matter, "report_nothing", ways=["visit"])
    by(cast.supervisor, matter, "redo", redo_ground="spot_check")
    assert queries.coverage(cast.supervisor, campaign.id)[0] == Covered("", GRIDS, 0, 0, 0)
    by(cast.grid_worker, matter, "report_nothing", ways=["phone"])
    assert queries.coverage(cast.supervisor, campaign.id)[0] == Covered("", GRIDS, 1, 1, 0)


def test_a_round_that_lapsed_is_no_report_and_stays_on_the_list_of_the_missing(world: "World"):
    campaign = ordered(world, world.grid)
    opened(campaign)
    late = clock.now() + timedelta(days=40)
    service.wake(now=late, limit=10_000)
    matter = matters_of(campaign)[world.grid]
    assert row_of(matter).outcome == "unreported"
    assert queries.coverage(world.cast.supervisor, campaign.id)[0] == Covered(world.grid[:0], 1, 0, 0, 0)
    (missing,) = queries.unreported(world.cast.supervisor, campaign.id).items
    assert missing.id == matter


def test_a_finding_goes_on_the_list_is_claimed_and_becomes_a_request_of_its_own(world: "World"):
    campaign, cast = ordered(world), world.cast
    opened(campaign)
    matter = matters_of(campaign)[world.grid]
    done = by(cast.grid_worker, matter, "report", found_class="dispute.neighbour", what="两家因排水沟争执。")
    (finding,) = done.opened
    by(cast.grid_worker, matter, "hand_in", ways=["visit"])
    assert row_of(finding).state == "listed", "what was found goes on when the round has ended"
    (listed,) = queries.findings(cast.dispatcher, campaign.id).items
    assert (listed.id, listed.class_code, "排水沟" in listed.gist) == (finding, "dispute.neighbour", True)
    by(cast.handler, finding, "claim", unit=world.unit(world.township))
    (request,) = by(cast.handler, finding, "pass_on").opened
    assert (row_of(finding).outcome, row_of(request).procedure) == ("passed_on", "request")
    assert (row_of(request).campaign, row_of(request).state) == (campaign.id, "received")
    whole, _below = queries.coverage(cast.supervisor, campaign.id)
    assert (whole.reported, whole.zero, whole.found) == (1, 0, 1)
    assert service.rebuild(now=clock.now(), city=3604).sound


def test_what_was_known_already_is_linked_and_two_grids_that_report_one_thing_count_once(world: "World"):
    campaign, cast = ordered(world), world.cast
    opened(campaign)
    found, known = matters_of(campaign), told(world.grid, class_code="facility.lighting")
    village = world.actor("360428101001", "网格员002")
    by(cast.grid_worker, found[world.grid], "report", found_class="safety.fire", what="楼道堆了电动车。")
    (first,) = queries.findings(cast.dispatcher, campaign.id).items
    (second,) = by(
        village, found[world.next_grid], "report", found_class="safety.fire", what="同一楼道堆了电动车。"
    ).opened
    assert queries.coverage(cast.supervisor, campaign.id)[0].found == 2
    by(cast.dispatcher, second, "known", known=first.number)
    assert queries.coverage(cast.supervisor, campaign.id)[0].found == 1
    links = [(one.kind, one.id) for one in queries.links(cast.dispatcher, first.id) if one.kind == "noticed"]
    assert links == [("noticed", second)]
    by(cast.dispatcher, first.id, "known", known=known.number)
    assert queries.coverage(cast.supervisor, campaign.id)[0].found == 0
    assert row_of(known.matter).state == "received", "what was there goes on as it was"
    assert service.rebuild(now=clock.now(), city=3604).sound


def test_only_who_leads_supervises_or_dispatches_on_all_of_its_ground_orders_a_campaign(world: "World"):
    cast = world.cast
    for name, ground in (
        ("grid_worker", world.grid),
        ("handler", world.township),
        ("dispatcher", world.other_township),
        ("supervisor", world.foreign_county),
        ("admin", world.county),
    ):
        with pytest.raises(NotOrderedByYouError):
            ordered(world, ground, actor=getattr(cast, name))
    campaign = ordered(world, world.township, actor=cast.dispatcher)
    with pytest.raises(NotOrderedByYouError):
        orders.close_campaign(actor=cast.neighbour, campaign=campaign.id, now=clock.now())
    orders.close_campaign(actor=cast.supervisor, campaign=campaign.id, now=clock.now())
    with pytest.raises(CampaignStateError):
        opened(campaign)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", {"title_en": " "}),
        ("procedure", {"procedure": "request", "klass": "facility", "answers": {}}),
        ("each", {"each": "house"}),
        ("klass", {"klass": "facility"}),
        ("repeat", {"repeat": "yearly"}),
        ("until", {"until": None}),
        ("grounds", {"grounds": ()}),
        ("grounds", {"grounds": ("369999",)}),
        ("units", {"each": "unit", "grounds": (), "units": (999_999,)}),
        ("rhythm", {"answers": {}}),
        ("rhythm", {"answers": {"rhythm": "yearly"}}),
    ],
)
def test_a_campaign_that_cannot_be_names_each_field(world: "World", field: str, given: dict[str, object]):
    if "until" in given:
        given = {"until": world.on - timedelta(days=1), "since": world.on - timedelta(days=9)}
    with pytest.raises(CampaignInvalidError) as wrong:
        ordered(world, **given)
    assert field in [one["field"] for one in wrong.value.details["fields"]]


def test_a_campaign_elsewhere_is_as_if_there_were_none(world: "World"):
    campaign, cast = ordered(world, world.township), world.cast
    opened(campaign)
    for actor in (cast.neighbour, cast.foreigner, cast.admin):
        assert campaign.id not in [one.id for one in queries.campaigns(actor)]
        for look in (queries.campaign, queries.coverage, queries.unreported, queries.findings):
            with pytest.raises(UnknownCampaignError):
                look(actor, campaign.id)
    own, below = queries.coverage(cast.grid_worker, campaign.id)
    assert (own.opened, below) == (1, [])
    with pytest.raises(UnknownCampaignError):
        queries.coverage(cast.grid_worker, campaign.id, world.next_grid)
