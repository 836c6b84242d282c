"""The map of a ground in a real browser: drawn from our own server alone, beside the table that says the same."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PAGE = "/desk/admin/ground/map/?ground="


@pytest.fixture(scope="module")
def mapped(site: Site) -> Site:
    """The site with its maps made."""
    site.run("gantang", "ground", "layers")
    return site


@pytest.fixture
def asked() -> list[str]:
    """Every address that the page asked for."""
    return []


@pytest.fixture(params=[390, 1440], ids=["phone", "wide"])
def page(
    request: pytest.FixtureRequest, browser: Browser, mapped: Site, world: "World", asked: list[str]
) -> Iterator[Page]:
    heard: list[str] = []
    visit = visitor(browser, heard, width=request.param)
    found = visit.new_page()

    def note(sent: Request) -> None:
        asked.append(sent.url)

    found.on("request", note)
    sign_in(found, mapped, world.username_of("admin"))
    yield found
    visit.close()
    assert heard == []


@pytest.mark.parametrize("ground", ["36", "360428", "360428101"])
def test_a_ground_is_drawn_and_told(page: Page, mapped: Site, asked: list[str], ground: str) -> None:
    page.goto(f"{mapped.url}{PAGE}{ground}")
    expect(page.locator("#map[data-drawn]")).to_be_visible(timeout=60_000)
    assert page.locator(".places tbody tr").count() >= 2
    page.wait_for_timeout(500)
    look(page, f"desk-map-{ground}")
    assert all(one.startswith((mapped.url, "blob:", "data:")) for one in asked)


def test_a_row_goes_deeper_by_the_keyboard(page: Page, mapped: Site) -> None:
    page.goto(f"{mapped.url}{PAGE}360428")
    expect(page.locator("#map[data-drawn]")).to_be_visible(timeout=60_000)
    link = page.locator(".places a").first
    link.focus()
    expect(page.locator(".places tr.here")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{mapped.url}{PAGE}360428101")
