"""The wall and the leader's page in a real browser: a number is followed down to its matters, which SQL counts too."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from gantang.desk.listing import SHOWN
from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import PICTURES, look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow]
#: Bytes that a page may cost after the first visit.
MOST = 300_000
WALLS = ((1920, 1080), (3840, 2160), (1440, 900))
FLOOR = """() => [...document.querySelectorAll(".wall *")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((each) => each.getClientRects().length && !each.closest(".vh, option, [hidden], noscript, .drawing"))
  .filter((each) => each.getBoundingClientRect().width > 2)
  .map((each) => [each, each.closest("svg") ? each.getScreenCTM().a : 1])
  .filter(([each, scale]) => parseFloat(getComputedStyle(each).fontSize) * scale < 23.9 * innerWidth / 1920)
  .map(([each]) => `${each.tagName} ${each.textContent.slice(0, 20)}`)"""
#: What the edge of the wall cuts off, and columns wider than they may be.
CUT = """() => [
  ...[...document.querySelectorAll(".wall main *")]
    .filter((each) => each.getClientRects().length && !each.closest(".vh, details, .scroll, .maplibregl-map"))
    .filter((each) => each.getBoundingClientRect().bottom > innerHeight),
  ...[...document.querySelectorAll(".wall main > section")]
    .filter((each) => each.scrollWidth > each.clientWidth + 2),
].map((each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 20)}`)"""


@pytest.fixture(scope="module")
def counted(site: Site) -> dict[str, int]:
    """What SQL counts of the matters that were planted."""
    site.run("gantang", "ground", "layers")
    found: dict[str, int] = json.loads(site.run("tests.journeys.plant_screen"))
    return found


@pytest.fixture
def page(
    browser: Browser, site: Site, world: "World", complaints: list[str], counted: dict[str, int]
) -> Iterator[Page]:
    visit = visitor(browser, complaints, width=1920)
    found = visit.new_page()
    sign_in(found, site, world.username_of("county_leader"))
    found.set_viewport_size({"width": 1920, "height": 1080})
    yield found
    visit.close()


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_a_number_on_the_wall_is_followed_down_to_its_matters(
    page: Page, site: Site, world: "World", counted: dict[str, int]
):
    page.goto(f"{site.url}/screen/")
    assert number(page.locator('.stock [data-code="open"]').inner_text()) == counted[world.county]
    township = world.grid[:9]
    page.locator(f'.hx[data-code="{township}"] a[data-inward] text').click()
    expect(page).to_have_url(re.compile(f"ground={township}"))
    figure = page.locator('.stock [data-code="open"]')
    expect(figure).to_have_text(str(counted[township]))
    page.locator(f'.hx[data-code="{world.grid[:12]}"] a[data-inward] text').click()
    expect(page).to_have_url(re.compile(f"ground={world.grid[:12]}"))
    cell = page.locator(f'.hx[data-code="{world.grid}"]')
    n = number(cell.locator("text.v").text_content() or "")
    cell.locator("a.v").click()
    expect(page.get_by_role("heading", name="全部在办")).to_be_visible()
    assert n > 20
    assert page.locator("#rows tr").count() == min(n, SHOWN)


def test_the_wall_at_every_size_and_look_is_readable_whole_and_free_of_faults(
    page: Page, site: Site, world: "World"
):
    sent: list[str] = []

    def note(one: Response) -> None:
        sent.append(one.url)

    page.on("response", note)
    for look_at in ("cells", "map", "trend", "units", "table"):
        page.goto(f"{site.url}/screen/?look={look_at}&measure=in&span=weeks")
        wait = {"map": "#map[data-drawn]", "trend": ".drawing[data-drawn]", "units": ".drawing[data-drawn]"}
        expect(page.locator(wait.get(look_at, "#wall[data-ready]"))).to_be_visible(timeout=60_000)
        look(page, f"screen-{look_at}")
        assert page.evaluate(FLOOR) == []
        assert "\n".join(page.evaluate(CUT)) == ""
    for width, height in WALLS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{site.url}/screen/?ground={world.grid[:9]}")
        expect(page.locator("#wall[data-ready]")).to_be_visible()
        look(page, "screen-township")
    assert all(one.startswith((site.url, "blob:", "data:")) for one in sent)


def test_the_wall_renews_itself_turns_and_says_when_its_figures_are_old(page: Page, site: Site):
    page.clock.install()
    page.goto(f"{site.url}/screen/?turn=1")
    expect(page.locator("#wall[data-ready]")).to_be_visible()
    expect(page.locator("[data-turning]")).to_have_attribute("aria-pressed", "true")
    with page.expect_response(re.compile("/screen/fresh/")) as renewed:
        page.clock.run_for(61_000)
    assert renewed.value.ok
    expect(page).to_have_url(re.compile("measure=in"))
    page.locator("[data-turning]").click()
    expect(page.locator("[data-turning]")).to_have_attribute("aria-pressed", "false")
    here = page.url
    page.route("**/screen/fresh/**", lambda route: route.abort())
    page.clock.run_for(61_000)
    expect(page.locator("#stale")).to_be_visible()
    expect(page.locator("#stale")).to_contain_text("数据停在")
    assert page.url == here
    page.screenshot(path=PICTURES / "screen-stale-1920.png")


def test_the_wall_by_keyboard_alone_keeps_the_focus(page: Page, site: Site):
    page.goto(f"{site.url}/screen/")
    page.locator('.measures a[data-measure="in"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('.measures a[data-measure="in"][aria-current="true"]')).to_be_focused()


@pytest.mark.parametrize(("width", "theme"), [(360, ""), (1440, ""), (1920, "dark")])
def test_the_leader_s_page_answers_and_its_report_is_a_paper(
    page: Page, site: Site, world: "World", counted: dict[str, int], width: int, theme: str
):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site.url}/screen/leader/")
    expect(page.locator(".drawing[data-drawn]").first).to_be_visible()
    if theme:
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
    assert number(page.locator('.ans [data-code="open"]').inner_text()) == counted[world.county]
    page.locator("details summary").first.click()
    look(page, f"screen-leader{theme and '-'}{theme}")
    with page.expect_download() as coming:
        page.get_by_role("link", name="本周报告").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF-")


def test_a_second_visit_costs_few_bytes(page: Page, site: Site):
    page.goto(f"{site.url}/screen/?look=trend")
    expect(page.locator(".drawing[data-drawn]")).to_be_visible()
    sizes: list[int] = []
    page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    page.goto(f"{site.url}/screen/?look=trend")
    expect(page.locator(".drawing[data-drawn]")).to_be_visible()
    assert 0 < sum(sizes) <= MOST, sizes


def test_a_post_that_sees_no_whole_ground_is_told_why(
    browser: Browser, site: Site, world: "World", complaints: list[str]
):
    visit = visitor(browser, complaints, width=1440)
    page = visit.new_page()
    sign_in(page, site, world.username_of("handler"))
    for path in ("/screen/", "/screen/leader/"):
        page.goto(site.url + path)
        expect(page.get_by_text("只给看得到整个地方的岗位")).to_be_visible()
    look(page, "screen-no-sight")
    visit.close()
