"""The real site under load: whatever is killed, away or used up, what clients were told is what the database holds.

Programs and residents write under keys and ask again until they are answered. Afterwards every answer is held
against rows, steps, counts and effects: nothing lost, nothing doubled, nothing half done. How long nobody was
answered is printed, not judged.
"""

import os
import signal
import time
from contextlib import suppress

import pytest

from gantang.host import cluster, residents
from tests.faults.bench import Site, alive, until
from tests.faults.casework import TOKEN
from tests.faults.checker import compare
from tests.faults.clients import Clients, Told
from tests.faults.under_load import AWAY, clients, gone, hurt, reach

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("victim", ["web worker", "worker", "postmaster", "supervisor"])
def test_nothing_is_lost_doubled_or_half_done_when_killed_under_load(
    casework: Site, told: Told, victim: str
) -> None:
    hurt(casework, told, f"{victim} killed", lambda: _kill(casework, victim))


@AWAY
def test_nothing_is_lost_doubled_or_half_done_while_the_database_is_away(
    casework: Site, told: Told, seconds: int
) -> None:
    def away() -> None:
        with gone(casework):
            time.sleep(seconds)

    hurt(casework, told, f"database away for {seconds} s", away)


@pytest.mark.prove
@pytest.mark.parametrize("seconds", [8, 60])
def test_nothing_is_lost_doubled_or_half_done_while_the_database_says_nothing(
    casework: Site, told: Told, seconds: int
) -> None:
    """It is there and takes connections, and answers none: its disk hangs, or its machine stands still."""

    def mute() -> None:
        held = residents.residents(casework.data)
        for number in held:
            _send(number, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            for number in held:
                _send(number, signal.SIGCONT)

    hurt(casework, told, f"database mute for {seconds} s", mute)


def test_more_clients_than_connections_are_refused_clearly_and_nothing_is_half_done(
    casework: Site, told: Told
) -> None:
    """Every refusal is 503, says so, and says when to come again: the clients take nothing else."""
    before = told.refused

    def use_up() -> None:
        with casework.database(cluster.SUPERUSER) as link:
            link.execute("ALTER ROLE gantang_app CONNECTION LIMIT 2")
            try:
                link.execute(_END_SESSIONS)
                until(lambda: told.refused > before + 20, 60, "some are refused")
            finally:
                link.execute("ALTER ROLE gantang_app CONNECTION LIMIT -1")

    hurt(casework, told, "two connections for everybody", use_up)


def test_second_supervisor_leaves_at_once_and_two_at_a_time_are_one(casework: Site, told: Told) -> None:
    first = casework.supervisor
    assert first is not None

    def join() -> None:
        second = casework.beside()
        assert second.wait(60) != 0
        until(lambda: "AlreadyRunning" in casework.said(), 5, "it says why")
        assert casework.supervisor is first and first.poll() is None
        first.kill()
        first.wait()
        racers = [casework.beside(), casework.beside()]
        until(lambda: any(one.poll() is not None for one in racers), 60, "one of the two leaves")
        (casework.supervisor,) = (one for one in racers if one.poll() is None)

    hurt(casework, told, "two supervisors", join)
    assert len(casework.pids("postmaster")) == 1


def test_client_that_went_after_the_commit_gets_the_same_answer_again(casework: Site, told: Told) -> None:
    """The connection is closed before the answer is read; the effect is there, and it happens once."""

    asker = Clients(casework.port, (casework.folder / TOKEN).read_text(), told, programs=0, residents=0)

    def leave() -> None:
        keys = [f"left-{number}" for number in range(30)]
        links = [asker.send(key) for key in keys]
        # some may have been told "not now": they come back all the same
        until(lambda: _happened(casework, keys) >= 20, 60, "what they asked for has happened")
        for link in links:
            link.close()
        for key in keys:
            assert asker.come_back(key) == asker.come_back(key)
        assert _happened(casework, keys) == len(keys)

    hurt(casework, told, "clients gone after the commit", leave)


def test_restart_runs_no_migration_and_loses_nothing(casework: Site, told: Told) -> None:
    if not told.acknowledged:
        with clients(casework, told):
            reach(told, 20)
    before = _applied(casework)
    assert casework.end() == 0
    said = casework.log.stat().st_size
    started = time.monotonic()
    casework.up().ready(120)
    print(f"\nready again after {time.monotonic() - started:.1f} s")
    with casework.log.open("rb") as log:
        log.seek(said)
        assert "数据库结构" not in log.read().decode()
    assert _applied(casework) == before
    compare(casework, told)


def _kill(site: Site, victim: str) -> None:
    number = site.pid(victim)
    os.kill(number, signal.SIGKILL)
    if victim == "supervisor":
        assert site.supervisor is not None
        site.supervisor.wait()
        site.up()
    until(lambda: number not in alive(), 30, "the victim is gone")


def _send(number: int, sig: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, sig)


def _happened(site: Site, keys: list[str]) -> int:
    with site.database(cluster.SUPERUSER) as link:
        (many,) = link.execute(_HAPPENED, [keys]).fetchone() or (0,)
    return int(many)


def _applied(site: Site) -> list[tuple[str, str, object]]:
    with site.database() as link:
        return link.execute("SELECT app, name, applied FROM django_migrations ORDER BY id").fetchall()


_HAPPENED = "SELECT count(*) FROM kit_idempotencykey WHERE key = ANY (%s) AND status IS NOT NULL"
_END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'gantang_app'"
