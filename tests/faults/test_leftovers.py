"""A server whose parent part was killed: what it leaves is waited for, then sent away, and only that."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import psycopg
import pytest

from tests.faults.bench import until
from tests.faults.conftest import MakeSite

_BUSY = "DO $$ DECLARE n bigint := 0; BEGIN LOOP n := n + 1; END LOOP; END $$"


@pytest.mark.slow
def test_busy_session_of_a_killed_server_does_not_keep_the_site_away(make_site: MakeSite) -> None:
    site = make_site().up().ready()
    thread = threading.Thread(target=_loop_for_ever, args=(site,))
    thread.start()
    time.sleep(0.5)
    os.kill(site.pid("postmaster"), signal.SIGKILL)
    until(lambda: site.get()[0] == 503, 10, "the site notices")
    until(lambda: site.get()[0] == 200, 25, f"the site is back\n{site.said()}")
    thread.join(20)
    assert not thread.is_alive()


def _loop_for_ever(site: object) -> None:
    with suppress(psycopg.Error), site.database() as link:  # type: ignore[attr-defined]
        link.execute(_BUSY)


def test_other_programs_in_the_data_folder_are_left_alone(make_site: MakeSite) -> None:
    site = make_site().up().ready()
    looking = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], cwd=site.data)
    try:
        os.kill(site.pid("postmaster"), signal.SIGKILL)
        until(lambda: site.get()[0] == 200 and site.pids("postmaster"), 20, "the site is back")
        assert looking.poll() is None
    finally:
        looking.kill()
        looking.wait()


def test_server_that_an_administrator_started_by_hand_is_taken_over(make_site: MakeSite) -> None:
    site = make_site().up().ready()
    site.get("/row", "POST")
    program = os.readlink(f"/proc/{site.pid('postmaster')}/exe")
    account = site.data.stat()
    site.end()
    site.data.joinpath("local.conf").write_text("unix_socket_directories = ''\n")
    by_hand = subprocess.Popen(
        [program, "-D", str(site.data)], cwd=site.data, user=account.st_uid if os.geteuid() == 0 else None,
        extra_groups=[] if os.geteuid() == 0 else None, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(lambda: (site.data / "postmaster.pid").exists(), 10, "it runs")
    time.sleep(1)
    site.up().ready()
    assert by_hand.wait(10) == 0
    assert site.get() == (200, "1")
