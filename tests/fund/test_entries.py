"""Entered by one person, approved by another; never changed, never below nothing, nobody's name."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import Error, connection, transaction

from gantang.fund import errors, queries, service
from gantang.fund.models import Entry, Fund
from gantang.fund.types import INDIVIDUAL, ORGANISATION, NewEntry, PaidFor, Which
from gantang.kit import keys, scope
from gantang.kit.actor import Actor
from gantang.kit.errors import KeyReusedError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger import service as streams
from tests.copies import copied
from tests.fund.books import FIRST, NOW, TITLE, Books, open_books

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


# --- two people ---------------------------------------------------------------------------------------


def test_a_line_counts_only_once_another_person_has_approved_it(books: Books):
    entry = books.enter("income.donation", 500_00)
    assert books.view.balance == 0 and [one.id for one in books.lines(state="awaiting")] == [entry]
    books.decide(entry)
    assert books.view.balance == 500_00
    (line,) = books.lines()
    assert (line.number, line.fen, line.balance) == (1, 500_00, 500_00)


def test_nobody_approves_the_own_line_not_even_under_another_post(books: Books):
    entry = books.enter("income.donation", 500_00, by=books.approves)
    with pytest.raises(errors.SamePersonError):
        books.decide(entry)
    with pytest.raises(errors.SamePersonError):
        books.decide(entry, by=replace(books.third, account=books.approves.account))
    books.decide(entry, by=books.third)
    assert books.view.balance == 500_00


def test_the_database_itself_refuses_an_approval_by_the_same_person(books: Books):
    entry = books.enter("income.donation", 500_00)
    with pytest.raises(Error), transaction.atomic(), reading(books.enters, ids=[entry]):
        Entry.objects.filter(pk=entry).update(
            state="approved", number=1, decided_by=books.enters.account, decided_at=NOW
        )


def test_a_refused_line_stays_as_refused_and_never_counts(books: Books):
    entry = books.enter("income.donation", 500_00)
    books.decide(entry, False)
    assert books.view.balance == 0 and books.lines() == []
    assert [(one.id, one.state, one.balance) for one in books.lines(state="refused")] == [
        (entry, "refused", None)
    ]
    with pytest.raises(errors.DecidedError):
        books.decide(entry)


def test_the_same_decision_again_changes_nothing_and_another_is_refused(books: Books):
    entry = books.book("income.donation", 500_00)
    books.decide(entry)
    assert books.view.balance == 500_00
    for upheld, by in ((False, books.approves), (True, books.third)):
        with pytest.raises(errors.DecidedError):
            books.decide(entry, upheld, by=by)


def test_one_key_is_one_line_and_no_other(books: Books):
    entry = NewEntry("income.interest", 5, FIRST, "示例")
    given = {"actor": books.enters, "fund": books.fund, "key": "one", "now": NOW}
    assert service.enter(entry=entry, **given) == service.enter(entry=entry, **given)
    with pytest.raises(KeyReusedError):
        service.enter(entry=replace(entry, fen=6), **given)
    assert len(books.lines(state="awaiting")) == 1


# --- never changed ------------------------------------------------------------------------------------


@contextmanager
def refused(books: Books, entry: UUID) -> Iterator[None]:
    """What the database itself does not let the app's role do, not even with a named line."""
    with (
        pytest.raises(Error, match="permission denied"),
        transaction.atomic(),
        reading(books.enters, ids=[entry]),
    ):
        yield


@pytest.mark.parametrize("column", ["effect", '"on"', "kind", "basis", "reverses_id"])
def test_the_apps_role_cannot_change_what_a_line_says(books: Books, column: str):
    entry = books.book("income.donation", 500_00)
    with refused(books, entry), connection.cursor() as cursor:
        cursor.execute(f"UPDATE fund_entry SET {column} = {column} WHERE id = %s", [entry])


def test_the_apps_role_cannot_delete_a_line(books: Books):
    entry = books.book("income.donation", 500_00)
    with refused(books, entry):
        Entry.objects.filter(pk=entry).delete()


def test_an_approved_line_is_taken_back_by_a_line_of_its_own_once_and_by_two_people(books: Books):
    entry = books.book("income.donation", 500_00)
    back = books.reverse(entry)
    assert books.view.balance == 500_00
    with pytest.raises(errors.SamePersonError):
        books.decide(back, by=replace(books.approves, account=books.enters.account))
    with pytest.raises(errors.ReversedError):
        books.reverse(entry)
    books.decide(back)
    assert books.view.balance == 0
    newest, first = books.lines()
    assert (newest.fen, newest.reverses, newest.is_reversal) == (-500_00, 1, True)
    assert first.reversed_by == 2
    for taken in (entry, back):
        with pytest.raises(errors.ReversedError):
            books.reverse(taken)


