"""The command sends a shift another way when the water has taken its point, and how the patrol's pages look."""

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PAGES = (
    ("patrol", ""),
    ("patrol-shift", "shifts/{shift}/"),
    ("patrol-mine", "mine/"),
    ("patrol-history", "history/"),
    ("patrol-fleet", "fleet/"),
    ("patrol-rosters", "roster/"),
    ("patrol-roster", "roster/{issued}/"),
    ("patrol-roster-none", "roster/{poor}/"),
)


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    """The running shift, an issued roster and one that does not fit."""
    return dict(json.loads(site.run("tests.journeys.plant_patrol")))


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.django_db
def test_how_it_looks(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World", width: int
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("county_receiver"))
    for name, path in PAGES:
        page.goto(f"{site.url}/desk/patrol/{path.format(**planted)}")
        if name == "patrol":
            page.wait_for_selector("#map[data-drawn], #nomap:not([hidden])", state="attached")
        look(page, f"desk-{name}")
    page.context.close()


@pytest.mark.django_db
def test_a_shift_goes_another_way_without_script(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World"
):
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    sign_in(page, site, world.username_of("county_receiver"))
    page.goto(f"{site.url}/desk/patrol/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1个班次等决定")
    page.get_by_label("改走哪条航线").select_option(label="近岸线（示例）")
    page.get_by_role("button", name="改航线").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("现在枯水")
    page.goto(f"{site.url}/desk/patrol/shifts/{planted['shift']}/")
    expect(page.locator("#main")).to_contain_text("近岸线（示例）")
    page.context.close()
