"""A disk that is full stops the database; the ballast brings it back with nothing lost."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gantang.host import disk
from tests.faults.bench import Load, Site, runner, until
from tests.faults.conftest import open_to_all, take_all

_SIZE = 700 * 2**20
_MUCH_LOG = "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000)) FROM generate_series(1, 200)"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 700 MB; only root may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", place]).returncode
    ):
        pytest.skip("no file system can be mounted here")
    open_to_all(place)
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.slow
def test_full_disk_is_survived_by_giving_up_the_ballast(small_disk: Path) -> None:
    site = Site(small_disk / "site", runner(None))
    site.home = small_disk / "database"
    site.log.touch()
    try:
        site.up().ready()
        assert (site.home / "ballast").exists()
        with Load(site, clients=4) as load:
            until(lambda: len(load.acknowledged) > 20, 10, "some are acknowledged")
            _fill(small_disk / "filling", site)
            until(lambda: "备用空间" in site.said(), 60, f"the ballast is given up\n{site.said()}")
            before = len(load.acknowledged)
            until(lambda: len(load.acknowledged) > before + 5, 30, "more are acknowledged")
        with site.database() as link:
            kept = {row[0] for row in link.execute("SELECT id FROM kept")}
        assert load.acknowledged <= kept
        (small_disk / "filling").unlink()
        until(lambda: (site.home / "ballast").exists(), 45, "the ballast is laid again")
    finally:
        site.end()


def _fill(path: Path, site: Site) -> None:
    """Take what is free, and make the log grow until it cannot."""
    take_all(path)
    with pytest.raises(Exception), site.database() as link:  # noqa: B017 - the server panics
        link.execute(_MUCH_LOG)


def test_attachments_are_refused_before_matters_are(tmp_path: Path) -> None:
    assert disk.LOW_BYTES > 5 * disk.BALLAST_BYTES
    assert disk.is_low(tmp_path) == (disk.free_bytes(tmp_path) < disk.LOW_BYTES)


def test_ballast_takes_real_space_and_goes_only_when_the_disk_is_full(tmp_path: Path) -> None:
    ballast = tmp_path / "ballast"
    assert disk.lay_ballast(ballast)
    assert ballast.stat().st_blocks * 512 >= disk.BALLAST_BYTES
    assert not disk.lay_ballast(ballast)
    assert not disk.drop_ballast(ballast)
    assert ballast.exists()
