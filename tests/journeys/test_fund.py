"""One person enters a payment, another approves it; a stranger reads the published year. With script off."""

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
DESK = (
    ("funds", ""),
    ("fund", "{fund}/"),
    ("fund-entry", "{fund}/entries/{entry}/"),
    ("fund-years", "{fund}/years/"),
)


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    """A fund, its published year and a line that waits."""
    return {name: str(one) for name, one in json.loads(site.run("tests.journeys.plant_fund")).items()}


@pytest.mark.django_db
def test_a_payment_by_two_people_and_the_published_year_without_script(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World"
):
    home = f"{site.url}/desk/fund/{planted['fund']}/"
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    sign_in(page, site, world.username_of("county_handler"))
    page.goto(home)
    page.locator("details.how summary").click()
    page.get_by_label("收支项目").first.select_option("use.aid")
    page.get_by_label("金额（元）").fill("1,234.56")
    page.get_by_label("依据").fill("示例凭证88号")
    page.get_by_role("button", name="记账，交另一人审").click()
    page.get_by_role("link", name="抚恤救助").first.click()
    expect(page.get_by_text("由负责或核验见义勇为的岗位审核")).to_be_visible()
    entry = page.url
    page.context.close()
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    sign_in(page, site, world.username_of("county_leader"))
    page.goto(entry)
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_role("cell", name="1,234.56")).to_be_visible()
    page.goto(f"{site.url}/fund/")
    page.locator(".editions a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("年末余额")
    expect(page.get_by_text("不单列", exact=True)).to_have_count(2)
    page.context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.django_db
def test_how_it_looks(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World", width: int
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("county_leader"))
    for name, path in DESK:
        page.goto(f"{site.url}/desk/fund/{path.format(**planted)}")
        look(page, f"desk-{name}")
    page.goto(f"{site.url}/fund/")
    look(page, "portal-funds")
    page.goto(f"{site.url}/fund/{planted['fund']}/{planted['year']}/")
    look(page, "portal-fund-year")
    page.context.close()
