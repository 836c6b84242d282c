"""The patrol at the desk: entered, rostered, issued, the water changed under it; whoever only looks changes nothing."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from gantang.kit.clock import now
from gantang.patrol import queries, service
from gantang.patrol.rules.plan import Duty
from gantang.patrol.service import rosters
from gantang.patrol.types import Breach, NewRoster, Rule, Solved
from tests.doors.test_admin import text
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
COUNTY, AT = "360428", "/desk/patrol/"


@pytest.fixture
def desk(world: "World") -> Client:
    return desk_of(world, "county_receiver")


def entered(desk: Client, world: "World") -> dict[str, Any]:
    """By the forms of the desk: two points, a vessel, a zone drawn, a route, a post that serves."""
    given = {"ground": COUNTY, "kind": "joint", "at": "116.2, 29.2", "levels": ["normal", "flood", "low"]}
    for name, levels in (("北点（示例）", given["levels"]), ("浅滩（示例）", ["flood"])):
        body = {**given, "act": "point", "name": name, "levels": levels}
        assert desk.post(AT + "fleet/", body).status_code == 302
    actor = world.cast.county_receiver
    points = {one.name: str(one.id) for one in queries.points(actor)}
    unit = world.unit(COUNTY)
    vessel = {"act": "vessel", "ground": COUNTY, "name": "一号（示例）", "plate": "示例01", "unit": unit}
    zone = {"act": "zone", "ground": COUNTY, "name": "禁捕区（示例）"}
    for body in (vessel, zone):
        assert desk.post(AT + "fleet/", body).status_code == 302
    (area,) = queries.zones(actor)
    outline = {
        "act": "outline",
        "zone": str(area.id),
        "level": "normal",
        "outline": "116.2,29.2\n116.3 29.2\n116.3，29.3",
    }
    ends = {"first": points["北点（示例）"], "last": points["浅滩（示例）"], "zones": [str(area.id)]}
    route = {"act": "route", "ground": COUNTY, "name": "大圈（示例）", **ends}
    officer = {
        "act": "officer",
        "ground": COUNTY,
        "post": world.post(COUNTY, "受理岗"),
        "skills": ["helm"],
        "leave": "2026-12-08",
    }
    for body in (outline, route, officer):
        assert desk.post(AT + "fleet/", body).status_code == 302
    return points


def test_what_is_entered_at_the_desk_is_listed_and_drawn(desk: Client, world: "World"):
    entered(desk, world)
    page = text(desk.get(AT + "fleet/"))
    for words in ("北点（示例）", "示例01", "禁捕区（示例）", "大圈（示例）", "受理岗", "船舶驾驶"):
        assert words in page
    drawn = desk.get(AT + "map.json").json()["features"]
    assert sorted(one["properties"]["kind"] for one in drawn) == ["lost", "point", "zone"]
    assert (
        desk.post(
            AT + "fleet/", {"act": "point", "ground": COUNTY, "name": "x", "kind": "joint", "at": "29"}
        ).status_code
        == 422
    )


def test_a_roster_is_asked_for_made_issued_and_its_shifts_stand_on_the_page(desk: Client, world: "World"):
    points = entered(desk, world)
    actor, tomorrow = world.cast.county_receiver, now().date() + timedelta(days=1)
    figures = {"days": 1, "number": 1, "helm": 1, "mixed": 1, "rest": 0, "run": 5}
    body = {
        "act": "ask",
        "ground": COUNTY,
        "first": tomorrow.isoformat(),
        "points": [points["北点（示例）"]],
        **figures,
    }
    assert desk.post(AT + "roster/", body).status_code == 302
    (one,) = queries.rosters(actor)
    at = f"{AT}roster/{one.id}/"
    assert "后台正在排" in text(desk.get(at))
    duties = tuple(
        Duty(each.day, each.place, each.kind, one.plan.officers[0].post) for each in one.plan.needs
    )
    rosters._make(one.id, Solved("optimal", duties[:1]), now())
    assert desk.post(at, {"act": "issue"}).status_code in (403, 409), (
        "by another, and only what keeps its rules"
    )
    second = desk_of(world, "county_leader")
    assert second.post(at, {"act": "issue"}).status_code == 409
    assert desk.post(at, {"act": "withdraw"}).status_code == 302 and "已撤回" in text(desk.get(at))


def planned(world: "World") -> Any:
    """A shift that an issued roster has tomorrow, with its vessel and its way."""
    actor, at = world.cast.county_receiver, now()
    (point, shoal), (boat,), (way,) = queries.points(actor), queries.vessels(actor), queries.routes(actor)
    asked = NewRoster(COUNTY, at.date() + timedelta(days=1), 1, (point.id,), 1, 1, 1, rest=0, run=5)
    for post in ("综合办理岗", "回访核验岗"):
        service.set_officer(
            actor=actor, post=world.post(COUNTY, post), ground=COUNTY, skills=("helm",), now=at
        )
    number = service.ask(actor=actor, roster=asked, key="planned", now=at)
    plan = queries.roster(actor, number).plan
    crew = [one.post for one in plan.officers]
    duties = tuple(Duty(n.day, n.place, n.kind, crew[place]) for place, n in enumerate(plan.needs))
    rosters._make(number, Solved("optimal", tuple(sorted(duties))), at)
    service.issue(actor=world.cast.county_leader, roster=number, now=at)
    shift = queries.shifts(actor, since=at, until=at + timedelta(days=3))[0].id
    service.assign(actor=actor, shift=shift, vessel=boat.id, route=way.id, now=at)
    assert shoal.levels == ("flood",)
    return shift


def test_water_reported_at_the_desk_shows_what_it_takes_and_lets_people_decide(desk: Client, world: "World"):
    entered(desk, world)
    shift = planned(world)
    body = {
        "act": "level",
        "ground": COUNTY,
        "level": "low",
        "on": now().date().isoformat(),
        "source": "示例水位站",
    }
    assert desk.post(AT, body).status_code == 302
    page = text(desk.get(AT))
    assert "1个班次等决定" in page and "浅滩（示例）" in page and "枯水" in page
    assert "要决定" in text(desk.get(f"{AT}shifts/{shift}/"))
    worker = desk_of(world, "handler")
    assert worker.post(AT, {"act": "cancel", "shift": str(shift)}).status_code in (403, 404)
    assert "取消班次" not in text(worker.get(AT))
    assert desk.post(AT, {"act": "cancel", "shift": str(shift)}).status_code == 302
    assert "等决定" not in text(desk.get(AT))
    assert "已取消" in text(desk.get(f"{AT}shifts/{shift}/"))


def test_where_none_fits_the_page_names_what_is_missing(desk: Client, world: "World"):
    points = entered(desk, world)
    actor, at = world.cast.county_receiver, now()
    place = points["北点（示例）"]
    asked = NewRoster(
        COUNTY, at.date() + timedelta(days=1), 1, tuple(one.id for one in queries.points(actor)), 2
    )
    number = service.ask(actor=actor, roster=asked, key="poor", now=at)
    rule = Rule("skill", 0, place, "night", "helm")
    found = Solved(
        "none", gaps=(Breach(rule, 0, 0, 0, 1),), fewest=True, conflict=(Rule("rest"), rule), minimal=True
    )
    rosters._make(number, found, at)
    page = text(desk.get(f"{AT}roster/{number}/"))
    assert "至少缺这些" in page and "北点（示例） 夜班 有船舶驾驶资格的人数：要1，只有0" in page
    assert "这些规则不能同时满足" in page and "两班之间的休息时间" in page


def test_ones_own_shifts_come_as_a_calendar(desk: Client, world: "World"):
    entered(desk, world)
    planned(world)
    answer = desk_of(world, "county_receiver").get(AT + "mine.ics")
    assert answer["Content-Type"].startswith("text/calendar") and answer.content.count(b"BEGIN:VEVENT") <= 1
