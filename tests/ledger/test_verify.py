"""Whoever writes SQL as the owner is found out: stream, place and kind of fault."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from gantang.kit import keys
from gantang.kit.work import work
from gantang.ledger import queries, service
from gantang.ledger.types import Report
from tests.kit.tables import as_owner
from tests.ledger.test_append import CLERK, NOW, add

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def base(committed: None) -> Report:
    """What the ledger holds without this test's streams."""
    return queries.verify()


@pytest.fixture
def streams(base: Report) -> list[UUID]:
    """Three streams of five steps; the second is tampered with."""
    made = [keys.mint(3604, datetime(2026, 11, day, tzinfo=UTC)) for day in (20, 21, 22)]
    for stream in made:
        for turn in range(5):
            add(stream, f"step{turn}", n=turn)
    return made


def tamper(*statements: str, **params: Any) -> None:
    with as_owner() as link:
        for statement in statements:
            link.execute(statement, params)


def found(streams: list[UUID]) -> list[tuple[int, str]]:
    report = queries.verify()
    assert {fault.stream for fault in report.faults} <= {streams[1]}
    assert {fault.kind for fault in report.faults} <= {"matter"}
    return [(fault.seq, fault.fault) for fault in report.faults]


WHERE = "WHERE city = 3604 AND stream = %(s)s"


def test_untouched_ledger_is_sound(streams: list[UUID], base: Report) -> None:
    report = queries.verify()
    assert report.sound and (report.streams - base.streams, report.steps - base.steps) == (3, 15)


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        "name = 'other'",
        "data = '{\"n\": 9}'",
        "data = data || '{\"more\": 1}'",
        "account = 8",
        "account = NULL",
        "client = 'account:8'",
        "happened_at = happened_at + interval '1 microsecond'",
        "hash = decode(repeat('01', 33), 'hex')",
        "hash = ''",
        "hash = '\\x09'",
        "kind = 'remit'",
        "id = (left(id::text, 35) || CASE right(id::text, 1) WHEN '0' THEN '1' ELSE '0' END)::uuid",
    ],
)
def test_edit_is_found(streams: list[UUID], change: str) -> None:
    tamper(f"UPDATE ledger_step SET {change} {WHERE} AND seq = 3", s=streams[1])
    assert found(streams) == [(3, "edit")]


def test_deletion_is_found(streams: list[UUID]) -> None:
    tamper(f"DELETE FROM ledger_step {WHERE} AND seq = 3", s=streams[1])
    assert found(streams) == [(3, "deletion")]


def test_deletion_of_the_first_is_found(streams: list[UUID]) -> None:
    tamper(f"DELETE FROM ledger_step {WHERE} AND seq = 1", s=streams[1])
    assert found(streams) == [(1, "deletion")]


def test_deletion_with_the_gap_closed_is_found(streams: list[UUID]) -> None:
    tamper(
        f"DELETE FROM ledger_step {WHERE} AND seq = 3",
        f"UPDATE ledger_step SET seq = seq - 1 {WHERE} AND seq > 3",
        f"UPDATE ledger_streamhead SET count = 4 {WHERE}",
        s=streams[1],
    )
    assert found(streams) == [(3, "edit")]


def test_reorder_is_found(streams: list[UUID]) -> None:
    tamper(f"UPDATE ledger_step SET seq = 6 - seq {WHERE} AND seq IN (2, 4)", s=streams[1])
    assert found(streams) == [(2, "reorder")]


def test_reorder_of_contents_is_found(streams: list[UUID]) -> None:
    tamper(
        """UPDATE ledger_step a SET name = b.name, data = b.data FROM ledger_step b
            WHERE a.city = 3604 AND a.stream = %(s)s AND b.stream = a.stream AND b.seq = 6 - a.seq AND a.seq IN (2, 4)""",
        s=streams[1],
    )
    assert found(streams) == [(2, "edit")]


def test_truncation_is_found(streams: list[UUID]) -> None:
    tamper(f"DELETE FROM ledger_step {WHERE} AND seq > 3", s=streams[1])
    assert found(streams) == [(4, "truncation")]


