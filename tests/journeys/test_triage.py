"""Triage by keys with a suggestion at hand: how many keys a matter takes, and what stays on record."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import report, sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_desk_by_keys import shown
from tests.journeys.test_every_page import RULES
from tests.journeys.test_one_matter import place_names

if TYPE_CHECKING:
    from tests.world import World

pytest.importorskip("sklearn")
pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
#: What issue 8 allows for one matter.
ALLOWED = 6
WORDS = (
    "桥头三盏路灯不亮，晚上不安全。",
    "桥头三盏路灯都不亮了，晚上不安全。",
    "桥头路灯不亮，垃圾没人清，很久了。",
)


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self._page, self.count = page, 0

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)
        self.count += 1


@pytest.fixture
def model(site: Site) -> Iterator[int]:
    """A model is in use for the length of the test; other journeys of the same site find none."""
    number = int(site.run("tests.journeys.plant_advice"))
    yield number
    site.rows("DELETE FROM advice_model WHERE id = %s RETURNING id", number)


@pytest.fixture
def desk(
    browser: Browser, site: Site, complaints: list[str], world: "World", model: int
) -> Iterator[tuple[Page, list[str]]]:
    """The receiver's queue, with three new matters whose numbers are given."""
    phone = visitor(browser, complaints)
    told = [report(phone.new_page(), site, words=one, places=place_names(world.grid))[0] for one in WORDS]
    phone.close()
    page = visitor(browser, complaints, width=1440).new_page()
    sign_in(page, site, world.username_of("receiver"))
    yield page, told
    page.context.close()


def choose(page: Page, site: Site, number: str) -> None:
    """The queue with this matter chosen; other journeys left more of their own in it than a page holds."""
    page.goto(f"{site.url}/desk/?view=received&q={number}")
    assert shown(page) == number


def accessible(page: Page) -> None:
    asked = {"type": "tag", "values": RULES}
    found = Axe().run(page, options={"runOnly": asked, "resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()


def test_a_matter_is_triaged_in_six_keys_with_a_suggestion_that_says_why(
    desk: tuple[Page, list[str]], site: Site
):
    page, (first, second, third) = desk
    panel = page.locator("#panel")

    choose(page, site, second)  # duplicates side by side, then the suggestion is accepted as it is
    expect(panel.locator(".sug")).to_contain_text("系统建议")
    expect(panel.locator(".sug .why")).to_contain_text("灯")
    expect(panel.locator(".sug .alt li").first).to_contain_text("把握")
    expect(panel.locator('[name="class"]')).to_have_value("facility.lighting")
    expect(panel.locator("#remit")).to_contain_text("归口")
    keys = Keys(page)
    keys.press("m")
    expect(panel.locator(".twin").filter(has_text=first)).to_contain_text(WORDS[0])
    keys.press("a")
    expect(page.get_by_role("status")).to_contain_text("受理并分派")
    assert keys.count <= ALLOWED

    choose(page, site, third)  # a person decides otherwise, by the key of another class that is offered
    expect(panel.locator('[name="class"]')).to_have_value("facility.lighting")
    page.goto(f"{site.url}/desk/matters/{third.replace('-', '')}/moves/accept/")
    doing = page.locator(".doing")
    expect(doing.locator(".sug")).to_contain_text("系统建议")
    accessible(page)
    choose(page, site, third)
    accessible(page)
    keys = Keys(page)
    keys.press("2")
    expect(panel.locator('[name="class"]')).to_have_value("city.waste")
    expect(panel.locator("#remit b")).to_have_text("都昌县城市管理局（示例）")
    keys.press("a")
    expect(page.get_by_role("status")).to_contain_text("受理并分派")
    assert keys.count <= ALLOWED

    page.goto(f"{site.url}/desk/matters/{second.replace('-', '')}/")
    expect(page.locator(".tl")).to_contain_text("与系统建议一致")
    page.goto(f"{site.url}/desk/matters/{third.replace('-', '')}/")
    expect(page.locator(".tl")).to_contain_text("没有采用")
    kept = site.rows("SELECT model, jsonb_array_length(because) FROM advice_suggestion")
    assert len(kept) == 2 and all(pieces for _model, pieces in kept)


def test_without_a_model_nothing_is_shown_and_the_panel_works(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    phone = visitor(browser, complaints)
    number, _code = report(phone.new_page(), site, words="桥头路灯不亮。", places=place_names(world.grid))
    phone.close()
    page = visitor(browser, complaints, width=1440).new_page()
    sign_in(page, site, world.username_of("receiver"))
    choose(page, site, number)
    expect(page.locator('#panel [name="class"]')).to_be_visible()
    expect(page.locator("#panel .sug")).to_have_count(0)
    page.context.close()


def test_where_nothing_is_suggested_a_class_is_found_by_part_of_its_title_or_code(
    browser: Browser, site: Site, complaints: list[str], world: "World"
):
    phone = visitor(browser, complaints)
    number, _code = report(phone.new_page(), site, words="楼上半夜一直吵。", places=place_names(world.grid))
    phone.close()
    page = visitor(browser, complaints, width=1440).new_page()
    sign_in(page, site, world.username_of("receiver"))
    choose(page, site, number)
    panel, keys = page.locator("#panel"), Keys(page)
    keys.press("c")
    expect(panel.get_by_role("searchbox")).to_be_focused()
    for letter in "noi":
        keys.press(letter)
    expect(panel.locator('[name="class"]')).to_have_value("environment.noise")
    expect(panel.locator(".found")).to_contain_text("找到")
    accessible(page)
    keys.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("受理")
    assert keys.count <= ALLOWED

    page.goto(f"{site.url}/desk/intake/")
    page.locator("#intake .finder").fill("没有这样的类别")
    expect(page.locator("#intake .found")).to_have_text("找到 0 个")
    page.context.close()
