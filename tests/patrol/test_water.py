"""The water under a patrol: what it takes is told and decided, nothing vanishes. Who may, who sees, what is kept."""

import sys
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gantang.kit import keys
from gantang.kit.errors import KeyReusedError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.patrol import errors, queries, service
from gantang.patrol.models import Concern, Point, Roster, Shape, Shift
from gantang.patrol.rules.plan import Duty
from gantang.patrol.rules.water import LEVELS, Lost, lost, possible
from gantang.patrol.sight import seeing
from gantang.patrol.types import Demand
from tests.patrol.lake import COUNTY, FIRST, NOW, SQUARE, fill

if TYPE_CHECKING:
    from tests.patrol.lake import Lake

pytestmark = pytest.mark.django_db


def test_what_there_is_not_at_a_level_is_lost_and_what_nobody_drew_is_not():
    reached = {"a": ("normal",), "b": ("low", "normal")}
    drawn = {("z", "low"): False, ("z", "normal"): True}
    assert lost("low", ["a", "b", "unknown"], ["z", "y"], reached, drawn) == [
        Lost("point", "a"),
        Lost("zone", "z"),
    ]
    assert lost("normal", ["a", "b"], ["z"], reached, drawn) == []


@pytest.mark.parametrize(
    ("gauge", "low", "flood", "levels"),
    [
        (11.99, 12.0, 18.0, ("low",)),
        (12.0, 12.0, 18.0, ("normal",)),
        (18.0, 12.0, 18.0, ("normal",)),
        (18.01, 12.0, 18.0, ("flood",)),
        (12.0, 12.0, None, ("flood", "normal")),
        (18.0, None, 18.0, ("normal", "low")),
        (15.0, None, None, LEVELS),
        (15.0, 18.0, 12.0, LEVELS),
    ],
)
def test_a_reading_is_the_levels_that_the_bounds_in_force_leave(
    gauge: float, low: float | None, flood: float | None, levels: tuple[str, ...]
):
    assert possible(gauge, low, flood) == levels


def test_a_level_follows_from_its_reading_by_the_slots_and_one_that_they_contradict_is_not_taken(
    lake: "Lake",
):
    clock = count()

    def read(key: str, level: str, gauge: float | None) -> str:
        now = NOW + timedelta(minutes=next(clock))
        service.say_level(
            actor=lake.command, ground=COUNTY, level=level, on=NOW.date(), source="示例水位站", gauge=gauge, key=key, now=now
        )  # fmt: skip
        return queries.level(lake.command, COUNTY).level

    with pytest.raises(errors.EntryError, match="没有选"):
        read("nothing set", "", 9.5)
    fill("patrol.low_below", 12)
    assert read("below", "", 9.5) == "low"
    with pytest.raises(errors.EntryError, match="没有选"):
        read("one bound", "", 15.0)
    fill("patrol.flood_above", 18)
    assert read("between", "", 15.0) == "normal" and read("above", "", 19.2) == "flood"
    for level, gauge in (("flood", 15.0), ("low", 12.0)):
        with pytest.raises(errors.EntryError, match="不符"):
            read(f"against {level}", level, gauge)
    assert read("said without a reading", "low", None) == "low"


def needs(lake: "Lake", *other: Demand, **given: Any) -> dict[tuple[int, str, str], tuple[int, int, int]]:
    asked = {"days": 3, "points": (lake.north, lake.shoal), "number": 2, "helm": 1, "mixed": 2}
    plan = queries.roster(
        lake.command, lake.ask(key=f"needs {abs(hash(other))}", other=other, **(asked | given))
    ).plan
    names = {str(lake.north): "north", str(lake.shoal): "shoal"}
    return {(n.day, names[n.place], n.kind): (n.number, n.skills.get("helm", 0), n.mixed) for n in plan.needs}


