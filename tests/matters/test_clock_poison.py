"""A matter that the clock fails at stands in nobody's way; what is late is caught up in order."""

from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock, trouble
from gantang.matters import service
from tests.matters import paths
from tests.matters.acting import Course, row_of

if TYPE_CHECKING:
    from tests.world import World

wake = import_module("gantang.matters.service.wake")  # its package has a function of that name
pytestmark = pytest.mark.django_db


def answered(world: "World") -> Course:
    course = paths.begun(world)
    paths.answered(world, course)
    return course


def test_poison_rests_and_the_others_go_on_even_where_the_batch_is_full(world: "World", monkeypatch: Any):
    """As many poisoned matters as a batch holds, longer due than all others, used to be all that was seen."""
    poisoned, sound = [answered(world) for _ in range(2)], answered(world)
    later = clock.now() + timedelta(days=30)
    bad, owed = {course.id for course in poisoned}, wake.owed

    def owing(city: int, matter: Any, now: Any) -> bool:
        if matter in bad:
            raise ZeroDivisionError
        return owed(city, matter, now)

    monkeypatch.setattr(wake, "owed", owing)
    assert service.wake(now=later, limit=2) == 0
    assert service.wake(now=later, limit=2) == 1
    assert row_of(sound.id).state == "checking"
    assert {one.item for one in trouble.troubles()} == {str(one) for one in bad}
    monkeypatch.setattr(wake, "owed", owed)
    assert service.wake(now=later + timedelta(minutes=2)) == 2
    assert trouble.troubles() == []


def test_after_an_outage_the_longest_due_comes_first_and_each_at_its_own_moment(
    world: "World", monkeypatch: Any
):
    first, second = answered(world), answered(world)
    due = {course.id: row_of(course.id).wake_at for course in (first, second)}
    seen: list[Any] = []
    owed = wake.owed
    monkeypatch.setattr(
        wake, "owed", lambda city, matter, now: seen.append(matter) or owed(city, matter, now)
    )
    late = clock.now() + timedelta(days=90)
    while service.wake(now=late, limit=1):
        pass
    assert sorted(seen[:2], key=lambda one: due[one]) == seen[:2]
    for course in (first, second):
        assert row_of(course.id).entered_at < late - timedelta(days=1)
