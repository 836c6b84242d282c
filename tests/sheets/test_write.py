"""What goes out as a table, and the rules by which cells become text."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.sheets import queries, rules, service

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


def test_a_csv_says_that_it_is_utf8_and_ends_lines_as_table_programs_do():
    data = b"".join(service.write_csv(["标题", "数"], [["路灯", 1], [None, 2.5]]))
    assert data == "\ufeff标题,数\r\n路灯,1\r\n,2.5\r\n".encode()


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "\r=1"])
def test_no_cell_of_a_csv_runs_as_a_formula(text: str):
    data = b"".join(service.write_csv(["a"], [[text]])).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(data, newline="")))[1][0]
    assert cell == f"'{text}"


def test_numbers_that_are_texts_stay_as_they_are():
    assert [rules.harmless(text) for text in ("-12", "+8613800000000", "-0.5%")] == [
        "-12",
        "+8613800000000",
        "-0.5%",
    ]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_what_is_written_is_read_again(table: list[tuple[str, str]]):
    rows = [[f"x{one}", f"x{two}"] for one, two in table]
    back = queries.read(io.BytesIO(b"".join(service.write_csv(["a", "b"], rows))))
    assert [list(row.values()) for _, row in back] == [[rules.clean(one) for one in row] for row in rows]


def test_a_workbook_has_texts_dates_and_numbers_and_runs_nothing():
    rows = [["=1+1", 3, date(2026, 11, 1)], ["https://example.org", 2.5, None]]
    data = b"".join(service.write_xlsx(["a", "b", "c"], rows))
    read = [list(row.values()) for _, row in queries.read(io.BytesIO(data))]
    assert read == [["=1+1", "3", "2026-11-01"], ["https://example.org", "2.5", ""]]


def test_a_workbook_without_rows_has_its_header():
    data = b"".join(service.write_xlsx(["a", "b"], []))
    assert queries.read(io.BytesIO(data)).columns == ("a", "b")


@pytest.mark.parametrize(
    "text", ["2026-11-22", "2026/11/22", "2026.11.22", "20261122", "2026年11月22日", "２０２６－１１－２２"]
)
def test_days_are_read_in_every_usual_form(text: str):
    assert rules.as_date(text) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22 08:05:00",
        "2026/11/22 8:05",
        "2026年11月22日8时5分",
        "2026-11-22T08:05:00",
        "20261122 08:05",
    ],
)
def test_moments_are_read_in_every_usual_form(text: str):
    assert rules.as_moment(text) == datetime(2026, 11, 22, 8, 5)  # noqa: DTZ001


@pytest.mark.parametrize("text", ["", "昨天", "2026-13-01", "2026-11-22 99:00", "22/11/2026", "2026-11-22x"])
def test_what_is_no_day_is_refused(text: str):
    with pytest.raises(ValueError, match=r".*"):
        rules.as_moment(text)


def test_numbers_are_read_full_width_and_with_thousands():
    assert rules.as_number("１，２３４.5") == Decimal("1234.5")
    for text in ("", "abc", "NaN", "Infinity"):
        with pytest.raises(ValueError, match=r".*"):
            rules.as_number(text)


def test_words_for_nothing_are_known():
    assert all(rules.is_empty(text) for text in ("", "/", "无", "-")) and not rules.is_empty("无人")
