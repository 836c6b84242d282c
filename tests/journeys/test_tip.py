"""A protected tip in real browsers: told without script, opened by two in their own, handed over, answered, read."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import WIDTHS, look
from tests.matters.sealing import FIRST, SECOND, WORDS, passphrase

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


def tell(page: Page, site: Site, world: "World") -> str:
    """Fill the form in, down the lists of places, and send it; the receipt."""
    page.goto(f"{site.url}/tip/")
    page.locator("[name=words]").fill(WORDS)
    for digits in (4, 6, 9):
        page.locator(f"[name=at{digits}]").select_option(world.township[:digits])
        page.locator("button[value=places]").click()
    page.locator("[name=accused_unit]").select_option(str(world.unit(world.township)))
    page.get_by_role("button", name="封存并提交").click()
    return page.locator("#receipt").inner_text()


def holder(browser: Browser, site: Site, world: "World", complaints: list[str], title: str) -> Page:
    page = visitor(browser, complaints, width=1440).new_page()
    name = world.username_of("county_receiver" if title == FIRST else "verifier")
    sign_in(page, site, name)
    return page


def opened(page: Page, word: str) -> None:
    page.locator("[name=reason]").select_option("first_reading")
    page.locator("[name=passphrase]").fill(word)
    page.get_by_role("button", name="启封").click()


def looks(page: Page, name: str) -> None:
    """Check the page on a phone, a tablet and a screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        look(page, name)


def is_paper(page: Page, button: str) -> bool:
    """Whether a button answers with a PDF, in a tab of its own."""
    with page.context.expect_event("response") as answered:
        page.get_by_role("button", name=button).click()
    return bool(answered.value.headers["content-type"] == "application/pdf")


def test_a_tip_is_told_without_script_opened_by_two_and_answered(
    browser: Browser, site: Site, world: "World", complaints: list[str]
):
    site.run("tests.journeys.seal")
    plain = browser.new_context(
        java_script_enabled=False, locale="zh-CN", viewport={"width": 360, "height": 740}
    )
    asked: list[str] = []
    plain.on("request", lambda request: asked.append(request.url))
    reporter = plain.new_page()
    receipt = tell(reporter, site, world)
    reporter.get_by_role("button", name="现在看一眼").click()
    assert "待启封" in reporter.locator("h1").inner_text()
    reporter.locator("[name=words]").fill("示例：还有一处。")
    reporter.get_by_role("button", name="补上").click()
    assert "收下了。" in reporter.get_by_role("status").inner_text()
    reporter.reload()  # sent once more by the browser
    assert reporter.get_by_text("示例：还有一处。").count() == 1
    assert plain.cookies() == []
    assert all(one.startswith(site.url) and receipt not in one for one in asked)
    first = holder(browser, site, world, complaints, FIRST)
    second = holder(browser, site, world, complaints, SECOND)
    for page in (first, second):
        page.goto(f"{site.url}/desk/sealed/")
        page.get_by_role("link", name="待启封").click()
    looks(first, "desk-sealed-closed")
    opened(first, passphrase(world.county, "first"))
    looks(first, "desk-sealed-waiting")
    second.reload()
    opened(second, passphrase(world.county, "second"))
    first.reload()
    assert WORDS in first.locator(".words").inner_text()
    looks(first, "desk-sealed-open")
    move = first.locator("form[action$='/do/hand_over/']")
    move.locator("[name=letter]").fill("示例函1号")
    move.get_by_role("button").click()
    looks(first, "desk-sealed-handed-over")
    assert is_paper(first, "打开移送函")
    move = first.locator("form[action$='/do/return_answer/']")
    move.locator("[name=answer]").fill("示例：已经立案。")
    move.get_by_role("button").click()
    second.reload()
    assert WORDS in second.locator(".words").inner_text()
    reporter.goto(f"{site.url}/tip/receipt/")
    reporter.locator("[name=receipt]").fill(receipt.lower())
    reporter.get_by_role("button", name="查看").click()
    assert "示例：已经立案。" in reporter.locator(".parcel").inner_text()
    reporter.get_by_role("button", name="看过了").click()
    assert "已答复" in reporter.locator("h1").inner_text()
    for page in (first, second):
        page.context.close()
    plain.close()


@pytest.mark.parametrize("width", (360, 768, 1440))
def test_its_pages(browser: Browser, site: Site, world: "World", complaints: list[str], width: int):
    page = visitor(browser, complaints, width=width).new_page()
    page.goto(f"{site.url}/tip/")
    look(page, "tip-form")
    receipt = tell(page, site, world)
    look(page, "tip-receipt")
    page.get_by_role("button", name="现在看一眼").click()
    look(page, "tip-talk")
    page.goto(f"{site.url}/tip/receipt/")
    page.locator("[name=receipt]").fill(receipt[:-1])
    page.get_by_role("button", name="查看").click()
    look(page, "tip-wrong")
    page.context.close()


def test_the_holders_own_page(browser: Browser, site: Site, world: "World", complaints: list[str]):
    page = holder(browser, site, world, complaints, FIRST)
    page.goto(f"{site.url}/desk/sealed/")
    looks(page, "desk-sealed")
    half = page.locator("form", has=page.locator("input[value=paper]")).last
    half.locator("[name=passphrase]").fill(passphrase(world.county, "first"))
    half.get_by_role("button").click()
    looks(page, "desk-sealed-half")
    assert is_paper(page, "打印封存用的一页")
    page.context.close()
