"""A machine whose clock is behind, or was ahead: what happens to a matter happens after what happened before."""

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import service
from tests.matters import paths
from tests.matters.acting import Course, row_of, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind(world: "World") -> tuple[Course, Actor]:
    """A matter that a machine three days ahead had in hand, and that one two days behind goes on with."""
    course = Course(told(world.grid))
    course.now += timedelta(days=3)
    service.wake(now=course.now)
    handler = paths.handled(world, course)
    course.now -= timedelta(days=5)
    return course, handler


def test_acts_happen_in_the_order_in_which_they_were_made(behind: tuple[Course, Actor]):
    course, handler = behind
    entered = row_of(course.id).entered_at
    course.by(handler, "answer", result="resolved", reply="好了。")
    row = row_of(course.id)
    with reading(SYSTEM, ids=[row.id]):
        moments = [step.happened_at for step in ledger.steps(row.city, row.id)]
    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert row.entered_at >= entered > course.now
    assert row.due_at is None or row.due_at > row.entered_at


def test_clock_that_is_behind_owes_nothing_anew(behind: tuple[Course, Actor]):
    course, _handler = behind
    before = row_of(course.id).version
    service.wake(now=course.now)
    assert row_of(course.id).version == before
