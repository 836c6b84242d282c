"""The daily commitment over protected tips: it finds what was done by SQL, and tells nothing to anybody."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from gantang.kit import boxes, crypto
from gantang.kit.actor import Actor
from gantang.kit.work import work
from gantang.ledger import queries as ledger
from gantang.ledger.errors import CheckpointRefusedError
from gantang.matters.service import sealed
from gantang.matters.service.sealed import stream
from tests.kit.tables import as_owner, committed, trial_tables

__all__ = ["committed", "trial_tables"]
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def own_keys(committed: None, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """The same keys in a folder of the test's own."""
    crypto.make_keys()
    folder = tmp_path / "keys"
    shutil.copytree(settings.GANTANG_KEYS_DIR, folder, ignore=shutil.ignore_patterns("*.jsonl", "sign-*"))
    settings.GANTANG_KEYS_DIR = folder
    yield folder
    with as_owner() as link:
        link.execute("TRUNCATE ledger_leaf, ledger_checkpoint")


def add(one: UUID, *, pieces: int, new: bool = False) -> None:
    with work(Actor(client="test"), ids=[one]) as w:
        told = stream.begin(w, one, boxes.new_pair()[1]) if new else stream.held(w, one)
        for turn in range(pieces):
            told.add({"kind": "words", "turn": turn}, "示例".encode())


@pytest.fixture
def streams(own_keys: Path) -> Iterator[list[UUID]]:
    """Two streams of three pieces; nobody keeps a key to either."""
    made = [uuid4(), uuid4()]
    for one in made:
        add(one, pieces=3, new=True)
    yield made
    with as_owner() as link:
        for table in ("sealed_piece", "sealed_head"):
            link.execute(f"DELETE FROM {table} WHERE stream = ANY(%s)", [made])


def make(day: int = 0, **given: bool) -> None:
    sealed.checkpoint(now=NOW + timedelta(days=day), **given)


def tamper(*statements: str, **given: Any) -> None:
    with as_owner() as link:
        for statement in statements:
            link.execute(statement, given)


def test_untouched_streams_fit_while_they_go_on(streams: list[UUID]):
    make()
    assert sealed.fits()
    add(streams[0], pieces=2)
    assert sealed.fits()
    make(1)
    assert sealed.fits() and ledger.verify(0).sound


def test_stream_removed_with_its_head_is_found_for_ever(streams: list[UUID]):
    make()
    tamper(
        "DELETE FROM sealed_piece WHERE stream = %(s)s",
        "DELETE FROM sealed_head WHERE stream = %(s)s",
        s=streams[0],
    )
    assert sealed.faults() == [] and not sealed.fits()
    make(1)
    assert not sealed.fits()
    make(2, accept=True)
    assert sealed.fits()


def test_stream_set_back_with_its_old_head_and_gone_on_with_is_found(streams: list[UUID]):
    with as_owner() as link:
        old = link.execute(
            "SELECT count, hash, seal FROM sealed_head WHERE stream = %s", [streams[0]]
        ).fetchone()
    add(streams[0], pieces=1)
    make()
    assert old is not None
    tamper(
        "DELETE FROM sealed_piece WHERE stream = %(s)s AND seq > 3",
        "UPDATE sealed_head SET count = %(c)s, hash = %(h)s, seal = %(e)s WHERE stream = %(s)s",
        s=streams[0], c=old[0], h=old[1], e=old[2],
    )  # fmt: skip
    assert sealed.faults() == [] and not sealed.fits()
    add(streams[0], pieces=3)
    assert sealed.faults() == [] and not sealed.fits()


def test_what_opens_the_commitment_cannot_be_changed(streams: list[UUID]):
    make()
    tamper("UPDATE ledger_checkpoint SET kept = set_byte(kept, 90, 255 - get_byte(kept, 90)) WHERE city = 0")
    assert not sealed.fits()
    with pytest.raises(CheckpointRefusedError):
        make(1)
    make(1, accept=True)
    assert sealed.fits()


def test_nothing_tells_whether_there_is_a_tip_or_whether_anything_came(own_keys: Path):
    """A day without any, a day with one more, a day on which nothing happened: lines and rows look alike."""
    one = uuid4()
    make()
    add(one, pieces=1, new=True)
    make(1)
    make(2)
    with as_owner() as link:
        rows = link.execute(
            "SELECT streams, steps, octet_length(root), accepted, count(*) OVER () FROM ledger_checkpoint WHERE city = 0"
        ).fetchall()
        roots = link.execute("SELECT DISTINCT root FROM ledger_checkpoint WHERE city = 0").fetchall()
        kept = link.execute("SELECT kept FROM ledger_checkpoint WHERE kept IS NOT NULL").fetchall()
        link.execute("DELETE FROM sealed_piece WHERE stream = %s", [one])
        link.execute("DELETE FROM sealed_head WHERE stream = %s", [one])
    lines = (own_keys / "checkpoints.jsonl").read_text().splitlines()
    assert set(rows) == {(0, 0, 33, False, 3)} and len(roots) == 3
    assert len(lines) == 3 and len(kept) == 1
    assert len({len(line) for line in lines[1:]}) == 1
    assert one.bytes not in kept[0][0] and not any(one.hex in line or str(one) in line for line in lines)


def test_a_tip_moves_no_figure_of_any_city(streams: list[UUID]):
    from gantang.ledger import service

    before = service.checkpoint(3604, now=NOW)
    add(streams[0], pieces=2)
    after = service.checkpoint(3604, now=NOW + timedelta(days=1))
    assert (before.streams, before.steps, before.root) == (after.streams, after.steps, after.root)


def test_commitment_is_made_once_a_day(streams: list[UUID]):
    for hours in (0, 1, 24):
        sealed.checkpoint_due(NOW + timedelta(hours=hours))
    with as_owner() as link:
        assert link.execute("SELECT count(*) FROM ledger_checkpoint WHERE city = 0").fetchone() == (2,)
