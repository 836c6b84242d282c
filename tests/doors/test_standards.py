"""Standards of organisations at the desk: written into a slot with their source, they fill a list, one row an item."""

import html
from typing import TYPE_CHECKING, Any

import pytest

from gantang.catalogue import service as catalogue
from gantang.desk import standards
from gantang.faces.forms import questions
from gantang.kit import clock
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import Filters, Report
from gantang.procedures import queries as procedures
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ITEMS = ["示例条目：接待有专门场所", "示例条目：调解有回访"]
SOURCE = "示例〔2026〕7号"


def opened(world: "World") -> str:
    """A list that is being drawn up; its number."""
    report = Report(
        "示例：一个司法所的创建清单。", "superior", "listed", world.county, anonymous=True, on_behalf=True
    )
    actor = world.cast.supervisor
    made = matters.intake(actor=actor, report=report, key="standards", now=clock.now())
    return made.number


def written(world: "World", code: str, items: list[str]) -> None:
    now = clock.now()
    catalogue.set_slot(
        actor=world.cast.admin,
        code=f"standards.{code}",
        value=items,
        source=SOURCE,
        valid_from=now.date(),
        now=now,
    )


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_a_standard_fills_a_list_with_its_items_and_their_source_and_each_becomes_a_matter(world: "World"):
    written(world, "justice_office", ITEMS)
    number, desk = opened(world), desk_of(world, "supervisor")
    address = f"/desk/matters/{number}/moves/issue/"
    assert f"{address}?standard=justice_office" in text(desk.get(address))
    page = text(desk.get(address, {"standard": "justice_office"}))
    assert all(item in page for item in ITEMS) and page.count(f"依据：{SOURCE}") == len(ITEMS)
    rows = {
        f"items-{at}-{column}": value
        for at, item in enumerate(ITEMS)
        for column, value in {
            "words": item,
            "part": "fixed",
            "arisen": "newly_arisen",
            "goal": SOURCE,
            "due": "2027-02-26",
        }.items()
    }
    sent = {"key": "k", "version": "", "list_kind": "station_standards", "span": "quarter", **rows}
    answer = desk.post(address, {**sent, "items-lines": str(len(ITEMS))})
    assert answer.status_code == 302
    filters = Filters(view="all", class_code="listed")
    found = queries.queue(world.cast.supervisor, filters=filters, now=clock.now()).items
    assert sorted(one.gist for one in found if one.procedure == "listed_item") == sorted(ITEMS)


def test_what_is_filled_in_can_be_sent_as_it_stands(world: "World"):
    written(world, "court", ITEMS)
    address, desk = f"/desk/matters/{opened(world)}/moves/issue/", desk_of(world, "supervisor")
    fields = procedures.named("listed", world.county, clock.now()).fields
    made = questions(fields, ["list_kind", "span", "items"])
    first = standards.filled(made(), "court", clock.now().date())
    sent = {"list_kind": first["list_kind"], "span": "quarter", "items-lines": str(len(first["items"]))}
    for at, row in enumerate(first["items"]):
        sent |= {f"items-{at}-{column}": value for column, value in row.items()}
    assert made(sent).is_valid()
    assert desk.get(address, {"standard": "court"}).status_code == 200


def test_a_standard_that_nobody_wrote_down_fills_nothing_and_says_who_does(world: "World"):
    number, desk = opened(world), desk_of(world, "supervisor")
    address = f"/desk/matters/{number}/moves/issue/"
    page = text(desk.get(address))
    assert page.count("没有查得公开条目") == 6 and "?standard=" not in page
    for code in ("court", "no_such_standard"):
        assert "依据：" not in text(desk.get(address, {"standard": code}))


def test_no_other_form_offers_standards(world: "World"):
    desk = desk_of(world, "supervisor")
    assert "按标准填入" not in text(desk.get(f"/desk/matters/{opened(world)}/moves/withdraw/"))
