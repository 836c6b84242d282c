"""Bulk loading behind the wall, and pages that stay right while rows come and go."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.range import Range

from gantang.kit import keys, page
from gantang.kit.actor import SYSTEM, Actor, Triple
from gantang.kit.copy import copy_in
from gantang.kit.errors import InvalidError
from gantang.kit.work import reading, work
from tests.kit.trial import Trial, TrialChild

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ALL = Actor(client="x", sight=(Triple("*", "36", "see", 1),))


def made(count: int) -> list[Trial]:
    return [
        Trial(
            city=3604,
            id=keys.mint(3604, NOW),
            scope="360428",
            title=f"第{i}\t\\N",
            data={"i": i},
            version=i % 3,
            at=NOW,
            tags=[str(i), "\\N", ""],
            whole=Range(i, i, "[]"),
        )
        for i in range(count)
    ]


def spelled(row: Trial) -> tuple[object, ...]:
    return row.title, row.data, row.at, row.tags, row.whole.lower, row.price


@pytest.mark.usefixtures("committed")
def test_no_row_is_left_in_the_temporary_table() -> None:
    with work(SYSTEM):
        copy_in(Trial, made(1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_temp.copy_kit_trial_trial")
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("db", "trial_tables")
class TestCopy:
    def test_rows_go_in_behind_the_wall(self) -> None:
        rows = made(500)
        with work(SYSTEM):
            assert copy_in(Trial, iter(rows)) == 500
            assert copy_in(Trial, made(2)) == 2
        with reading(ALL):
            found = {each.id: each for each in Trial.objects.all()}
        assert len(found) == 502
        assert all(spelled(found[r.id]) == spelled(r) for r in rows)

    def test_automatic_keys_are_the_servers(self) -> None:
        matter = keys.mint(3604, NOW)
        with work(SYSTEM, ids=[matter]):
            assert copy_in(TrialChild, [TrialChild(matter_id=matter, words=str(i)) for i in range(3)]) == 3
            assert len(set(TrialChild.objects.values_list("pk", flat=True))) == 3

    def test_doubles_are_refused_or_skipped(self) -> None:
        rows = made(3)
        with work(SYSTEM):
            copy_in(Trial, rows)
        with work(SYSTEM):
            assert copy_in(Trial, [*rows, *made(1)], skip_doubles=True) == 1
        with pytest.raises(IntegrityError), work(SYSTEM):
            copy_in(Trial, rows)

    def test_no_row_goes_in_twice_however_often_a_transaction_copies(self) -> None:
        with work(SYSTEM):
            copy_in(Trial, made(2))
            copy_in(Trial, made(3))
        with work(SYSTEM):
            copy_in(Trial, made(1))
        with reading(ALL):
            assert Trial.objects.count() == 6

    @pytest.mark.parametrize(
        "order", [("-version", "-id"), ("version", "id"), ("-version", "id"), ("at", "version", "id")]
    )
    def test_pages_together_are_the_list(self, order: tuple[str, ...]) -> None:
        with work(SYSTEM):
            copy_in(Trial, made(23))
        with reading(ALL):
            whole = [row.id for row in Trial.objects.order_by(*order)]
            seen: list[UUID] = []
            cursor: str | None = None
            while True:
                got = page.keyset(Trial.objects.all(), order=order, cursor=cursor, size=5)
                seen += [row.id for row in got.items]
                if (cursor := got.next) is None:
                    break
        assert seen == whole

    def test_page_goes_on_after_its_last_row_was_deleted(self) -> None:
        rows = sorted(made(6), key=lambda row: row.id)
        with work(SYSTEM, ids=[row.id for row in rows]):
            copy_in(Trial, rows)
            first = page.keyset(Trial.objects.all(), order=("id",), cursor=None, size=3)
            Trial.objects.filter(id=rows[2].id).delete()
            second = page.keyset(Trial.objects.all(), order=("id",), cursor=first.next, size=3)
        assert [row.id for row in second.items] == [row.id for row in rows[3:]] and second.next is None


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63),
    st.text(max_size=20),
    st.uuids(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)


@pytest.mark.slow
@given(st.lists(VALUES, max_size=4))
def test_cursor_gives_its_values_back(values: list[page.Value]) -> None:
    assert page.decode(page.encode(*values)) == tuple(values)


@pytest.mark.parametrize(
    "text", ["", "x", "AAAA", "W10x", "bnVsbA", "W1sieiIsMV1d", "W1sidSIsIngiXV0", "编码"]
)
def test_broken_cursor_is_told(text: str) -> None:
    with pytest.raises(InvalidError):
        page.decode(text)


def test_cursor_of_another_list_is_told(db: None, trial_tables: None) -> None:
    with pytest.raises(InvalidError), reading(ALL):
        page.keyset(Trial.objects.all(), order=("id",), cursor=page.encode(1, 2), size=3)


def test_dates_and_moments_stay_what_they_are() -> None:
    values = (date(2026, 2, 28), NOW + timedelta(microseconds=1))
    assert page.decode(page.encode(*values)) == values
