"""The ways around the straight one: refused twice, not content, asked back; and who may not even know."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import make_move, open_matter, report, sign_in, track
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_one_matter import place_names

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
CLASS = "facility.lighting"


@pytest.fixture
def desk_of(browser: Browser, site: Site, complaints: list[str], world: "World"):
    """Opens the desk as one of the cast, in a browser of their own, at a matter."""
    opened = []

    def open_desk(name: str, number: str = "") -> Page:
        page = visitor(browser, complaints, width=1440).new_page()
        opened.append(page.context)
        sign_in(page, site, world.username_of(name))
        if number:
            open_matter(page, site, number)
        return page

    yield open_desk
    for context in opened:
        context.close()


@pytest.fixture
def told(page: Page, site: Site, world: "World") -> tuple[str, str]:
    """A matter reported on the phone: number and code."""
    return report(page, site, words="桥头路灯只亮一盏，晚上看不见台阶。", places=place_names(world.grid))


def accepted(desk_of, number: str) -> None:
    make_move(desk_of("receiver", number), "受理并分派", **{"class": CLASS, "track": "ordinary"})


def test_refused_twice_the_arbiter_rules_and_the_ruling_holds(site: Site, desk_of, told, world: "World"):
    number, _code = told
    accepted(desk_of, number)
    handler = desk_of("department_handler", number)
    make_move(handler, "退单", refusal_ground="not_our_remit", note="不是我们修的灯。")
    expect(handler.get_by_role("heading", level=1)).to_have_text("待受理")  # let go of it, back at the list
    make_move(desk_of("dispatcher", number), "分派", **{"class": CLASS, "track": "ordinary"})
    open_matter(handler, site, number)
    make_move(handler, "再次退单，提请裁定", refusal_ground="several_units")
    arbiter = desk_of("arbiter", number)
    make_move(arbiter, "裁定承办单位", unit=str(world.unit(world.township)))
    expect(arbiter.locator(".mhead .chip").first).to_contain_text("办理中")
    ruled = desk_of("handler", number)
    expect(ruled.locator(".acts")).not_to_contain_text("退单")
    expect(ruled.locator(".tl")).to_contain_text("不是我们修的灯。")


def test_not_content_the_supervisor_decides_and_it_is_redone(page: Page, site: Site, desk_of, told):
    number, code = told
    accepted(desk_of, number)
    handler = desk_of("department_handler", number)
    make_move(handler, "接收办理")
    make_move(handler, "答复反映人", result="resolved", reply="灯已经修好。")
    track(page, site, code)
    page.get_by_label("没有解决退回，重新办").check()
    page.get_by_label("哪里还没好？").fill("第三盏还是不亮。")
    page.get_by_role("button", name="提交核验").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您说没解决，正在定怎么重办。")
    supervisor = desk_of("supervisor", number)
    expect(supervisor.locator(".tl")).to_contain_text("第三盏还是不亮。")
    make_move(supervisor, "重新办理", redo_ground="poorly_done")
    handler.reload()
    make_move(handler, "答复反映人", result="resolved", reply="第三盏换了灯头，亮了。")
    page.reload()
    expect(page.locator(".reply")).to_have_text("第三盏换了灯头，亮了。")


def test_the_reporter_is_asked_and_answers_from_the_phone(page: Page, site: Site, desk_of, told):
    number, code = told
    accepted(desk_of, number)
    handler = desk_of("department_handler", number)
    make_move(handler, "接收办理")
    make_move(handler, "请反映人补充", question="是哪一盏？")
    expect(handler.locator(".sum")).to_contain_text("正在停表")
    track(page, site, code)
    expect(page.locator(".verify blockquote")).to_have_text("是哪一盏？")
    page.get_by_label("您的回答").fill("靠河的那一盏。")
    page.get_by_role("button", name="回答").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("正在办。")
    handler.reload()
    expect(handler.locator(".talk-card")).to_contain_text("靠河的那一盏。")


def test_another_countys_officer_finds_nothing_behind_the_number(site: Site, desk_of, told):
    number = told[0].replace("-", "")
    foreign = desk_of("foreigner")
    answer = foreign.goto(f"{site.url}/desk/matters/{number}/")
    assert answer is not None and answer.status == 404
    foreign.goto(f"{site.url}/desk/?q={number}")
    expect(foreign.locator(".list")).to_contain_text("没有找到")


def test_a_phone_number_opens_for_a_reason_that_is_logged(
    site: Site, desk_of, stories: dict[str, tuple[str, str]], world: "World"
):
    number = stories["known"][0]
    desk = desk_of("receiver")
    desk.goto(f"{site.url}/desk/matters/{number}/")
    expect(desk.locator(".person")).to_contain_text("139****7715")
    desk.locator('.person a[href*="/phone/"]').click()
    desk.get_by_label("为什么要看电话？").select_option("call_back")
    desk.get_by_role("button", name="打开5分钟").click()
    expect(desk.locator(".opened")).to_have_text("13900007715")
    said = site.rows("SELECT data FROM ledger_step WHERE name = 'vault.opened' ORDER BY id DESC LIMIT 1")
    assert "call_back" in str(said)


def test_what_was_decided_on_an_older_page_is_refused_and_the_text_stays(desk_of, told):
    number, _code = told
    slow, quick = desk_of("receiver", number), desk_of("receiver", number)
    slow.locator(".acts").get_by_role("link", name="不予受理").click()
    slow.locator('[name="decline_ground"][value="no_substance"]').check()
    slow.locator('.doing [name="reply"]').fill("没有说清楚是哪里，请补充。")
    make_move(quick, "受理，转分派")
    with slow.expect_response(lambda answer: answer.request.method == "POST") as answer:
        slow.locator(".doing").get_by_role("button", name="不予受理").click()
    assert answer.value.status == 409
    expect(slow.get_by_role("alert").first).to_contain_text("matter.stale")
    expect(slow.locator('.doing [name="reply"]')).to_have_value("没有说清楚是哪里，请补充。")


def test_a_list_is_taken_along_as_a_table(desk_of, told):
    desk = desk_of("receiver")
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="导出").click()
    text = taken.value.path().read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert told[0] in text.decode("utf-8-sig")
