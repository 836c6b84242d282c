"""A year is closed by two people, in order, adds up to the fen, and shows no single payment."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from gantang.fund import errors, queries, service
from gantang.fund.models import Entry, Fund, Publication, Year
from gantang.fund.rules.booking import Sums
from gantang.fund.types import ORGANISATION
from gantang.kit.errors import GantangError
from gantang.kit.work import reading
from tests.fund.books import FIRST, NOW, Books

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
LATER = date(2026, 2, 1)


@pytest.fixture
def full(books: Books) -> Books:
    """2025: 100.00 carried in, 500.00 came, 250.00 went; 2026: 30.00 came."""
    books.book("opening", 100_00)
    books.book("income.donation", 500_00, party=ORGANISATION, giver="示例捐赠单位")
    books.book("use.award", 200_00, date(2025, 6, 1))
    books.book("use.comfort", 50_00, date(2025, 7, 1))
    books.book("income.interest", 30_00, LATER)
    return books


# --- closing ------------------------------------------------------------------------------------------


def test_opening_and_income_less_use_is_closing_and_goes_into_the_next_year(full: Books):
    assert full.year(2025).sums == Sums(100_00, 500_00, 250_00)
    full.close(2025)
    first, second = full.year(2025), full.year(2026)
    assert (first.state, first.sums.closing, first.entries) == ("closed", 350_00, 4)
    assert (second.sums.opening, second.sums.closing) == (350_00, full.view.balance) == (350_00, 380_00)


def test_a_year_is_closed_by_two_people(full: Books):
    service.ask_close(actor=full.approves, fund=full.fund, year=2025, now=NOW)
    for actor in (full.approves, replace(full.third, account=full.approves.account)):
        with pytest.raises(errors.SamePersonError):
            service.decide_close(actor=actor, fund=full.fund, year=2025, upheld=True, now=NOW)
    service.decide_close(actor=full.third, fund=full.fund, year=2025, upheld=True, now=NOW)
    assert full.year(2025).state == "closed"


def test_nothing_is_entered_in_a_year_that_is_closed_or_waits_to_be(full: Books):
    service.ask_close(actor=full.enters, fund=full.fund, year=2025, now=NOW)
    with pytest.raises(errors.ClosedYearError):
        full.enter("income.donation", 5)
    service.decide_close(actor=full.approves, fund=full.fund, year=2025, upheld=False, now=NOW)
    full.book("income.donation", 5)
    full.close(2025)
    with pytest.raises(errors.ClosedYearError):
        full.enter("income.donation", 5)
    with pytest.raises(errors.ClosedYearError):
        full.reverse(full.lines()[-1].id, FIRST)


@pytest.mark.parametrize(
    ("why", "year"), [("running", 2026), ("running", 2024), ("awaiting", 2025), ("running", 2030)]
)
def test_a_year_that_cannot_be_closed_says_why(full: Books, why: str, year: int):
    full.enter("use.aid", 5)
    with pytest.raises(errors.CloseError, match=f"fund.close_{why}:"):
        service.ask_close(actor=full.enters, fund=full.fund, year=year, now=NOW)


def test_years_are_closed_in_order_and_once(full: Books):
    after = NOW.replace(year=2027)
    with pytest.raises(errors.CloseError, match=r"fund.close_order:"):
        service.ask_close(actor=full.enters, fund=full.fund, year=2026, now=after)
    full.close(2025)
    with pytest.raises(errors.CloseError, match=r"fund.close_state:"):
        service.ask_close(actor=full.enters, fund=full.fund, year=2025, now=NOW)
    service.ask_close(actor=full.enters, fund=full.fund, year=2026, now=after)


def test_a_payment_of_a_closed_year_is_taken_back_in_an_open_one(full: Books):
    full.close(2025)
    award = next(one for one in full.lines() if one.kind == "use.award")
    full.decide(full.reverse(award.id))
    assert full.year(2025).sums == Sums(100_00, 500_00, 250_00)
    assert full.year(2026).sums == Sums(350_00, 30_00, -200_00)


# --- publishing ---------------------------------------------------------------------------------------


def test_only_a_closed_year_is_published_and_what_is_published_never_changes(full: Books):
    with pytest.raises(errors.NotClosedError):
        full.publish(2025)
    with pytest.raises(errors.NoYearError):
        queries.published(full.fund, 2025)
    full.close(2025)
    full.publish(2025)
    one = queries.published(full.fund, 2025)
    full.publish(2025)
    assert queries.publications() == [one] and one.sums == Sums(100_00, 500_00, 250_00)


def test_few_payments_are_published_in_their_sum_alone_and_no_name_at_all(full: Books):
    full.close(2025)
    full.publish(2025)
    one = queries.published(full.fund, 2025)
    assert {line.fen for line in one.use} == {None} and one.together == 250_00 and one.payments is None
    assert {line.kind: line.fen for line in one.income}["income.donation"] == 500_00
    assert "示例捐赠单位" not in str(Publication.objects.get().figures)


def test_a_kind_with_ten_payments_is_told_and_one_with_three_is_not(books: Books):
    books.book("income.allocation", 10_000_00)
    for _ in range(10):
        books.book("use.comfort", 10_00)
    for kind, times in (("use.award", 8), ("use.aid", 3)):
        for _ in range(times):
            books.book(kind, 20_00)
    books.close(2025)
    books.publish(2025)
    one = queries.published(books.fund, 2025)
    assert {line.kind: line.fen for line in one.use} == {
        "use.award": None,
        "use.aid": None,
        "use.comfort": 100_00,
        "use.other": 0,
    }
    assert (one.together, one.payments) == (220_00, 21)


def test_a_payment_that_was_taken_back_in_its_year_counts_as_none(books: Books):
    books.book("income.allocation", 10_000_00)
    entries = [books.book("use.comfort", 10_00) for _ in range(10)]
    books.decide(books.reverse(entries[0], FIRST))
    assert {one.kind: one.times for one in books.year(2025).kinds}["use.comfort"] == 9
    books.close(2025)
    books.publish(2025)
    assert {one.fen for one in queries.published(books.fund, 2025).use} == {None}


def test_only_whoever_approves_publishes(full: Books, world: "World"):
    full.close(2025)
    for actor in (full.enters, world.cast.city_leader):
        with pytest.raises(errors.NotApproverError):
            service.publish(actor=actor, fund=full.fund, year=2025, now=NOW)


# --- the check ----------------------------------------------------------------------------------------


def test_books_kept_by_the_service_agree(full: Books):
    full.close(2025)
    full.publish(2025)
    (one,) = queries.verify()
    assert (one.entries, one.years, one.findings) == (5, 1, ())


# --- any sequence -------------------------------------------------------------------------------------

KINDS = ("income.donation", "income.interest", "use.award", "use.aid")


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_in_whatever_order_the_books_balance_to_the_fen(books: Books, seed: int):
    """The balance is the sum of what was approved; it is below nothing after no line of the book, and never
    was in the order of the approvals; closed years add up, and stay as they were."""
    chance, closed = Random(seed), {}
    books.book("income.donation", 5_000_00)
    for _ in range(36):
        try:
            _anything(books, chance)
        except GantangError:
            continue
        lines = books.lines()
        assert books.view.balance == sum(-one.fen if one.side == "use" else one.fen for one in lines) >= 0
        assert all((one.balance or 0) >= 0 for one in lines)
        first = books.year(2025)
        if first.state == "closed":
            assert closed.setdefault("sums", first.sums) == first.sums
    (one,) = queries.verify()
    assert one.findings == () and one.entries >= 1


def _anything(books: Books, chance: Random) -> None:
    act = chance.randrange(10)
    waiting, approved = books.lines(state="awaiting"), books.lines()
    if act < 4:
        on = chance.choice([FIRST, date(2025, 5, 1), LATER, NOW.date()])
        books.enter(
            chance.choice(KINDS),
            chance.randrange(1, 10**6),
            on,
            by=chance.choice([books.enters, books.approves]),
        )
    elif act < 8 and waiting:
        by = chance.choice([books.approves, books.third])
        books.decide(chance.choice(waiting).id, chance.random() < 0.8, by=by)
    elif act == 8 and approved:
        books.reverse(chance.choice(approved).id)
    elif act == 9:
        for line in books.lines(state="awaiting", year=2025):
            books.decide(line.id, False, by=books.third)
        books.close(2025)


def test_the_models_are_read_behind_the_wall_only(full: Books):
    assert Entry.objects.count() == 0 and Year.objects.count() == 0 and Fund.objects.count() == 1
    with reading(full.enters):
        assert Entry.objects.count() == 5
