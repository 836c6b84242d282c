"""Causes: told with an end or afterwards, counted with it, and the counts by place are the rows and the ledger."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.catalogue import service as catalogue
from gantang.kit import clock
from gantang.kit.actor import Actor, Triple
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.errors import AnswerInvalidError, MatterNotFoundError
from gantang.matters.models import Matter
from gantang.matters.rules import causes as rules
from gantang.matters.types import Causes
from gantang.tallies import queries as tallies
from tests.engine.sample import procedures as shipped
from tests.matters import paths
from tests.matters.acting import CLASS, Course, fresh, row_of, told

if TYPE_CHECKING:
    from tests.world import World

WEAR, FLOOD = "asset.wear", "nature.flood"
PLACES = ["360428101", "360428102"]
cells = st.dictionaries(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(["", WEAR, FLOOD])), st.integers(1, 9)
)


@given(cells, cells, st.dictionaries(st.sampled_from(["", WEAR]), st.integers(0, 3)))
def test_counts_by_place_and_cause_add_up_to_those_of_the_whole_ground(now, before, beside):
    whole = Counter(beside)
    for (_ground, cause), n in now.items():
        whole[cause] += n
    found = rules.counts(rules.own(whole, now, "360428"), before)
    assert sum(one.n for one in found) == whole.total()
    for cause, n in whole.items():
        assert sum(one.n for one in found if one.cause == cause) == n
    assert sum(one.change for one in found) == whole.total() - sum(before.values())
    assert [one.n for one in found] == sorted((one.n for one in found), reverse=True)


def test_whoever_ends_a_matter_or_leaves_its_end_to_people_is_asked_and_nobody_of_what_has_no_cause():
    request = shipped()["request"]
    asked = {name for name in request.moves if rules.is_asked_with(request, name)}
    assert {"answer", "verify", "uphold", "not_accept"} <= asked
    assert asked.isdisjoint({"accept", "take_on", "merge", "move_away", "supervise", "no such move"})
    for name in ("assist", "tip", "screening", "listed"):
        procedure = shipped()[name]
        assert not rules.is_asked(procedure) and not rules.may_tell(procedure, ["leader"])
        assert not any(rules.is_asked_with(procedure, one) for one in procedure.moves)


def answered(world: "World", ground: str, cause: str = "") -> Course:
    """A matter at its reporter's, answered with a cause or without one."""
    course = Course(told(ground))
    handler = paths.handled(world, course)
    course.now += timedelta(minutes=1)
    service.act(
        actor=handler,
        matter=course.id,
        move="answer",
        answers={"result": "resolved", "reply": "修好了。"},
        cause=cause,
        key=fresh(),
        now=course.now,
    )
    return course


def closed(world: "World", ground: str, cause: str = "") -> Course:
    course = answered(world, ground, cause)
    course.by_reporter("confirm")
    return course


def give(actor: Actor, course: Course, cause: str, key: str = "") -> None:
    service.give_cause(actor=actor, matter=course.id, cause=cause, key=key or fresh(), now=course.now)


def of_today(actor: Actor, ground: str, **given: str) -> Causes:
    today = clock.now().date()
    return queries.causes(actor, ground=ground, since=today, until=today, **given)


def ended_rows(ground: str) -> Counter[str]:
    with reading(Actor(client="test", sight=(Triple("*", "", "leader", 0),))):
        rows = Matter.objects.filter(scope__startswith=ground).exclude(ended_at=None)
        return Counter(rows.values_list("cause_code", flat=True))


def by_cause(found: Causes) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in found.counts:
        total[one.cause] += one.n
    return +total


@pytest.mark.django_db
def test_counts_by_cause_are_the_ends_and_what_is_told_afterwards_moves_them_and_a_rebuild_gives_the_same(
    world: "World",
):
    leader = world.cast.county_leader
    for cause in (WEAR, WEAR, WEAR, FLOOD):
        closed(world, world.grid, cause)
    empty = closed(world, world.grid)  # the reporter ended it, and was not asked
    closed(world, world.rural_village, FLOOD)
    found = of_today(leader, world.county)
    assert by_cause(found) == ended_rows(world.county) == Counter({WEAR: 3, FLOOD: 2, "": 1})
    assert (found.total, found.empty) == (6, 1)
    assert [(one.ground, one.cause, one.n) for one in found.recurring] == [(world.township, WEAR, 3)]
    ends = tallies.totals(["closed", "end.resolved"], ground=world.county)
    assert found.total == ends["closed"]
    give(world.cast.county_leader, empty, FLOOD)
    found = of_today(leader, world.county)
    assert by_cause(found) == ended_rows(world.county) == Counter({WEAR: 3, FLOOD: 3})
    assert {one.cause for one in found.recurring} == {WEAR, FLOOD} and found.empty == 0
    rebuilt = service.rebuild(now=clock.now())
    assert (rebuilt.found.differences, rebuilt.found.counts, rebuilt.sound) == ((), (), True)


