"""What fails stands in nobody's way: tried again ever more slowly, three times, then left alone; also what
kills its process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from gantang.kit import trouble
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ConflictError, ForbiddenError

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
JOB = "trial"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.GANTANG_WORK_DIR = tmp_path
    yield tmp_path / "hand"


def fail(error: Exception) -> Any:
    def work() -> None:
        raise error

    return work


def attempt(work: Any, now: datetime = NOW, *, known: bool = False) -> Any:
    return trouble.attempt(JOB, "7", now, work, known=known)


def test_what_fails_rests_longer_each_time_and_is_left_alone_after_three():
    now, rests = NOW, []
    for _ in range(3):
        assert attempt(fail(ValueError("王秀英")), now) is None
        [one] = trouble.troubles()
        rests.append(one.next_at and one.next_at - now)
        assert trouble.held(JOB, now) == ["7"]
        now = one.next_at or now
    assert rests == [timedelta(minutes=1), timedelta(minutes=4), None]
    assert (one.tries, one.error) == (3, "ValueError")
    assert trouble.held(JOB, now + timedelta(days=999)) == ["7"]


def test_what_goes_well_again_is_forgotten():
    attempt(fail(ConflictError()))
    assert trouble.troubles()[0].error == "conflict" and trouble.known(JOB) == {"7"}
    assert trouble.held(JOB, NOW + timedelta(minutes=1)) == []
    assert attempt(lambda: "done", known=True) == "done"
    assert trouble.troubles() == []


def test_database_that_is_away_is_nobodys_fault():
    with pytest.raises(OperationalError):
        attempt(fail(OperationalError()))
    assert trouble.troubles() == []


def test_nothing_stays_in_hand_however_it_ends(folder: Path):
    seen: list[list[str]] = []
    attempt(lambda: seen.append([path.read_text() for path in folder.iterdir()]))
    attempt(fail(ValueError()))
    assert seen == [[f"{JOB}\n7"]] and list(folder.iterdir()) == []


_KILLER = """
import os, signal, sys
from datetime import UTC, datetime
import django
from django.conf import settings
django.setup()
settings.GANTANG_WORK_DIR = sys.argv[1]
from gantang.kit import trouble
trouble.attempt("trial", "9", datetime.now(UTC), lambda: os.kill(os.getpid(), signal.SIGKILL), known=False)
"""


@pytest.mark.slow
def test_what_kills_its_process_is_counted_by_the_next_one_and_left_alone_after_three(folder: Path):
    for turn in range(1, 4):
        killed = subprocess.run(
            [sys.executable, "-c", _KILLER, str(folder.parent)], env=dict(os.environ), check=False
        )
        assert killed.returncode == -9
        assert trouble.recover(NOW) == 1 and trouble.recover(NOW) == 0
        [one] = trouble.troubles()
        assert (one.item, one.tries, one.error) == ("9", turn, trouble.DIED)
    assert one.next_at is None


def test_what_a_living_process_has_in_hand_is_left_to_it(folder: Path):
    folder.mkdir()
    (folder / f"{os.getppid()}.{JOB}").write_text(f"{JOB}\n8")
    assert trouble.recover(NOW) == 0 and trouble.troubles() == []


def test_what_is_too_long_in_hand_is_told(folder: Path):
    found: list[Any] = []

    def work() -> None:
        [path] = folder.iterdir()
        found.append(trouble.stuck(300))
        os.utime(path, (time.time() - 301,) * 2)
        found.append(trouble.stuck(300))

    attempt(work)
    assert found == [[], [(JOB, "7")]]


def test_administrator_gives_a_fresh_set_of_tries():
    for _ in range(3):
        attempt(fail(ValueError()))
    [one] = trouble.troubles()
    with pytest.raises(ForbiddenError):
        trouble.release(actor=Actor(client="account:2", account=2), ids=[one.id], now=NOW)
    assert trouble.release(actor=replace(SYSTEM, admin=True), ids=[one.id], now=NOW) == 1
    assert trouble.held(JOB, NOW) == []
