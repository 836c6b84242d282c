"""A fund at the desk and for everybody: two people by the pages alone, absent buttons say why, no name outside."""

from typing import TYPE_CHECKING

import pytest

from gantang.fund import queries
from gantang.fund.types import Which
from gantang.kit import clock, numbers
from gantang.matters import service as matters
from gantang.matters.types import Report
from tests.doors.table import DESK
from tests.doors.test_permissions import client_of, content, whole
from tests.fund.books import FIRST, Books, open_books

if TYPE_CHECKING:
    from django.test import Client

    from tests.world import World

pytestmark = pytest.mark.django_db
ENTRY = {
    "kind": "income.donation",
    "yuan": "1,200.50",
    "on": "2025-01-01",
    "basis": "示例凭证1号",
    "party": "none",
}


@pytest.fixture
def books(world: "World") -> Books:
    return open_books(world)


def page_of(world: "World", name: str) -> "Client":
    return client_of(world, DESK[0], name)[0]


def waiting(books: Books) -> str:
    (line,) = queries.entries(books.enters, books.fund, Which("awaiting")).items
    return f"/desk/fund/{books.fund}/entries/{line.id}/"


def test_two_people_enter_and_approve_and_the_book_shows_it_to_the_fen(books: Books, world: "World"):
    keeper, leader, home = (
        page_of(world, "county_handler"),
        page_of(world, "county_leader"),
        f"/desk/fund/{books.fund}/",
    )
    assert keeper.post(home, ENTRY).status_code == 302
    entry = waiting(books)
    shown = content(keeper.get(entry))
    assert 'value="approve"' not in shown and "由负责或核验见义勇为的岗位审核" in shown
    assert keeper.post(entry, {"act": "approve"}).status_code == 403
    assert 'value="approve"' in content(leader.get(entry))
    assert leader.post(entry, {"act": "approve"}).status_code == 302
    assert "余额1,200.50元" in content(leader.get(home)) and books.view.balance == 1_200_50
    assert leader.post(entry, {"act": "approve"}).status_code == 302, "the same again changes nothing"
    assert keeper.post(entry, {"act": "reverse", "on": "2026-01-05", "basis": "示例更正"}).status_code == 302
    assert leader.post(waiting(books), {"act": "approve"}).status_code == 302
    assert books.view.balance == 0


def test_whoever_entered_is_told_that_another_approves(books: Books, world: "World"):
    leader = page_of(world, "county_leader")
    assert leader.post(f"/desk/fund/{books.fund}/", ENTRY).status_code == 302
    shown = content(leader.get(waiting(books)))
    assert 'value="approve"' not in shown and "记账的人不能自己审核" in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"yuan": "1.234"}, "最多两位小数"), ({"number": "QK7-M4R-2PX"}, "编号"), ({"kind": "x"}, "")],
)
def test_a_line_that_does_not_fit_comes_back_with_why(
    books: Books, world: "World", wrong: dict[str, str], says: str
):
    answer = page_of(world, "county_handler").post(f"/desk/fund/{books.fund}/", {**ENTRY, **wrong})
    assert answer.status_code == 422 and says in content(answer)
    assert books.lines(state="awaiting") == []


def test_a_use_names_a_good_samaritans_matter_in_sight_and_no_other(books: Books, world: "World"):
    keeper, home = page_of(world, "county_leader"), f"/desk/fund/{books.fund}/"
    made = {}
    for klass in ("samaritan", "facility.lighting"):
        report = Report("示例：救起落水的孩子。", "portal", klass, world.village, anonymous=True)
        made[klass] = matters.intake(actor=books.approves, report=report, key=klass, now=clock.now()).number
    use = {**ENTRY, "kind": "use.award", "number": numbers.show(made["facility.lighting"])}
    assert "这不是见义勇为的事项" in content(keeper.post(home, use))
    assert keeper.post(home, {**use, "number": numbers.show(made["samaritan"])}).status_code == 302
    (line,) = books.lines(state="awaiting")
    assert line.matter_number == made["samaritan"]
    assert numbers.show(line.matter_number) in content(keeper.get(waiting(books)))


