"""Running matters go over to a new version: those it names, each once, whoever does it and however often."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.rules import stream_of
from gantang.matters import service
from gantang.matters.models import Matter
from gantang.matters.service.wake import CLOCK
from gantang.outbox.models import Row
from gantang.procedures import queries as procedures
from gantang.procedures import service as versions
from gantang.procedures.models import Upgrade
from tests.engine.sample import packs
from tests.engine.sample import request as first
from tests.engine.upgrading import second, second_pack
from tests.kit.tables import as_owner
from tests.matters import paths
from tests.matters.acting import Course, row_of

if TYPE_CHECKING:
    from tests.world import World


def in_force(now: datetime) -> None:
    """The second version of the request, with its way from the first."""
    versions.put_in_force(
        actor=SYSTEM, pack=second_pack(), in_force_from=now, others=packs().values(), now=now
    )


def go_over(now: datetime, **given: Any) -> datetime:
    """As the worker does it, to the end; the moment it was done."""
    for _ in range(1000):
        if not procedures.upgrades_due(now + timedelta(minutes=2)):
            return now
        if not service.upgrade(now=now, **given):
            now += timedelta(minutes=2)
    raise AssertionError("never done")


def steps_of(course: Course) -> list[str]:
    with reading(CLOCK, ids=[course.id]):
        return [step.name for step in ledger.steps(row_of(course.id).city, course.id)]


@pytest.mark.django_db
class TestRunningMatters:
    @pytest.mark.slow
    def test_a_matter_whose_state_is_named_goes_over_and_the_ledger_gives_it_again(self, world: "World"):
        course = paths.begun(world)
        course.by(world.cast.receiver, "accept", **paths.CLASSED)
        before = row_of(course.id)
        in_force(course.now)
        go_over(course.now)
        row = row_of(course.id)
        assert (row.state, row.status, row.procedure_version) == ("assigned", before.status, 2)
        assert row.procedure_hash == second().hash and row.owner_unit == before.owner_unit
        assert row.entered_at == before.entered_at and row.version == before.version + 1
        assert steps_of(course)[-1] == "upgraded"
        assert service.rebuild(now=course.now).sound

    def test_an_end_that_is_not_named_stays_on_its_version(self, world: "World"):
        course = paths.begun(world)
        course.by_reporter("withdraw")
        in_force(course.now)
        go_over(course.now)
        assert row_of(course.id).procedure_hash == first().hash and "upgraded" not in steps_of(course)

    def test_an_end_that_is_named_goes_over_with_the_right_to_come_back(self, world: "World"):
        course = paths.begun(world)
        paths.answered(world, course)
        course.by_reporter("confirm")
        in_force(course.now)
        go_over(course.now)
        assert row_of(course.id).procedure_hash == second().hash
        course.by_reporter("ask_reopen", objection="又坏了。")
        assert row_of(course.id).state == "objected" and service.rebuild(now=course.now).sound

    @pytest.mark.slow
    def test_what_the_clock_owed_comes_first(self, world: "World"):
        course = paths.begun(world)
        paths.answered(world, course)
        course.now += timedelta(days=40)
        in_force(course.now)
        go_over(course.now)
        names = steps_of(course)
        assert row_of(course.id).state == "checking" and names.index("upgraded") > names.index("told")

    def test_it_goes_on_under_the_new_version(self, world: "World"):
        course = paths.begun(world)
        course.by(world.cast.receiver, "accept", **paths.CLASSED)
        in_force(course.now)
        go_over(course.now)
        handler = paths.holder_of(course, world)
        course.by(handler, "hand_back", refusal_ground="not_our_remit", note="不是我们管。")
        assert row_of(course.id).state == "triaged"

    def test_a_new_matter_follows_the_new_version_and_is_left_alone(self, world: "World"):
        in_force(clock.now())
        course = paths.begun(world)
        go_over(course.now)
        assert row_of(course.id).procedure_version == 2 and "upgraded" not in steps_of(course)

    def test_nobody_is_told(self, world: "World"):
        course = paths.begun_with_mail(world)
        waiting = Row.objects.count()
        in_force(course.now)
        go_over(course.now)
        assert row_of(course.id).procedure_version == 2 and Row.objects.count() == waiting

    def test_an_upgrade_that_comes_in_force_later_waits(self, world: "World"):
        course = paths.begun(world)
        later = course.now + timedelta(days=3)
        versions.put_in_force(
            actor=SYSTEM, pack=second_pack(), in_force_from=later, others=packs().values(), now=course.now
        )
        assert service.upgrade(now=course.now) == 0 and row_of(course.id).procedure_version == 1
        go_over(later)
        assert row_of(course.id).procedure_version == 2

    def test_broken_off_half_way_it_goes_on_where_it_stopped(self, world: "World"):
        courses = [paths.begun(world) for _ in range(5)]
        in_force(courses[0].now)
        service.upgrade(now=courses[0].now, limit=2)
        assert [row_of(one.id).procedure_version for one in courses] == [2, 2, 1, 1, 1]
        go_over(courses[0].now, limit=2)
        assert {row_of(one.id).procedure_version for one in courses} == {2}
        assert [steps_of(one).count("upgraded") for one in courses] == [1] * 5

    def test_done_twice_it_changes_nothing(self, world: "World"):
        course = paths.begun(world)
        in_force(course.now)
        now = go_over(course.now)
        version = row_of(course.id).version
        Upgrade.objects.update(done_at=None, after=None)
        go_over(now)
        assert row_of(course.id).version == version

    def test_the_end_of_it_is_told_with_how_many_went_over(self, world: "World"):
        courses = [paths.begun(world) for _ in range(3)]
        in_force(courses[0].now)
        go_over(courses[0].now)
        stream = stream_of("procedure", "request")
        with reading(SYSTEM, ids=[stream]):
            told = [(step.name, step.data) for step in ledger.steps(3600, stream)]
        assert [name for name, _ in told[-3:]] == [
            "procedure.in_force",
            "procedure.upgrade_set",
            "procedure.upgraded",
        ]
        assert told[-1][1] == {"from": 1, "to": 2, "matters": 3}

    def test_each_matter_costs_the_same_few_queries_however_many_there_are(self, world: "World"):
        courses = [paths.begun(world) for _ in range(12)]
        in_force(courses[0].now)
        service.upgrade(now=courses[0].now, limit=1)  # what a process reads once

        def cost(many: int) -> int:
            with CaptureQueriesContext(connection) as seen:
                service.upgrade(now=courses[0].now, limit=many)
            return len(seen)

        two, six = cost(2), cost(6)
        assert (six - two) % 4 == 0 and (six - two) / 4 <= 10, (two, six)


def test_two_workers_at_once_take_each_matter_over_once(open_world: "World", restored: None):
    courses = [paths.begun(open_world) for _ in range(12)]
    in_force(courses[0].now)

    def work(_: int) -> datetime:
        try:
            return go_over(courses[0].now, limit=3)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert [steps_of(one).count("upgraded") for one in courses] == [1] * 12
    assert ledger.verify().sound and service.rebuild(now=courses[0].now).sound


def test_a_matter_that_somebody_holds_is_left_for_the_next_pass(open_world: "World", restored: None):
    held, free = paths.begun(open_world), paths.begun(open_world)
    in_force(held.now)

    def look() -> None:
        try:
            service.upgrade(now=held.now)
        finally:
            connection.close()

    with transaction.atomic(), reading(CLOCK, ids=[held.id]):
        list(Matter.objects.select_for_update().filter(id=held.id))
        with ThreadPoolExecutor(1) as pool:
            pool.submit(look).result()
    assert [row_of(one.id).procedure_version for one in (held, free)] == [1, 2]
    go_over(held.now)
    assert row_of(held.id).procedure_version == 2


@pytest.fixture
def restored() -> Iterator[None]:
    """What these tests put in force is taken out again, as the owner."""
    yield
    with as_owner() as link:
        link.execute("TRUNCATE procedures_upgrade")
        link.execute("DELETE FROM procedures_procedureversion WHERE version = 2 AND name = 'request'")
