"""Documents that the clock's moves produce: issued whoever notices that they are due, and set before anything is locked."""

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from gantang import engine
from gantang.files.types import Paper
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.matters import service
from gantang.matters.service import documents as issuing
from gantang.procedures import service as versions
from tests.engine.sample import PACKS, packs
from tests.matters.acting import Course, fresh, row_of
from tests.matters.issuing import answered, rows_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
SILENCE = r"(silence: +\{from: answered, to: checking, by: clock)"


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> engine.Pack:
    """A request whose silence produces a document."""
    packs()  # read before any transaction waits for it
    copy = tmp_path_factory.mktemp("packs") / "request"
    shutil.copytree(PACKS / "request", copy, ignore=shutil.ignore_patterns("scenarios"))
    file = copy / "procedure.yaml"
    text = file.read_text(encoding="utf-8").replace("version: 1", "version: 2", 1)
    file.write_text(re.sub(SILENCE, r"\1, produces: [receipt]", text), encoding="utf-8")
    return engine.load_pack(copy)


@pytest.fixture
def late(silent: engine.Pack, world: "World") -> Course:
    """A matter whose reporter kept silent, under that request."""
    now = clock.now()
    versions.put_in_force(actor=SYSTEM, pack=silent, in_force_from=now, others=packs().values(), now=now)
    course, _handler = answered(world)
    course.now += timedelta(days=40)
    return course


def woken(course: Course, world: "World") -> None:
    assert service.wake(now=course.now) == 1


def classed(course: Course, world: "World") -> None:
    now = course.now
    service.classify(
        actor=world.cast.receiver, matter=course.id, class_code="facility.road", key=fresh(), now=now
    )


def stood_still(course: Course, world: "World") -> None:
    since = course.now - timedelta(hours=2)
    service.enter_outage(
        actor=world.cast.admin, ground="36", since=since, until=course.now, reason="power", now=course.now
    )
    while service.sweep(now=course.now):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("noticed", [woken, classed, stood_still])
def test_what_the_clock_issues_is_set_before_the_matter_is_locked(
    late: Course,
    world: "World",
    monkeypatch: pytest.MonkeyPatch,
    noticed: Callable[[Course, "World"], None],
):
    within: list[int] = []
    render, outside = issuing.files.render, len(connection.savepoint_ids)

    def looking(template: str, paper: Paper) -> bytes:
        within.append(len(connection.savepoint_ids) - outside)
        return render(template, paper)

    monkeypatch.setattr(issuing.files, "render", looking)
    noticed(late, world)
    assert row_of(late.id).state == "checking"
    assert within == [0], "once, in no transaction but the test's own"
    assert [one.kind for one in rows_of(late.id)] == ["receipt", "reply"]
    assert service.rebuild(now=late.now).sound


def test_what_the_clock_issues_is_issued_once(late: Course):
    assert service.wake(now=late.now) == 1
    assert service.wake(now=late.now) == 0
    assert [one.kind for one in rows_of(late.id)] == ["receipt", "reply"]
