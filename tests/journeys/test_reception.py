"""A resident finds the centre, books a time, puts it into a calendar and gives it back, with script off."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import look

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture(scope="module")
def centre(site: Site) -> int:
    """The centre's number."""
    return int(json.loads(site.run("tests.journeys.plant_reception"))["centre"])


def test_an_appointment_without_script(browser: Browser, site: Site, complaints: list[str], centre: int):
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/services/")
    page.locator(".centres a").first.click()
    page.get_by_role("link", name="预约法律咨询").click()
    page.get_by_role("radio", disabled=False).last.check()
    page.get_by_label("怎么称呼您").fill("示例")
    page.get_by_role("button", name="约这个时间").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("约好了。")
    code = page.locator("#code").inner_text()
    with page.expect_download() as file:
        page.get_by_role("link", name="放进手机日历").click()
    text = file.value.path().read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n") and code.replace("-", "") not in text
    _again_by_code(page, site, code)
    page.get_by_text("来不了？取消预约").click()
    page.get_by_role("button", name="取消这个预约").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("这个预约已经取消。")
    page.context.close()


def _again_by_code(page: Page, site: Site, code: str) -> None:
    """On another visit the code opens it, and no address ever holds it."""
    page.context.clear_cookies()
    page.goto(f"{site.url}/booking/")
    page.get_by_label("预约码").fill("0" * 28)
    page.get_by_role("button", name="打开预约").click()
    expect(page.get_by_role("alert").or_(page.locator(".form-error"))).to_contain_text("没有这个预约码的预约")
    page.get_by_label("预约码").fill(code.lower())
    page.get_by_role("button", name="打开预约").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("约好了，等您来。")
    assert page.url == f"{site.url}/booking/"


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_how_the_pages_look(browser: Browser, site: Site, complaints: list[str], centre: int, width: int):
    page = visitor(browser, complaints, width=width).new_page()
    for name, path in (
        ("services", "/services/"),
        ("centre", f"/services/{centre}/"),
        ("book", f"/services/{centre}/book/advice/"),
        ("booking-find", "/booking/"),
    ):
        page.goto(site.url + path)
        look(page, f"portal-{name}")
    page.goto(f"{site.url}/services/{centre}/book/wages/")
    page.get_by_role("radio", disabled=False).first.check()
    page.get_by_role("button", name="约这个时间").click()
    look(page, "portal-booked")
    page.goto(f"{site.url}/booking/")
    look(page, "portal-booking")
    page.context.close()
