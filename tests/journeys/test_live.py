"""Two people in one matter, a sign-in that ends in mid-typing, and a day without a mouse."""

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import make_move, report, sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import ALL, look
from tests.journeys.test_one_matter import place_names

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
TYPED = "没有说清楚是哪里，请补充门牌。"


@pytest.fixture
def number(browser: Browser, site: Site, complaints: list[str], world: "World") -> str:
    phone = visitor(browser, complaints)
    found, _code = report(
        phone.new_page(), site, words="桥头路灯不亮，晚上危险。", places=place_names(world.grid)
    )
    phone.close()
    return found.replace("-", "")


def desk(browser: Browser, site: Site, complaints: list[str], username: str, width: int = 1440) -> Page:
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, username)
    return page


def accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ALL, "resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()


def test_whoever_types_is_told_what_another_did_and_keeps_every_word(
    browser: Browser, site: Site, complaints: list[str], world: "World", number: str
):
    slow = desk(browser, site, complaints, world.username_of("receiver"))
    quick = desk(browser, site, complaints, world.username_of("receiver"))
    slow.goto(f"{site.url}/desk/matters/{number}/moves/not_accept/")
    slow.locator('.doing [name="reply"]').fill(TYPED)
    quick.goto(f"{site.url}/desk/matters/{number}/")
    make_move(quick, "受理，转分派")
    expect(slow.locator("#changed")).to_contain_text("这件事刚有变化", timeout=30_000)
    expect(slow.locator('.doing [name="reply"]')).to_have_value(TYPED)
    accessible(slow)
    slow.locator("#changed a").click()
    expect(slow.locator('.doing [name="reply"]')).to_have_value(TYPED)
    slow.context.close()
    quick.context.close()


def test_a_sign_in_that_ends_in_mid_typing_loses_no_word(
    browser: Browser, site: Site, complaints: list[str], world: "World", number: str
):
    page = desk(browser, site, complaints, world.username_of("receiver"))
    page.goto(f"{site.url}/desk/matters/{number}/moves/not_accept/")
    page.locator('.doing [name="reply"]').fill(TYPED)
    page.context.clear_cookies()
    expect(page.locator("#over")).to_be_visible(timeout=30_000)
    expect(page.locator('.doing [name="reply"]')).to_have_value(TYPED)
    other = page.context.new_page()
    sign_in(other, site, world.username_of("receiver"))
    other.close()
    page.locator('[name="decline_ground"][value="no_substance"]').check()
    expect(page.locator("#over")).to_be_hidden(timeout=30_000)
    page.locator(".doing").get_by_role("button", name="不予受理").click()
    expect(page.get_by_role("status")).to_contain_text("不予受理")
    page.context.close()


def test_what_was_sent_after_the_sign_in_ended_is_there_again_for_the_same_post_alone(
    browser: Browser, site: Site, complaints: list[str], world: "World", number: str
):
    page = desk(browser, site, complaints, world.username_of("receiver"))
    page.goto(f"{site.url}/desk/intake/")
    page.locator('[name="words"]').fill(TYPED)
    page.context.clear_cookies(name="sessionid")
    page.locator('[name="words"]').press("Control+Enter")
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, site, world.username_of("neighbour"))
    page.goto(f"{site.url}/desk/intake/")
    expect(page.locator('[name="words"]')).to_have_value("")
    page.context.clear_cookies(name="sessionid")
    sign_in(page, site, world.username_of("receiver"))
    page.goto(f"{site.url}/desk/intake/")
    expect(page.locator('[name="words"]')).to_have_value(TYPED)
    page.context.close()


def test_any_page_is_reached_by_keys_and_the_keys_are_told(
    browser: Browser, site: Site, complaints: list[str], world: "World", number: str
):
    page = desk(browser, site, complaints, world.username_of("admin"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("盲区")
    expect(page.locator("#palette").get_by_role("option").first).to_contain_text("归口盲区")
    accessible(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("归口盲区")
    page.keyboard.press("Control+k")
    page.keyboard.type("路灯")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("路灯")
    page.context.close()


def test_a_call_is_written_down_on_one_screen_with_place_and_class_beside_it(
    browser: Browser, site: Site, complaints: list[str], world: "World", number: str
):
    page = desk(browser, site, complaints, world.username_of("receiver"))
    page.goto(f"{site.url}/desk/intake/")
    village = page.locator('[name="ground"] option').nth(1)
    name = (village.inner_text().split()[-1]).replace("居委会", "").replace("村委会", "")
    page.get_by_label("什么事").fill(f"{name}的路灯不亮，晚上危险。")
    expect(page.locator("#places button").first).to_be_visible()
    page.locator("#places button").first.click()
    page.locator('[name="class_code"]').select_option("facility.lighting")
    expect(page.locator("#beside")).to_contain_text("归口")
    look(page, "desk-intake-typed")
    page.locator("#intake").get_by_role("button", name="登记").click()
    expect(page.locator(".read")).to_contain_text("编号")
    page.context.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_pages_of_administration_are_whole_at_every_width(
    browser: Browser, site: Site, complaints: list[str], world: "World", width: int, number: str
):
    page = desk(browser, site, complaints, world.username_of("admin"), width)
    for name, path in (
        ("connections", "/desk/admin/connections/"),
        ("accounts", f"/desk/admin/accounts/?post={world.post('360428', '受理岗')}"),
        ("blind", "/desk/admin/remits/blind/?ground=360428101"),
        ("procedures", "/desk/procedures/"),
        ("first", "/desk/first/"),
        ("posts", "/desk/admin/posts/"),
        ("remits", "/desk/admin/remits/"),
        ("ledger-all", "/desk/admin/ledger/"),
        ("keeping", "/desk/admin/keeping/"),
        ("looks", "/desk/admin/looks/"),
        ("procedure", "/desk/procedures/assist/"),
    ):
        page.goto(site.url + path)
        look(page, f"desk-{name}")
    page.context.close()
    page = desk(browser, site, complaints, world.username_of("receiver"), width)
    page.goto(f"{site.url}/desk/matters/{number}/ledger/")
    look(page, "desk-ledger")
    page.goto(f"{site.url}/desk/matters/{number}/looks/")
    look(page, "desk-matter-looks")
    page.context.close()
