"""Rows by their keys, as the ORM would give them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from psycopg.types.range import Range

from gantang.kit import keyed, keys
from gantang.kit.actor import SYSTEM, Actor, Triple
from gantang.kit.copy import copy_in
from gantang.kit.work import reading, work
from tests.kit.trial import Trial

NOW = datetime(2026, 11, 24, 8, 30, 0, 250, tzinfo=UTC)
ALL = Actor(client="x", sight=(Triple("*", "36", "see", 1),))
ELSEWHERE = Actor(client="x", sight=(Triple("*", "3611", "see", 1),))

pytestmark = pytest.mark.usefixtures("db", "trial_tables")


def made(title: str | None) -> Trial:
    full = {"raw": b"\x00\x01", "at": NOW, "on": date(2026, 11, 24), "price": Decimal("1.50")}
    return Trial(
        city=3604,
        id=keys.mint(3604, NOW),
        scope="360428",
        title=title,
        data={"a": [1, None, "甘"]},
        tags=["x"],
        during=Range(date(2026, 1, 1), None),
        **(full if title else {}),
    )


def columns(row: Trial) -> dict[str, object]:
    return {f.attname: getattr(row, f.attname) for f in Trial._meta.concrete_fields if f.column}


@pytest.fixture
def rows() -> list[Trial]:
    found = [made("甲"), made(None), made("乙")]
    with work(SYSTEM):
        copy_in(Trial, found)
    return found


@pytest.mark.parametrize("lock", [False, True])
def test_a_row_by_its_key_is_the_row_of_the_orm(rows: list[Trial], lock: bool) -> None:
    with reading(ALL, ids=[row.id for row in rows]):
        for row in rows:
            (got,) = keyed.found(Trial, lock=lock, city=3604, id=row.id)
            assert columns(got) == columns(Trial.objects.get(city=3604, id=row.id))
            assert not got._state.adding


def test_any_of_a_list_in_its_order_and_none_where_nothing_stands(rows: list[Trial]) -> None:
    ids = sorted(row.id for row in rows)
    with reading(ALL):
        assert [row.id for row in keyed.found(Trial, order="id", city=3604, id=ids)] == ids
        assert [row.id for row in keyed.found(Trial, city=3604, id=ids, title=None)] == [rows[1].id]
        assert keyed.found(Trial, city=3604, id=[]) == []


def test_what_lies_behind_the_wall_is_not_found(rows: list[Trial]) -> None:
    with reading(ELSEWHERE):
        assert keyed.found(Trial, city=3604, id=rows[0].id) == []


def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(AttributeError):
        keyed.found(Trial, colour="red")
