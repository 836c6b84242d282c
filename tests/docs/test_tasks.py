"""The page of tasks is of the tasks that the journeys do, and none of them takes more than it may."""

import re
from pathlib import Path

from tests.journeys.tasks import MOST, PAGE, ROLES

DONE = Path(__file__).resolve().parents[1] / "journeys" / "test_tasks.py"
ROW = re.compile(r"^\| (.+)<br>.+ \| (\d+) \| (\d+) \| \d+ \| [\d.]+ \|$", re.MULTILINE)


def test_the_page_has_five_tasks_of_each_role_that_a_journey_does_within_what_is_allowed():
    page, journeys = PAGE.read_text(encoding="utf-8"), DONE.read_text(encoding="utf-8")
    parts = page.split("\n## ")[1:]
    assert [part.partition(":")[0] for part in parts] == [chinese for chinese, _english in ROLES.values()]
    for part in parts:
        rows = ROW.findall(part)
        assert len(rows) == 5
        assert all(f'"{task}"' in journeys for task, _keys, _clicks in rows)
        assert all(int(keys) + int(clicks) <= MOST for _task, keys, clicks in rows)
