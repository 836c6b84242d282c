"""The opening of a campaign as it is run: killed half-way by kill -9, begun again, each place exactly once."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tests.matters.bringing import Place, own_place
from tests.scale import scaled

OPENED = "SELECT count(*) FROM matter WHERE campaign IS NOT NULL"
PLACES = "SELECT count(DISTINCT scope) FROM matter WHERE campaign IS NOT NULL"
KEYS = "SELECT count(*) FROM kit_idempotencykey WHERE client LIKE 'campaign:%'"
COUNTED = """
SELECT COALESCE(sum(n), 0) FROM (
    SELECT n FROM tallies_delta WHERE campaign <> 0 AND measure = 'opened'
    UNION ALL SELECT n FROM tallies_tally WHERE campaign <> 0 AND measure = 'opened' AND ground = '36') AS kept
"""
#: Orders a campaign by the county's supervisor, or by the province's leader.
ORDER = """
from datetime import timedelta
from gantang.kit import clock
from gantang.kit.actor import Actor, Triple
from gantang.procedures import service
from gantang.procedures.types import NewCampaign
now = clock.now()
leader = Actor("test", sight=(Triple("*", "36", "leader", 1),))
made = service.create_campaign(actor=leader, now=now, campaign=NewCampaign(
    "矛盾纠纷滚动排查（示例）", "Rolling screening (sample)", "screening", "screening", "{each}",
    now.date(), now.date() + timedelta(days=6), {grounds}, answers={{"rhythm": "weekly"}}))
print("campaign", made.id)
"""
#: Gives every so-manyth village of the province many grids, without shape.
GRIDS = """
from dataclasses import replace
from datetime import date
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.territory import queries, service
from gantang.territory.types import NewGrid
villages = [one.prefix for one in queries.within("36", level=5, on=date(2026, 1, 1))][::500]
grids = [NewGrid(village) for village in villages for _ in range({each})]
service.make_grids(actor=replace(SYSTEM, admin=True), grids=grids, valid_from=date(2026, 1, 1), now=clock.now())
print("grids made")
"""


@pytest.fixture
def place(django_db_setup: None) -> Iterator[Place]:
    with own_place(f"campaign_{os.getpid()}") as made:
        yield made


def said(place: Place, text: str) -> str:
    code, told, _memory = place.run("shell", "-c", text)
    assert code == 0, told
    return told


def ordered(place: Place, each: str, grounds: tuple[str, ...]) -> str:
    """The number of a new campaign."""
    told = said(place, ORDER.format(each=each, grounds=grounds))
    return told.rpartition("campaign ")[2].split()[0]


def killed_half_way(place: Place, campaign: str, targets: int, batch: int) -> int:
    """Open it in a process of its own, and kill that when half is there; how many were."""
    child = place.start("campaign", "open", campaign, "--batch", str(batch))
    while place.count(KEYS) < targets // 2 and child.poll() is None:
        time.sleep(0.1)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    before = place.count(OPENED)
    assert targets // 2 <= before < targets
    assert before == place.count(PLACES) == place.count(KEYS) == place.count(COUNTED)
    return before


def goes_on(place: Place, campaign: str, targets: int, before: int) -> None:
    """Begun again it opens the rest, and once more nothing."""
    code, told, _memory = place.run("campaign", "open", campaign)
    print(told)
    assert code == 0 and f"opened {targets - before}" in told and f"there before {before}" in told, told
    code, told, _memory = place.run("campaign", "open", campaign)
    assert code == 0 and f"there before {targets}" in told, told
    assert targets == place.count(OPENED) == place.count(PLACES) == place.count(KEYS) == place.count(COUNTED)
    code, told, _memory = place.run("campaign", "status")
    assert code == 0 and f"opened {targets}/{targets}" in told, told
    assert place.run("ledger", "verify")[0] == 0


@pytest.mark.slow
def test_five_hundred_places_killed_half_way_are_opened_exactly_once(place: Place):
    villages = ("360428", "361028", "360404")
    found = "SELECT count(*) FROM territory_division WHERE level = 5 AND valid_to IS NULL AND "
    targets = place.count(found + "left(prefix, 6) IN ('360428', '361028', '360404')")
    assert targets >= 400
    campaign = ordered(place, "village", villages)
    goes_on(place, campaign, targets, killed_half_way(place, campaign, targets, batch=20))


@pytest.mark.slow
def test_thousands_of_grids_killed_half_way_are_opened_exactly_once(place: Place):
    each, least, batch = scaled((46, 2_000, 100), (460, 20_000, 1_000))
    said(place, GRIDS.format(each=each))
    targets = place.count("SELECT count(*) FROM territory_grid")
    assert targets >= least
    campaign = ordered(place, "grid", ("36",))
    goes_on(place, campaign, targets, killed_half_way(place, campaign, targets, batch=batch))
