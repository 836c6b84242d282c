"""Nothing stays behind, however the supervisor ends; what it leaves half done does not hurt the next start."""

import os
import signal
import time

import pytest

from tests.faults.bench import Site, alive, until
from tests.faults.conftest import MakeSite


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["int", "term", "hup"])
def test_signal_stops_all_of_it_in_good_order(make_site: MakeSite, sig: signal.Signals) -> None:
    site = make_site().up().ready()
    processes = site.processes()
    assert site.end(sig) == 0
    assert not processes & alive()
    assert "database system is shut down" in (site.folder / "logs" / "postgres.log").read_text()


def test_nothing_is_left_after_the_supervisor_is_killed_and_the_next_start_keeps_all(
    make_site: MakeSite,
) -> None:
    site = make_site().up().ready()
    site.get("/kept", "POST")
    processes = site.processes()
    assert len(processes) > 8
    os.kill(site.pid("supervisor"), signal.SIGKILL)
    until(lambda: not processes & alive(), 20, "all processes are gone")
    assert site.up().ready().get() == (200, "1")


def test_start_right_after_a_kill_waits_for_what_is_leaving(make_site: MakeSite) -> None:
    site = make_site().up().ready()
    os.kill(site.pid("supervisor"), signal.SIGKILL)
    assert site.supervisor is not None
    site.supervisor.wait()
    until(lambda: site.get()[0] == 0, 20, "the port is free")
    site.up().ready()


def test_kill_of_supervisor_and_database_together_leaves_nothing(make_site: MakeSite) -> None:
    site = make_site().up().ready()
    processes = site.processes()
    for role in ("postmaster", "supervisor"):
        os.kill(site.pid(role), signal.SIGKILL)
    until(lambda: not processes & alive(), 20, "all processes are gone")
    site.up().ready()


@pytest.mark.parametrize("after", [0.6, *(pytest.param(one, marks=pytest.mark.prove) for one in (0.15, 1.2))])
def test_start_that_was_killed_half_way_is_simply_repeated(make_site: MakeSite, after: float) -> None:
    site = make_site().up()
    time.sleep(after)
    os.kill(site.pid("supervisor"), signal.SIGKILL)
    assert site.supervisor is not None
    site.supervisor.wait()
    until(lambda: site.get()[0] == 0, 20, "the port is free")
    site.up().ready()


def test_second_supervisor_of_a_folder_says_where_the_first_one_serves(make_site: MakeSite) -> None:
    site = make_site().up().ready()
    again = Site(site.folder, site.who)
    again.up()
    assert again.supervisor is not None
    again.supervisor.wait(20)
    assert f"AlreadyRunning: http://127.0.0.1:{site.port}" in again.said()
    assert site.get()[0] == 200


def test_port_of_another_folder_s_site_is_refused_and_not_shared(make_site: MakeSite) -> None:
    site = make_site("one").up().ready()
    other = make_site("two")
    other.port = site.port
    other.up()
    assert other.supervisor is not None
    assert other.supervisor.wait(20) != 0
    assert "GANTANG_PORT" in other.said()
