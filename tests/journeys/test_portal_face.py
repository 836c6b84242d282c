"""The portal in a resident's hand: large text, the map, what is alike nearby, the keyboard alone, a page that weighs little."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from bench import faces
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.journeys import plant
from tests.journeys.acts import report
from tests.journeys.conftest import Site
from tests.journeys.test_every_page import SMALL_TEXT, look
from tests.journeys.test_one_matter import place_names
from tests.journeys.test_portal_rough import WORDS, fill_in

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
#: What 长辈版 promises, in px.
LARGE, WIDE = 18, 60
#: The first page and all others, transferred, in bytes; requests of a page.
MOST_BYTES, MOST_REQUESTS = 150_000, 16

#: Everything that a finger may want to hit, but for links inside sentences and what its label enlarges.
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((each) => each.getClientRects().length && !each.closest(".vh, .skip") && each.type !== "hidden")
  .filter((each) => !(each.matches("a") && getComputedStyle(each).display === "inline"))
  .map((each) => [each, (each.matches("[type=radio], [type=checkbox]") && each.closest("label")) || each])
  .filter(([, box]) => box.getBoundingClientRect().height < least)
  .map(([each, box]) => `${each.outerHTML.slice(0, 90)} ${box.getBoundingClientRect().height}`)"""


@pytest.fixture
def asked(page: Page, site: Site) -> Iterator[list[str]]:
    """Every address that a journey asked for; none is anybody else's."""
    found: list[str] = []

    def note(sent: Request) -> None:
        found.append(sent.url)

    page.context.on("request", note)
    yield found
    assert found and all(one.startswith((site.url, "blob:", "data:")) for one in found)


def path_of(code: str) -> str:
    return f"/t/{code.replace('-', '')}"


def test_the_large_version_is_large_on_every_page(
    page: Page, site: Site, world: "World", stories: dict[str, tuple[str, str]], asked: list[str]
):
    page.goto(site.url)
    page.get_by_role("button", name="长辈版").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您想做什么？")
    _code = report_large(page, site, world)
    pages = {
        "home": "/",
        **{f"report{step}": f"/report/#{step}" for step in range(1, 6)},
        "find": "/track/",
        "track": path_of(stories["answered"][1]),
        "wrong": "/verify/",
    }
    for name, path in pages.items():
        page.goto(site.url + path)
        large(page, name)
    page.goto(f"{site.url}/report/#2")
    page.get_by_role("button", name="退出长辈版").click()
    expect(page.locator("html.elderly")).to_have_count(0)


def large(page: Page, name: str) -> None:
    """The page is looked at, and holds what 长辈版 promises; it can be left on each."""
    look(page, f"elder-{name}")
    assert page.evaluate(SMALL_TEXT % LARGE) == [], name
    assert page.evaluate(SMALL_TARGETS, WIDE) == [], name
    expect(page.get_by_role("button", name="退出长辈版")).to_be_visible()


def report_large(page: Page, site: Site, world: "World") -> str:
    """A report from the four doors to the receipt."""
    page.get_by_role("link", name="说一件事").click()
    page.get_by_label("用一两句话说说").fill(WORDS)
    page.locator("#onward").click()
    for digits, name in zip((4, 6, 9, 12), place_names(world.grid), strict=False):
        page.locator(f"#at{digits}").select_option(label=name)
    expect(page.locator("#at15")).to_be_visible()
    for _step in range(4):
        page.locator("#onward").click()
    expect(page.get_by_role("heading", name="收到了。")).to_be_visible()
    large(page, "receipt")
    return page.locator("#code").inner_text()


def test_words_bring_a_kind_the_map_a_place_and_a_neighbour_the_same_matter(
    page: Page, site: Site, world: "World", stories: dict[str, tuple[str, str]], asked: list[str]
):
    site.run("gantang", "ground", "layers")
    page.goto(f"{site.url}/report/")
    page.get_by_label("用一两句话说说").fill("机耕道的涵管堵了，下雨水漫到田里。")
    expect(page.locator("#kind")).to_contain_text("系统建议")
    look(page, "portal-suggested")
    page.get_by_role("button", name="就选这一类").click()
    assert page.get_by_label("大概是哪一类").input_value()
    page.locator("#onward").click()
    for digits, name in zip((4, 6, 9), place_names(world.grid), strict=False):
        page.locator(f"#at{digits}").select_option(label=name)
    touch(page, world.village)
    expect(page.locator("#at12")).to_have_value(world.village)
    touch(page, world.grid)
    expect(page.locator("#at15")).to_have_value(world.grid)
    expect(page.locator("#map .pin")).to_be_visible()
    expect(page.locator("#near")).to_contain_text("附近有差不多的事")
    look(page, "portal-near")
    page.get_by_role("button", name="就是这件，我也关注").first.click()
    expect(page.get_by_role("heading", name="关注上了。")).to_be_visible()
    look(page, "portal-follow-receipt")
    assert page.locator(".slip b.code").inner_text().replace("-", "") == stories["late"][0].replace("-", "")
    page.get_by_role("button", name="现在看看进度").click()
    expect(page.locator("#q")).to_have_text("您在关注这件事")
    look(page, "portal-follow-track")