def test_truncation_to_nothing_is_found(streams: list[UUID]) -> None:
    tamper(f"DELETE FROM ledger_step {WHERE}", s=streams[1])
    assert found(streams) == [(1, "truncation")]


def test_truncation_with_the_head_wound_back_is_found(streams: list[UUID]) -> None:
    tamper(
        f"DELETE FROM ledger_step {WHERE} AND seq > 3",
        f"""UPDATE ledger_streamhead SET count = 3, hash = (SELECT hash FROM ledger_step {WHERE} AND seq = 3) {WHERE}""",
        s=streams[1],
    )
    assert found(streams) == [(3, "head")]


def test_head_wound_back_alone_is_found(streams: list[UUID]) -> None:
    tamper(f"UPDATE ledger_streamhead SET count = 4 {WHERE}", s=streams[1])
    assert found(streams) == [(4, "head")]


def test_head_with_another_hash_is_found(streams: list[UUID]) -> None:
    tamper(f"UPDATE ledger_streamhead SET hash = decode(repeat('01', 33), 'hex') {WHERE}", s=streams[1])
    assert found(streams) == [(5, "head")]


def test_head_removed_is_found(streams: list[UUID]) -> None:
    tamper(f"DELETE FROM ledger_streamhead {WHERE}", s=streams[1])
    assert found(streams) == [(5, "head")]


def test_insertion_is_found(streams: list[UUID]) -> None:
    tamper(
        f"""INSERT INTO ledger_step SELECT city, gen_random_uuid_like, stream, 6, kind, name, data, client, account, post,
            happened_at, hash FROM (SELECT *, %(n)s::uuid AS gen_random_uuid_like FROM ledger_step {WHERE} AND seq = 5) x""",
        s=streams[1],
        n=keys.mint(3604, NOW),
    )
    assert found(streams) == [(6, "insertion")]


def test_step_moved_to_another_stream_is_found(streams: list[UUID]) -> None:
    tamper(
        "UPDATE ledger_step SET stream = %(t)s, seq = 6 WHERE stream = %(s)s AND seq = 5",
        s=streams[1],
        t=streams[2],
    )
    report = queries.verify()
    assert {(fault.stream, fault.fault) for fault in report.faults} == {
        (streams[1], "truncation"),
        (streams[2], "insertion"),
    }


def test_whole_stream_removed_is_left_to_the_checkpoints(streams: list[UUID], base: Report) -> None:
    tamper(f"DELETE FROM ledger_step {WHERE}", f"DELETE FROM ledger_streamhead {WHERE}", s=streams[1])
    report = queries.verify()
    assert report.sound and report.streams - base.streams == 2


def test_only_the_asked_city_is_read(streams: list[UUID]) -> None:
    other, there = keys.mint(3601, NOW), queries.verify(3601).streams
    with work(CLERK) as w:
        service.append(
            w,
            actor=CLERK,
            city=3601,
            stream=other,
            kind="matter",
            items=[("a", {})],
            happened_at=NOW,
            now=NOW,
        )
    tamper(f"DELETE FROM ledger_step {WHERE}", s=streams[1])
    assert queries.verify(3601).sound and queries.verify(3601).streams == there + 1
    assert not queries.verify(3604).sound


def test_steps_of_both_suites_verify_in_one_chain(streams: list[UUID], settings: Any) -> None:
    settings.GANTANG_CRYPTO_SUITE = "intl" if settings.GANTANG_CRYPTO_SUITE == "sm" else "sm"
    add(streams[1], "later")
    assert queries.verify().sound
    tamper(f"UPDATE ledger_step SET name = 'x' {WHERE} AND seq = 6", s=streams[1])
    assert found(streams) == [(6, "edit")]


def test_other_key_fits_nothing(streams: list[UUID], settings: Any, tmp_path: Any) -> None:
    settings.GANTANG_KEYS_DIR = tmp_path / "keys"
    report = queries.verify()
    assert [fault.seq for fault in report.faults if fault.stream in streams] == [1, 1, 1]
