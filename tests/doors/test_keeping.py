"""What was removed and what waits for a second person: in one's own sight, and to an administrator without numbers."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock, numbers
from gantang.matters import queries, service
from tests.doors.table import DESK
from tests.doors.test_permissions import client_of, content
from tests.exchange import seed

if TYPE_CHECKING:
    from gantang.kit.actor import Actor
    from gantang.matters.types import RemovedView
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/desk/admin/keeping/"


def told(world: "World", actor: "Actor", ground: str = "360428") -> "list[RemovedView]":
    now = clock.now()
    given = {"cities": [3604], "since": now - timedelta(days=9), "now": now}
    return queries.removed(actor, ground, **given)  # type: ignore[arg-type]


def test_a_removal_waits_on_the_page_until_a_second_person_confirms_it(world: "World"):
    receipt, now = seed.told(world), clock.now()
    ask = {"matter": receipt.matter, "file": None, "now": now}
    service.ask_removal(actor=world.cast.receiver, **ask, key=seed.key())
    client, _ = client_of(world, DESK[0], "county_leader")
    page = content(client.get(PAGE))
    assert "有1处删除等另一个人确认" in page and numbers.show(receipt.number) in page
    later = now + timedelta(minutes=1)
    service.confirm_removal(actor=world.cast.county_leader, matter=receipt.matter, key=seed.key(), now=later)
    (line,) = told(world, world.cast.county_leader)
    assert not line.is_asked and line.because == "secret" and line.number == receipt.number
    assert "到期的都删了" in content(client.get(PAGE))


def test_who_administers_hears_of_it_without_the_number_and_another_ground_not_at_all(world: "World"):
    receipt = seed.told(world)
    service.ask_removal(
        actor=world.cast.receiver, matter=receipt.matter, file=None, key=seed.key(), now=clock.now()
    )
    (line,) = told(world, world.cast.admin)
    assert line.is_asked and line.number == ""
    assert told(world, world.cast.admin, "361028") == []
    assert told(world, world.cast.neighbour) == [] and told(world, world.cast.foreigner) == []


def test_a_hold_stands_on_the_page_with_its_day(world: "World"):
    receipt, now = seed.told(world), clock.now()
    service.place_legal_hold(
        actor=world.cast.supervisor,
        matter=receipt.matter,
        reason="proceedings",
        review_on=now.date() + timedelta(days=3),
        key=seed.key(),
        now=now,
    )
    (line,) = queries.holds(world.cast.supervisor)
    assert line.number == receipt.number
    assert queries.holds(world.cast.foreigner) == [] and queries.holds(replace(world.cast.admin)) == []
    client, _ = client_of(world, DESK[0], "supervisor")
    assert numbers.show(receipt.number) in content(client.get(PAGE))


def test_terms_are_told_to_whoever_administers(world: "World"):
    client, _ = client_of(world, DESK[0], "admin")
    assert "各流程保存多久" in content(client.get(PAGE)) and "诉求与隐患" in content(client.get(PAGE))