def test_a_roster_is_asked_for_by_point_shift_and_day_where_they_differ_and_the_last_line_counts(
    lake: "Lake",
):
    assert set(needs(lake).values()) == {(2, 1, 2)} and len(needs(lake)) == 18
    found = needs(
        lake,
        Demand(0, point=lake.shoal, kind="night"),
        Demand(3, point=lake.north, on=FIRST + timedelta(days=1)),
        Demand(1, point=lake.north, kind="late", on=FIRST + timedelta(days=1)),
        Demand(4, kind="early", on=FIRST + timedelta(days=2), helm=2, mixed=1),
    )
    assert not [at for at in found if at[1:] == ("shoal", "night")], "nobody serves there at night"
    assert found[1, "north", "early"] == found[1, "north", "night"] == (3, 1, 2)
    assert found[1, "north", "late"] == (1, 1, 1), "the later line; of one unit only, being one"
    assert found[2, "north", "early"] == found[2, "shoal", "early"] == (4, 2, 1)
    assert found[0, "north", "early"] == found[2, "shoal", "late"] == (2, 1, 2)


def test_a_demand_of_another_point_or_day_or_of_nobody_at_all_is_not_taken(lake: "Lake"):
    for bad in (
        Demand(1, point=lake.zone),
        Demand(1, on=FIRST - timedelta(days=1)),
        Demand(1, on=FIRST + timedelta(days=3)),
        Demand(21),
        Demand(1, kind="noon"),
        Demand(0),
    ):
        with pytest.raises(errors.EntryError):
            needs(lake, bad)


def seen(lake: "Lake") -> "list[tuple[Any, str]]":
    return [(one.shift, one.kind) for one in queries.concerns(lake.command)]


def assigned(lake: "Lake") -> Any:
    """The first of the shifts, on the wide route."""
    first = lake.issued()[0]
    service.assign(actor=lake.command, shift=first, vessel=lake.boat, route=lake.wide, now=NOW)
    return first


def test_a_level_asks_the_database_no_more_for_more_shifts(lake: "Lake"):
    first, *others = lake.issued()

    def asked(key: str) -> int:
        with CaptureQueriesContext(connection) as found:
            lake.water("normal", key=key)
        return len(found)

    service.assign(actor=lake.command, shift=first, vessel=lake.boat, route=lake.wide, now=NOW)
    asked("warm")
    before = asked("one")
    assert len(others) > 2
    for one in others:
        service.assign(actor=lake.command, shift=one, vessel=lake.boat, route=lake.wide, now=NOW)
    assert asked("all") == before


def test_a_level_that_takes_a_point_or_a_zone_of_a_shift_asks_for_a_decision(lake: "Lake"):
    shift = assigned(lake)
    service.draw_zone(actor=lake.command, zone=lake.zone, level="normal", outline=SQUARE, now=NOW)
    service.draw_zone(actor=lake.command, zone=lake.zone, level="low", outline=(), now=NOW)
    assert lake.water("normal", at=NOW - timedelta(hours=1)) == 0 and seen(lake) == []
    assert lake.water("low") == 2
    assert sorted(seen(lake)) == [(shift, "point"), (shift, "zone")]
    assert queries.shift(lake.command, shift).state == "planned", "nothing is cancelled by itself"
    assert lake.water("low") == 2, "the same key says it once"
    assert lake.water("low", key="again") == 0 and len(seen(lake)) == 2, "and none is told twice"


def test_another_way_or_a_cancelled_shift_decides_and_the_old_stays_in_the_books(lake: "Lake"):
    shift = assigned(lake)
    lake.water("low")
    service.reroute(actor=lake.command, shift=shift, route=lake.near, now=NOW)
    assert seen(lake) == [] and queries.shift(lake.command, shift).route == lake.near
    service.reroute(actor=lake.command, shift=shift, route=lake.wide, now=NOW)
    assert [kind for _shift, kind in seen(lake)] == ["point"], "a way that is lost too is told again"
    service.cancel(actor=lake.command, shift=shift, now=NOW)
    assert seen(lake) == [] and queries.shift(lake.command, shift).state == "cancelled"
    with reading(seeing(lake.command)):
        states = sorted(Concern.objects.filter(shift=shift).values_list("state", flat=True))
    assert states == ["cancelled", "rerouted"]
    with reading(seeing(lake.command), [shift]):
        steps = [one.name for one in ledger.steps(keys.city_of(shift), shift)]
    assert steps.count("patrol.shift_concern") == 2 and steps[-2:] == [
        "patrol.shift_cancelled",
        "patrol.shift_settled",
    ]
    with pytest.raises(errors.StateError):
        service.reroute(actor=lake.command, shift=shift, route=lake.near, now=NOW)


