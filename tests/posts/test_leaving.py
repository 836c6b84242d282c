"""Somebody leaves: the work finds another, the sign-in ends, and nobody is left without a trace."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client

from gantang.identity import queries as identity
from gantang.identity import service as accounts
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.outbox import service as outbox
from gantang.posts import errors, queries, service
from gantang.posts.models import Appointment
from gantang.posts.types import Successor
from tests.doors.test_desk import desk_of
from tests.identity.test_identity import PASSWORD
from tests.matters.test_rerouting import heard, with_handler
from tests.matters.test_sweeps import swept
from tests.posts.sheets import steps_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)


def today() -> date:
    return clock.now().date()


def leave(world: "World", name: str, on: date | None = None, **successors: Successor) -> None:
    posts = {world.post("360428101", title): one for title, one in successors.items()}
    service.leave(
        actor=ADMIN, account=world.account_of(name), on=on or today(), successors=posts, now=clock.now()
    )


def test_whoever_left_is_out_at_once_and_cannot_come_back_in(world: "World"):
    desk = signed_in(world, "handler")
    leave(world, "handler")
    assert desk.get("/desk/").headers["Location"].startswith("/accounts/login/")
    found = identity.account(world.account_of("handler"))
    assert found is not None and not found.is_active
    assert queries.posts_of(world.account_of("handler"), today()) == []


def signed_in(world: "World", name: str) -> Client:
    """Through the sign-in page, so that the device is known."""
    cache.clear()
    accounts.set_password(actor=ADMIN, account=world.account_of(name), password=PASSWORD, now=clock.now())
    client = Client()
    client.post("/accounts/login/", {"login": world.username_of(name), "password": PASSWORD})
    assert client.get("/desk/").status_code == 200
    return client


def test_the_sessions_end_with_the_last_appointment_and_not_before(world: "World"):
    account, desk = world.account_of("handler"), signed_in(world, "handler")
    post = world.post("360428101", "调解岗")
    held = Appointment.objects.get(account=account, valid_to=None)
    second = service.appoint(
        actor=ADMIN, post=post, account=account, acting=True, valid_from=today(), now=clock.now()
    )
    service.end_appointment(actor=ADMIN, appointment=held.pk, valid_to=today(), now=clock.now())
    assert desk.get("/desk/").status_code == 200
    service.end_appointment(actor=ADMIN, appointment=second, valid_to=today(), now=clock.now())
    assert desk.get("/desk/").headers["Location"].startswith("/accounts/login/")
    assert identity.devices(account) == []


def test_the_clients_of_the_post_end_with_whoever_held_it(world: "World"):
    token = accounts.make_client(
        actor=ADMIN, name="示例", post=world.post("360428101", "办理岗"), now=clock.now()
    )
    asked = {"headers": {"Authorization": f"Bearer {token}"}}
    assert Client().get("/api/v1/matters", **asked).status_code == 200  # type: ignore[arg-type]
    leave(world, "handler")
    assert Client().get("/api/v1/matters", **asked).status_code == 401  # type: ignore[arg-type]


def test_open_work_goes_to_a_colleague_or_the_leader_and_whoever_left_sees_it_no_more(world: "World"):
    course = with_handler(world)
    post = world.post("360428101", "办理岗")
    leave(world, "handler")
    heard()
    swept(clock.now())
    with pytest.raises(errors.NotHolderError):
        queries.actor_of(account=world.account_of("handler"), post=post, on=today())
    serving = queries.resolver(today()).serving(unit=world.unit("360428101"), post=post, duty="handler")
    assert [one.stands_in for one in serving] == [True]
    assert course.seen_by(world.cast.leader).id == course.id


def test_a_successor_holds_the_post_from_the_day_on_and_sees_what_it_saw(world: "World"):
    sight = world.cast.handler.sight
    leave(world, "handler", 办理岗=Successor(world.account_of("mediator"), acting=True))
    held = queries.posts_of(world.account_of("mediator"), today())
    assert [(one.post.title, one.acting) for one in held] == [("调解岗", False), ("办理岗", True)]
    next_ = queries.actor_of(
        account=world.account_of("mediator"), post=world.post("360428101", "办理岗"), on=today()
    )
    assert next_.sight == sight


def test_a_post_that_nobody_could_take_over_holds_the_leaving_back(world: "World"):
    with pytest.raises(errors.OrphanedError, match="负责岗"):
        leave(world, "leader")
    assert queries.posts_of(world.account_of("leader"), today())
    leave(world, "leader", 负责岗=Successor(world.account_of("receiver"), acting=True))
    assert queries.posts_of(world.account_of("leader"), today()) == []


def test_leaving_on_a_day_to_come_ends_the_sign_in_on_that_day(world: "World"):
    later = today() + timedelta(days=2)
    desk = desk_of(world, "handler")
    leave(world, "handler", on=later)
    assert desk.get("/desk/").status_code == 200
    assert outbox.deliver_once(now=clock.now()) == 0
    assert queries.posts_of(world.account_of("handler"), later) == []


def test_vacancies_tell_since_when_for_how_long_and_who_acts(world: "World"):
    assert not [one for one in queries.vacancies("360428101", on=today()) if one.post.title == "办理岗"]
    leave(world, "handler", 办理岗=Successor(world.account_of("mediator"), acting=True))
    later = today() + timedelta(days=5)
    (found,) = [one for one in queries.vacancies("360428101", on=later) if one.post.title == "办理岗"]
    assert (found.since, found.days, found.acting) == (today(), 5, world.account_of("mediator"))


def test_a_worker_who_changes_village_twice_a_day_sees_only_where_the_work_is_now(world: "World"):
    worker, here = world.account_of("grid_worker"), world.post(world.village, "网格员001")
    there = service.make_post(
        actor=ADMIN,
        unit=world.unit(world.rural_village),
        title="机动岗",
        duties=["cooperator"],
        ground=world.rural_village,
        valid_from=today(),
        now=clock.now(),
    )
    first = Appointment.objects.get(post=here, account=worker, valid_to=None)

    def moved(appointment: int, post: int) -> int:
        return service.transfer(
            actor=ADMIN, appointment=appointment, post=post, valid_from=today(), now=clock.now()
        )

    def grounds() -> set[str]:
        actor = queries.actor_of(account=worker, post=None, on=today())
        return {one.ground[:12] for one in actor.sight}

    desk = signed_in(world, "grid_worker")
    assert grounds() == {world.village}
    noon = moved(first.pk, there)
    assert grounds() == {world.rural_village}
    evening = moved(noon, here)
    assert grounds() == {world.village}
    with pytest.raises(errors.NotHolderError):
        queries.actor_of(account=worker, post=there, on=today())
    assert desk.get("/desk/").status_code == 200
    assert steps_of("post", there) == ["post.made", "post.appointed", "post.holder_ended"] and evening
