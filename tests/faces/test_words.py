"""Dates and moments as people read them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from gantang.faces import words

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZONE)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 11, 23, 14, 30), "今天14:30"),
        (at(2026, 11, 25, 17, 30), "11月25日（星期三）17:30"),
        (at(2027, 1, 4, 17, 30), "2027年1月4日（星期一）17:30"),
        (at(2026, 11, 26, 0, 0), "11月25日（星期三）24:00"),
        (at(2026, 11, 24, 0, 0), "今天24:00"),
    ],
)
def test_moment(moment: datetime, said: str):
    assert words.moment(moment, now=NOW) == said


def test_midnight_belongs_to_the_day_it_ends_also_at_new_year():
    assert words.moment(at(2027, 1, 1, 0, 0), now=NOW) == "12月31日（星期四）24:00"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (at(2026, 11, 23, 10, 52), "剩28分"),
        (at(2026, 11, 23, 11, 36), "剩1小时12分"),
        (at(2026, 11, 24, 12, 24), "剩26小时"),
        (at(2026, 11, 27, 10, 24), "剩4天"),
        (at(2026, 11, 21, 10, 24), "超期2天"),
    ],
)
def test_left(due: datetime, said: str):
    assert words.left(due, now=NOW) == said


def test_english_has_its_own_order():
    with translation.override("en"):
        assert words.day(date(2026, 11, 25), today=NOW.date()) == "Wed 25 Nov"
        assert words.day(date(2027, 1, 4), today=NOW.date()) == "Mon 4 Jan 2027"


def test_short_is_for_tables():
    assert words.short(at(2026, 11, 23, 9, 5), now=NOW) == "09:05"
    assert words.short(at(2026, 11, 20, 9, 5), now=NOW) == "11-20 09:05"
    assert words.short(at(2025, 11, 20, 9, 5), now=NOW) == "2025-11-20"
