"""The mediation room: sessions by keys alone, a clash that is told, two people in one matter, signatures with a witness."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from gantang.kit import clock
from tests.journeys.acts import sign_in, track
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import ALL, look
from tests.matters.acting import image

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, list[str]]:
    """Number and code of a dispute that is mediated, and of one that is agreed."""
    found: dict[str, list[str]] = json.loads(site.run("tests.journeys.plant_mediation"))
    return found


@pytest.fixture
def desk_of(browser: Browser, site: Site, complaints: list[str], world: "World"):
    """Opens the desk as one of the cast, in a browser of their own."""
    opened = []

    def open_desk(name: str, path: str) -> Page:
        page = visitor(browser, complaints, width=1440).new_page()
        opened.append(page.context)
        sign_in(page, site, world.username_of(name))
        page.goto(f"{site.url}/desk/{path}")
        return page

    yield open_desk
    for context in opened:
        context.close()


def accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ALL, "resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_session_is_planned_by_keys_alone_and_a_clash_is_told_before_it_is_kept(
    page: Page, site: Site, desk_of, planted: dict[str, list[str]]
):
    number, code = planted["talked"]
    desk = desk_of("mediator", f"matters/{number}/room/")
    desk.get_by_role("link", name="约一次调解").focus()
    press(desk, "Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("约一次调解")
    desk.get_by_label("哪一天").focus()
    press(desk, "Control+Enter")  # tomorrow, here, both sides: as it was filled in
    expect(desk.locator(".sess > li")).to_have_count(1)
    expect(desk.locator(".sess")).to_contain_text("第1调解室")
    desk.goto(f"{site.url}/desk/matters/{number}/room/sessions/")
    desk.get_by_label("哪一天").focus()
    press(desk, "Control+Enter")
    expect(desk.get_by_role("alert")).to_contain_text("已经有一场")
    desk.get_by_role("button", name="照样约").focus()
    press(desk, "Enter")
    expect(desk.locator(".sess > li")).to_have_count(2)
    track(page, site, code)
    expect(page.locator(".session")).to_contain_text("第1调解室")


def test_a_session_is_moved_and_cancelled_with_its_reason_and_stands_in_the_calendar(
    site: Site, desk_of, planted: dict[str, list[str]]
):
    number = planted["talked"][0]
    desk = desk_of("mediator", f"matters/{number}/room/")
    desk.get_by_role("link", name="改时间地点").first.click()
    desk.get_by_label("哪一天").fill((clock.now().date() + timedelta(days=3)).isoformat())
    desk.get_by_label("为什么改").select_option("party_away")
    press(desk, "Control+Enter")
    expect(desk.locator(".sess")).to_contain_text("当事人来不了")
    desk.get_by_role("link", name="取消", exact=True).first.click()
    desk.get_by_role("button", name="取消这次调解").click()
    expect(desk.locator(".sess")).to_contain_text("取消了")
    desk.goto(f"{site.url}/desk/sessions/?by=month&on={(clock.now().date() + timedelta(days=3)).isoformat()}")
    expect(desk.locator(".agenda")).to_contain_text(number[:3])
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="iCalendar").click()
    text = taken.value.path().read_text()
    assert "BEGIN:VEVENT" in text and "院墙" not in text


def test_a_session_that_was_held_goes_on_to_its_record(site: Site, desk_of, planted: dict[str, list[str]]):
    number = planted["talked"][0]
    desk = desk_of("mediator", f"matters/{number}/room/")
    desk.get_by_role("link", name="开过了，写记录").first.click()
    desk.locator('[name="session"][value="face_to_face"]').check()
    desk.locator('[name="session_result"][value="closer"]').check()
    desk.locator('.doing [name="record"]').fill("示例：谈近了一步。")
    press(desk, "Control+Enter")
    expect(desk.locator('[role="status"] .toast')).to_be_visible()
    desk.goto(f"{site.url}/desk/matters/{number}/room/")
    expect(desk.locator(".sess")).to_contain_text("开过了")


def test_two_people_in_one_matter_keep_what_they_typed_and_see_what_the_other_did(
    site: Site, desk_of, planted: dict[str, list[str]]
):
    number = planted["talked"][0]
    slow = desk_of("mediator", f"matters/{number}/moves/agree/")
    slow.locator('.doing [name="terms"]').fill("示例：拆半米，月底前完工。")
    quick = desk_of("mediator", f"matters/{number}/room/sessions/")
    quick.get_by_label("哪一天").fill((clock.now().date() + timedelta(days=9)).isoformat())
    quick.get_by_role("button", name="约一次调解").click()
    expect(quick.locator(".sess")).to_be_visible()
    expect(slow.locator("#changed")).to_contain_text("约了一次调解")
    expect(slow.locator('.doing [name="terms"]')).to_have_value("示例：拆半米，月底前完工。")


def test_a_visit_that_ends_in_mid_typing_loses_no_word_of_an_agreement(
    site: Site, desk_of, planted: dict[str, list[str]], world: "World"
):
    number = planted["talked"][0]
    desk = desk_of("mediator", f"matters/{number}/moves/agree/")
    desk.locator('.doing [name="terms"]').fill("示例：各退半米。")
    desk.context.clear_cookies()
    desk.goto(f"{site.url}/desk/matters/{number}/moves/agree/")
    desk.get_by_label("账号").fill(world.username_of("mediator"))
    desk.get_by_label("密码").fill(site.password)
    desk.get_by_role("button", name="登录").click()
    expect(desk.locator('.doing [name="terms"]')).to_have_value("示例：各退半米。")


def draw(page: Page) -> None:
    """Two strokes in the frame."""
    box = page.locator("#pad").bounding_box()
    assert box is not None
    for y in (60, 110):
        page.mouse.move(box["x"] + 40, box["y"] + y)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + y - 30, steps=6)
        page.mouse.up()


def test_a_signature_that_was_drawn_outlives_a_visit_that_ends_and_a_reload_and_leaves_with_whoever_signs_out(
    site: Site, desk_of, planted: dict[str, list[str]], world: "World"
):
    number = planted["drafted"][0]
    desk = desk_of("mediator", f"matters/{number}/room/")
    desk.locator(".signers").get_by_role("link", name=re.compile("签名")).first.click()
    draw(desk)
    drawn = desk.locator('[name="strokes"]').input_value()
    assert len(json.loads(drawn)) == 2
    desk.reload()
    expect(desk.locator('[name="strokes"]')).to_have_value(drawn)
    address = desk.url
    desk.context.clear_cookies(name="sessionid")
    desk.get_by_role("button", name="签好了").click()
    desk.wait_for_url("**/accounts/login/**")
    sign_in(desk, site, world.username_of("dispatcher"))
    desk.goto(address)
    assert desk.locator('[name="strokes"]').input_value() in ("", "[]"), "another post sees nothing of it"
    desk.context.clear_cookies(name="sessionid")
    sign_in(desk, site, world.username_of("mediator"))
    desk.goto(address)
    expect(desk.locator('[name="strokes"]')).to_have_value(drawn)
    desk.goto(f"{site.url}/desk/me/")
    desk.get_by_role("button", name="退出登录").click()
    desk.wait_for_url(lambda url: "/desk/me/" not in url)
    assert desk.evaluate("sessionStorage.length") == 0
    sign_in(desk, site, world.username_of("mediator"))
    desk.goto(address)
    draw(desk)
    desk.get_by_role("button", name="签好了").click()
    expect(desk.locator(".signers")).to_contain_text("等人见证")
    assert desk.evaluate("Object.values(sessionStorage).every((one) => !one.includes('strokes'))")


def test_an_agreement_is_signed_on_paper_with_its_scan_time_and_witness_and_the_page_of_signatures_says_so(
    site: Site, desk_of, planted: dict[str, list[str]], tmp_path: Path
):
    number = planted["on_paper"][0]
    desk = desk_of("mediator", f"matters/{number}/room/")
    printed = desk.get_by_role("link", name="看协议（PDF）").get_attribute("href") or ""
    assert desk.request.get(f"{site.url}{printed}").body().startswith(b"%PDF"), "what is printed and signed"
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(image())
    for _left in range(3):
        desk.locator(".signers").get_by_role("link", name=re.compile("签名")).first.click()
        desk.get_by_text("在纸上签了").click()
        expect(desk.locator("#pad")).to_be_hidden()
        accessible(desk)
        desk.get_by_role("button", name="签好了").click()
        expect(desk.get_by_role("alert").first).to_be_visible()
        desk.get_by_label("纸上签的时间").fill(clock.now().strftime("%Y-%m-%dT%H:%M"))
        desk.get_by_label("在场见证的人").fill("示例见证人")
        desk.get_by_label("签字的那一页").set_input_files(scan)
        desk.get_by_role("button", name="签好了").click()
        expect(desk.get_by_role("status").first).to_contain_text("签好了")
    expect(desk.locator(".signers")).to_contain_text("在纸上签的")
    expect(desk.locator(".signers")).to_contain_text("写在纸上的人")
    desk.get_by_role("button", name="出签署页").click()
    page = desk.get_by_role("link", name="看签署页").get_attribute("href") or ""
    assert desk.request.get(f"{site.url}{page}").body().startswith(b"%PDF")
    desk.goto(f"{site.url}/desk/matters/{number}/")
    expect(desk.locator('a[href*="/files/"]').first).to_be_visible()


def test_an_agreement_is_signed_on_the_screen_and_witnessed_by_another_account(
    site: Site, desk_of, planted: dict[str, list[str]]
):
    number = planted["agreed"][0]
    desk = desk_of("mediator", f"matters/{number}/room/")
    desk.locator(".signers").get_by_role("link", name=re.compile("签名")).first.click()
    desk.get_by_role("button", name="签好了").click()
    expect(desk.get_by_role("alert")).to_contain_text("还没有签")
    draw(desk)
    desk.get_by_role("button", name="签好了").click()
    expect(desk.locator(".signers")).to_contain_text("等人见证")
    for _left in range(2):  # by keys alone: confirmed in person
        desk.locator(".signers").get_by_role("link", name=re.compile("签名")).first.focus()
        press(desk, "Enter")
        desk.locator('[name="way"][value="screen"]').focus()
        press(desk, "ArrowDown", "Control+Enter")
        expect(desk.get_by_role("status").first).to_contain_text("签好了")
    expect(desk.locator(".absent")).to_contain_text("您主持了签名")
    witness = desk_of("dispatcher", f"matters/{number}/room/")
    witness.get_by_role("button", name="我在场").click()
    expect(witness.locator(".signers")).not_to_contain_text("等人见证")
    witness.get_by_role("button", name="出签署页").click()
    expect(witness.get_by_role("link", name="看签署页")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_how_the_room_looks(
    browser: Browser,
    site: Site,
    complaints: list[str],
    planted: dict[str, list[str]],
    world: "World",
    width: int,
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("mediator"))
    number = planted["agreed"][0]
    for name, path in (
        ("sessions", "sessions/"),
        ("sessions-month", "sessions/?by=month"),
        ("room", f"matters/{number}/room/"),
        ("session-form", f"matters/{number}/room/sessions/"),
    ):
        page.goto(f"{site.url}/desk/{path}")
        look(page, f"{name}-{width}")
    page.context.close()
