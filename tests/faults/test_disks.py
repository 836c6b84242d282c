"""A disk of its own for the database's log or for the attachments, full under load, and a disk that is slow: what
cannot be kept is refused and told, the rest goes on, and nothing is lost, doubled or half done."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from gantang.host import residents
from tests.faults.bench import Site, until
from tests.faults.clients import Told
from tests.faults.conftest import open_to_all, take_all
from tests.faults.under_load import hurt

pytestmark = pytest.mark.slow

_FILES_DISK = 700 * 2**20
_ROOM = 64 * 2**20
_MUCH_LOG = "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000)) FROM generate_series(1, 2500)"
_THROTTLE = Path("/sys/fs/cgroup/blkio")
#: Writes a second that a slow disk takes.
_SLOW = 15

OnDisk = Callable[[Path, int], Path]


@pytest.fixture
def on_disk(casework: Site, tmp_path: Path) -> Iterator[OnDisk]:
    """Give a folder of the stopped site a small disk of its own; only root may mount one."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a file system")
    with ExitStack() as stack:

        def moved(folder: Path, size: int) -> Path:
            return stack.enter_context(_moved(folder, tmp_path / folder.name, size))

        casework.end()
        yield moved
        casework.end()
    casework.up().ready(120)


@contextmanager
def _moved(folder: Path, disk: Path, size: int) -> Iterator[Path]:
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk]).returncode:
        pytest.skip("no file system can be mounted here")
    open_to_all(disk)
    folder.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", f"{folder}/.", disk / "in"], check=True)
    aside = folder.rename(folder.with_name(f"{folder.name}-aside"))
    folder.symlink_to(disk / "in")
    try:
        yield disk
    finally:
        folder.unlink()
        subprocess.run(["cp", "-a", disk / "in", folder], check=True)
        subprocess.run(["rm", "-rf", aside], check=True)
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.prove
def test_full_disk_of_the_log_is_told_and_nothing_acknowledged_is_lost(
    casework: Site, told: Told, on_disk: OnDisk
) -> None:
    log = casework.data / "pg_wal"
    disk = on_disk(log, _ROOM + sum(path.stat().st_size for path in log.rglob("*") if path.is_file()))
    casework.up().ready(120)

    def fill() -> None:
        with _full(disk):
            refused = told.refused
            with pytest.raises(Exception), casework.database() as link:  # noqa: B017 - the server panics
                link.execute(_MUCH_LOG)
            until(lambda: told.refused > refused + 20, 60, "they are told to come again")
            looked = casework.command("doctor")
            assert looked.returncode == 1 and f"({log})" in looked.stdout

    hurt(casework, told, "disk of the log full", fill)


def test_full_disk_of_the_attachments_refuses_those_only(casework: Site, told: Told, on_disk: OnDisk) -> None:
    """Reports go on; a picture is refused in words, and taken under the same key when there is room again."""
    disk = on_disk(casework.folder / "files", _FILES_DISK)
    casework.up().ready(120)

    def fill() -> None:
        with _full(disk):
            refused, written = told.without_room, len(told.intakes)
            until(lambda: told.without_room > refused + 10, 60, "pictures are refused")
            until(lambda: len(told.intakes) > written + 50, 60, "reports go on")

    hurt(casework, told, "disk of the attachments full", fill, pictures=4)
    assert list((disk / "in").rglob("*.part")) == []


@pytest.mark.prove
def test_slow_disk_slows_and_loses_nothing(casework: Site, told: Told) -> None:
    """The kernel lets the database's processes write so many times a second, and no more."""
    group = _THROTTLE / f"gantang-{os.getpid()}"
    number = os.stat(casework.data).st_dev
    try:
        group.mkdir()
        limit = group / "blkio.throttle.write_iops_device"
        limit.write_text(f"{os.major(number)}:{os.minor(number)} {_SLOW}")
    except OSError as error:
        pytest.skip(f"no disk can be slowed down here: {error}")

    def slow() -> None:
        _move_to(group, casework)
        many, until_then = told.acknowledged, time.monotonic() + 10
        until(lambda: time.monotonic() > until_then or told.wrong, 20, "10 s have gone by")
        print(f"\nslow disk: {told.acknowledged - many} writes answered in 10 s")
        limit.write_text(f"{os.major(number)}:{os.minor(number)} 0")

    try:
        hurt(casework, told, f"disk with {_SLOW} writes a second", slow)
    finally:
        _move_to(_THROTTLE, casework)
        group.rmdir()


def _move_to(group: Path, site: Site) -> None:
    for number in residents.residents(site.data):
        (group / "cgroup.procs").write_text(str(number))


@contextmanager
def _full(disk: Path) -> Iterator[None]:
    """For the block, nothing is free there."""
    filling = disk / "filling"
    take_all(filling)
    try:
        yield
    finally:
        filling.unlink()
