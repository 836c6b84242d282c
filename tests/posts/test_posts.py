"""Units, posts, appointments and remits in the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gantang.kit.actor import SYSTEM, Triple
from gantang.kit.clock import ZONE
from gantang.kit.errors import GantangError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from gantang.posts import errors, queries, service
from gantang.posts.models import Appointment, Remit
from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
DAY = date(2026, 11, 24)
NEXT = DAY + timedelta(days=1)

SetRemit = Callable[..., int]


@pytest.fixture
def set_remit(world: World) -> SetRemit:
    def make(**more: Any) -> int:
        values: dict[str, Any] = {
            "klass": "*",
            "ground": world.village,
            "duty": "handler",
            "unit": world.unit("360428101001"),
            "basis": "测试",
            "valid_from": DAY,
        }
        return service.set_remit(actor=ADMIN, **{**values, **more}, now=NOW)

    return make


def answering(
    world: World, duty: str = "handler", *, klass: str = "", ground: str = "", on: date = DAY
) -> Any:
    return queries.answering(klass=klass, ground=ground or world.grid, duty=duty, on=on)


def test_every_ground_of_the_world_has_every_duty(world: World) -> None:
    for ground in (world.grid, world.other_grid, world.foreign_grid, "360428", "3604", "36", "360902001001"):
        for duty in (
            "receiver",
            "dispatcher",
            "handler",
            "mediator",
            "verifier",
            "arbiter",
            "supervisor",
            "leader",
        ):
            assert answering(world, duty, ground=ground) is not None


def test_township_receives_and_county_verifies(world: World) -> None:
    receiver = answering(world, "receiver")
    assert (receiver.unit, receiver.post) == (world.unit("360428101"), world.post("360428101", "受理岗"))
    assert answering(world, "verifier").unit == world.unit("360428")


def test_answer_says_by_which_remit_and_document(world: World) -> None:
    found = answering(world)
    remit = queries.remit(found.remit)
    assert (remit.unit, remit.basis, remit.cooperating) == (found.unit, found.basis, found.cooperating)
    assert set(found.cooperating) == {world.unit(world.village), world.unit(world.rural_village)}


def test_new_remit_answers_at_once_and_ended_one_no_longer(world: World, set_remit: SetRemit) -> None:
    before = answering(world).unit
    number = set_remit()
    assert answering(world).unit == world.unit(world.village)
    assert answering(world, on=DAY - timedelta(days=1)).unit == before
    service.end_remit(actor=ADMIN, remit=number, valid_to=NEXT, now=NOW)
    assert answering(world).unit == world.unit(world.village)
    assert answering(world, on=NEXT).unit == before


def test_tie_is_refused_and_names_both(set_remit: SetRemit) -> None:
    first = set_remit()
    with pytest.raises(errors.TieError) as refused:
        set_remit(valid_from=NEXT)
    assert refused.value.remits[0].id == first
    assert str(first) in refused.value.words


def test_same_words_after_the_end_are_no_tie(set_remit: SetRemit) -> None:
    number = set_remit(valid_to=NEXT)
    assert set_remit(valid_from=NEXT) > number


def test_tie_cannot_be_written_by_sql_either(set_remit: SetRemit, world: World) -> None:
    row = Remit.objects.get(pk=set_remit())
    row.pk = None
    with pytest.raises(IntegrityError, match="no_tie"), transaction.atomic():
        row.save(force_insert=True)


def test_resolving_many_costs_no_query_for_each(world: World, django_assert_num_queries: Any) -> None:
    queries.resolver(DAY).answering(klass="", ground=world.grid, duty="handler")
    with django_assert_num_queries(1):
        resolver = queries.resolver(DAY)
        for duty in ("handler", "handler", "handler"):
            resolver.answering(klass="", ground=world.next_grid, duty=duty)


def test_actor_costs_one_query_once_known(world: World, django_assert_num_queries: Any) -> None:
    world.actor("360428101", "受理岗")
    with django_assert_num_queries(1):
        world.actor("360428101", "受理岗")


def test_cache_forgets_what_was_rolled_back(world: World, set_remit: SetRemit) -> None:
    before = answering(world).unit
    with pytest.raises(RuntimeError), transaction.atomic():
        set_remit()
        assert answering(world).unit != before
        raise RuntimeError
    assert answering(world).unit == before


def test_grid_worker_sees_no_further_than_the_grid(world: World) -> None:
    unit = world.unit(world.village)
    assert set(world.cast.grid_worker.sight) == {Triple("*", world.grid, "cooperator", unit)}


def test_receiver_sees_the_township_and_nothing_beside_it(world: World) -> None:
    unit = world.unit("360428101")
    assert set(world.cast.receiver.sight) == {Triple("*", "360428101", "receiver", unit)}


def test_department_sees_its_classes_only(world: World) -> None:
    classes = {triple.klass for triple in world.cast.department_handler.sight if triple.duty == "handler"}
    assert classes
    assert "*" not in classes


def test_administering_post_sees_no_matter(world: World) -> None:
    assert world.cast.admin.admin
    assert world.cast.admin.sight == ()


def test_post_is_held_only_between_the_dates(world: World) -> None:
    post, account = world.post("360428101", "受理岗"), world.account("360428101", "受理岗")
    number = queries.posts_of(account, DAY)[0].appointment
    service.end_appointment(actor=ADMIN, appointment=number, valid_to=NEXT, now=NOW)
    assert queries.actor_of(account=account, post=post, on=DAY).sight
    with pytest.raises(errors.NotHolderError):
        queries.actor_of(account=account, post=post, on=NEXT)
    assert queries.posts_of(account, NEXT) == []


def test_post_of_another_is_refused(world: World) -> None:
    with pytest.raises(errors.NotHolderError):
        queries.actor_of(account=world.account_of("receiver"), post=world.post("360428101", "分拨岗"), on=DAY)


def test_account_that_names_no_post_acts_for_its_first(world: World) -> None:
    assert queries.actor_of(account=world.account_of("receiver"), post=None, on=DAY) == world.cast.receiver


def test_account_without_a_post_sees_nothing(world: World) -> None:
    actor = queries.actor_of(account=999_999, post=None, on=DAY)
    assert (actor.sight, actor.post, actor.admin) == ((), None, False)


def test_api_client_acts_for_its_post(world: World) -> None:
    actor = queries.actor_of(post=world.post("360428101", "受理岗"), on=DAY, client="api:3")
    assert (actor.client, actor.account, actor.sight) == ("api:3", None, world.cast.receiver.sight)


def test_post_has_one_holder_at_a_time(world: World) -> None:
    post = world.post("360428101", "受理岗")
    with pytest.raises(errors.OverlapError):
        service.appoint(actor=ADMIN, post=post, account=999, valid_from=DAY, now=NOW)
    service.appoint(actor=ADMIN, post=post, account=999, valid_from=DAY, acting=True, now=NOW)


def vacate(world: World, title: str) -> int:
    post = world.post("360428101", title)
    for row in Appointment.objects.filter(post_id=post, valid_to=None):
        service.end_appointment(actor=ADMIN, appointment=row.pk, valid_to=DAY, now=NOW)
    return post


def test_vacant_posts_work_falls_to_the_acting_holder(world: World) -> None:
    post = vacate(world, "受理岗")
    service.appoint(actor=ADMIN, post=post, account=999, valid_from=DAY, acting=True, now=NOW)
    assert answering(world, "receiver").post == post
    serving = queries.resolver(DAY).serving(unit=world.unit("360428101"), post=post)
    assert [(each.account, each.acting, each.stands_in) for each in serving] == [(999, True, False)]
    assert queries.posts_of(999, DAY)[0].acting


def test_with_nobody_acting_it_falls_to_the_units_leader(world: World) -> None:
    post, leader = vacate(world, "受理岗"), world.post("360428101", "负责岗")
    assert answering(world, "receiver").post == leader
    serving = queries.resolver(DAY).serving(unit=world.unit("360428101"), post=post)
    assert [(each.post, each.stands_in) for each in serving] == [(leader, True)]
    assert {triple.duty for triple in world.actor("360428101", "负责岗").sight} == {"leader", "receiver"}


def test_units_are_stationed_once_in_a_centre(world: World) -> None:
    centre, unit = world.unit("360428"), world.unit("360428:housing")
    assert unit in {each.unit for each in queries.stationed(centre, DAY)}
    with pytest.raises(errors.OverlapError):
        service.station(actor=ADMIN, centre=centre, unit=unit, way="resident", valid_from=DAY, now=NOW)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"duty": "reporter"}, "posts.wrong_duty"),
        ({"ground": "369999"}, "posts.wrong_ground"),
        ({"ground": "360428101001099"}, "posts.wrong_ground"),
        ({"unit": 0}, "posts.unknown"),
        ({"leader": 0}, "posts.unknown"),
        ({"valid_to": DAY - timedelta(days=1)}, "posts.wrong_dates"),
    ],
)
def test_remit_with_a_wrong_part_is_refused(set_remit: SetRemit, values: dict[str, Any], code: str) -> None:
    with pytest.raises(GantangError) as refused:
        set_remit(**values)
    assert refused.value.code == code


def test_only_an_administering_post_changes_posts(world: World) -> None:
    with pytest.raises(errors.NotAdminError):
        service.appoint(
            actor=world.cast.leader,
            post=world.post("360428101", "受理岗"),
            account=1,
            valid_from=DAY,
            now=NOW,
        )


def test_each_change_is_a_step(world: World, set_remit: SetRemit) -> None:
    number = set_remit()
    service.end_remit(actor=ADMIN, remit=number, valid_to=NEXT, now=NOW)
    stream = stream_of("remit", number)
    with reading(ADMIN, ids=[stream]):
        assert [step.name for step in ledger.steps(3604, stream)] == ["remit.set", "remit.ended"]


def test_post_ends_only_when_nobody_holds_it(world: World) -> None:
    post = world.post("360428101", "受理岗")
    with pytest.raises(errors.WrongError, match="still_busy"):
        service.end_post(actor=ADMIN, post=post, valid_to=NEXT, now=NOW)
    vacate(world, "受理岗")
    service.end_post(actor=ADMIN, post=post, valid_to=DAY, now=NOW)
    assert post not in {each.id for each in queries.posts(world.unit("360428101"), DAY)}


def test_post_may_not_reach_beyond_its_units_ground(world: World) -> None:
    with pytest.raises(errors.WrongError, match="wrong_ground"):
        service.make_post(
            actor=ADMIN,
            unit=world.unit("360428101"),
            title="岗",
            duties=["handler"],
            ground="360428102",
            valid_from=DAY,
            now=NOW,
        )
