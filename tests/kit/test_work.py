"""The unit of work: what is collected, what is sent, and how it fails."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateRange
from psycopg.types.range import Range

from gantang.kit import keys
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import ConflictError
from gantang.kit.work import reading, work
from tests.kit.trial import Trial, TrialChild

NOW = datetime(2026, 11, 24, 8, 30, 1, 5, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("trial_tables", "db")


def new(**values: Any) -> Trial:
    return Trial(city=3604, id=keys.mint(3604, NOW), scope="360428", **values)


def test_every_kind_of_value_arrives_as_the_model_says() -> None:
    row = new(
        title="甘棠 '\"\\",
        data={"a": [1, None, "%s 你好"]},
        raw=b"\x00\xff%s\\",
        at=NOW,
        on=date(2026, 2, 28),
        price=Decimal("12.30"),
        flag=True,
        version=2**31 - 1,
        tags=["a", 'b,"{}\\', "甘 棠", "NULL", ""],
        others=[keys.mint(3604, NOW)],
        during=DateRange(date(2026, 1, 1), None),
        whole=Range(3604, 3604, "[]"),
    )
    with work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
        w.flush()
        found = Trial.objects.get(id=row.id)
    for name in ("title", "data", "at", "on", "price", "flag", "version", "tags", "others", "during"):
        assert getattr(found, name) == getattr(row, name)
    assert (found.whole.lower, found.whole.upper) == (3604, 3605)
    assert bytes(found.raw) == row.raw


def test_nothing_is_sent_before_the_end() -> None:
    row = new()
    with work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
        assert not Trial.objects.exists()
    with reading(SYSTEM, ids=[row.id]):
        assert Trial.objects.exists()


def test_values_are_taken_when_they_are_collected() -> None:
    row = new(title="first")
    with work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
        row.title = "second"
        w.change(row, ["title"])
        row.title = "third"
    with reading(SYSTEM, ids=[row.id]):
        assert Trial.objects.get().title == "second"


def test_automatic_key_is_filled_in() -> None:
    row = new()
    child = TrialChild(matter_id=row.id, words="w")
    with work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
        w.add(child)
    assert child.pk > 0


def test_guard_that_no_longer_holds_is_a_conflict_and_undoes_all() -> None:
    row, other = new(version=3), new()
    with work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
    with pytest.raises(ConflictError) as caught, work(SYSTEM, ids=[row.id, other.id]) as w:
        w.add(other)
        row.title = "mine"
        w.change(row, ["title"], version=2)
    assert caught.value.status == 409
    with reading(SYSTEM, ids=[row.id, other.id]):
        assert [(each.id, each.title) for each in Trial.objects.all()] == [(row.id, None)]


def test_guard_holds_null() -> None:
    row = new(title=None)
    with work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
    with work(SYSTEM, ids=[row.id]) as w:
        row.version = 9
        w.change(row, ["version"], title=None)
    with pytest.raises(ConflictError), work(SYSTEM, ids=[row.id]) as w:
        w.change(row, ["version"], title="x")


def test_remove_is_guarded_too() -> None:
    row = new()
    with work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
    with work(SYSTEM, ids=[row.id]) as w:
        w.remove(row, version=0)
    with pytest.raises(ConflictError), work(SYSTEM, ids=[row.id]) as w:
        w.remove(row)


def test_first_error_comes_out_as_djangos_own_and_undoes_all() -> None:
    row, child = new(), "same words"
    with pytest.raises(IntegrityError, match="words_key"), work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
        w.add(TrialChild(matter_id=row.id, words=child))
        w.add(TrialChild(matter_id=row.id, words=child))
        w.statement("SELECT 1 / 0")
    with reading(SYSTEM, ids=[row.id]):
        assert not Trial.objects.exists() and not TrialChild.objects.exists()


def test_connection_works_on_after_an_error_in_the_pipeline() -> None:
    for _turn in range(3):
        row = new()
        with pytest.raises(DataError), work(SYSTEM, ids=[row.id]) as w:
            w.add(row)
            w.statement("SELECT 1 / %s", [0])
            w.add(TrialChild(matter_id=row.id, words="never prepared before"))
        with work(SYSTEM, ids=[row.id]) as w:
            w.add(row)
            w.add(TrialChild(matter_id=row.id, words=str(row.id)))
        with reading(SYSTEM, ids=[row.id]):
            assert Trial.objects.filter(id=row.id).exists()


def test_unfit_value_is_refused_before_anything_is_sent() -> None:
    with pytest.raises((ValidationError, ValueError)), work(SYSTEM) as w:
        w.add(new(at="yesterday"))
    with pytest.raises(TypeError), work(SYSTEM) as w:
        w.add(new(data={"a": object()}))


def test_error_inside_the_block_sends_nothing() -> None:
    row = new()
    with pytest.raises(ZeroDivisionError), work(SYSTEM, ids=[row.id]) as w:
        w.add(row)
        raise ZeroDivisionError
    with reading(SYSTEM, ids=[row.id]):
        assert not Trial.objects.exists()


def test_unknown_field_is_a_mistake_of_the_caller() -> None:
    row = new()
    with pytest.raises(AttributeError, match="no stored field 'tittle'"), work(SYSTEM) as w:
        w.change(row, ["tittle"])


def test_one_shape_of_statement_whatever_is_null() -> None:
    rows = [new(), new(title="t"), new(at=NOW, version=70_000), new(price=Decimal(1), version=-1)]
    with work(SYSTEM) as w:
        for row in rows:
            w.add(row)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO \"kit_trial_trial\"%'"
        )
        assert cursor.fetchone() == (1,)


def test_check_before_the_end_may_add_and_may_stop() -> None:
    row = new()
    with work(SYSTEM, ids=[row.id]) as w:
        w.before_end(lambda: w.add(row))
    with reading(SYSTEM, ids=[row.id]):
        assert Trial.objects.exists()
    with pytest.raises(RuntimeError), work(SYSTEM, ids=[row.id]) as w:
        w.remove(row)
        w.before_end(_stop)
    with reading(SYSTEM, ids=[row.id]):
        assert Trial.objects.exists()


def _stop() -> None:
    raise RuntimeError