def test_water_that_comes_back_needs_no_decision(lake: "Lake"):
    shift = assigned(lake)
    lake.water("low")
    lake.water("normal", at=NOW + timedelta(hours=1))
    assert seen(lake) == []
    with reading(seeing(lake.command)):
        assert Concern.objects.get(shift=shift).state == "passed"


def test_a_way_that_waits_for_a_decision_is_not_changed_by_assigning(lake: "Lake"):
    shift = assigned(lake)
    lake.water("low")
    with pytest.raises(errors.StateError):
        service.assign(actor=lake.command, shift=shift, vessel=lake.boat, route=lake.near, now=NOW)


def test_a_shift_issued_or_assigned_at_a_level_that_takes_its_way_is_told_at_once(lake: "Lake"):
    lake.water("low")
    shift = assigned(lake)
    assert seen(lake) == [(shift, "point")]


def test_a_point_that_is_said_to_be_out_of_reach_tells_its_shifts(lake: "Lake"):
    shifts = lake.issued()
    lake.water("low")
    service.set_levels(actor=lake.command, point=lake.north, levels=("flood",), now=NOW)
    assert sorted(one for one, _kind in seen(lake)) == sorted(shifts)


def test_a_wider_grounds_level_holds_where_nobody_said_a_nearer_one(lake: "Lake"):
    leader = lake.world.cast.city_leader
    service.say_level(
        actor=leader, ground="3604", level="flood", on=NOW.date(), source="示例", key="city", now=NOW
    )
    assert queries.level(lake.command, COUNTY).level == "flood"
    lake.water("low")
    assert queries.level(leader, COUNTY).level == "low" and queries.level(leader, "360429").level == "flood"


def test_an_outline_is_kept_when_another_is_drawn(lake: "Lake"):
    for corner in (29.4, 29.5):
        outline = (*SQUARE[:2], (116.3, corner))
        service.draw_zone(
            actor=lake.command,
            zone=lake.zone,
            level="flood",
            outline=outline,
            now=NOW + timedelta(hours=corner),
        )
    (zone,) = queries.zones(lake.command)
    assert zone.outlines["flood"][2] == (116.3, 29.5)
    with reading(seeing(lake.command)):
        assert Shape.objects.filter(zone=lake.zone).count() == 2


# --- who may, and who sees ----------------------------------------------------------------------------


def test_only_whoever_commands_or_administers_a_ground_changes_its_patrol(lake: "Lake"):
    cast = lake.world.cast
    for actor in (cast.handler, cast.mediator, cast.foreigner, cast.grid_worker, cast.neighbour):
        with pytest.raises(errors.NotRunnerError):
            lake.water("flood", actor=actor, key=f"{actor.post}")
    lake.water("flood", actor=cast.admin, key="admin")


def test_another_county_sees_nothing_of_the_patrol_and_changes_nothing(lake: "Lake"):
    lake.issued()
    stranger = lake.world.cast.foreigner
    span = {"since": NOW, "until": NOW + timedelta(days=9)}
    assert queries.points(stranger) == queries.vessels(stranger) == queries.shifts(stranger, **span) == []
    with pytest.raises(errors.NoneSuchError):
        service.set_vessel(actor=stranger, vessel=lake.boat, state="repair", now=NOW)