@pytest.mark.django_db
def test_town_country_and_neither_add_up_and_every_matter_of_a_village_is_one_of_them(world: "World"):
    leader = world.cast.county_leader
    ways = [closed(world, ground, WEAR) for ground in (world.grid, world.rural_village, world.township)]
    urban = [row_of(one.id).urban for one in ways]
    assert urban == [True, False, None], "the class of a village or grid; a whole township has none"
    parts = {split: of_today(leader, world.county, urban=split).total for split in ("urban", "rural", "none")}
    assert parts == {"urban": 1, "rural": 1, "none": 1}
    assert sum(parts.values()) == of_today(leader, world.county).total
    today = clock.now().date()
    for split in parts:
        found = queries.balances(leader, ground=world.county, since=today, until=today, urban=split)
        assert found.total.closed == 1
    before = queries.causes(
        leader, ground=world.county, since=today + timedelta(days=1), until=today + timedelta(days=1)
    )
    assert (before.total, sum(one.before for one in before.counts)) == (0, 3)


@pytest.mark.django_db
def test_only_who_holds_a_duty_of_the_staff_tells_the_cause_and_only_one_that_there_is(world: "World"):
    course = answered(world, world.grid)
    reporter, _matter = service.open_by_code(course.receipt.access_code or "")
    with pytest.raises(ForbiddenError):
        give(reporter, course, WEAR)
    with pytest.raises(MatterNotFoundError):
        give(world.cast.neighbour, course, WEAR)
    for wrong in ("", "no.such.cause"):
        with pytest.raises(AnswerInvalidError):
            give(world.cast.receiver, course, wrong)
    with pytest.raises(ForbiddenError):
        service.act(
            actor=reporter,
            matter=course.id,
            move="confirm",
            answers={},
            cause=WEAR,
            key=fresh(),
            now=course.now,
        )
    assert (row_of(course.id).cause_code, row_of(course.id).ended_at) == ("", None)
    other = Course(told(world.grid))
    with pytest.raises(AnswerInvalidError):
        service.act(
            actor=world.cast.receiver,
            matter=other.id,
            move="accept",
            answers=paths.CLASSED,
            cause=WEAR,
            key=fresh(),
            now=other.now,
        )
    assert row_of(other.id).state == "received", "a move that asks for no cause is not made with one"


@pytest.mark.django_db
def test_the_same_key_has_one_effect_and_a_class_given_later_leaves_the_cause(world: "World"):
    course = closed(world, world.grid, WEAR)
    key, version = fresh(), row_of(course.id).version
    for _time in range(2):
        give(world.cast.supervisor, course, FLOOD, key)
    assert (row_of(course.id).cause_code, row_of(course.id).version) == (FLOOD, version + 1)
    give(world.cast.supervisor, course, FLOOD)
    assert row_of(course.id).version == version + 1, "nothing is written where nothing changes"
    at = {"actor": world.cast.supervisor, "matter": course.id, "now": course.now}
    service.classify(class_code=CLASS, key=fresh(), **at)
    assert row_of(course.id).cause_code == FLOOD


@pytest.mark.django_db
def test_who_sees_no_whole_ground_gets_no_counts_and_who_sees_one_class_those_of_that_class(world: "World"):
    closed(world, world.grid, WEAR)
    for actor, ground in (
        (world.cast.handler, world.township),
        (world.cast.county_leader, world.foreign_grid),
    ):
        with pytest.raises(ForbiddenError):
            of_today(actor, ground)
    water = Actor(client="test", sight=(Triple("water", world.county, "leader", 0),))
    lamps = Actor(client="test", sight=(Triple(CLASS, world.county, "leader", 0),))
    assert (of_today(water, world.county).total, of_today(lamps, world.county).total) == (0, 1)


@pytest.mark.django_db
def test_without_a_number_nothing_is_called_recurring(world: "World"):
    for _one in range(3):
        closed(world, world.grid, WEAR)
    assert of_today(world.cast.county_leader, world.county).recurring
    catalogue.set_slot(
        actor=world.cast.admin,
        code="causes.recurring",
        value=None,
        source="示例文件",
        valid_from=clock.now().date(),
        now=clock.now(),
    )
    found = of_today(world.cast.county_leader, world.county)
    assert (found.least, found.recurring, found.total) == (None, (), 3)


@pytest.mark.slow
@pytest.mark.django_db
def test_usual_causes_are_those_of_many_matters_and_never_that_nobody_knows(world: "World"):
    today, leader = clock.now().date(), world.cast.county_leader
    at = {"klass": CLASS, "ground": world.grid, "today": today}
    for cause in [WEAR] * 4 + ["unknown"] * 5:
        closed(world, world.grid, cause)
    assert queries.usual_causes(leader, **at) == ()
    closed(world, world.next_grid, WEAR)
    assert queries.usual_causes(leader, **at) == (WEAR,)
    assert queries.usual_causes(leader, klass="", ground=world.grid, today=date.max) == ()
