"""Whatever process is killed, by whichever signal: it comes back by itself, and nothing acknowledged is lost."""

import os
import signal
import time
from pathlib import Path

import pytest

from gantang.host.service import Service
from tests.faults.bench import Load, Site, alive, until

SIGNALS = pytest.mark.parametrize("sig", [signal.SIGKILL, signal.SIGTERM], ids=["kill", "term"])


@SIGNALS
@pytest.mark.parametrize("role", ["postmaster", "web", "web worker", "worker"])
def test_killed_process_comes_back_and_nothing_acknowledged_is_lost(
    site: Site, role: str, sig: signal.Signals
) -> None:
    before = until(lambda: site.pids(role), 10, f"there is a {role}")
    _hurt(site, min(before), sig)
    until(
        lambda: len(site.pids(role) - before) >= 1 and len(site.pids(role)) == len(before),
        15,
        f"{role} is back",
    )


@SIGNALS
def test_killed_session_ends_alone_or_with_a_quick_replay(site: Site, sig: signal.Signals) -> None:
    with site.database() as link:
        _hurt(site, link.info.backend_pid, sig)


@pytest.mark.parametrize("sig", [signal.SIGKILL], ids=["kill"])
def test_killed_checkpointer_is_followed_by_a_quick_replay(site: Site, sig: signal.Signals) -> None:
    _hurt(site, site.pid("checkpointer"), sig)


def _hurt(site: Site, victim: int, sig: signal.Signals) -> None:
    with Load(site) as load:
        until(lambda: len(load.acknowledged) > 5, 10, "some are acknowledged")
        os.kill(victim, sig)
        until(lambda: victim not in alive(), 15, "the victim is gone")
        before = len(load.acknowledged)
        until(lambda: len(load.acknowledged) > before + 5, 20, f"more are acknowledged\n{site.said()}")
    assert load.acknowledged <= kept(site)


def kept(site: Site) -> set[str]:
    """The rows that the database holds."""
    with site.database() as link:
        return {row[0] for row in link.execute("SELECT id FROM kept")}


@pytest.mark.slow
def test_process_that_dies_at_once_is_started_ever_more_slowly(tmp_path: Path) -> None:
    said: list[str] = []
    service = Service("worker", ["/bin/false"], log=tmp_path / "log", say=said.append)
    end = time.monotonic() + 2.5
    while time.monotonic() < end:
        service.tick({})
        time.sleep(0.02)
    service.end(1)
    assert [line.split("，")[1].split(" ")[0] for line in said[:2]] == ["0.5", "1"]
    assert len(said) <= 3