def touch(page: Page, code: str) -> None:
    """Touch a place on the map, somewhere inside it."""
    path = page.locator(f'#map path[data-code="{code}"]')
    path.scroll_into_view_if_needed()
    spot = path.evaluate(
        """(path) => {
          const box = path.getBBox();
          const at = new DOMPoint();
          for (let i = 1; i < 400; i += 1) {
            at.x = box.x + box.width * ((i * 0.618) % 1);
            at.y = box.y + box.height * (i / 400);
            if (path.isPointInFill(at)) { const seen = at.matrixTransform(path.getScreenCTM()); return [seen.x, seen.y]; }
          }
          return null;
        }"""
    )
    page.mouse.click(*spot)


def test_photos_are_shown_made_smaller_and_taken_back(page: Page, site: Site, asked: list[str]):
    page.goto(f"{site.url}/report/#3")
    box = page.get_by_label("选照片或文件，最多6个")
    one = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": plant.photo()}
    box.set_input_files(one)
    expect(page.locator(".thumbs img")).to_have_count(1)
    box.set_input_files({**one, "name": "IMG_2.jpg"})
    expect(page.locator(".thumbs img")).to_have_count(2)
    look(page, "portal-photos")
    page.get_by_role("button", name="去掉这张 IMG_1.jpg").click()
    expect(page.locator(".thumbs img")).to_have_count(1)
    assert page.evaluate("() => [...document.querySelector('#id_files').files].map((one) => one.name)") == [
        "IMG_2.jpg"
    ]


def test_the_keyboard_alone_reports_and_a_composition_sends_nothing(page: Page, site: Site, asked: list[str]):
    page.goto(f"{site.url}/report/")
    reach(page, "#id_words")
    page.keyboard.type(WORDS)
    reach(page, "#onward")
    page.keyboard.press("Enter")
    for digits in (4, 6, 9, 12):
        reach(page, f"#at{digits}")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"#at{digits}")).not_to_have_value("")
        expect(page.locator(f"#at{digits}")).to_be_focused()
    reach(page, "#id_place")
    assert page.evaluate(COMPOSED)
    expect(page.locator("#h2")).to_be_visible()
    page.keyboard.press("Enter")  # outside a composition it goes on, and never sends
    expect(page.locator("#h3")).to_be_focused()
    for _step in range(3):
        reach(page, "#onward")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="收到了。")).to_be_visible()


#: Enter that picks a word in a composition: whether it was kept from the form.
COMPOSED = """() => {
  const enter = new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true });
  return !document.activeElement.dispatchEvent(enter);
}"""


def reach(page: Page, wanted: str) -> None:
    """Press the tab key until something has the focus."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def test_a_network_that_leads_nowhere_loses_nothing(page: Page, site: Site, world: "World"):
    fill_in(page, site, place_names(world.grid))

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/report/**", cut)
    page.locator("#onward").click()
    expect(page.get_by_role("alert")).to_contain_text("没交上：网断了。")
    look(page, "portal-offline")
    page.unroute("**/report/**", cut)
    page.locator("#onward").click()
    expect(page.get_by_role("heading", name="收到了。")).to_be_visible()


def test_a_page_that_expired_is_told_what_was_typed_is_still_there_and_goes_by_one_more_touch(
    page: Page, site: Site, world: "World"
):
    fill_in(page, site, place_names(world.grid))
    page.context.clear_cookies()
    page.locator("#onward").click()
    expect(page.get_by_text("页面开得太久了，没有提交。")).to_be_visible()
    look(page, "portal-expired")
    expired = page.url
    page.get_by_role("link", name="回首页").click()
    page.goto(f"{site.url}/report/")
    expect(page.get_by_label("用一两句话说说")).to_have_value(WORDS)
    assert expired == f"{site.url}/report/"
    fill_in(page, site, place_names(world.grid))
    page.context.clear_cookies()
    page.locator("#onward").click()
    page.get_by_role("button", name="再次提交").click()
    expect(page.get_by_role("heading", name="收到了。")).to_be_visible()


#: How far things jumped while the page came (cumulative layout shift).
SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


def test_nothing_jumps_while_a_page_comes(page: Page, site: Site):
    for path in ("/", "/report/"):
        page.goto(site.url + path, wait_until="networkidle")
        assert page.evaluate(SHIFTED) <= 0.05, path


def test_a_form_whose_script_does_not_come_is_shown_whole(page: Page, site: Site):
    page.route("**/report.js", lambda route: route.abort())
    page.goto(f"{site.url}/report/")
    expect(page.get_by_label("门牌、路口或附近的什么")).to_be_visible()


def test_a_photo_and_a_sentence_are_added_to_a_matter(
    page: Page, site: Site, world: "World", asked: list[str]
):
    _number, code = report(page, site, words="桥头井盖松动，车过就响。", places=place_names(world.grid))
    page.goto(site.url + path_of(code))
    page.get_by_label("补照片").set_input_files(
        {"name": "IMG_3.jpg", "mimeType": "image/jpeg", "buffer": plant.photo()}
    )
    page.get_by_label("补充一句，或者问一句").fill("照片是今天早上拍的。")
    page.get_by_role("button", name="发出").click()
    expect(page.locator(".talk")).to_contain_text("照片是今天早上拍的。")
    expect(page.locator(".photos img")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.get_by_label("补照片")).not_to_be_visible()
    expect(page.locator(".parcel")).to_be_visible()


def test_the_bench_of_faces_measures_what_is_there(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(faces, "URL", site.url)
    page = faces._phone(browser)
    assert faces._report(page) > 0 and page.locator("#code").inner_text()
    page.context.close()
    first = faces._page(browser, "/")
    assert 0 < first["bytes"] <= MOST_BYTES and first["painted_ms"] > 0
