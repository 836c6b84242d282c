"""What holds of every page that a resident may see: it is light, sound for readers and narrow screens, and large in
长辈版; and where one writes, a lost connection and an expired page take nothing. A new page that is left out fails."""

import json
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys import residents
from tests.journeys.acts import report
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import ALL, SMALL_TEXT, SMALLEST
from tests.journeys.test_one_matter import place_names
from tests.journeys.test_portal_face import LARGE, MOST_BYTES, MOST_REQUESTS, SMALL_TARGETS, WIDE

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow]
NARROWEST = 320
WORDS = "示例：第三盏还是不亮。"


def test_every_address_of_the_portal_is_a_page_that_is_tried_or_is_none():
    pages, none = set(residents.PAGES), set(residents.NO_PAGE)
    assert pages | none == residents.all_routes()
    assert not pages & none


@pytest.fixture(scope="module")
def planted(site: Site, stories: dict[str, tuple[str, str]]) -> dict[str, str]:
    """What the addresses need, and a code."""
    found = json.loads(site.run("tests.journeys.plant_reception"))
    found.update(json.loads(site.run("tests.journeys.plant_fund")))
    return {**{name: str(one) for name, one in found.items()}, "code": stories["closed"][1].replace("-", "")}


def opened(page: Page, site: Site, planted: dict[str, str], name: str, *, large: bool = False) -> None:
    """A page as a resident comes to it."""
    if name == "move":  # behind the story alone
        page.request.get(site.url + residents.PAGES["track"].format(**planted))
    path = residents.PAGES[name].format(**planted)
    is_tip = name in ("tip", "tip_talk")  # no cookie there: the address says it
    page.goto(site.url + path + ("?large" if large and is_tip else ""), wait_until="networkidle")


def weighed(page: Page) -> list[int]:
    """Bytes of each answer from now on, as they come over the wire."""
    weights: list[int] = []

    def note(done: Request) -> None:
        sizes = done.sizes()
        weights.append(sizes["responseBodySize"] + sizes["responseHeadersSize"])

    page.on("requestfinished", note)
    return weights


def sound(page: Page, name: str) -> None:
    """axe finds nothing, and nothing scrolls sideways."""
    found = Axe().run(page, options={"runOnly": ALL, "resultTypes": ["violations"]})
    assert found.violations_count == 0, f"{name}:\n{found.generate_report()}"
    wide = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("() => document.documentElement.scrollWidth") <= wide, f"{name} scrolls sideways"


def test_every_page_weighs_little_and_is_sound_on_a_screen_of_320(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str]
):
    for name in residents.PAGES:
        visit = visitor(browser, complaints, width=NARROWEST)
        page = visit.new_page()
        weights = weighed(page)
        opened(page, site, planted, name)
        assert sum(weights) <= MOST_BYTES, (name, sum(weights))
        assert len(weights) <= MOST_REQUESTS, (name, len(weights))
        sound(page, name)
        assert page.evaluate(SMALL_TEXT % SMALLEST) == [], name
        visit.close()


def test_every_page_is_large_in_the_large_version_where_one_books_it_asks_one_thing_a_page(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str]
):
    visit = visitor(browser, complaints)
    page = visit.new_page()
    page.goto(site.url)
    page.get_by_role("button", name="长辈版").click()
    for name in residents.PAGES:
        opened(page, site, planted, name, large=True)
        is_large(page, name)
    page.goto(f"{site.url}/nothing-here")
    is_large(page, "missing", leaves=False)
    page.goto(f"{site.url}/services/{planted['centre']}/book/advice/")
    for name in ("day", "time"):
        expect(page.locator("input:visible")).to_have_count(0)
        page.locator(".daypick li a").last.click()
        is_large(page, f"book, after the {name}")
    page.get_by_role("button", name="约这个时间").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("约好了。")
    is_large(page, "booked")
    visit.close()


def is_large(page: Page, name: str, *, leaves: bool = True) -> None:
    """What 长辈版 promises, measured; it can be left."""
    sound(page, name)
    assert page.evaluate(SMALL_TEXT % LARGE) == [], name
    assert page.evaluate(SMALL_TARGETS, WIDE) == [], name
    if leaves:
        expect(page.get_by_text("退出长辈版")).to_be_visible()


@pytest.mark.django_db
def test_a_sentence_survives_a_lost_connection_a_visit_that_is_over_and_arrives_once(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    visit = visitor(browser, complaints)
    page = visit.new_page()
    _number, code = report(page, site, words="桥头路灯不亮。", places=place_names(world.grid))
    page.goto(f"{site.url}/t/{code.replace('-', '')}")
    page.get_by_label("补充一句，或者问一句").fill(WORDS)
    visit.set_offline(True)
    page.get_by_role("button", name="发出").click()
    expect(page.locator("[data-offline]:visible")).to_contain_text("没交上：网断了。")
    visit.set_offline(False)
    visit.clear_cookies(name="gantang_code")
    page.get_by_role("button", name="发出").click()
    expect(page.locator(".card blockquote")).to_have_text(WORDS)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查", exact=True).click()
    expect(page.get_by_label("补充一句，或者问一句")).to_have_value(WORDS)
    page.get_by_role("button", name="发出").click()
    expect(page.locator(".talk li")).to_have_count(1)
    expect(page.get_by_label("补充一句，或者问一句")).to_have_value("")
    visit.close()
