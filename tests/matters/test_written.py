"""Dates, money and codes as an official document writes them."""

from datetime import UTC, date, datetime

import pytest

from gantang.engine import Field, Words
from gantang.engine.model import Option
from gantang.matters.rules import written


def a_field(kind: str, **more: object) -> Field:
    return Field("f", kind, Words("字段", "field"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fen", "plain", "capitals"),
    [
        (0, "0.00元", "零元整"),
        (1, "0.01元", "壹分"),
        (50, "0.50元", "伍角整"),
        (105, "1.05元", "壹元零伍分"),
        (123_450, "1,234.50元", "壹仟贰佰叁拾肆元伍角整"),
        (1_000_050_00, "1,000,050.00元", "壹佰万零伍拾元整"),
        (10_010_000_00, "10,010,000.00元", "壹仟零壹万元整"),
        (100_000_001_00, "100,000,001.00元", "壹亿零壹元整"),
        (1_000_000_000_00, "1,000,000,000.00元", "壹拾亿元整"),
        (-150, "-1.50元", "负壹元伍角整"),
    ],
)
def test_money_is_written_in_figures_and_in_capitals(fen: int, plain: str, capitals: str) -> None:
    assert written.amount(fen) == plain
    assert written.capitals(fen) == capitals


def test_dates_are_local_and_without_leading_noughts() -> None:
    assert written.day(date(2026, 3, 5)) == "2026年3月5日"
    assert written.day("2026-03-05") == "2026年3月5日"
    assert written.day(datetime(2026, 3, 5, 16, 30, tzinfo=UTC)) == "2026年3月6日"
    assert written.moment(datetime(2026, 3, 5, 1, 5, tzinfo=UTC)) == "2026年3月5日9时05分"


def test_a_deadline_of_24_hours_belongs_to_the_day_it_ends() -> None:
    assert written.last_day(datetime(2026, 3, 5, 16, 0, tzinfo=UTC)) == "2026年3月5日"
    assert written.last_day(datetime(2026, 3, 5, 9, 30, tzinfo=UTC)) == "2026年3月5日"


def test_codes_are_written_by_what_they_are_called() -> None:
    names = {("unit", "7"): "示例中心", ("post", "11"): "受理岗", ("class", "a.b"): "路灯"}
    choice = a_field("choice", options=(Option("done", Words("已办", "done")),))
    assert written.words(choice, "done", names) == "已办"
    assert written.words(a_field("unit"), 7, names) == "示例中心"
    assert written.words(a_field("units"), [7], names) == "示例中心"
    assert written.words(a_field("post"), 11, names) == "受理岗"
    assert written.words(a_field("class"), "a.b", names) == "路灯"
    assert written.words(a_field("text"), "原话", names) == "原话"
    assert written.words(a_field("yes_no"), False, names) == "否"
    assert written.words(a_field("date"), None, names) == ""
    assert written.codes(a_field("units"), [7, 8]) == [("unit", "7"), ("unit", "8")]


def test_rows_are_written_column_by_column_also_from_the_vaults_text() -> None:
    due, money = (Field(name, kind, Words("", "")) for name, kind in (("due", "date"), ("sum", "amount")))
    rows = a_field("rows", columns=(due, money))
    kept = '[{"due": "2026-12-01", "sum": 100000}]'
    assert written.table(rows, kept, {}) == (("2026年12月1日", "1,000.00元（大写壹仟元整）"),)
    assert written.table(rows, None, {}) == ()
