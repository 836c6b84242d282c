"""The desk without a mouse: from the sign-in to the last matter of the list, and keys that sleep while one types."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import report, sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_one_matter import place_names

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
RING = """() => {
  const here = document.activeElement;
  return [here, here.closest("label"), here.nextElementSibling].filter(Boolean)
    .some((each) => getComputedStyle(each).outlineStyle === "solid");
}"""
CHOSEN = "#rows [aria-selected] .what .code"


@pytest.fixture
def desk(browser: Browser, site: Site, complaints: list[str], world: "World"):
    """Three matters wait for the receiver."""
    phone = visitor(browser, complaints)
    for words in ("巷口井盖松动。", "桥头路灯不亮。", "河边有垃圾。"):
        report(phone.new_page(), site, words=words, places=place_names(world.grid))
    phone.close()
    page = visitor(browser, complaints, width=1440).new_page()
    sign_in(page, site, world.username_of("receiver"))
    yield page
    page.context.close()


def shown(page: Page) -> str:
    """The number of the matter in the panel, once that has caught up with the list."""
    chosen = page.locator(CHOSEN).inner_text()
    expect(page.locator("#panel .code").first).to_have_text(chosen)
    return chosen


def test_a_list_is_worked_off_by_keys(desk: Page):
    first = shown(desk)
    desk.keyboard.press("j")
    second = shown(desk)
    assert second != first
    desk.keyboard.press("k")
    assert shown(desk) == first
    klass = desk.locator('#panel [name="class"]')
    finder = desk.locator("#panel .finder")
    while not finder.evaluate("element => element === document.activeElement"):
        desk.keyboard.press("c")  # once the panel has settled
        desk.wait_for_timeout(100)
    klass.select_option("facility.lighting")
    expect(desk.locator("#remit")).to_contain_text("归口")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    expect(desk.get_by_role("status")).to_contain_text("受理并分派")
    assert shown(desk) == second
    expect(desk.locator("#pt")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator(".mhead .code")).to_have_text(second)


def test_keys_sleep_in_fields_and_while_an_input_method_composes(desk: Page):
    first = shown(desk)
    desk.keyboard.press("/")
    desk.keyboard.type("jja")
    expect(desk.get_by_label("搜索编号、地点、事由")).to_have_value("jja")
    assert shown(desk) == first
    desk.keyboard.press("Escape")
    desk.evaluate(
        """() => document.body.dispatchEvent(
            new KeyboardEvent("keydown", {key: "j", isComposing: true, bubbles: true}))"""
    )
    assert shown(desk) == first
    desk.keyboard.press("j")
    assert shown(desk) != first


def test_on_the_way_by_tab_every_stop_is_seen(desk: Page):
    desk.locator("body").press("Tab")
    expect(desk.get_by_role("link", name="跳到正文")).to_be_focused()
    for _stop in range(25):
        desk.keyboard.press("Tab")
        assert desk.evaluate(RING), desk.evaluate("() => document.activeElement.outerHTML")
