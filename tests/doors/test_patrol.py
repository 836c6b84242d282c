"""The patrol at the desk: entered, rostered, issued, the water changed under it; whoever only looks changes nothing."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from gantang.kit.clock import now
from gantang.matters import service as matters
from gantang.matters.types import Report
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


def crew_of(world: "World", shift: Any) -> tuple[Client, Any]:
    """A browser of whoever serves in a shift, and the actor."""
    ((post, _unit),) = queries.shift(world.cast.county_receiver, shift).crew
    title = next(one for one in ("受理岗", "综合办理岗", "回访核验岗") if world.post(COUNTY, one) == post)
    client = Client()
    client.force_login(
        get_user_model().objects.get(pk=world.account(COUNTY, title)),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client, world.actor(COUNTY, title)


def test_the_crew_sees_its_own_shift_and_hears_an_order_on_one_page(desk: Client, world: "World"):
    entered(desk, world)
    shift, at = planned(world), now()
    crew, _actor = crew_of(world, shift)
    order = service.give(actor=world.cast.county_receiver, shift=shift, kind="inspect", key="door", now=at)
    page = text(crew.get(AT + "mine/"))
    assert "北点（示例）" in page and "查看" in page and "收到" in page
    assert crew.post(AT + "mine/", {"act": "hear", "order": str(order)}).status_code == 302
    assert "办完了" in text(crew.get(AT + "mine/"))
    other = desk_of(world, "handler")
    assert "没有排到您的班次" in text(other.get(AT + "mine/"))
    assert other.post(AT + "mine/", {"act": "done", "order": str(order)}).status_code in (403, 404)


def test_what_the_crew_comes_upon_becomes_a_matter_that_stands_on_the_shift_and_in_the_past(
    desk: Client, world: "World"
):
    entered(desk, world)
    shift = planned(world)
    actor = world.cast.county_receiver
    crew, sailor = crew_of(world, shift)
    begins, page = queries.shift(actor, shift).starts_at, f"{AT}shifts/{shift}/"
    service.go_out(actor=sailor, shift=shift, now=begins)
    body = {"act": "found", "key": "one", "words": "湖面有人下地笼（示例）。", "place": "北点（示例）"}
    assert crew.post(page, {**body, "words": ""}).status_code == 422
    assert crew.post(page, body).status_code == 302 and crew.post(page, body).status_code == 302
    (number,) = queries.shift(actor, shift).found
    assert number in text(crew.get(page))
    assert crew.post(page, {"act": "note", "number": "没有的号"}).status_code in (404, 422)
    road = matters.intake(
        actor=actor,
        report=Report(
            "路灯不亮（示例）", "patrol", "facility.lighting", COUNTY, anonymous=True, on_behalf=True
        ),
        key="road",
        now=now(),
    )
    assert crew.post(page, {"act": "note", "number": road.number}).status_code in (403, 404, 422)
    assert queries.shift(actor, shift).found == (number,)
    service.come_back(actor=sailor, shift=shift, now=begins + timedelta(hours=1))
    past = text(desk.get(AT + "history/"))
    assert number in past and "一号（示例）" in past
    assert number not in text(desk.get(AT + "history/?until=2020-01-01"))


def test_a_roster_is_asked_for_with_lines_that_differ_and_one_more_line_keeps_what_was_typed(
    desk: Client, world: "World"
):
    points = entered(desk, world)
    tomorrow = now().date() + timedelta(days=1)
    body = {
        "ground": COUNTY,
        "first": tomorrow.isoformat(),
        "points": list(points.values()),
        **{"days": 2, "number": 1, "helm": 1, "mixed": 1, "rest": 0, "run": 5},
        "other-lines": "3",
        "other-0-point": points["浅滩（示例）"],
        "other-0-kind": "night",
        "other-0-number": "0",
        "other-1-on": tomorrow.isoformat(),
        "other-1-number": "2",
    }
    more = desk.post(AT + "roster/", {**body, "more": "other"})
    assert more.status_code in (200, 422) and text(more).count('name="other-0-number" value="0"') == 1
    assert queries.rosters(world.cast.county_receiver) == []
    bad = {**body, "act": "ask", "other-1-on": "2020-01-01"}
    assert desk.post(AT + "roster/", bad).status_code == 422
    assert desk.post(AT + "roster/", {**body, "act": "ask"}).status_code == 302
    plan = queries.rosters(world.cast.county_receiver)[0].plan
    assert {(n.day, n.number) for n in plan.needs if n.place == points["北点（示例）"]} == {(0, 2), (1, 1)}
    assert not [n for n in plan.needs if n.place == points["浅滩（示例）"] and n.kind == "night" and n.day]
