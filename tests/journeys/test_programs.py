"""What is administered without a command: a program and its token, a receiver of news, the register of askings, and
all lists on one page."""

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_every_page import WIDTHS, look

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def desk_of(browser: Browser, site: Site, complaints: list[str], world: "World"):
    """Opens the desk as one of the cast, in a browser of their own."""
    opened = []

    def open_desk(name: str, path: str, width: int = 1440) -> Page:
        page = visitor(browser, complaints, width=width).new_page()
        opened.append(page.context)
        sign_in(page, site, world.username_of(name))
        page.goto(f"{site.url}/desk/{path}")
        return page

    yield open_desk
    for context in opened:
        context.close()


def looked(page: Page, name: str) -> None:
    """The page as it stands, at every width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        look(page, name)
    page.set_viewport_size({"width": WIDTHS[-1], "height": 900})


def test_a_program_is_made_by_one_and_its_token_taken_by_another_and_it_works_until_it_is_taken_back(
    site: Site, desk_of, world: "World"
):
    post = world.post(world.township, "受理岗")
    admin = desk_of("admin", f"admin/accounts/?post={post}")
    unit = admin.locator("#unit option", has_text="周溪镇综治中心").first.get_attribute("value")
    admin.goto(f"{site.url}/desk/admin/accounts/?unit={unit}&post={post}")
    admin.get_by_label("叫什么").fill("示例热线系统")
    admin.get_by_role("button", name="给这个岗开一个程序").click()
    expect(admin.get_by_role("status").first).to_contain_text("开好了")
    expect(admin.locator("#main")).to_contain_text("密钥还没领")
    looked(admin, "desk-accounts-program")
    holder = desk_of("receiver", "me/programs/")
    holder.get_by_role("button", name="领取密钥").click()
    token = holder.locator(".firstpass").inner_text()
    looked(holder, "desk-programs")
    asked = {"Authorization": f"Bearer {token}"}
    assert holder.request.get(f"{site.url}/api/v1/matters", headers=asked).status == 200
    holder.goto(f"{site.url}/desk/me/programs/")
    expect(holder.locator("#main")).not_to_contain_text(token)
    admin.goto(f"{site.url}/desk/admin/accounts/?unit={unit}&post={post}")
    admin.get_by_role("button", name=re.compile("收回密钥")).first.click()
    expect(admin.get_by_role("status").first).to_contain_text("收回了")
    assert holder.request.get(f"{site.url}/api/v1/matters", headers=asked).status == 401


def test_a_receiver_is_added_paused_and_ended_and_its_secret_stands_on_one_answer_alone(desk_of):
    admin = desk_of("admin", "admin/receivers/")
    admin.get_by_label("接收地址").fill("https://1.1.1.1/news")
    admin.get_by_text("事项结束了").click()
    admin.get_by_label("依据哪份文件").fill("示例文件")
    admin.get_by_role("button", name="登记").click()
    secret = admin.locator(".firstpass").inner_text()
    assert secret.startswith("whsec_")
    looked(admin, "desk-receivers")
    admin.get_by_role("button", name="暂停").click()
    expect(admin.locator("#main")).to_contain_text("暂停着")
    expect(admin.locator("#main")).not_to_contain_text(secret)
    admin.get_by_role("button", name="恢复", exact=True).click()
    admin.get_by_role("button", name="停止，不再恢复").click()
    expect(admin.locator("#main")).to_contain_text("已停止")


def test_what_a_person_asked_is_entered_and_refused_with_a_reason_alone(desk_of):
    desk = desk_of("supervisor", "admin/people/register/")
    desk.get_by_label("要求什么").select_option("erasure")
    desk.get_by_role("button", name="登记", exact=True).click()
    expect(desk.locator("#main")).to_contain_text("没人接手")
    looked(desk, "desk-askings")
    desk.get_by_role("button", name="我来答复").click()
    expect(desk.locator("#main")).to_contain_text("在答复")
    desk.get_by_role("button", name="记下理由").click()
    expect(desk.get_by_role("alert").first).to_be_visible()
    desk.get_by_label("没有照办的理由").select_option("kept_by_law")
    desk.get_by_role("button", name="记下理由").click()
    desk.get_by_role("link", name="答复过的").click()
    expect(desk.locator("#main")).to_contain_text("法律规定要保存")
    looked(desk, "desk-askings-over")


def test_all_lists_are_reached_from_the_desk_and_lead_to_their_boards(site: Site, desk_of):
    json.loads(site.run("tests.journeys.plant_lists"))
    desk = desk_of("supervisor", "campaigns/")
    desk.get_by_role("link", name="所有清单").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("清单")
    looked(desk, "desk-lists")
    desk.locator("tbody a").first.click()
    expect(desk.locator(".answer")).to_contain_text("共")