def test_a_reversal_that_was_refused_leaves_room_for_another(books: Books):
    entry = books.book("income.donation", 500_00)
    books.decide(books.reverse(entry), False)
    books.decide(books.reverse(entry))
    assert books.view.balance == 0


@pytest.mark.parametrize("state", ["awaiting", "refused"])
def test_what_never_counted_is_not_taken_back(books: Books, state: str):
    entry = books.enter("income.donation", 500_00)
    if state == "refused":
        books.decide(entry, False)
    with pytest.raises(errors.ReversedError):
        books.reverse(entry)


# --- never below nothing ------------------------------------------------------------------------------


def test_a_use_beyond_the_balance_waits_until_there_is_income(books: Books):
    use = books.enter("use.award", 500_00)
    with pytest.raises(errors.ShortError):
        books.decide(use)
    books.book("income.donation", 500_00)
    books.decide(use)
    assert books.view.balance == 0


def test_a_use_before_the_day_of_its_income_is_short_on_that_day(books: Books):
    books.book("income.donation", 500_00, date(2025, 3, 1))
    use = books.enter("use.award", 500_00, date(2025, 2, 1))
    with pytest.raises(errors.ShortError, match="2025-02-01"):
        books.decide(use)


def test_an_income_that_is_spent_cannot_be_taken_back(books: Books):
    income = books.book("income.donation", 500_00)
    books.book("use.award", 400_00)
    with pytest.raises(errors.ShortError):
        books.decide(books.reverse(income))


def test_books_whose_balance_was_tampered_with_take_nothing_more(books: Books):
    books.book("income.donation", 500_00)
    Fund.objects.filter(pk=books.fund).update(balance=900_00)
    use = books.enter("use.award", 1)
    with pytest.raises(errors.BooksError):
        books.decide(use)


@pytest.mark.slow
def test_sixteen_approvals_at_once_never_overdraw_and_what_is_planted_by_sql_is_found():
    """Threads with connections of their own on a copy of the database, where each commits."""
    with copied("fund") as env:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.fund.crowd"], env=env, capture_output=True, text=True
        )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "told": {"approved": 5, "short": 11},
        "balance": 0,
        "numbers": [1, 2, 3, 4, 5, 6],
        "findings": [],
        "planted": {
            "an amount": ["balance", "closing", "income", "ledger", "published"],
            "an amount and the balance": ["closing", "income", "ledger", "published"],
            "a line gone": ["balance", "closing", "entries", "ledger", "number", "published", "use"],
            "a year": ["closing", "opening"],
            "a publication": ["published"],
            "a balance": ["balance"],
        },
    }


# --- what a line says ---------------------------------------------------------------------------------


def test_the_opening_balance_is_entered_once_on_the_first_day(books: Books):
    opening = books.book("opening", 1_000_00)
    with pytest.raises(errors.EntryError, match="opening"):
        books.enter("opening", 5)
    books.decide(books.reverse(opening, FIRST))
    books.book("opening", 2_000_00)
    assert books.year(2025).sums.opening == 2_000_00 and books.view.balance == 2_000_00


@pytest.mark.parametrize(
    ("wrong", "given"),
    [
        ("amount", {"fen": 0}),
        ("amount", {"fen": -5}),
        ("amount", {"fen": 10**13 + 1}),
        ("kind", {"kind": "income"}),
        ("kind", {"kind": "use.gift"}),
        ("on", {"on": date(2024, 12, 31)}),
        ("on", {"on": date(2026, 11, 17)}),
        ("on", {"kind": "opening", "on": date(2025, 1, 2)}),
        ("basis", {"basis": " "}),
        ("basis", {"basis": "长" * 121}),
        ("giver", {"party": ORGANISATION, "giver": "张三"}),
        ("giver", {"party": INDIVIDUAL, "giver": "示例捐赠单位"}),
        ("giver", {"party": "somebody"}),
        ("for_matter", {"paid_for": PaidFor(3604, UUID(int=1), "QK7M4R2PX")}),
    ],
)
def test_a_line_that_does_not_fit_is_refused_by_its_reason(
    books: Books, wrong: str, given: dict[str, object]
):
    entry = replace(NewEntry("income.donation", 5, FIRST, "示例凭证"), **given)  # type: ignore[arg-type]
    with pytest.raises(errors.EntryError, match=f"fund.{wrong}:"):
        service.enter(actor=books.enters, fund=books.fund, entry=entry, key="one", now=NOW)


