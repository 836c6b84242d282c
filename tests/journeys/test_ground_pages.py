"""A group, a change of ground whose calendars differ, a sheet of facilities: on a phone and at a desk nothing scrolls
sideways, axe finds nothing, and the way through each is walked once.
"""

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, int]:
    found: dict[str, int] = json.loads(site.run("tests.journeys.plant_ground"))
    return found


@pytest.mark.parametrize("width", [360, 1440])
def test_pages_of_changing_ground(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, int], world: "World", width: int
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("admin"))
    page.goto(f"{site.url}/desk/admin/posts/groups/{planted['group']}/")
    look(page, "desk-group")
    _merging(page, site)
    look(page, "desk-ground-settled")
    _sheet(page, site, world)
    look(page, "desk-facility-sheet-wrong")
    _grids(page, site, world)
    look(page, "desk-ground-sheet-looked")


def _merging(page: Page, site: Site) -> None:
    """Two townships with calendars of their own become one: whose holds is asked, chosen, and told."""
    page.goto(f"{site.url}/desk/admin/ground/new/")
    page.get_by_label("怎么调整").select_option("merge_divisions")
    page.get_by_label("哪些代码").fill("360428101")
    page.get_by_label("去向代码").fill("360428102")
    page.get_by_role("button", name="加这一项").click()
    asked = page.get_by_label("本地日历以哪一处为准")
    expect(asked).to_be_visible()
    look(page, "desk-ground-asked")
    asked.select_option(index=1)
    page.get_by_role("button", name="就这样选").click()
    expect(page.get_by_role("heading", name="谁的规定延续")).to_be_visible()
    expect(page.get_by_text("还没有说以哪一处为准")).to_have_count(0)


def _sheet(page: Page, site: Site, world: "World") -> None:
    """One wrong row is told, with its sheet to be taken home."""
    rows = ["设施编号,设施种类,名称,网格代码", f"A-1,路灯,示例,{world.grid}", f"A-2,热气球,示例,{world.grid}"]
    page.goto(f"{site.url}/desk/facilities/sheet/")
    look(page, "desk-facility-sheet")
    table = {"name": "示例.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    page.get_by_label("表格").set_input_files(files=[table])  # type: ignore[list-item]
    page.get_by_role("button", name="读进来看看").click()
    expect(page.get_by_role("heading", name="1行要改，什么都没有导入")).to_be_visible()
    expect(page.get_by_role("link", name="下载标好错误的表")).to_have_attribute("download", "errors.xlsx")


def _grids(page: Page, site: Site, world: "World") -> None:
    """A file of grids: one wrong row is told; without it what is new and what has to be reviewed stand there."""
    head, good = "网格代码,村代码,网格名称,户数", f",{world.village},示例新网格,320"
    named, wrong = f"{world.grid},,示例改名,", f",{world.village},示例,很多"
    page.goto(f"{site.url}/desk/admin/ground/")
    page.get_by_role("link", name="整表导入网格").click()
    look(page, "desk-ground-sheet")
    _send(page, head, good, named, wrong)
    expect(page.get_by_role("heading", name="1行要改，什么都没有导入")).to_be_visible()
    look(page, "desk-ground-sheet-wrong")
    page.get_by_role("link", name="换一份文件").click()
    _send(page, head, good, named)
    expect(page.get_by_role("heading", name="会新建1个网格、改动0个")).to_be_visible()
    expect(page.get_by_role("button", name="导入，其余交审")).to_be_visible()


def _send(page: Page, *rows: str) -> None:
    table = {"name": "示例网格.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    page.get_by_label("文件").set_input_files(files=[table])  # type: ignore[list-item]
    page.get_by_role("button", name="读进来看看").click()
