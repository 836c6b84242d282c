"""Whole fen, a book that is never below nothing, and what of a year is shown."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gantang.fund.rules import booking, money
from gantang.fund.rules.booking import Sums
from gantang.fund.rules.checking import Closed, Finding, Told, findings
from gantang.fund.rules.publishing import Use, covered
from gantang.tallies.types import SMALL

DAY = date(2025, 1, 1)


@given(st.integers(1, money.MOST))
def test_what_is_written_is_read_as_the_same_fen(fen: int):
    assert money.read(money.write(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.5", 123450),
        ("１，２３４．５０", 123450),
        ("¥0.01", 1),
        ("12", 1200),
        ("1,000,000", 100_000_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, fen: int):
    assert money.read(text) == fen


@pytest.mark.parametrize(
    "text", ["", "0", "0.00", "-5", "1.234", "1,23", "1e5", "十元", "1 000", "9" * 20, "."]
)
def test_what_is_no_amount_is_not_guessed_at(text: str):
    assert money.read(text) is None


def test_an_amount_below_nothing_is_written_with_its_sign():
    assert money.write(-123450) == "-1,234.50"


_LINES = st.lists(st.tuples(st.integers(0, 9), st.integers(-500, 500)), max_size=25)


@given(_LINES)
def test_a_book_that_takes_what_is_not_short_is_below_nothing_after_no_line(acts: list[tuple[int, int]]):
    book: list[booking.Line] = []
    for number, (day, amount) in enumerate(acts, 1):
        on = DAY + timedelta(days=day)
        if booking.short_on(0, book, (on, amount)) is None:
            book = sorted([*book, (on, number, amount)])
        balance = 0
        for _on, _number, each in book:
            balance += each
            assert balance >= 0


@given(_LINES, st.tuples(st.integers(0, 9), st.integers(-500, 500)))
def test_what_is_short_would_put_the_book_below_nothing_on_the_day_that_is_told(
    acts: list[tuple[int, int]], new: tuple[int, int]
):
    book = sorted((DAY + timedelta(days=day), n, amount) for n, (day, amount) in enumerate(acts))
    on = DAY + timedelta(days=new[0])
    day = booking.short_on(10_000, book, (on, new[1] * 100))
    lines = sorted([*book, (on, 99, new[1] * 100)])
    balance, first = 10_000, None
    for each_on, _number, each in lines:
        balance += each
        first = each_on if balance < 0 and first is None else first
    assert day == first


def test_a_year_adds_up_also_where_more_was_taken_back_than_spent():
    sums = booking.year_sums(100, [("income", 50), ("use", -30), ("use", 80), ("opening", 7)])
    assert sums == Sums(107, 50, -50) and sums.closing == 207


_USES = st.fixed_dictionaries(
    {
        kind: st.integers(0, 25).flatmap(
            lambda n: st.builds(Use, st.integers(n, 10_000 * n) if n else st.just(0), st.just(n))
        )
        for kind in ("award", "aid", "comfort", "other")
    }
)


@given(_USES)
@settings(max_examples=300)
def test_no_sum_that_follows_from_what_is_shown_holds_one_to_nine_payments_unless_it_is_all_of_them(
    uses: dict[str, Use],
):
    """What is told: each kind that is not covered, and the sum of those that are. Every sum of kinds that can
    be worked out from that is made of whole tellings."""
    left = covered(uses, SMALL)
    told = [{kind} for kind in uses if kind not in left] + ([set(left)] if left else [])
    for many in range(1, len(told)):
        for some in combinations(told, many):
            payments = sum(uses[kind].payments for one in some for kind in one)
            assert payments == 0 or payments >= SMALL


def test_a_small_kind_alone_takes_the_next_smaller_with_it():
    uses = {"award": Use(5, 3), "aid": Use(9, 12), "comfort": Use(9, 20), "other": Use(0, 0)}
    assert covered(uses, SMALL) == {"award", "aid"}


def test_two_small_kinds_that_are_many_together_need_no_other():
    uses = {"award": Use(5, 6), "aid": Use(9, 5), "comfort": Use(9, 20), "other": Use(0, 0)}
    assert covered(uses, SMALL) == {"award", "aid"}


def test_a_year_of_few_payments_shows_their_sum_alone():
    uses = {"award": Use(5, 3), "aid": Use(0, 0), "comfort": Use(0, 0), "other": Use(0, 0)}
    assert covered(uses, SMALL) == set(uses)


def test_a_year_of_large_kinds_leaves_nothing_out():
    assert covered({"award": Use(5, 10), "aid": Use(0, 0)}, SMALL) == frozenset()


# --- the check ----------------------------------------------------------------------------------------

_BOOK = [
    Told("a", DAY, 1, "income", 500),
    Told("b", DAY, 2, "use", -200),
    Told("c", date(2026, 1, 1), 3, "use", -100),
]
_LEDGER = {"a": 500, "b": -200, "c": -100}
_YEAR = Closed(2025, Sums(0, 500, 200), 300, 2, (0, 500, 200, 300))


def test_books_that_agree_give_no_finding():
    assert list(findings(200, _BOOK, [_YEAR], _LEDGER)) == []


def test_each_way_of_disagreeing_is_found_by_its_name():
    changed = [*_BOOK[:2], Told("c", date(2026, 1, 1), 3, "use", -150)]
    assert {one.what for one in findings(200, changed, [_YEAR], _LEDGER)} == {"balance", "ledger"}
    assert Finding("opening", "2025", 7, 0) in findings(
        200, _BOOK, [Closed(2025, Sums(7, 500, 200), 307, 2)], _LEDGER
    )
    assert Finding("published", "2025", 301, 300) in findings(
        200, _BOOK, [Closed(2025, Sums(0, 500, 200), 300, 2, (0, 501, 200, 301))], _LEDGER
    )
    assert "number" in {one.what for one in findings(500, _BOOK[:1] + _BOOK[2:], [], _LEDGER)}
    assert "below" in {one.what for one in findings(-300, _BOOK[1:], [], _LEDGER)}
