"""The desk's page of posts: what is missing, somebody's leaving, standing groups."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.posts import queries, service
from tests.doors.test_admin import text
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)
AT = "/desk/admin/posts/"


@pytest.fixture
def desk(world: "World") -> Client:
    return desk_of(world, "admin")


def test_the_page_tells_what_is_missing_kind_by_kind(desk: Client):
    page = text(desk.get(AT))
    assert "岗位配备有" in page and "没有一村一警" in page
    only = text(desk.get(AT, {"kind": "no_justice"}))
    assert "没有司法所。" in only and "没有驻村民警或辅警。" not in only


def test_somebody_leaves_with_a_successor_for_each_post(desk: Client, world: "World"):
    name, post = world.username_of("handler"), world.post("360428101", "办理岗")
    page = text(desk.get(AT + "leaving/", {"account": name}))
    assert "办理岗" in page and f'name="next-{post}"' in page
    given = {"account": name, "on": "", f"next-{post}": world.username_of("mediator"), f"acting-{post}": "on"}
    assert desk.post(AT + "leaving/", given).status_code == 302
    today = clock.now().date()
    assert queries.posts_of(world.account_of("handler"), today) == []
    held = {one.post.id: one.acting for one in queries.posts_of(world.account_of("mediator"), today)}
    assert held[post] is True


def test_a_leaving_that_would_orphan_a_post_is_refused_with_its_name(desk: Client, world: "World"):
    answer = desk.post(AT + "leaving/", {"account": world.username_of("leader"), "on": ""})
    assert answer.status_code == 409 and "负责岗" in text(answer)
    assert queries.posts_of(world.account_of("leader"), clock.now().date())


def test_posts_beyond_the_own_ground_are_nobodys_to_end_here(desk: Client, world: "World"):
    asked = {"account": world.username_of("foreigner")}
    assert desk.get(AT + "leaving/", asked).status_code == 403
    assert desk.post(AT + "leaving/", asked).status_code == 403
    assert desk.get(AT + "leaving/", {"account": "nobody-here"}).status_code == 404


def test_groups_show_posts_and_say_which_are_vacant(desk: Client, world: "World"):
    today = clock.now().date()
    group = service.make_group(
        actor=ADMIN,
        name="示例平安建设领导小组",
        kind="leading",
        ground=world.county,
        unit=world.unit("360428"),
        basis="示例文件第9号",
        valid_from=today,
        now=clock.now(),
    )
    service.add_member(
        actor=ADMIN,
        group=group,
        post=world.post("360428", "负责岗"),
        role="head",
        valid_from=today,
        now=clock.now(),
    )
    page = text(desk.get(AT))
    assert (
        "示例平安建设领导小组" in page and "组长" in page and world.username_of("county_leader") not in page
    )


def test_the_centre_shows_its_five_functions_and_who_is_stationed_how(desk: Client, world: "World"):
    page = text(desk.get(AT))
    for word in ("指挥调度", "信息应用", "预测预警", "防范处置", "为民服务", "常驻", "轮驻", "随驻"):
        assert word in page
    assert "住房和城乡建设局" in page


def test_a_function_gets_and_loses_a_unit_on_the_page(desk: Client, world: "World"):
    today, centre = clock.now().date(), world.unit("360428")
    other = next(one for one in queries.units("360428", on=today, level=3) if one.id != centre)
    given = {"function": "command", "unit": str(other.id), "on": today.isoformat()}
    there = other.id in queries.functions(centre, today)["command"]
    assert not there
    assert desk.post(AT + "function/", given).status_code == 302
    assert other.id in queries.functions(centre, today)["command"]
    again = desk.post(AT + "function/", given)
    assert again.status_code == 409 and "同一时间已有" in text(again)
    assert desk.post(AT + "function/", {**given, "act": "end"}).status_code == 302
    assert other.id not in queries.functions(centre, today)["command"]
    assert desk.post(AT + "function/", {**given, "act": "end"}).status_code == 404


def test_hours_that_are_declared_end_what_the_page_misses(desk: Client, world: "World"):
    worker, page = world.cast.grid_worker, "/desk/learning/training/"
    given = {"post": worker.post, "on": world.on.isoformat(), "topic": "示例培训", "hours": "41"}

    def due() -> int:
        return text(desk.get(AT, {"kind": "training"})).count("<tr><td>")

    before = due()
    assert desk.post(f"{page}?unit={worker.unit}", given).status_code == 302
    assert due() < before
    assert ">41</td>" in text(desk.get(page, {"unit": worker.unit}))
    assert desk.post(f"{page}?unit={worker.unit}", {**given, "hours": "0"}).status_code == 422
    assert desk.post(f"{page}?unit={world.cast.foreigner.unit}", given).status_code == 403


def test_a_group_is_made_once_gets_members_and_ends_with_them(desk: Client, world: "World"):
    today, unit, post = clock.now().date(), world.unit("360428"), world.post("360428", "负责岗")
    said = {"name": "示例专项组", "kind": "special", "topic": "roads", "unit": unit, "basis": "示例文件第8号"}
    said["valid_from"] = today.isoformat()
    assert desk.post(AT + "groups/", said).status_code == 302
    assert desk.post(AT + "groups/", said).status_code == 409
    (group,) = [one for one in queries.groups(world.county, on=today) if one.name == "示例专项组"]
    at = f"{AT}groups/{group.id}/"
    assert "还没有成员" in text(desk.get(at)) and "负责岗" in text(desk.get(at, {"unit": unit}))
    joins = {"act": "add", "unit": unit, "post": post, "role": "head", "on": today.isoformat()}
    assert desk.post(at + "change/", joins).status_code == 302
    (member,) = queries.members(group.id, on=today)
    assert (member.post.id, member.role) == (post, "head")
    assert desk.post(at + "change/", {"act": "leave", "membership": "999999"}).status_code == 404
    leaves = {"act": "leave", "membership": member.membership}
    assert desk.post(at + "change/", leaves).status_code == 302
    assert queries.members(group.id, on=today) == []
    assert desk.post(at + "change/", {"act": "end"}).status_code == 302
    assert desk.get(at).status_code == 404


def test_a_group_and_its_members_are_of_the_own_ground(desk: Client, world: "World"):
    today, foreign = clock.now().date(), world.unit(world.foreign_county)
    group = service.make_group(
        actor=ADMIN,
        name="示例外地小组",
        kind="leading",
        ground=world.foreign_county,
        unit=foreign,
        basis="示例文件第7号",
        valid_from=today,
        now=clock.now(),
    )
    at = f"{AT}groups/{group}/"
    assert desk.get(at).status_code == 403
    assert desk.post(at + "change/", {"act": "end"}).status_code == 403
    assert queries.group(group, on=today).valid_to is None
    said = {"name": "示例借用小组", "kind": "leading", "unit": foreign, "basis": "示例文件第6号"}
    assert desk.post(AT + "groups/", {**said, "valid_from": today.isoformat()}).status_code == 422
