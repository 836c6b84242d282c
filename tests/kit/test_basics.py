"""Who acts, what errors say, how values are spelled."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy, override
from hypothesis import example, given
from hypothesis import strategies as st

from gantang.kit import clock
from gantang.kit.actor import SYSTEM, Actor, Triple
from gantang.kit.canonical import as_column, canonical, coded
from gantang.kit.errors import ConflictError, GantangError, KeyReusedError, RefusedError

ACTOR = Actor(
    client="account:1",
    sight=(
        Triple("facility", "360428", "handle", 5),
        Triple("facility.lighting", "36", "verify", 6),
        Triple("*", "~17", "aftercare", 17),
    ),
)


def test_sight_is_a_union_of_triples_never_a_product() -> None:
    assert ACTOR.duties("facility.lighting", "360428101200001") == {"handle", "verify"}
    assert ACTOR.duties("facility.road", "360428101200001") == {"handle"}
    assert ACTOR.duties("facility.road", "360111001001001") == frozenset()
    assert ACTOR.duties("facilityx", "360428") == frozenset()


def test_sealed_ground_is_held_by_its_unit_only() -> None:
    assert ACTOR.duties("care", "~17") == {"aftercare"}
    assert ACTOR.duties("care", "~170") == frozenset()
    assert Actor(client="x", sight=(Triple("*", "", "see", 1),)).duties("care", "~17") == frozenset()


def test_naming_adds_once() -> None:
    one = UUID(int=1)
    assert ACTOR.naming(one, one).naming(one).named == (one,)
    assert SYSTEM.duties("a", "36") == frozenset()


def test_error_fills_its_details_into_the_sentence() -> None:
    error = RefusedError("x.late", gettext_lazy("最多 {most} 次"), details={"most": 2})
    assert (error.code, error.words, error.status) == ("x.late", "最多 2 次", 422)
    assert str(error) == "x.late: 最多 2 次"
    assert RefusedError("x", "{missing}").words == "{missing}"


def test_errors_have_the_status_that_fits() -> None:
    assert [error().status for error in (ConflictError, KeyReusedError, GantangError)] == [409, 422, 500]
    assert ConflictError().remedy_words
    with override("en"):
        assert ConflictError().words


def test_one_spelling_for_one_value() -> None:
    at = datetime(2026, 11, 24, 16, tzinfo=timezone(timedelta(hours=8)))
    assert canonical({"b": at, "a": [UUID(int=1), Decimal("1.50"), "甘"]}) == canonical(
        {"a": (UUID(int=1), Decimal("1.50"), "甘"), "b": at.astimezone(UTC)}
    )
    assert canonical({"b": 1, "a": None}) == b'{"a":null,"b":1}'


@pytest.mark.parametrize("value", [float("nan"), object(), b"x", datetime(2026, 1, 1)])  # noqa: DTZ001
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


_SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.uuids() | st.dates() | st.decimals()
_MOMENTS = st.datetimes(timezones=st.just(UTC))
_VALUES = st.recursive(
    _SCALARS | _MOMENTS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=20,
)


@given(value=_VALUES)
@example(value=2**70)
@example(value={1: [None, '\x7f\u2028"\\']})
def test_the_quick_spelling_is_the_same_spelling(value: object) -> None:
    assert coded(value) == canonical(value)


@pytest.mark.parametrize("value", [object(), b"x", datetime(2026, 1, 1)])  # noqa: DTZ001
def test_what_has_no_one_spelling_is_refused_quickly_too(value: object) -> None:
    with pytest.raises(TypeError):
        coded({"a": value})


@given(
    value=st.dictionaries(
        st.text() | st.integers(), st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    )
)
def test_a_columns_json_says_what_was_given(value: dict[object, object]) -> None:
    assert json.loads(as_column(value)) == json.loads(json.dumps(value))


def test_now_has_the_zone_of_the_field() -> None:
    assert clock.now().utcoffset() == timedelta(hours=8)
