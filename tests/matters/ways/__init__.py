"""Every way that the shipped procedures and what stands beside them know, walked by the services on real rows."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from tests.engine.sample import procedures
from tests.matters.ways import (
    caring,
    decisions,
    disputes,
    duties,
    elections,
    joint,
    others,
    performing,
    requests,
    screenings,
    services,
    vacancies,
    villages,
    volunteers,
)

if TYPE_CHECKING:
    from tests.world import World

Way = Callable[["World"], object]
#: The keys of the procedures whose moves the ways of a group make, all of them.
COVERED = {
    "request": ("request", "assist"),
    "decision": ("decision", "risk_gate", "risk_tracking"),
    "screening": ("screening", "finding"),
    "dispute": ("dispute", "instalment", "confirmation"),
    "facility_repair": ("facility_repair",),
    "legal_aid": ("legal_aid",),
    "accountability": ("accountability",),
    "good_samaritan": ("good_samaritan",),
    "deliberation": ("deliberation",),
    "peacemaking": ("peacemaking",),
    "aftercare": ("aftercare",),
    "counselling": ("counselling",),
    "patrol_incident": ("patrol_incident",),
    "court_track": ("court_track",),
    "performance": ("performance", "court_notice"),
    "special_campaign": ("special_campaign", "campaign_task"),
    "election": ("election", "list_objection"),
    "election+village": ("election+village",),
    "vacancy": ("vacancy",),
    "volunteer_call": ("volunteer_call", "volunteer_proof"),
    "listed": ("listed", "listed_item"),
    "standing_group": ("standing_group", "group_meeting", "group_task"),
    **{key: (key,) for key in procedures() if key.startswith("dispute+")},
}
#: What else the ways of a group must have seen: pauses, extensions and what else no pack names as a move.
GRANTS = {
    "request": {"asked", "paused", "extended", "declined", "resumed", "taken_over", "told"},
    "dispute": {"asked", "paused", "extended", "declined", "resumed", "willing", "told"},
}


def ways_of(group: str) -> Iterator[tuple[str, Way]]:
    """(name, way) of a group; a variant of the dispute goes the dispute's ways with its own first class."""
    if group.startswith("dispute"):
        klass = procedures()[group].serves[0].replace("*", "neighbour")
        ways = disputes.WAYS if "+" in group else (*disputes.WAYS, *disputes.CONFIRMATION)
        yield from ((way.__name__, partial(way, klass=klass)) for way in ways)
    else:
        ways_by = {
            "request": (*requests.WAYS, *joint.WAYS),
            "decision": decisions.WAYS,
            "screening": screenings.WAYS,
            "facility_repair": services.REPAIRS,
            "legal_aid": services.ADVICES,
            "accountability": duties.ACCOUNTS,
            "good_samaritan": services.DEEDS,
            "deliberation": villages.WAYS,
            "peacemaking": villages.PEACEMAKING,
            "aftercare": caring.CARES,
            "counselling": caring.TALKS,
            "patrol_incident": others.INCIDENTS,
            "court_track": others.REFERRALS,
            "performance": performing.WAYS,
            "special_campaign": others.CAMPAIGNS,
            "election": elections.WAYS,
            "election+village": elections.VILLAGE,
            "vacancy": vacancies.WAYS,
            "volunteer_call": volunteers.WAYS,
            "listed": duties.LISTS,
            "standing_group": duties.GROUPS,
        }
        yield from ((way.__name__, way) for way in ways_by[group])
