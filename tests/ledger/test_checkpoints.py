"""What chains alone cannot tell: whole streams removed, months dropped, older states brought back."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gantang.kit import crypto, keys
from gantang.ledger import queries, service
from gantang.ledger.checkpoints import book
from gantang.ledger.errors import CheckpointRefusedError
from gantang.ledger.types import Report
from tests.kit.tables import as_owner
from tests.ledger.test_append import NOW, add

CITY = 3604
WHERE = f"WHERE city = {CITY} AND stream = %(s)s"
TABLES = ("ledger_step", "ledger_streamhead", "ledger_leaf", "ledger_checkpoint")


@pytest.fixture(autouse=True)
def own_keys(committed: None, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """The same keys in a folder of the test's own, so that its file of checkpoints is its own, too."""
    crypto.make_keys()
    folder = tmp_path / "keys"
    shutil.copytree(settings.GANTANG_KEYS_DIR, folder, ignore=shutil.ignore_patterns("*.jsonl", "sign-*"))
    settings.GANTANG_KEYS_DIR = folder
    yield folder
    with as_owner() as link:
        link.execute("TRUNCATE ledger_leaf, ledger_checkpoint")


@pytest.fixture
def streams(own_keys: Path) -> list[UUID]:
    """Three streams of five steps; the second is tampered with."""
    made = [keys.mint(CITY, datetime(2026, 11, day, tzinfo=UTC)) for day in (20, 21, 22)]
    for stream in made:
        for turn in range(5):
            add(stream, f"step{turn}", n=turn)
    return made


def make(day: int = 0, **given: Any) -> Any:
    return service.checkpoint(CITY, now=NOW + timedelta(days=day), **given)


def tamper(*statements: str, **params: Any) -> None:
    with as_owner() as link:
        for statement in statements:
            link.execute(statement, params)


def told(report: Report) -> tuple[set[tuple[UUID, str]], set[tuple[int, str]]]:
    return {(one.stream, one.fault) for one in report.faults}, {(one.no, one.fault) for one in report.chain}


def backup() -> dict[str, list[Any]]:
    """All four tables as they stand."""
    with as_owner() as link:
        return {table: link.execute(f"SELECT t::text FROM {table} t").fetchall() for table in TABLES}


def bring_back(kept: dict[str, list[Any]]) -> None:
    """What a restore of an older backup does: every table as it was then."""
    with as_owner() as link:
        for table, rows in kept.items():
            link.execute(f"DELETE FROM {table}")
            for row in rows:
                link.execute(f"INSERT INTO {table} SELECT (%s::{table}).*", row)


def test_untouched_ledger_is_sound_before_and_after_its_checkpoints(streams: list[UUID]):
    assert queries.verify().sound
    first = make()
    add(streams[0], "later")
    second = make(1)
    report = queries.verify()
    assert report.sound and report.checkpoints == 2
    assert (first.no, second.no, second.steps - first.steps) == (1, 2, 1)
    assert first.root != second.root and first.streams == second.streams


def test_whole_stream_removed_with_its_head_is_found(streams: list[UUID]):
    make()
    tamper(f"DELETE FROM ledger_step {WHERE}", f"DELETE FROM ledger_streamhead {WHERE}", s=streams[1])
    assert told(queries.verify()) == ({(streams[1], "removed")}, set())


def test_whole_stream_removed_with_all_that_was_noted_of_it_is_found(streams: list[UUID]):
    make()
    tables = ("ledger_step", "ledger_streamhead", "ledger_leaf")
    tamper(*(f"DELETE FROM {table} {WHERE}" for table in tables), s=streams[1])
    assert told(queries.verify()) == (set(), {(1, "leaves")})


def test_removed_stream_is_found_after_any_number_of_later_checkpoints(streams: list[UUID]):
    make()
    tamper(f"DELETE FROM ledger_step {WHERE}", f"DELETE FROM ledger_streamhead {WHERE}", s=streams[1])
    for day in (1, 2):
        assert [(one.stream, one.fault) for one in make(day).faults] == [(streams[1], "removed")]
    assert told(queries.verify()) == ({(streams[1], "removed")}, set())


