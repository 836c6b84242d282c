"""Verification in parts: the same answer as in one piece, in processes, and after an end in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from gantang.kit import keys
from gantang.ledger import queries
from gantang.ledger.types import Report
from tests.kit.tables import as_owner
from tests.ledger.test_append import NOW, add

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def streams(committed: None) -> Iterator[list[UUID]]:
    """Twelve streams of three steps, of which one is tampered with."""
    made = [keys.mint(3604, datetime(2026, 11, 1, hour, tzinfo=UTC)) for hour in range(12)]
    for stream in made:
        add(stream, "a", "b", "c")
    with as_owner() as link:
        link.execute("UPDATE ledger_step SET name = 'x' WHERE stream = %s AND seq = 2", [made[7]])
    yield made


def verify(place: Path, **given: object) -> Report:
    return queries.verify_in_parts(3604, state=place, now=NOW, each=2, **given)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_find_what_the_whole_finds(streams: list[UUID], tmp_path: Path, jobs: int):
    told: list[tuple[int, int]] = []
    report = verify(tmp_path / "state", jobs=jobs, progress=lambda done, of: told.append((done, of)))
    assert report == queries.verify(3604)
    assert [(one.stream, one.fault) for one in report.faults] == [(streams[7], "edit")]
    assert [done for done, _ in told] == list(range(told[0][1] + 1))
    assert not (tmp_path / "state").exists()


@pytest.mark.slow
def test_ended_run_goes_on_with_what_is_left(streams: list[UUID], tmp_path: Path):
    class EndedError(Exception):
        pass

    def end_at(three: int, _of: int) -> None:
        if three == 3:
            raise EndedError

    place = tmp_path / "state"
    with pytest.raises(EndedError):
        verify(place, progress=end_at)
    whole = queries.verify(3604)
    told: list[int] = []
    assert verify(place, progress=lambda done, _of: told.append(done)) == whole
    assert told[0] == 3


@pytest.mark.slow
def test_broken_last_line_of_the_state_is_done_again(streams: list[UUID], tmp_path: Path):
    place = tmp_path / "state"
    whole = queries.verify(3604)
    told: list[int] = []

    def cut(done: int, of: int) -> None:
        if done == 4 and not told:
            told.append(done)
            place.write_text(place.read_text()[:-30])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(place, progress=cut)
    assert verify(place) == whole


@pytest.mark.slow
@pytest.mark.parametrize("other", [{"now": NOW + timedelta(days=8)}, {"afresh": True}, {"each": 3}])
def test_other_question_or_old_state_begins_afresh(
    streams: list[UUID], tmp_path: Path, other: dict[str, object]
):
    place = tmp_path / "state"

    def end(done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(place, progress=end)
    told: list[int] = []
    given = {"state": place, "now": NOW, "each": 2, **other}
    queries.verify_in_parts(3604, progress=lambda done, _of: told.append(done), **given)
    assert told[0] == 0


_SLOW = """
import sys, time, django
from pathlib import Path
if __name__ == "__main__":
    django.setup()
    from gantang.kit import clock
    from gantang.ledger import queries
    queries.verify_in_parts(3604, state=Path(sys.argv[1]), now=clock.now(), each=2, jobs=2,
                            progress=lambda done, of: time.sleep(0.3))
"""


@pytest.mark.slow
def test_killed_run_leaves_no_process_and_goes_on(streams: list[UUID], tmp_path: Path):
    place, script = tmp_path / "state", tmp_path / "slow.py"
    script.write_text(_SLOW)
    run = subprocess.Popen([sys.executable, script, place], env=dict(os.environ))
    until = time.monotonic() + 60
    while time.monotonic() < until and not (place.exists() and place.read_text().count("\n") > 2):
        time.sleep(0.05)
    children = _children(run.pid)
    run.send_signal(signal.SIGKILL)
    run.wait()
    done = place.read_text().count("\n") - 1
    assert children and done > 0
    while time.monotonic() < until and any(_alive(child) for child in children):
        time.sleep(0.05)
    assert not any(_alive(child) for child in children)
    head = json.loads(place.read_text().split("\n")[0])
    told: list[int] = []
    report = queries.verify_in_parts(
        3604,
        state=place,
        now=datetime.fromisoformat(head["begun"]),
        each=2,
        progress=lambda so_far, _of: told.append(so_far),
    )
    assert told[0] == done and report == queries.verify(3604)


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in found]


def _alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