def test_a_use_may_name_the_matter_that_it_was_paid_for(books: Books):
    books.book("income.donation", 500_00, party=ORGANISATION, giver="示例捐赠单位")
    books.book("use.award", 200_00, paid_for=PaidFor(3604, UUID(int=1), "QK7M4R2PX"))
    use, income = books.lines()
    assert (use.matter_number, use.fen, use.balance) == ("QK7M4R2PX", 200_00, 300_00)
    assert (income.giver, income.balance) == ("示例捐赠单位", 500_00)


# --- who ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["foreigner", "leader", "grid_worker", "neighbour", "department_handler"])
def test_another_county_and_whoever_is_below_see_no_fund(books: Books, world: "World", who: str):
    actor, entry = getattr(world.cast, who), books.book("income.donation", 5)
    assert queries.funds(actor) == []
    for act in (
        lambda: queries.fund(actor, books.fund),
        lambda: queries.entries(actor, books.fund, Which()),
        lambda: queries.years(actor, books.fund, now=NOW),
        lambda: books.enter("income.donation", 5, by=actor),
        lambda: service.ask_close(actor=actor, fund=books.fund, year=2025, now=NOW),
    ):
        with pytest.raises(errors.NoFundError):
            act()
    with pytest.raises(errors.NoEntryError):
        books.decide(entry, by=actor)


@pytest.mark.parametrize("who", ["city_leader", "province_leader"])
def test_a_leader_above_sees_the_book_and_changes_nothing(books: Books, world: "World", who: str):
    actor, entry = getattr(world.cast, who), books.enter("income.donation", 5)
    assert [one.id for one in queries.funds(actor)] == [books.fund]
    assert len(queries.entries(actor, books.fund, Which("awaiting")).items) == 1
    with pytest.raises(errors.NotKeeperError):
        books.enter("income.donation", 5, by=actor)
    with pytest.raises(errors.NotApproverError):
        books.decide(entry, by=actor)


@pytest.mark.parametrize("who", ["county_receiver", "arbiter", "supervisor", "county_handler", "verifier"])
def test_in_the_keeping_unit_the_duty_decides(books: Books, world: "World", who: str):
    actor, entry = getattr(world.cast, who), books.enter("income.donation", 5, by=books.approves)
    rights = queries.rights(actor, books.fund)
    assert (rights.enters, rights.approves) == (who == "county_handler", who == "verifier")
    if not rights.enters:
        with pytest.raises(errors.NotKeeperError):
            books.enter("income.donation", 5, by=actor)
    if not rights.approves:
        with pytest.raises(errors.NotApproverError):
            books.decide(entry, by=actor)


def test_only_an_administering_post_opens_a_fund_and_on_its_own_ground(world: "World"):
    given = {"title": TITLE, "opened_on": FIRST, "key": "one", "now": NOW}
    for actor, unit in ((world.cast.county_leader, "360428"), (world.cast.admin, "361028")):
        with pytest.raises(errors.NotMakerError):
            service.make_fund(actor=actor, unit=world.unit(unit), **given)
    with pytest.raises(errors.EntryError):
        service.make_fund(actor=world.cast.admin, unit=world.unit("360428101"), **given)


def test_a_unit_has_one_fund_and_the_same_key_gives_it_again(books: Books, world: "World"):
    assert open_books(world).fund == books.fund
    with pytest.raises(errors.EntryError):
        service.make_fund(
            actor=world.cast.admin, unit=world.unit("360428"), title=TITLE, opened_on=FIRST, key="2", now=NOW
        )


def test_behind_the_wall_a_forgotten_filter_shows_another_county_nothing(books: Books, world: "World"):
    books.book("income.donation", 5)
    with reading(world.cast.foreigner):
        assert Entry.objects.count() == 0
    with reading(books.enters):
        assert Entry.objects.count() == 1


def test_each_act_is_a_step_that_holds_codes_and_fen_alone(books: Books):
    entry = books.book("income.donation", 5, party=ORGANISATION, giver="示例捐赠单位")
    books.decide(books.enter("use.award", 5), False)
    books.decide(books.reverse(entry))
    stream = streams.stream_of("fund", books.fund)
    with reading(Actor(client="system"), ids=[stream]):
        steps = ledger.steps(3604, stream)
    names = [one.name for one in steps]
    assert names == [
        "fund.made",
        *("fund.entered", "fund.approved", "fund.entered", "fund.refused"),
        *("fund.entered", "fund.approved"),
    ]
    assert steps[2].data == {"entry": str(entry), "effect": 5, "number": 1, "balance": 5}
    assert keys.city_of(entry) == 3604 and scope.bounds("360428")[0] == "360428"
