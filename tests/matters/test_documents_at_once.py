"""Documents of several at once, on committed rows: what is set holds no lock, and every number is drawn once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from gantang.matters.service import documents as issuing
from tests.matters import paths
from tests.matters.acting import Course, told
from tests.matters.issuing import REPLY, rows_of

if TYPE_CHECKING:
    from tests.world import World


def test_a_document_is_set_before_anything_is_locked(open_world: "World", monkeypatch: pytest.MonkeyPatch):
    course = Course(told(open_world.grid))
    handler = paths.handled(open_world, course)
    set_in: list[bool] = []
    render = issuing.files.render
    monkeypatch.setattr(
        issuing.files,
        "render",
        lambda template, paper: (set_in.append(connection.in_atomic_block), render(template, paper))[1],
    )
    course.by(handler, "answer", result="resolved", reply=REPLY)
    assert set_in == [False]


def test_parallel_acts_of_a_unit_draw_every_number_once(open_world: "World"):
    courses = [Course(told(open_world.grid)) for _ in range(6)]
    handlers = [paths.handled(open_world, one) for one in courses]
    start = Barrier(3)

    def run(turn: int) -> None:
        start.wait(timeout=60)
        try:
            courses[turn].by(handlers[turn], "answer", result="resolved", reply=REPLY)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(run, range(6)))
    numbers = [rows_of(one.id)[0].serial or 0 for one in courses]
    assert sorted(numbers) == list(range(min(numbers), min(numbers) + 6))
