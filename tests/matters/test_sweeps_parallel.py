"""Two workers on one sweep: every matter is treated once, whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from gantang.matters import queries, service
from tests.matters.test_sweeps import MONDAY, outage, routed, steps_of

if TYPE_CHECKING:
    from tests.world import World


def test_two_workers_at_once_leave_one_step_on_each_matter(open_world: "World"):
    """Both go through the same batches; whoever comes second finds nothing to do."""
    courses = [routed(open_world) for _ in range(6)]
    since, until = (MONDAY.replace(day=day, hour=9, minute=0) for day in (17, 19))
    now = until + timedelta(hours=1)
    id_ = outage(open_world, since, until, now)

    def worker(_turn: int) -> None:
        try:
            while service.sweep(now=now, limit=2):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(worker, range(2)))
    found = queries.get_sweep(id_)
    assert [len(steps_of(course.id, "outage")) for course in courses] == [1] * 6
    assert (found.done_at is not None, found.looked, found.moved) == (True, 6, 6)
