"""The register of balances at the desk: classes of issues as their slots name them, all classes, the same in a workbook."""

import html
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from gantang.catalogue import service as catalogue
from gantang.desk import balances as shown
from gantang.kit import clock
from gantang.sheets import queries as sheets
from tests.doors.test_desk import desk_of
from tests.matters.acting import told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/desk/balances/"
ISSUE = {
    "名称": "示例问题",
    "工作目标": "年内减半",
    "责任领导": "示例领导岗",
    "牵头单位": "示例局",
    "类别": "facility.lighting、没有的类别",
}


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def issue(world: "World") -> None:
    now = clock.now()
    catalogue.set_slot(
        actor=world.cast.admin,
        code="stability.class_03",
        value=ISSUE,
        source="示例文件",
        valid_from=now.date(),
        now=now,
    )
    told(world.grid, "示例：村口路灯不亮。", class_code="facility.lighting")


def test_a_class_of_issues_stands_there_with_its_owners_and_its_figures_and_a_wrong_class_is_told(
    world: "World", issue: None
):
    desk = desk_of(world, "county_leader")
    page = text(desk.get(PAGE, {"ground": world.grid}))
    assert "在办1件，比期初多1件" in page
    assert all(one in page for one in ("3 示例问题", "年内减半", "示例领导岗", "示例局"))
    assert "类别表里没有“没有的类别”" in page and "类别表里没有“facility.lighting”" not in page
    book = desk.get("/desk/balances.xlsx", {"ground": world.grid})
    rows = [list(cells.values()) for _row, cells in sheets.read(BytesIO(b"".join(book.streaming_content)))]
    assert rows[0][:5] == ["示例问题", "年内减半", "示例领导岗", "示例局", ""]
    assert rows[0][-2] == rows[-1][-2] == "1" and rows[-1][0] == "合计"
    assert [(one[0], one[-2]) for one in rows[-3:-1]] == [("其中城镇", "1"), ("其中乡村", "0")]
    assert "其中城镇" in page and "其中乡村" in page


def test_slots_that_nobody_filled_are_told_and_who_sees_no_whole_ground_is_told_why(world: "World"):
    assert "由管理员填在“空位”里" in text(desk_of(world, "county_leader").get(PAGE))
    page = desk_of(world, "handler").get(PAGE)
    assert page.status_code == 200 and "没有可以统计的范围" in text(page)
    beyond = desk_of(world, "county_leader").get(PAGE, {"ground": world.foreign_grid})
    assert beyond.status_code == 403


def test_a_period_that_does_not_fit_is_the_year_so_far():
    today = date(2026, 11, 29)
    year = (date(2026, 1, 1), today)
    assert shown.period("", "", today) == year
    assert shown.period("x", "2026-13-01", today) == year
    assert shown.period("2026-11-29", "2026-11-01", today) == year
    assert shown.period("2026-11-01", "2027-01-01", today) == (date(2026, 11, 1), today)
