"""Facilities and places on a phone and at a desk, light and dark: nothing scrolls sideways, axe finds nothing; a lamp is
reported broken by a grid worker and becomes a matter.
"""

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    found: dict[str, str] = json.loads(site.run("tests.journeys.plant_facilities"))
    return found


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1440, "light"), (1440, "dark")])
def test_pages_of_facilities(
    browser: Browser,
    site: Site,
    complaints: list[str],
    planted: dict[str, str],
    world: "World",
    width: int,
    theme: str,
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("admin"))
    page.goto(f"{site.url}/desk/me/")
    page.get_by_label({"light": "亮色", "dark": "暗色"}[theme]).check()
    page.get_by_role("button", name="保存").click()
    lamp, place = planted["lamp"], planted["place"]
    for name, path in (
        ("facilities", "facilities/"),
        ("facilities-due", "facilities/?due=1"),
        ("facility", f"facilities/{lamp}/"),
        ("facility-new", "facilities/new/"),
        ("facility-amend", f"facilities/{lamp}/amend/"),
        ("facility-kinds", "facilities/kinds/"),
        ("facility-coverage", "facilities/coverage/"),
        ("facility-gaps", f"facilities/coverage/?ground={world.township}"),
        ("places", "places/"),
        ("place", f"places/{place}/"),
        ("place-services", "places/services/"),
    ):
        page.goto(f"{site.url}/desk/{path}")
        look(page, f"desk-{name}-{theme}")
    page.goto(f"{site.url}/desk/facilities/kinds/")
    page.get_by_text("填写").first.click()
    look(page, f"desk-facility-kind-{theme}")
    page.context.close()


def test_a_grid_worker_reports_a_broken_lamp_and_finds_the_matter_at_it(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World"
):
    page = visitor(browser, complaints, width=390).new_page()
    sign_in(page, site, world.username_of("receiver"))
    page.goto(f"{site.url}/desk/facilities/?kind=camera")
    page.get_by_role("link", name="示例村口东侧").click()
    look(page, "desk-facility-worker")
    page.get_by_label("怎么坏的").fill("示例：支架松了，快掉下来了。")
    page.get_by_role("button", name="报修，转成事项").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("有故障")
    page.get_by_label("状况").select_option("faulty")
    page.get_by_label("松动、倾斜").check()
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("region", name="巡检记录")).to_contain_text("松动、倾斜")
    look(page, "desk-facility-told")
    page.get_by_role("link", name="示例：支架松了").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("支架松了")
    page.context.close()