def test_the_wall_hides_other_grounds_from_a_forgotten_filter(lake: "Lake"):
    with reading(seeing(lake.world.cast.foreigner)):
        assert list(Point.objects.all()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'patrol%' AND relkind = 'r' AND NOT relrowsecurity"
        )
        assert cursor.fetchall() == [("patrol_level",)], "how the water stands is no secret of a ground"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"level": "tsunami"}, "patrol.kind"),
        ({"source": " "}, "patrol.water_source"),
        ({"on": NOW.date() + timedelta(days=1)}, "patrol.water_source"),
        ({"gauge": float("nan")}, "patrol.water_source"),
        ({"ground": "360428999"}, "patrol.ground"),
    ],
)
def test_a_level_that_cannot_be_is_not_taken(lake: "Lake", change: dict[str, Any], code: str):
    given = {"ground": COUNTY, "level": "low", "on": NOW.date(), "source": "示例", "gauge": None} | change
    with pytest.raises(errors.EntryError) as told:
        service.say_level(actor=lake.command, key="bad", now=NOW, **given)
    assert told.value.code == code


@pytest.mark.parametrize("at", [(29.2, 116.2), (float("nan"), 29.0), (200.0, 29.0)])
def test_coordinates_that_cannot_be_are_not_taken(lake: "Lake", at: tuple[float, float]):
    with pytest.raises(errors.EntryError):
        service.add_point(
            actor=lake.command, ground=COUNTY, name="示例", kind="joint", at=at, key="x", now=NOW
        )


def test_the_same_key_is_one_thing_and_another_body_is_refused(lake: "Lake"):
    given = {
        "actor": lake.command,
        "ground": COUNTY,
        "kind": "joint",
        "at": SQUARE[0],
        "key": "north",
        "now": NOW,
    }
    assert service.add_point(name="北点（示例）", **given) == lake.north
    with pytest.raises(KeyReusedError):
        service.add_point(name="别的（示例）", **given)


# --- rosters ------------------------------------------------------------------------------------------


def test_a_roster_is_issued_by_another_than_asked_for_it_and_becomes_shifts(lake: "Lake"):
    number = lake.ask()
    assert lake.ask() == number
    with pytest.raises(errors.StateError):
        service.issue(actor=lake.second, roster=number, now=NOW)
    lake.made(number)
    with pytest.raises(errors.SamePersonError):
        service.issue(actor=lake.command, roster=number, now=NOW)
    assert service.issue(actor=lake.second, roster=number, now=NOW) == 6
    shifts = queries.shifts(lake.command, since=NOW, until=NOW + timedelta(days=9))
    assert [one.kind for one in shifts] == ["early", "late", "night"] * 2
    assert shifts[0].starts_at.date() == FIRST and (shifts[2].ends_at - shifts[2].starts_at) == timedelta(
        hours=8
    )
    (post, unit), = shifts[0].crew  # fmt: skip
    assert post in lake.posts and unit == lake.world.unit(COUNTY)
    with pytest.raises(errors.StateError):
        service.withdraw(actor=lake.command, roster=number, now=NOW)


def test_a_roster_that_no_longer_fits_is_not_issued(lake: "Lake"):
    number = lake.ask()
    lake.made(number)
    late = NOW + timedelta(days=1)
    with pytest.raises(errors.StaleError):
        service.issue(actor=lake.second, roster=number, now=late)
    with reading(seeing(lake.command)):
        row = Roster.objects.get(pk=number)
    served = row.found["duties"][0][3]
    (officer,) = [one for one in queries.officers(lake.command, on=NOW.date()) if one.post == served]
    service.end_officer(actor=lake.command, officer=officer.id, now=NOW)
    with pytest.raises(errors.StaleError):
        service.issue(actor=lake.second, roster=number, now=NOW)
    service.withdraw(actor=lake.command, roster=number, now=NOW)


def test_the_same_days_of_a_point_are_issued_once(lake: "Lake"):
    lake.issued()
    again = lake.ask(key="again")
    lake.made(again)
    with pytest.raises(errors.StaleError):
        service.issue(actor=lake.second, roster=again, now=NOW)