def test_dropped_month_is_found(streams: list[UUID]):
    far = datetime(2031, 5, 1, tzinfo=UTC)
    service.add_months(far, ahead=0)
    stream = keys.mint(CITY, far)
    add(stream, "a", "b", now=far)
    make()
    tamper("DROP TABLE ledger_step_2031_05")
    assert told(queries.verify())[0] == {(stream, "truncation")}
    tamper(f"DELETE FROM ledger_streamhead {WHERE}", s=stream)
    assert told(queries.verify())[0] == {(stream, "removed")}


def test_restored_older_backup_is_found_by_the_file_beside_the_keys(streams: list[UUID]):
    make()
    older = backup()
    add(streams[1], "later")
    make(1)
    bring_back(older)
    assert told(queries.verify()) == (set(), {(2, "wound_back")})


def test_restored_older_backup_with_its_keys_folder_is_found_by_a_copy_kept_elsewhere(
    streams: list[UUID], own_keys: Path, tmp_path: Path
):
    make()
    older, file = backup(), (own_keys / book.FILE).read_text()
    add(streams[1], "later")
    make(1)
    outside = tmp_path / "outside.jsonl"
    assert queries.export(outside) == 2
    bring_back(older)
    (own_keys / book.FILE).write_text(file)
    assert queries.verify().sound
    assert told(queries.verify(checkpoints=outside)) == (set(), {(2, "wound_back")})


def test_stream_set_back_together_with_its_old_sealed_head_is_found(streams: list[UUID]):
    with as_owner() as link:
        head = link.execute(
            f"SELECT count, hash, seal FROM ledger_streamhead {WHERE}", {"s": streams[1]}
        ).fetchone()
    add(streams[1], "later")
    make()
    assert head is not None
    tamper(
        f"DELETE FROM ledger_step {WHERE} AND seq > %(c)s",
        f"UPDATE ledger_streamhead SET count = %(c)s, hash = %(h)s, seal = %(e)s {WHERE}",
        s=streams[1], c=head[0], h=head[1], e=head[2],
    )  # fmt: skip
    assert told(queries.verify()) == ({(streams[1], "rollback")}, set())


def test_stream_set_back_and_gone_on_with_is_found(streams: list[UUID]):
    with as_owner() as link:
        head = link.execute(
            f"SELECT count, hash, seal FROM ledger_streamhead {WHERE}", {"s": streams[1]}
        ).fetchone()
    add(streams[1], "later")
    make()
    assert head is not None
    tamper(
        f"DELETE FROM ledger_step {WHERE} AND seq > %(c)s",
        f"UPDATE ledger_streamhead SET count = %(c)s, hash = %(h)s, seal = %(e)s {WHERE}",
        s=streams[1], c=head[0], h=head[1], e=head[2],
    )  # fmt: skip
    add(streams[1], "other", "another")
    assert [one.fault for one in make(1).faults] == ["rollback"]
    assert told(queries.verify()) == ({(streams[1], "rollback")}, set())


@pytest.mark.parametrize(
    "change",
    [
        "streams = streams - 1",
        "steps = steps + 1",
        "root = set_byte(root, 5, 255 - get_byte(root, 5))",
        "day = day - 1",
        "accepted = true",
        "key = '0000000000000000'",
        "signer = 'none'",
        "signature = set_byte(signature, 5, 255 - get_byte(signature, 5))",
    ],
)
def test_forged_checkpoint_is_found(streams: list[UUID], change: str):
    make()
    make(1)
    tamper(f"UPDATE ledger_checkpoint SET {change} WHERE no = 1")
    assert (1, "forged") in told(queries.verify())[1]


def test_checkpoint_signed_by_a_foreign_key_is_found(
    streams: list[UUID], own_keys: Path, settings: Any, tmp_path: Path
):
    made = make()
    settings.GANTANG_KEYS_DIR = tmp_path / "foreign"
    forged = replace(book.read(own_keys / book.FILE)[0], streams=made.streams - 1).signed()
    assert forged.holds()
    settings.GANTANG_KEYS_DIR = own_keys
    tamper("DELETE FROM ledger_checkpoint")
    with as_owner() as link:
        book.add(link, forged)
    assert told(queries.verify())[1] >= {(1, "forged"), (1, "wound_back")}


