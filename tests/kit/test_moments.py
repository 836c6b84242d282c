"""Moments come back as they went, in the connection's zone, by our own loader; what is none is refused."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.db import DataError, connections
from hypothesis import given
from hypothesis import strategies as st

from gantang.kit.moments import Moments

pytestmark = pytest.mark.django_db(databases="__all__")
HERE = ZoneInfo("Asia/Shanghai")


def _back(asked: str, **params: object) -> object:
    with connections["default"].cursor() as cursor:
        cursor.execute(asked, params)
        return cursor.fetchone()[0]


def test_every_connection_reads_moments_by_our_loader():
    for link in connections.all():
        link.ensure_connection()
        loader = link.connection.adapters.get_loader(1184, 0)
        assert issubclass(loader, Moments) and loader.timezone is link.timezone


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(1991, 9, 14, 16, 30, tzinfo=UTC),  # the hour that came twice there and then
        datetime(1991, 9, 14, 17, 30, tzinfo=UTC),
        datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=8))),
        datetime(2026, 11, 30, 8, tzinfo=UTC),
        datetime(9999, 12, 30, 1, 2, 3, 400000, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_as_it_went(moment: datetime):
    found = _back("SELECT %(moment)s::timestamptz", moment=moment)
    assert isinstance(found, datetime) and found.tzinfo is connections["default"].timezone
    assert found.astimezone(UTC) == moment.astimezone(UTC)  # an hour that came twice equals nothing elsewhere


@given(st.datetimes(timezones=st.just(HERE)).filter(lambda one: 1 < one.year < 9999))
def test_what_the_server_writes_in_the_connections_zone_is_read_as_that_moment(moment: datetime):
    found = type("Here", (Moments,), {"timezone": HERE})(1184).load(moment.isoformat(" ").encode())
    assert found.astimezone(UTC) == moment.astimezone(UTC) and found.tzinfo is HERE


@pytest.mark.parametrize(
    "text", ["infinity", "-infinity", "4000-01-01 00:00:00+00 BC", "12026-01-01 00:00:00+00"]
)
def test_a_moment_that_the_language_cannot_hold_is_refused(text: str):
    with pytest.raises(DataError):
        _back("SELECT %(text)s::timestamptz", text=text)
