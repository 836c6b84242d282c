"""A server that replays its log is given the time it needs, and the site says 正在恢复 meanwhile."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from gantang.host import server
from tests.faults.bench import Site, until
from tests.faults.conftest import MakeSite


def _crashed(make_site: MakeSite, megabytes: int) -> Site:
    """A site that was killed with so much of its log to replay."""
    site = make_site().up().ready()
    with site.database() as link:
        link.execute("CREATE TABLE bulk AS SELECT 0 AS number, '' AS words WHERE false")
        link.execute("ALTER TABLE bulk ALTER COLUMN words SET STORAGE EXTERNAL")
        for number in range(megabytes // 10):
            link.execute(
                "INSERT INTO bulk SELECT %s, repeat(md5(i::text), 32) FROM generate_series(1, 10000) i",
                [number],
            )
    for role in ("postmaster", "supervisor"):
        os.kill(site.pid(role), signal.SIGKILL)
    until(lambda: not site.processes(), 20, "all processes are gone")
    return site


def _held(site: Site, seconds: float) -> None:
    """Let the replay pause, as a slow disk would."""
    log = site.folder / "logs" / "postgres.log"
    before = log.read_bytes().count(b"redo starts")
    until(lambda: log.read_bytes().count(b"redo starts") > before, 30, "a replay begins")
    startup = until(lambda: site.pids("startup"), 20, "a replay goes on").pop()
    os.kill(startup, signal.SIGSTOP)
    time.sleep(seconds)
    os.kill(startup, signal.SIGCONT)


def _shows_recovery(site: Site) -> None:
    status, page = until(lambda: (site.get()[0] == 503 and site.get()) or None, 10, "the site answers 503")
    assert status == 503
    assert "正在恢复" in page or "正在启动" in page


def test_site_says_that_it_recovers_while_the_database_replays(make_site: MakeSite) -> None:
    site = _crashed(make_site, 200).up()
    with ThreadPoolExecutor() as pool:
        held = pool.submit(_held, site, 2.5)
        page = until(lambda: "正在恢复 " in site.get()[1] and site.get(), 30, "how far it has come")
        held.result()
    assert page[0] == 503
    assert re.search(r"正在恢复 \d+%", page[1])
    assert re.search(r"Recovering \d+%", page[1])
    assert site.ready().get()[0] == 200


@pytest.mark.slow
def test_replay_of_more_than_ten_seconds_is_waited_for(make_site: MakeSite) -> None:
    site = _crashed(make_site, 200).up()
    started = time.monotonic()
    _held(site, 12)
    _ = site.ready()
    assert time.monotonic() - started > 12
    with site.database() as link:
        assert link.execute("SELECT count(*) FROM bulk").fetchone() == (200_000,)


@pytest.mark.prove
def test_long_replay_of_a_full_log_is_waited_for(make_site: MakeSite) -> None:
    site = _crashed(make_site, 1500).up()
    started = time.monotonic()
    _shows_recovery(site)
    site.ready(600)
    print(f"replayed about 1.5 GB in {time.monotonic() - started:.1f} s")
    with site.database() as link:
        assert link.execute("SELECT count(*) FROM bulk").fetchone() == (1_500_000,)


def test_start_is_given_ten_minutes_of_silence_and_more_while_it_speaks() -> None:
    assert server.START_LIMIT >= 600