def test_a_year_is_closed_and_published_by_the_pages_and_everybody_reads_it(books: Books, world: "World"):
    books.book("income.allocation", 100_000_00)
    books.book("income.donation", 5_000_00, party="organisation", giver="示例捐赠单位")
    for _ in range(10):
        books.book("use.comfort", 1_000_00)
    for kind, times, fen in (("use.award", 6, 1_111_11), ("use.aid", 5, 2_222_22)):
        for _ in range(times):
            books.book(kind, fen)
    keeper, leader = page_of(world, "county_handler"), page_of(world, "county_leader")
    years, anybody = f"/desk/fund/{books.fund}/years/", page_of(world, "")
    assert anybody.get(f"/fund/{books.fund}/2025/").status_code == 404
    assert keeper.post(years, {"act": "publish", "year": "2025"}).status_code == 403
    assert keeper.post(years, {"act": "ask", "year": "2025"}).status_code == 302
    assert 'value="close"' not in content(keeper.get(years))
    for act in ("close", "publish"):
        assert f'value="{act}"' in content(leader.get(years))
        assert leader.post(years, {"act": act, "year": "2025"}).status_code == 302
    assert "/fund/" in content(anybody.get("/")) and str(books.fund) in content(anybody.get("/fund/"))
    shown = content(anybody.get(f"/fund/{books.fund}/2025/"))
    assert "年末余额77,222.24元" in shown and "10,000.00" in shown
    for hidden in ("6,666.66", "11,111.10", "示例捐赠单位", "示例凭证"):
        assert hidden not in shown
    table = whole(anybody.get(f"/fund/{books.fund}/2025.csv")).decode()
    assert "use,use.award,奖励,," in table and "6,666.66" not in table and '"77,222.24"' in table


def test_the_book_is_taken_along_as_csv_and_workbook_as_it_is_narrowed(books: Books, world: "World"):
    books.book("income.donation", 5_000_05, party="organisation", giver="示例捐赠单位")
    books.book("use.award", 1_00)
    keeper = page_of(world, "county_handler")
    home = f"/desk/fund/{books.fund}/book"
    table = whole(keeper.get(f"{home}.csv?kind=income")).decode()
    assert "5,000.05" in table and "500005" in table and "奖励" not in table
    assert whole(keeper.get(f"{home}.xlsx")).startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "status"),
    [("county_leader", 200), ("city_leader", 200), ("foreigner", 404), ("leader", 404), ("admin", 404)],
)
def test_the_book_opens_for_its_keepers_and_the_leaders_above_alone(
    books: Books, world: "World", name: str, status: int
):
    entry = books.book("income.donation", 5, FIRST)
    client, home = page_of(world, name), f"/desk/fund/{books.fund}/"
    for part in ("", "years/", "book.csv", "book.xlsx", f"entries/{entry}/"):
        assert client.get(home + part).status_code == status, part
    if name == "city_leader":
        assert "不能记账" in content(client.get(home))


def test_a_line_is_found_under_its_own_fund_alone(books: Books, world: "World"):
    entry = books.book("income.donation", 5)
    leader = page_of(world, "county_leader")
    assert leader.get(f"/desk/fund/{books.fund + 1}/entries/{entry}/").status_code == 404


def test_an_administering_post_opens_a_fund_once_and_sees_no_book(world: "World"):
    admin = page_of(world, "admin")
    given = {
        "unit": world.unit("360428"),
        "zh": "示例基金",
        "en": "Sample fund",
        "opened_on": "2025-01-01",
        "key": "k",
    }
    assert admin.post("/desk/fund/", given).status_code == 302
    shown = content(admin.get("/desk/fund/"))
    assert "示例基金" in shown and "元</b>" not in shown
    assert admin.post("/desk/fund/", {**given, "key": "other"}).status_code == 422
    assert page_of(world, "receiver").post("/desk/fund/", given).status_code == 422


def test_a_page_of_the_book_costs_as_many_queries_with_many_lines_as_with_few(books: Books, world: "World"):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    keeper, home, counts = page_of(world, "county_handler"), f"/desk/fund/{books.fund}/", []
    for many in (2, 12):
        for _ in range(many):
            books.book("income.donation", 5)
        keeper.get(home)
        with CaptureQueriesContext(connection) as told:
            assert keeper.get(home).status_code == 200
            assert keeper.get(f"{home}years/").status_code == 200
        counts.append(len(told))
    assert counts[0] == counts[1]