@pytest.mark.parametrize(("no", "fault"), [(1, "gap"), (2, "gap"), (3, "wound_back")])
def test_removed_checkpoint_is_found(streams: list[UUID], no: int, fault: str):
    for day in range(3):
        make(day)
    tamper("DELETE FROM ledger_checkpoint WHERE no = %(n)s", n=no)
    assert fault in {one.fault for one in queries.verify().chain}


def test_all_checkpoints_removed_with_all_that_they_saw_are_found(streams: list[UUID]):
    make()
    tamper("DELETE FROM ledger_checkpoint", "DELETE FROM ledger_leaf")
    assert told(queries.verify()) == (set(), {(1, "wound_back")})


def test_no_checkpoint_is_made_over_what_does_not_fit_until_somebody_answers_for_it(streams: list[UUID]):
    make()
    older = backup()
    make(1)
    bring_back(older)
    with pytest.raises(CheckpointRefusedError) as caught:
        make(2)
    assert caught.value.details == {"city": CITY, "faults": "wound_back"}
    made = make(2, accept=True)
    assert made.no == 2 and queries.verify().sound
    assert make(3).no == 3 and queries.verify().sound


def test_removed_stream_and_lost_checkpoint_are_left_behind_once_somebody_answers(streams: list[UUID]):
    for day in range(3):
        make(day)
    tamper("DELETE FROM ledger_checkpoint WHERE no = 2")
    tamper(f"DELETE FROM ledger_step {WHERE}", f"DELETE FROM ledger_streamhead {WHERE}", s=streams[1])
    made = make(3, accept=True)
    report = queries.verify()
    assert report.sound and report.checkpoints == 4 and made.no == 4
    assert [line.accepted for line in book.kept(CITY)] == [False, False, False, True]


def test_a_line_that_a_crash_left_out_of_the_file_is_no_fault_and_is_added(
    streams: list[UUID], own_keys: Path
):
    make()
    make(1)
    place = own_keys / book.FILE
    first, second, _end = place.read_text().split("\n")
    place.write_text(first + "\n" + second[:40])
    assert queries.verify().sound
    make(2)
    assert [line.no for line in book.kept(CITY)] == [1, 2, 3] and queries.verify().sound


def test_file_that_lost_more_than_a_line_is_found(streams: list[UUID], own_keys: Path):
    make()
    make(1)
    (own_keys / book.FILE).unlink()
    assert told(queries.verify()) == (set(), {(1, "file")})


def test_checkpoints_are_made_once_a_day_for_each_city(streams: list[UUID]):
    first = [made.city for made in service.checkpoint_due(NOW)]
    assert CITY in first and len(first) == len(set(first))
    assert service.checkpoint_due(NOW + timedelta(hours=1)) == []
    assert [made.no for made in service.checkpoint_due(NOW + timedelta(days=1))] == [2] * len(first)


def test_what_is_kept_sealed_has_a_chain_without_figures(streams: list[UUID]):
    for day in range(2):
        service.attest(b"\x01" + bytes([day]) * 32, bytes([day]), now=NOW + timedelta(days=day))
    sealed = [line for line in book.read(book.path()) if line.city == 0]
    assert [(line.no, line.streams, line.steps) for line in sealed] == [(1, 0, 0), (2, 0, 0)]
    attested = service.attested()
    assert attested is not None and (attested.root, attested.kept) == (b"\x01" + b"\x01" * 32, b"\x01")
    assert queries.verify().sound


def test_suite_may_change_between_checkpoints(streams: list[UUID], settings: Any):
    make()
    settings.GANTANG_CRYPTO_SUITE = "intl" if settings.GANTANG_CRYPTO_SUITE == "sm" else "sm"
    add(streams[0], "later")
    make(1)
    assert queries.verify().sound


def test_keys_file_is_for_its_owner_alone(streams: list[UUID], own_keys: Path):
    make()
    assert {path.stat().st_mode & 0o777 for path in own_keys.iterdir()} == {0o600}