def test_what_was_served_before_stands_in_the_next_plan(lake: "Lake"):
    lake.issued()
    following = lake.ask(key="next", first=FIRST + timedelta(days=2))
    plan = queries.roster(lake.command, following).plan
    assert {(one.day, one.kind) for one in plan.before} == {
        (d, k) for d in (-1, -2) for k in ("early", "late", "night")
    }


def test_the_worker_makes_what_was_asked_for_and_says_why_none_fits(lake: "Lake"):
    pytest.importorskip("ortools")
    good, poor = lake.ask(), lake.ask(key="poor", number=9)
    assert service.make_due(clock=lambda: NOW) == 2
    made, none = queries.roster(lake.command, good), queries.roster(lake.command, poor)
    assert made.state == "made" and queries.broken(made.plan, made.found.duties) == []
    assert none.state == "none" and none.found.gaps and none.found.conflict
    assert service.make_due(clock=lambda: NOW) == 0
    assert service.issue(actor=lake.second, roster=good, now=NOW) == 6


def test_where_the_solver_is_not_installed_the_roster_says_so(lake: "Lake", monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    number = lake.ask()
    assert service.make_due(clock=lambda: NOW) == 1
    found = queries.roster(lake.command, number)
    assert (found.state, found.found.state) == ("unknown", "no_extra")


def test_a_roster_made_by_hand_is_taken_if_it_keeps_every_rule(lake: "Lake"):
    number = lake.ask()
    needs = queries.roster(lake.command, number).plan.needs
    duties = [Duty(one.day, one.place, one.kind, lake.posts[at]) for at, one in enumerate(needs)]
    with pytest.raises(errors.BrokenError) as told:
        service.enter(actor=lake.command, roster=number, duties=duties[1:], now=NOW)
    assert "要1，只有0" in told.value.words
    service.enter(actor=lake.command, roster=number, duties=duties, now=NOW)
    assert service.issue(actor=lake.second, roster=number, now=NOW) == 6


def test_an_officer_whose_post_changed_hands_serves_no_longer(lake: "Lake"):
    from gantang.patrol.models import Officer

    with reading(seeing(lake.command)):
        row = Officer.objects.order_by("post").first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with reading(seeing(lake.command).naming(row.id)):
        Officer.objects.filter(pk=row.pk).update(account=999_999)
    assert [one.held for one in queries.officers(lake.command, on=NOW.date())].count(False) == 1
    assert row.post not in {one.post for one in queries.roster(lake.command, lake.ask()).plan.officers}


def test_a_vessel_goes_out_once_at_a_time_and_not_from_the_yard(lake: "Lake"):
    first, second, *_more = lake.issued()
    service.assign(actor=lake.command, shift=first, vessel=lake.boat, route=None, now=NOW)
    service.assign(actor=lake.command, shift=second, vessel=lake.boat, route=lake.near, now=NOW)
    with reading(seeing(lake.command).naming(second)):
        begins = Shift.objects.get(pk=first).starts_at
        Shift.objects.filter(pk=second).update(starts_at=begins + timedelta(hours=1), vessel=None)
    with pytest.raises(errors.EntryError):
        service.assign(actor=lake.command, shift=second, vessel=lake.boat, route=lake.near, now=NOW)
    service.set_vessel(actor=lake.command, vessel=lake.boat, state="repair", now=NOW)
    with pytest.raises(errors.EntryError):
        service.assign(actor=lake.command, shift=first, vessel=lake.boat, route=lake.near, now=NOW)
    with pytest.raises(errors.StateError):
        service.end(actor=lake.command, kind="point", thing=lake.north, now=NOW)


def test_ones_own_shifts_are_a_calendar_of_that_post_alone(lake: "Lake"):
    lake.issued()
    crew = replace(lake.command, post=lake.posts[0])
    shifts = queries.mine(crew, now=NOW)
    text = queries.calendar(crew, {lake.north: "北点（示例）"}, now=NOW).decode()
    assert len(shifts) == text.count("BEGIN:VEVENT") == 1 and "LOCATION:北点（示例）" in text
    assert queries.mine(replace(crew, post=999_999), now=NOW) == []
