"""The file for a calendar keeps to RFC 5545."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from gantang.kit.clock import ZONE
from gantang.kit.icalendar import Event, written

ONE = Event(
    uid="x@example.cn",
    made_at=datetime(2026, 11, 28, 21, 0, tzinfo=ZONE),
    starts_at=datetime(2026, 11, 30, 9, 0, tzinfo=ZONE),
    ends_at=datetime(2026, 11, 30, 9, 30, tzinfo=ZONE),
    summary="到中心办事：法律咨询",
    place="示例县综治中心 示例路1号, 一楼; 左手",
    text="身份证\n合同",
)


def lines(one: Event) -> list[str]:
    """The content lines, unfolded (3.1)."""
    return written(one).decode().replace("\r\n ", "").split("\r\n")


def test_moments_are_written_in_utc():
    assert {"DTSTART:20261130T010000Z", "DTEND:20261130T013000Z"} <= set(lines(ONE))


def test_marks_that_mean_something_are_escaped():
    assert "LOCATION:示例县综治中心 示例路1号\\, 一楼\\; 左手" in lines(ONE)
    assert "DESCRIPTION:身份证\\n合同" in lines(ONE)


def test_no_line_is_longer_than_75_octets_nor_cut_inside_a_character():
    raw = written(replace(ONE, text="证" * 200)).split(b"\r\n")
    assert max(len(line) for line in raw) <= 75
    assert all(line.decode() is not None for line in raw)
    assert "DESCRIPTION:" + "证" * 200 in lines(replace(ONE, text="证" * 200))


def test_every_line_ends_with_both_marks_and_the_parts_are_closed():
    assert written(ONE).endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written(ONE).replace(b"\r\n", b"")
    begun = [line for line in lines(ONE) if line.startswith(("BEGIN:", "END:"))]
    assert begun == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "rings"),
    [
        (timedelta(days=9), ["TRIGGER:-P1D"]),
        (timedelta(days=1, seconds=1), ["TRIGGER:-P1D"]),
        (timedelta(days=1), ["TRIGGER:-PT2H"]),
        (timedelta(hours=2, seconds=1), ["TRIGGER:-PT2H"]),
        (timedelta(hours=2), []),
        (timedelta(hours=-1), []),
    ],
)
def test_it_rings_a_day_ahead_else_two_hours_and_never_in_the_past(left: timedelta, rings: list[str]):
    found = lines(replace(ONE, made_at=ONE.starts_at - left))
    assert [line for line in found if line.startswith("TRIGGER")] == rings


def test_a_cancelled_one_takes_the_earlier_out_of_the_calendar():
    found = lines(replace(ONE, cancelled=True, sequence=1))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", "UID:x@example.cn"} <= set(found)
    assert "BEGIN:VALARM" not in found
