"""Bytes are kept whole, once, and go when nothing refers to them."""

import errno
import os
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gantang.files import queries, service
from gantang.files.errors import BrokenFileError, MissingFileError, NoRoomError, TooLargeError
from gantang.kit import clock, crypto


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.GANTANG_FILES_DIR = tmp_path / "files"
    settings.GANTANG_KEYS_DIR = tmp_path / "keys"
    settings.GANTANG_MAX_ATTACHMENT_BYTES = 1_000_000
    return tmp_path / "files"


@pytest.fixture
def now() -> datetime:
    return clock.now()


def test_what_is_stored_is_read_again() -> None:
    name = service.store(b"opaque")
    assert queries.read(name) == b"opaque" and queries.exists(name)


def test_the_same_bytes_are_kept_once_and_others_apart(folder: Path) -> None:
    assert service.store(b"one") == service.store(b"one") != service.store(b"two")
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2


def test_a_name_tells_nothing_without_the_key(settings: Any, tmp_path: Path) -> None:
    here = service.store(b"a well-known leaflet")
    settings.GANTANG_KEYS_DIR = tmp_path / "other keys"
    assert service.store(b"a well-known leaflet") != here


def test_files_and_folders_are_for_their_owner_only(folder: Path) -> None:
    service.store(b"opaque")
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def _disk(monkeypatch: pytest.MonkeyPatch, number: int, sentence: str) -> None:
    """From now on no file's bytes reach the disk; folders still do, and the keys are made already."""
    crypto.make_keys()
    sync = os.fsync

    def refuse(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(number, sentence)
        sync(handle)

    monkeypatch.setattr(os, "fsync", refuse)


def test_no_half_written_file_is_left_when_the_disk_refuses(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _disk(monkeypatch, errno.ENOSPC, "No space left on device")
    with pytest.raises(NoRoomError):
        service.store(b"opaque")
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(TooLargeError):
        service.store(b"x" * 1_100_000)
    with pytest.raises(TooLargeError):
        service.check_size(1_000_001)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "01" + "g" * 64, "0" * 66])
def test_a_name_that_is_none_finds_nothing(name: str) -> None:
    assert not queries.exists(name)
    with pytest.raises(MissingFileError):
        queries.read(name)


def test_bytes_that_changed_on_the_disk_are_not_given_out(folder: Path) -> None:
    name = service.store(b"opaque")
    next(path for path in folder.rglob(name)).write_bytes(b"opaqua")
    with pytest.raises(BrokenFileError):
        queries.read(name)


def test_the_sweep_takes_old_orphans_only(folder: Path, now: datetime) -> None:
    used, orphan, young = (service.store(each) for each in (b"used", b"orphan", b"young"))
    for name in (used, orphan):
        path = next(folder.rglob(name))
        os.utime(path, (now.timestamp() - 9e5, now.timestamp() - 9e5))
    kept = {used}.intersection
    assert service.sweep(used=kept, now=now) == 1
    assert queries.exists(used) and queries.exists(young) and not queries.exists(orphan)
    assert service.sweep(used=kept, older_than=timedelta(0), now=now + timedelta(seconds=5)) == 1
    assert queries.exists(used) and not queries.exists(young)


def test_an_orphan_that_is_stored_again_is_young_again(folder: Path, now: datetime) -> None:
    name = service.store(b"orphan")
    os.utime(next(folder.rglob(name)), (now.timestamp() - 9e5, now.timestamp() - 9e5))
    service.store(b"orphan")
    assert service.sweep(used=set().intersection, now=now) == 0 and queries.exists(name)


def test_a_fault_that_is_no_full_disk_is_not_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    _disk(monkeypatch, errno.EIO, "Input/output error")
    with pytest.raises(OSError, match="Input/output"):
        service.store(b"opaque")


def test_removing_twice_counts_once() -> None:
    name = service.store(b"opaque")
    assert (service.remove([name, "nonsense"]), service.remove([name])) == (1, 0)
