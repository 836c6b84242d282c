"""The bucket does what the folder does; each request bears a signature that somebody else can check."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gantang.files import queries, service
from gantang.files.bucket import Bucket
from gantang.files.errors import BrokenFileError, MissingFileError, StoreAwayError
from gantang.kit import clock
from gantang.kit.pieces import PIECE
from tests.files.receiver import KEY, REGION, SECRET, Receiver


@pytest.fixture
def receiver(settings: Any, tmp_path: Path) -> Iterator[Receiver]:
    settings.GANTANG_FILES_DIR = tmp_path / "files"
    settings.GANTANG_KEYS_DIR = tmp_path / "keys"
    made = Receiver()
    settings.GANTANG_S3_URL, settings.GANTANG_S3_REGION = made.address, REGION
    settings.GANTANG_S3_ACCESS_KEY, settings.GANTANG_S3_SECRET_KEY = KEY, SECRET
    yield made
    made.shutdown()
    made.server_close()


def test_what_is_put_into_the_bucket_is_read_whole_and_in_ranges(receiver: Receiver, tmp_path: Path) -> None:
    data = os.urandom(3 * PIECE + 5)
    name = service.store(data)
    assert queries.read(name) == data and queries.exists(name)
    content = queries.opened(name)
    assert content.size == len(data)
    assert b"".join(content.pieces(PIECE - 3, 2 * PIECE + 4)) == data[PIECE - 3 : 2 * PIECE + 4]
    assert list(receiver.held) == [f"/bucket/deep/{name}"] and receiver.refused == []
    assert not [one for one in (tmp_path / "files").rglob("*") if one.is_file()]


def test_the_sweep_reads_every_page_of_the_list_and_leaves_what_is_young(receiver: Receiver) -> None:
    receiver.page = 2
    names = [service.store(bytes([one])) for one in range(7)]
    for path, (data, at) in list(receiver.held.items())[1:]:
        receiver.held[path] = (data, at - 9e5)
    assert service.sweep(used=set(names[4:]).intersection, now=clock.now()) == 3
    assert [queries.exists(name) for name in names] == [True, False, False, False, True, True, True]
    later = clock.now() + timedelta(seconds=5)
    assert service.sweep(used=set(names).intersection, older_than=timedelta(0), now=later) == 0
    assert (service.remove([names[0], "nonsense"]), service.remove([names[0]])) == (1, 0)


def test_what_is_not_there_is_missing_and_what_changed_is_broken(receiver: Receiver) -> None:
    name = service.store(b"opaque")
    receiver.held[f"/bucket/deep/{name}"] = (b"opaqua", 0.0)
    with pytest.raises(BrokenFileError):
        queries.read(name)
    for wrong in ("0" * 66, "../x", ""):
        with pytest.raises(MissingFileError):
            queries.read(wrong)


@pytest.mark.parametrize("status", [403, 500, 503, 301])
def test_a_bucket_that_refuses_is_away_and_nothing_is_told_of_its_key(
    receiver: Receiver, status: int
) -> None:
    receiver.failing = status
    with pytest.raises(StoreAwayError) as told:
        service.store(b"opaque")
    assert SECRET not in f"{told.value} {told.value.details}"


def test_a_bucket_that_is_not_there_is_away(receiver: Receiver) -> None:
    receiver.shutdown()
    receiver.server_close()
    with pytest.raises(StoreAwayError):
        service.store(b"opaque")


def test_a_request_signed_with_another_secret_is_refused(receiver: Receiver, tmp_path: Path) -> None:
    other = Bucket(receiver.address, region=REGION, key=KEY, secret="another")
    with pytest.raises(StoreAwayError):
        other.exists("01" + "0" * 64)
    assert len(receiver.refused) == 1


def test_what_was_stored_before_the_bucket_is_still_read_and_removed(
    receiver: Receiver, settings: Any
) -> None:
    address, settings.GANTANG_S3_URL = settings.GANTANG_S3_URL, None
    name = service.store(b"opaque")
    settings.GANTANG_S3_URL = address
    assert queries.read(name) == b"opaque" and receiver.held == {}
    assert service.remove([name]) == 1 and not queries.exists(name)
