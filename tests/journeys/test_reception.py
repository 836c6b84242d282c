"""A resident finds the centre, books a time, puts it into a calendar and gives it back, with script off."""

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture(scope="module")
def planted(site: Site) -> dict[str, str]:
    """The numbers of the centre, the notice and the edition."""
    return {name: str(one) for name, one in json.loads(site.run("tests.journeys.plant_reception")).items()}


@pytest.fixture(scope="module")
def centre(planted: dict[str, str]) -> int:
    """The centre's number."""
    return int(planted["centre"])


def test_an_appointment_without_script(browser: Browser, site: Site, complaints: list[str], centre: int):
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/services/")
    page.locator(".centres a").first.click()
    page.get_by_role("link", name="预约法律咨询").click()
    page.get_by_role("radio", disabled=False).last.check()
    page.get_by_label("怎么称呼您").fill("示例")
    until_taken(page, "约这个时间", "约好了。")
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


def until_taken(page: Page, button: str, told: str) -> None:
    """A program is quicker than anybody writes: without script it is asked to wait, and loses nothing."""
    for _second in range(30):
        page.get_by_role("button", name=button).click()
        if page.get_by_role("heading", name=told).is_visible():
            return
        expect(page.get_by_text("交得太快了")).to_be_visible()
        page.wait_for_timeout(1_000)
    pytest.fail(told)


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


def test_figures_and_a_comment_without_script(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str]
):
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/figures/")
    page.get_by_text("看表格").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="CSV").click()
    assert got.value.path().read_bytes().startswith("\ufeff# 许可：未设定".encode())
    page.goto(f"{site.url}/notices/{planted['notice']}/")
    page.get_by_label("您的意见").fill("示例：桥头请亮一些。")
    until_taken(page, "提交意见", "收到您的意见了。")
    assert len(page.locator("#receipt").inner_text().replace("-", "")) == 28
    expect(page.get_by_text("收到1条意见")).to_be_visible()
    page.context.close()


@pytest.mark.django_db
def test_an_edition_is_ordered_seen_in_work_and_comes_out_by_itself(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World"
):
    page = visitor(browser, complaints).new_page()
    sign_in(page, site, world.username_of("admin"))
    page.goto(f"{site.url}/desk/admin/reception/figures/")
    ((since, until),) = site.rows(
        "SELECT since, until FROM reception_edition WHERE id = %s", planted["edition"]
    )
    page.get_by_label("从哪个月").fill(f"{since:%Y-%m}")
    page.get_by_label("到哪个月").fill(f"{until:%Y-%m}")
    page.get_by_role("button", name="公布", exact=True).click()
    expect(page.get_by_text("在排队。")).to_be_visible()
    site.rows("UPDATE reception_editionorder SET state = 'working', done = 2 RETURNING 1")
    expect(page.get_by_text("正在算：2/4")).to_be_visible()  # without a touch
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        look(page, "desk-reception-figures-work")
    site.rows("UPDATE reception_editionorder SET told_at = now() - interval '1 hour' RETURNING 1")
    assert site.run("tests.journeys.work_figures").strip() == "1"
    expect(page.get_by_text("第2次")).to_be_visible()
    expect(page.get_by_text("还没公布的")).to_have_count(0)
    page.context.close()


DESK = (
    ("reception", "admin/reception/"),
    ("reception-centre", "admin/reception/{centre}/"),
    ("reception-services", "admin/reception/services/?code=wages"),
    ("reception-figures", "admin/reception/figures/"),
    ("notices", "notices/"),
    ("notice", "notices/{notice}/"),
)
PORTAL = (
    ("services", "/services/"),
    ("centre", "/services/{centre}/"),
    ("book", "/services/{centre}/book/advice/"),
    ("booking-find", "/booking/"),
    ("notices", "/notices/"),
    ("notice", "/notices/{notice}/"),
    ("figures", "/figures/"),
)


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.django_db
def test_how_the_desk_looks(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World", width: int
):
    page = visitor(browser, complaints, width=width).new_page()
    sign_in(page, site, world.username_of("admin"))
    for name, path in DESK:
        page.goto(f"{site.url}/desk/{path.format(**planted)}")
        look(page, f"desk-{name}")
    page.context.close()


@pytest.mark.django_db
def test_how_the_desk_looks_in_the_dark(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], world: "World"
):
    page = visitor(browser, complaints).new_page()
    sign_in(page, site, world.username_of("admin"))
    for theme in ("暗色", "亮色"):
        page.goto(f"{site.url}/desk/me/")
        page.get_by_label(theme).check()
        page.get_by_role("button", name="保存").click()
        for name, path in DESK if theme == "暗色" else ():
            page.goto(f"{site.url}/desk/{path.format(**planted)}")
            expect(page.locator("html[data-bs-theme=dark]")).to_have_count(1)
            for width in (360, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                look(page, f"desk-{name}-dark")
    page.context.close()


def test_how_the_pages_look_in_english(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str]
):
    page = visitor(browser, complaints).new_page()
    page.goto(site.url)
    page.get_by_role("button", name="English").click()
    for name, path in PORTAL:
        page.goto(site.url + path.format(**planted))
        expect(page.locator("html[lang=en]")).to_have_count(1)
        look(page, f"portal-{name}-en")
    page.context.close()


@pytest.mark.django_db
def test_the_day_at_the_desk_shows_masked_names_and_opens_one_with_a_reason(
    browser: Browser, site: Site, complaints: list[str], centre: int, world: "World"
):
    visit = visitor(browser, complaints)
    page = visit.new_page()
    page.goto(f"{site.url}/services/{centre}/book/advice/")
    page.get_by_role("radio", disabled=False).first.check()
    day = page.locator("[name=day]").input_value()
    page.get_by_label("怎么称呼您").fill("王示例")
    page.get_by_role("button", name="约这个时间").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("约好了。")
    visit.close()
    desk = visitor(browser, complaints).new_page()
    sign_in(desk, site, world.username_of("county_receiver"))
    desk.goto(f"{site.url}/desk/reception/?on={day}")
    expect(desk.get_by_text("王**")).to_be_visible()
    look(desk, "desk-visits")
    desk.get_by_role("link", name="打开").first.click()
    look(desk, "desk-visit-reason")
    desk.get_by_role("button", name="打开这一项").click()
    expect(desk.get_by_text("王示例")).to_be_visible()
    desk.context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_how_the_pages_look(
    browser: Browser, site: Site, complaints: list[str], planted: dict[str, str], width: int
):
    page = visitor(browser, complaints, width=width).new_page()
    for name, path in PORTAL:
        page.goto(site.url + path.format(**planted))
        look(page, f"portal-{name}")
    page.goto(f"{site.url}/services/{planted['centre']}/book/wages/")
    page.get_by_role("radio", disabled=False).first.check()
    page.get_by_role("button", name="约这个时间").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("约好了。")
    look(page, "portal-booked")
    page.goto(f"{site.url}/booking/")
    look(page, "portal-booking")
    page.context.close()
