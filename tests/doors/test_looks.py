"""Who saw what: a matter tells who opened it; a unit tells it by day, in the asker's sight, and nobody asks by person."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.identity import queries as accounts
from gantang.kit import clock, numbers
from gantang.kit.actor import Triple
from gantang.kit.errors import ForbiddenError
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError
from gantang.posts import queries as posts
from gantang.vault import queries as vault
from tests.doors.table import DESK
from tests.doors.test_permissions import client_of, content
from tests.exchange.seed import told
from tests.matters.test_apart import STATION, taken_in

if TYPE_CHECKING:
    from gantang.kit.actor import Actor
    from gantang.matters.types import Receipt
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/desk/admin/looks/"


def opened(world: "World", name: str = "receiver", field: str = "phone") -> "Receipt":
    """A matter whose reporter's phone somebody opened."""
    receipt = told(world)
    look(world, receipt, name, field)
    return receipt


def look(world: "World", receipt: "Receipt", name: str, field: str = "phone") -> None:
    actor: Actor = getattr(world.cast, name)
    service.open_person(
        actor=actor, matter=receipt.matter, person=0, field=field, reason="call_back", now=clock.now()
    )


def test_a_matter_tells_who_opened_it_when_and_why(world: "World"):
    receipt = opened(world)
    (line,) = queries.looks(world.cast.receiver, receipt.matter).lines
    assert (line.what, line.field, line.reason) == ("field", "phone", "call_back")
    assert line.post == world.cast.receiver.post and line.number == receipt.number
    client, _ = client_of(world, DESK[0], "receiver")
    said = content(client.get(f"/desk/matters/{receipt.number}/looks/"))
    assert "电话" in said and "联系本人" in said and "受理岗" in said


def test_the_account_is_named_to_those_who_watch_alone(world: "World"):
    receipt = opened(world)
    assert queries.looks(world.cast.receiver, receipt.matter).lines[0].account is None
    assert queries.looks(world.cast.county_leader, receipt.matter).lines[0].account == world.account_of(
        "receiver"
    )
    name = accounts.names([world.account_of("receiver")])[world.account_of("receiver")]
    for asker, shown in (("receiver", False), ("county_leader", True)):
        client, _ = client_of(world, DESK[0], asker)
        page = content(client.get(f"/desk/matters/{receipt.number}/")).partition('aria-labelledby="b9"')[2]
        assert (f'<span class="meta">{name}</span>' in page) is shown, asker


def test_who_does_not_see_a_matter_is_not_told_who_looked_at_it(world: "World"):
    receipt = opened(world)
    with pytest.raises(MatterNotFoundError):
        queries.looks(world.cast.neighbour, receipt.matter)


def test_each_look_stands_once_and_pages_hold_them_all(world: "World"):
    receipt = told(world)
    for _turn in range(5):
        look(world, receipt, "receiver")
    page = queries.looks(world.cast.receiver, receipt.matter, most=2)
    seen = [one.id for one in page.lines]
    while page.next is not None:
        page = queries.looks(world.cast.receiver, receipt.matter, before=page.next, most=2)
        seen += [one.id for one in page.lines]
    assert len(seen) == len(set(seen)) == 5 and seen == sorted(seen, reverse=True)
    assert vault.looks_at(receipt.matter, most=9)[0].id == seen[0]


def span(days: int = 1) -> dict[str, object]:
    now = clock.now()
    return {"since": now - timedelta(days=days), "until": now + timedelta(minutes=1)}


def test_a_units_looks_name_a_matter_in_sight_alone(world: "World"):
    receipt = opened(world)
    unit = posts.unit(world.unit(world.township))
    (line,) = queries.looks_of_unit(world.cast.county_leader, unit, **span()).lines  # type: ignore[arg-type]
    assert line.number == receipt.number and line.account is None, "a unit's page names no account"
    (line,) = queries.looks_of_unit(world.cast.admin, unit, **span()).lines  # type: ignore[arg-type]
    assert line.number == "" and line.field == "phone"
    assert receipt.number not in content(page_of(world, "admin", unit.id))
    assert numbers.show(receipt.number) in content(page_of(world, "county_leader", unit.id))


def page_of(world: "World", name: str, unit: int) -> object:
    client, _ = client_of(world, DESK[0], name)
    return client.get(PAGE, {"unit": unit})


@pytest.mark.parametrize("name", ["receiver", "neighbour", "foreigner"])
def test_a_unit_is_told_of_only_to_those_over_it(world: "World", name: str):
    unit = posts.unit(world.unit(world.township))
    with pytest.raises(ForbiddenError):
        queries.looks_of_unit(getattr(world.cast, name), unit, **span())  # type: ignore[arg-type]
    foreign = posts.unit(world.unit(world.foreign_county))
    assert not queries.watches(world.cast.admin, foreign) and not queries.watches(
        world.cast.county_leader, foreign
    )
    assert page_of(world, "admin", foreign.id).status_code == 403  # type: ignore[attr-defined]


def test_nothing_is_asked_by_a_person(world: "World"):
    opened(world)
    client, _ = client_of(world, DESK[0], "county_leader")
    unit = world.unit(world.township)
    plain = content(client.get(PAGE, {"unit": unit}))
    account = world.account_of("receiver")
    for name in ("account", "post", "who", "person"):
        assert content(client.get(PAGE, {"unit": unit, name: account})) == plain, f"{name} asks for nothing"


def test_days_outside_the_span_are_not_shown_and_a_span_has_an_end(world: "World"):
    opened(world)
    client, _ = client_of(world, DESK[0], "county_leader")
    asked = {"unit": world.unit(world.township), "since": "2020-01-01", "until": "2026-01-31"}
    page = client.get(PAGE, asked)
    assert page.context["found"]["lines"] == [] and str(page.context["since"]) == "2025-11-01"


def test_what_lies_apart_is_not_even_told_to_have_been_looked_at(world: "World"):
    course = taken_in(world)
    desk = world.actor(STATION, "受理岗")
    queries.words(desk, course.id, now=clock.now())
    unit = posts.unit(world.unit(STATION))
    assert [one.what for one in queries.looks(desk, course.id).lines] == ["texts"]
    for name in ("admin", "county_leader", "supervisor"):
        actor = getattr(world.cast, name)
        assert queries.watches(actor, unit), name
        assert queries.looks_of_unit(actor, unit, **span()).lines == (), name  # type: ignore[arg-type]
    own = queries.looks_of_unit(world.actor(STATION, "负责岗"), unit, **span())  # type: ignore[arg-type]
    assert [one.matter for one in own.lines] == [course.id]


def test_a_watch_ends_where_its_ground_ends(world: "World"):
    unit = posts.unit(world.unit(world.other_township))
    assert queries.watches(world.cast.county_leader, unit)
    assert not queries.watches(world.cast.leader, unit)
    assert Triple("*", world.township, "leader", 0).duty in queries.WATCH
