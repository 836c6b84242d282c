"""The worker: what falls due happens by itself, faults are told and repeated, and a signal ends it all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import OperationalError

from gantang.cli.worker import jobs
from tests import conftest as house
from tests.copies import copied

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class Stage:
    """A copy of the template database that a worker process may write to, and the worker on it."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.owner = os.environ["GANTANG_TEST_OWNER_URL"]
        self.name = urlsplit(env["DATABASE_URL"]).path.lstrip("/")

    def plant(self, *stories: str) -> None:
        """Matters made by the services, with their clocks not yet woken."""
        words = [sys.executable, "-m", "tests.journeys.plant", *stories]
        subprocess.run(words, cwd=ROOT, env=self.env, check=True, capture_output=True)

    def one(self, statement: str) -> object:
        """The one value a statement finds."""
        with psycopg.connect(self.env["DATABASE_URL"], autocommit=True) as link:
            row = link.execute(statement).fetchone()
        return row[0] if row else None

    def change(self, statement: str) -> None:
        with psycopg.connect(self.env["DATABASE_URL"], autocommit=True) as link:
            link.execute(statement)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody reaches the database for the length of the block."""
        house._admin(
            self.owner,
            f'ALTER DATABASE "{self.name}" WITH ALLOW_CONNECTIONS false',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'",
        )
        try:
            yield
        finally:
            house._admin(self.owner, f'ALTER DATABASE "{self.name}" WITH ALLOW_CONNECTIONS true')

    @contextmanager
    def working(self) -> Iterator["subprocess.Popen[str]"]:
        """The worker as `gantang up` starts it; ended by a signal where the block leaves it running."""
        words = [sys.executable, "-m", "gantang", "work"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        worker = subprocess.Popen(words, cwd=ROOT, env=self.env, **pipes)  # type: ignore[call-overload]
        try:
            yield worker
        finally:
            if worker.poll() is None:
                worker.kill()
            worker.wait(10)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with copied("worker") as env:
        yield Stage(env)


def until(happened: Callable[[], object]) -> None:
    """Wait for it, and fail where it does not happen."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


@pytest.mark.slow
def test_what_falls_due_happens_by_itself_and_a_signal_ends_it(stage: Stage):
    stage.plant("late")
    stage.change(
        "INSERT INTO kit_idempotencykey (client, key, body_hash, ref, created_at) "
        "VALUES ('form:old', 'old', '\\x00', '{}', now() - interval '200 days')"
    )
    last = stage.one("SELECT max(relname) FROM pg_class WHERE relname ~ '^ledger_step_[0-9]{4}_[0-9]{2}$'")
    stage.change(f"DROP TABLE {last}")
    with stage.working() as worker:
        until(lambda: stage.one("SELECT supervision FROM matter") == "yellow")
        until(lambda: stage.one("SELECT count(*) FROM tallies_delta") == 0)
        until(lambda: stage.one(f"SELECT to_regclass('{last}')") is not None)
        until(lambda: stage.one("SELECT count(*) FROM kit_idempotencykey WHERE client = 'form:old'") == 0)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0
    assert (
        stage.one(
            "SELECT sum(n) FROM tallies_tally WHERE measure = 'in' AND ground = '360428' AND basis IN ('b', 'n')"
        )
        == 1
    )


@pytest.mark.slow
def test_a_database_that_is_away_is_waited_for_at_the_start_and_later(stage: Stage):
    stage.plant("late")
    with stage.working() as worker:
        with stage.away():
            time.sleep(4)  # long enough to be refused
            assert worker.poll() is None
        until(lambda: stage.one("SELECT supervision FROM matter") == "yellow")
        with stage.away():
            time.sleep(4)
            assert worker.poll() is None
        stage.plant("late")
        until(lambda: stage.one("SELECT count(*) FROM matter WHERE supervision = 'yellow'") == 2)
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
        assert worker.stdout is not None
        assert "work.database_away" in worker.stdout.read()


@pytest.mark.django_db
def test_a_failing_job_is_repeated_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "SECOND", 0.01)
    stop, turns, others = Event(), [], []

    def fails_twice() -> None:
        turns.append(datetime.now(UTC))
        if len(turns) < 3:
            raise (ValueError, OperationalError)[len(turns) - 1]("示例")

    both = (jobs.Job("failing", 0.01, fails_twice), jobs.Job("other", 0.01, lambda: others.append(1)))
    threads = [Thread(target=jobs.keep, args=(job, stop)) for job in both]
    for thread in threads:
        thread.start()
    until(lambda: len(turns) > 4 and len(others) > 4)
    stop.set()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
