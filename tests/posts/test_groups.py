"""Standing groups: members are posts, and so whoever holds them."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.posts import errors, queries, service
from gantang.posts.models import Appointment

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)


def group(world: "World", **more: str) -> int:
    today = clock.now().date()
    values = {"name": "示例平安建设领导小组", "kind": "leading", "basis": "示例文件第9号", **more}
    return service.make_group(
        actor=ADMIN,
        ground=world.county,
        unit=world.unit("360428"),
        valid_from=today,
        now=clock.now(),
        **values,
    )


def add(world: "World", number: int, title: str, role: str) -> int:
    return service.add_member(
        actor=ADMIN,
        group=number,
        post=world.post("360428", title),
        role=role,
        valid_from=clock.now().date(),
        now=clock.now(),
    )


def test_members_follow_their_posts(world: "World"):
    number, today = group(world), clock.now().date()
    add(world, number, "督办岗", "member")
    add(world, number, "负责岗", "head")
    first = queries.members(number, on=today)
    assert [(one.role, one.account) for one in first] == [
        ("head", world.account_of("county_leader")),
        ("member", world.account_of("supervisor")),
    ]
    held = Appointment.objects.get(post=world.post("360428", "负责岗"), valid_to=None)
    service.end_appointment(actor=ADMIN, appointment=held.pk, valid_to=today, now=clock.now())
    assert queries.members(number, on=today)[0].account is None
    service.appoint(
        actor=ADMIN,
        post=world.post("360428", "负责岗"),
        account=world.account_of("arbiter"),
        acting=True,
        valid_from=today,
        now=clock.now(),
    )
    (head, _member) = queries.members(number, on=today)
    assert (head.account, head.acting) == (world.account_of("arbiter"), True)


def test_a_group_about_political_security_is_a_group_and_nothing_else(world: "World"):
    number = group(world, kind="special", topic="political_security", name="示例专项组")
    (found,) = [one for one in queries.groups(world.county, on=clock.now().date()) if one.id == number]
    assert (found.kind, found.topic) == ("special", "political_security")
    with pytest.raises(errors.WrongError):
        group(world, kind="special", topic="people_watched")


def test_nobody_is_in_a_group_twice_and_an_ended_group_has_nobody(world: "World"):
    number, today = group(world), clock.now().date()
    add(world, number, "负责岗", "head")
    with pytest.raises(errors.OverlapError):
        add(world, number, "负责岗", "member")
    later = today + timedelta(days=1)
    service.end_group(actor=ADMIN, group=number, valid_to=later, now=clock.now())
    assert queries.members(number, on=later) == []
    assert number not in {one.id for one in queries.groups(on=later)}
