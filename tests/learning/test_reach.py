"""How far learning has come: by ground from certificates in force, events as counts, hours by post. No ranking."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.catalogue import service as catalogue
from gantang.kit import keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import KeyReusedError
from gantang.kit.work import reading
from gantang.learning import errors, queries, service
from gantang.learning.models import Event, Training
from gantang.learning.rules.covering import reach
from gantang.learning.types import NewEvent
from gantang.ledger import queries as ledger
from gantang.ledger.service import stream_of
from tests.learning.school import COURSE, NOW, open_course, other_admin, sit
from tests.learning.test_certificates import issued

if TYPE_CHECKING:
    from tests.world import World

TODAY = NOW.date()
VILLAGES = [f"36042810100{n}" for n in range(1, 6)]
counts = st.dictionaries(st.sampled_from(VILLAGES), st.integers(0, 9))


@given(certified=counts, households=counts, least=st.integers(1, 5), cut=st.integers(0, 5))
def test_parts_of_a_ground_add_up_to_the_whole(certified, households, least, cut):
    whole = reach(VILLAGES, certified, households, least)
    parts = [reach(some, certified, households, least) for some in (VILLAGES[:cut], VILLAGES[cut:])]
    for name in ("villages", "enough", "certified", "households", "declared", "counted"):
        assert getattr(whole, name) == sum(getattr(one, name) for one in parts)
    assert whole.enough == sum(certified.get(one, 0) >= least for one in VILLAGES)
    assert reach(VILLAGES, certified, households, None).enough == 0


def test_the_part_of_households_is_of_villages_that_declared_them():
    told = reach(["a", "b"], {"a": 3, "b": 90}, {"a": 120}, 3)
    assert (told.declared, told.percent) == (1, 2.5)
    assert reach(["a"], {"a": 3}, {}, 3).percent is None


def declare(world: "World", number: int, on: date = TODAY, **given: Any) -> None:
    to = {"actor": world.cast.admin, "village": world.village, "now": NOW} | given
    service.declare(number=number, on=on, **to)


@pytest.mark.django_db
def test_a_certificate_counts_from_its_day_until_it_lapses_or_is_removed(world: "World", course: int):
    def certified(on: date = TODAY) -> int:
        return queries.coverage(world.cast.admin, world.rural_village, on=on)[0].reach.certified

    first, second = issued(world, course), issued(world, course)
    assert certified() == 2 and certified(TODAY - timedelta(days=1)) == 0
    service.ask_removal(actor=world.cast.admin, certificate=first, reason="moved", now=NOW)
    assert certified() == 2, "asked is not removed"
    service.decide_removal(actor=other_admin(world), certificate=first, upheld=True, now=NOW)
    assert certified() == 1
    lapse = queries.certificate(world.cast.admin, second).lapses_on
    assert lapse is not None and (certified(lapse - timedelta(days=1)), certified(lapse)) == (1, 0)


@pytest.mark.django_db
def test_an_officer_with_two_certificates_counts_once(world: "World", course: int):
    worker = world.cast.grid_worker
    assert sit(worker, course) and sit(worker, course, now=NOW + timedelta(days=100))
    (here, *_below) = queries.coverage(world.cast.admin, world.village, on=TODAY + timedelta(days=100))
    assert here.reach.certified == 1


@pytest.mark.django_db
def test_the_target_in_force_says_how_many_are_enough(world: "World", course: int):
    for _one in range(2):
        issued(world, course)

    def enough() -> int:
        return queries.coverage(world.cast.admin, world.rural_village, on=TODAY)[0].reach.enough

    assert queries.target(TODAY).least == 3 and enough() == 0
    catalogue.set_slot(
        actor=world.cast.admin, code="literacy.village", value=2, source="示例", valid_from=TODAY, now=NOW
    )
    assert queries.target(TODAY).least == 2 and enough() == 1
    assert queries.target(TODAY - timedelta(days=1)).least == 3


@pytest.mark.django_db
def test_what_a_village_declared_last_is_what_it_has(world: "World"):
    def households(on: date = TODAY) -> int:
        return queries.coverage(world.cast.admin, world.village, on=on)[0].reach.households

    declare(world, 300, TODAY - timedelta(days=10))
    declare(world, 310)
    declare(world, 312)
    declare(world, 312)
    assert (households(), households(TODAY - timedelta(days=1))) == (312, 300)
    stream = stream_of("literacy", world.village)
    with reading(SYSTEM, ids=[stream]):
        told = [one.data["number"] for one in ledger.steps(int(world.village[:4]), stream)]
    assert told == [300, 310, 312], "what was corrected stays on the ledger, the same again adds nothing"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"number": 0}, {"number": 50_001}, {"on": TODAY + timedelta(days=1)}])
def test_no_households_are_declared_that_cannot_be(world: "World", wrong: dict[str, Any]):
    with pytest.raises(errors.EntryError):
        declare(world, **{"number": 300, **wrong})


@pytest.mark.django_db
def test_households_are_declared_on_ones_own_ground_by_who_administers(world: "World"):
    with pytest.raises(errors.EntryError):
        declare(world, 300, village=world.foreign_township + "001")
    with pytest.raises(errors.NotRunnerError):
        declare(world, 300, actor=world.cast.grid_worker)


@pytest.mark.django_db
def test_coverage_shows_the_own_ground_and_what_is_right_below(world: "World"):
    own = queries.coverage(world.cast.admin, world.foreign_county, on=TODAY)
    assert own[0].ground == world.county, "another's ground is not shown"
    assert {len(one.ground) for one in own[1:]} == {9}
    assert own[0].reach.villages == sum(one.reach.villages for one in own[1:]) > 0
    assert [one.ground for one in own[1:]] == sorted(one.ground for one in own[1:])


def event(world: "World", **given: Any) -> NewEvent:
    made = NewEvent(world.village, "lecture", "示例：婚姻家庭编", "村委会", TODAY, 40)
    return replace(made, **given)


def held(actor: Actor, one: NewEvent, key: str = "") -> Any:
    return service.hold_event(actor=actor, event=one, key=key or uuid4().hex, now=NOW)


@pytest.mark.django_db
def test_an_event_is_entered_once_and_counts_in_its_month(world: "World"):
    actor = world.cast.receiver
    assert held(actor, event(world), "k") == held(actor, event(world), "k")
    with pytest.raises(KeyReusedError):
        held(actor, event(world, attendance=41), "k")
    held(actor, event(world, attendance=2))
    held(actor, event(world, kind="hall", on=date(2026, 10, 1)))
    found = [
        (one.month.month, one.kind, one.events, one.attendance) for one in queries.months(actor, year=2026)
    ]
    assert found == [(10, "hall", 1, 40), (11, "lecture", 2, 42)]
    assert queries.months(actor, year=2025) == [] == queries.events(actor, year=2025)


@pytest.mark.django_db
def test_an_event_taken_back_counts_no_longer_and_stays_on_the_ledger(world: "World"):
    actor = world.cast.receiver
    one = held(actor, event(world))
    with pytest.raises(errors.NoEventError):
        service.withdraw_event(actor=world.cast.neighbour, event=one, now=NOW)
    service.withdraw_event(actor=actor, event=one, now=NOW)
    assert queries.events(actor, year=2026) == [] == queries.months(actor, year=2026)
    with pytest.raises(errors.NoEventError):
        service.withdraw_event(actor=actor, event=one, now=NOW)
    with reading(SYSTEM, ids=[one]):
        assert [each.name for each in ledger.steps(keys.city_of(one), one)] == [
            "lecture.held",
            "lecture.withdrawn",
        ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "parade"},
        {"topic": ""},
        {"topic": "长" * 61},
        {"topic": "一\n行"},
        {"place": ""},
        {"on": TODAY + timedelta(days=1)},
        {"attendance": -1},
        {"attendance": 20_001},
        {"ground": "361028100"},
        {"ground": "360428999"},
    ],
)
def test_no_event_is_entered_that_cannot_be(world: "World", wrong: dict[str, Any]):
    with pytest.raises(errors.EntryError):
        held(world.cast.receiver, event(world, **wrong))
    assert not Event.objects.exists()


def test_an_event_has_no_room_for_a_name():
    assert {one.name for one in Event._meta.get_fields()} == {
        *("id", "ground", "kind", "topic", "place", "on", "attendance", "entered_at", "withdrawn_at")
    }


def hours(world: "World", year: int = 2026) -> dict[int, int]:
    actor = world.cast.grid_worker
    assert actor.unit is not None
    return {one.post: one.all for one in queries.training(actor, actor.unit, year=year, on=TODAY)}


def trained(world: "World", n: int = 6, key: str = "", **given: Any) -> Any:
    to = {"post": world.cast.grid_worker.post, "on": TODAY, "topic": "示例培训"} | given
    return service.declare_training(actor=world.cast.admin, hours=n, key=key or uuid4().hex, now=NOW, **to)


@pytest.mark.django_db
def test_hours_of_a_post_are_its_courses_once_a_year_and_what_was_declared(world: "World"):
    post, course = world.cast.grid_worker.post, open_course(world, replace(COURSE, months=1))
    assert post is not None and sit(world.cast.grid_worker, course)
    assert sit(world.cast.grid_worker, course, now=NOW + timedelta(days=20))
    assert hours(world)[post] == 8, "the same course twice in a year is one course"
    assert trained(world, 6, "k") == trained(world, 6, "k")
    trained(world, 3, on=date(2025, 12, 31))
    assert (hours(world)[post], hours(world, 2025)[post]) == (14, 3)


@pytest.mark.django_db
def test_hours_taken_back_count_no_longer(world: "World"):
    one = trained(world)
    with pytest.raises(errors.NotRunnerError):
        service.withdraw_training(actor=world.cast.grid_worker, training=one, now=NOW)
    service.withdraw_training(actor=world.cast.admin, training=one, now=NOW)
    assert set(hours(world).values()) == {0}
    with pytest.raises(errors.NoTrainingError):
        service.withdraw_training(actor=world.cast.admin, training=one, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"n": 0}, {"n": 201}, {"topic": " "}, {"topic": "长" * 61}, {"on": TODAY + timedelta(days=1)}],
)
def test_no_hours_are_declared_that_cannot_be(world: "World", wrong: dict[str, Any]):
    with pytest.raises(errors.EntryError):
        trained(world, **wrong)
    assert not Training.objects.exists()


@pytest.mark.django_db
def test_hours_are_seen_by_the_unit_and_whoever_administers_it_and_nobody_is_ranked(world: "World"):
    unit = world.cast.grid_worker.unit
    assert unit is not None
    shown = queries.training(world.cast.admin, unit, year=2026, on=TODAY)
    assert [one.post for one in shown] == sorted(one.post for one in shown)
    with pytest.raises(errors.NotRunnerError):
        queries.training(world.cast.receiver, unit, year=2026, on=TODAY)
    with pytest.raises(errors.NotRunnerError):
        service.declare_training(
            actor=world.cast.grid_worker,
            post=world.cast.grid_worker.post or 0,
            on=TODAY,
            topic="示例",
            hours=1,
            key="k",
            now=NOW,
        )
