"""The five most frequent tasks of each of the six roles, in at most six keys and clicks each."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from tests.journeys.acts import sign_in
from tests.journeys.conftest import Site, visitor
from tests.journeys.tasks import Hand, keep
from tests.journeys.test_desk_by_keys import shown

if TYPE_CHECKING:
    from tests.world import World

HALL = "周溪镇综治中心（示例）"
#: A sheet of remits whose second row names no unit of ours.
SHEET = """类别,地域,职责,牵头单位,依据文件,开始日期
facility.lighting,360428101,督办,周溪镇综治中心（示例）,示例文件,2027-01-01
facility.lighting,360428101,核验,没有的单位,示例文件,2027-01-01
""".encode()
pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def numbers(site: Site) -> dict[str, str]:
    """Matters by what is to be done with them."""
    found: dict[str, str] = json.loads(site.run("tests.journeys.plant_tasks"))
    return found


@pytest.fixture(scope="module")
def hands() -> Iterator[list[Hand]]:
    """All that worked; what they took is kept at the end."""
    found: list[Hand] = []
    yield found
    keep(found)


@pytest.fixture
def hand(
    browser: Browser, site: Site, complaints: list[str], world: "World", hands: list[Hand]
) -> Iterator[Callable[[str, str], Hand]]:
    """Somebody of the cast signed in, in a role."""
    pages: list[Page] = []

    def signed(name: str, role: str) -> Hand:
        page = visitor(browser, complaints, width=1440).new_page()
        pages.append(page)
        sign_in(page, site, world.username_of(name))
        hands.append(Hand(page, site.url, role))
        return hands[-1]

    yield signed
    for page in pages:
        page.context.close()


def test_intake(hand: Callable[[str, str], Hand], numbers: dict[str, str]):
    me = hand("receiver", "intake")
    with me.task("受理分派一件", "accept and dispatch one", f"/desk/?view=received&q={numbers['triage']}"):
        shown(me.page)
        me.press("a")
        me.told("受理并分派")
    with me.task("接电话登记一件", "register a phone call"):
        me.press("n")
        me.page.wait_for_url("**/intake/")
        me.page.wait_for_load_state("load")
        me.write("来电说周溪镇新镇居委会门口的路灯不亮（示例）。")
        me.press("Control+Enter")
        expect(me.page.locator(".read, .slip, main").first).to_contain_text("念给来电人听")
    with me.task("按编号找一件，答复来电人", "find one by its number for a caller"):
        me.press("/")
        me.write(numbers["caller"])
        me.press("Enter")
        me.page.wait_for_url("**q=**")
        me.page.wait_for_load_state("load")
        me.press("Enter")
        expect(me.page.locator(".mhead")).to_be_visible()
    with me.task("按收到的先后排，存为自己的视图", "sort a list and keep it", "/desk/?view=open"):
        me.click(me.page.get_by_role("link", name="收到"))
        me.click(me.page.get_by_role("button", name="存为我的视图"))
        expect(me.page.locator(".own")).to_contain_text("新到的在前")
    with me.task("打印待受理清单", "print a list", "/desk/?view=received"):
        me.click(me.page.get_by_role("link", name="打印"))
        expect(me.page.locator("table.printed")).to_be_visible()


def test_work(hand: Callable[[str, str], Hand], numbers: dict[str, str]):
    me = hand("department_handler", "work")
    with me.task("签收最急的一件", "take on what is due first", f"/desk/?view=mine&q={numbers['take_on']}"):
        shown(me.page)
        me.press("a")
        me.told("接收办理")
    with me.task("答复反映人", "answer the reporter", f"/desk/matters/{numbers['answer']}/"):
        me.to("答复反映人")
        expect(me.page.locator("#do")).to_be_focused()
        me.press("Tab", "Space", "Tab")
        me.write("换了两个灯头，今天已经亮了（示例）。")
        me.press("Control+Enter")
        me.told("答复反映人")
    with me.task("记录进展", "note progress", f"/desk/matters/{numbers['take_on']}/"):
        me.to("记录进展")
        expect(me.page.locator("#do")).to_be_focused()
        me.press("Tab")
        me.write("到现场看过，要换灯杆（示例）。")
        me.press("Control+Enter")
        me.told("记录进展")
    me = hand("mediator", "work")
    with me.task("记录一次调解", "record a session", f"/desk/matters/{numbers['mediate']}/"):
        me.click(me.page.locator(".acts").get_by_role("link", name="记录一次调解"))
        me.click(me.page.get_by_label("面对面"))
        me.click(me.page.get_by_label("有进展"))
        me.press("Tab")
        me.write("双方都说了各自的想法（示例）。")
        me.press("Control+Enter")
        me.told("记录一次调解")
    with me.task("看案卷", "open the case file", f"/desk/matters/{numbers['mediate']}/"):
        link = me.page.get_by_role("link", name="看案卷")
        with me.page.context.expect_event("response", lambda one: "case-file" in one.url) as got:
            me.click(link)
        assert got.value.headers["content-type"] == "application/pdf"


def test_check(hand: Callable[[str, str], Hand], numbers: dict[str, str]):
    me = hand("verifier", "check")
    with me.task("核验一件，办结", "check one and close it", f"/desk/matters/{numbers['verify']}/"):
        me.to("核验")
        expect(me.page.locator("#do")).to_be_focused()
        me.press("Control+Enter")
        me.told("核验")
    me = hand("supervisor", "check")
    with me.task("找出超期的，打开最久的", "open what is late longest"):
        me.to("已超期")
        me.page.wait_for_url("**view=late**")
        me.page.wait_for_load_state("load")
        me.press("Enter")
        expect(me.page.locator(".mhead")).to_be_visible()
    with me.task("把超期清单带走", "take the late list along", "/desk/?view=late"):
        with me.page.expect_download() as got:
            me.click(me.page.get_by_role("link", name="Excel"))
        assert got.value.suggested_filename.endswith(".xlsx")
    with me.task("核对一件的账本", "verify the ledger of one", f"/desk/matters/{numbers['late']}/"):
        me.click(me.page.get_by_role("link", name="账本和核对"))
        me.stands("账本")
    me = hand("arbiter", "check")
    with me.task("裁定归口", "rule on a remit", f"/desk/matters/{numbers['rule']}/"):
        me.to("裁定")
        expect(me.page.locator("#do")).to_be_focused()
        me.press("Tab", "ArrowDown")
        me.press("Control+Enter")
        me.told("裁定")


def test_lead(hand: Callable[[str, str], Hand]):
    me = hand("county_leader", "lead")
    with me.task("一页看全", "the leader's page"):
        me.to("一页看全")
        me.page.wait_for_url("**/screen/leader/**")
    with me.task("从一个数点到是哪些事", "from a number to its matters", "/screen/leader/"):
        me.click(me.page.locator('a[href*="counted="]').first)
        me.page.wait_for_url("**counted=**")
        expect(me.page.locator("#lt")).to_be_visible()
    with me.task("大屏下钻到一个乡镇", "drill from county to township", "/screen/?look=table"):
        me.click(me.page.locator('a[href*="ground=360428101"]').first)
        me.page.wait_for_url("**ground=360428101**")
    with me.task("看存量和增减", "stock and change"):
        me.to("存量")
        me.page.wait_for_url("**/balances/**")
    with me.task("看排查到了哪里", "how far campaigns are"):
        me.to("专项和排查")
        me.page.wait_for_url("**/campaigns/**")


def test_privacy(hand: Callable[[str, str], Hand], numbers: dict[str, str]):
    me = hand("supervisor", "privacy")
    with me.task("打开一栏个人信息", "open one field of a person", f"/desk/matters/{numbers['caller']}/"):
        me.click(me.page.get_by_role("link", name="说明理由后查看").first)
        expect(me.page.locator("#why")).to_be_focused()
        me.press("ArrowDown", "Control+Enter")
        expect(me.page.locator(".opened")).to_be_visible()
    with me.task("去查本人被存了什么", "what is kept of a person who asks"):
        me.click(me.page.get_by_role("link", name="本人", exact=True))
        me.stands("本人查询和更正")
    with me.task("看谁看过、做过什么", "who did what", f"/desk/matters/{numbers['caller']}/"):
        me.click(me.page.get_by_role("link", name="账本和核对"))
        me.stands("账本")
    with me.task("看自己登录着的设备", "one's own devices"):
        me.to("岗位、语言")
        me.page.wait_for_url("**/me/")
    with me.task("找一件", "find one"):
        me.press("/")
        me.write(numbers["caller"])
        me.press("Enter")
        me.page.wait_for_url("**q=**")


def test_admin(hand: Callable[[str, str], Hand], numbers: dict[str, str], world: "World"):
    me = hand("admin", "admin")
    with me.task(
        "给空岗开账号", "make an account for a vacant post", f"/desk/admin/accounts/?unit={numbers['unit']}"
    ):
        me.click(me.page.get_by_role("link", name="第二受理岗（示例）"))
        me.click(me.page.get_by_label("登录名"))
        me.write("示例-二受理")
        me.press("Enter")
        expect(me.page.locator(".firstpass")).to_be_visible()
    asked = f"/desk/admin/remits/?klass=facility.drainage&ground={world.township}&duty=handler&on=2026-12-01"
    with me.task("移一条归口，先看会动什么", "move a remit after its preview", asked):
        me.choose(me.page.locator("form[action$='/one/'] [name=unit]"), HALL)
        me.click(me.page.locator("form[action$='/one/'] [name=basis]"))
        me.write("示例文件第9号")
        me.press("Enter")
        me.click(me.page.get_by_role("button", name="生效"))
        me.told("生效了")
    with me.task(
        "改一天工作日历，先看会动哪些期限",
        "correct a day after its preview",
        "/desk/admin/calendar/?year=2026",
    ):
        me.click(me.page.get_by_label("哪一天"))
        me.write("12092026")  # as this browser asks: month, day, year
        me.click(me.page.get_by_label("名称", exact=True))
        me.write("县庆")
        me.click(me.page.get_by_label("依据哪份文件").first)
        me.write("示例文件")
        me.press("Enter")
        me.click(me.page.get_by_role("button", name="生效"))
        expect(me.page.get_by_role("region", name="改过哪些")).to_contain_text("第1版")
    with me.task("重送没送达的一件", "send what was not delivered again", "/desk/admin/connections/"):
        me.click(me.page.locator("[name=letter]").first)
        me.click(me.page.get_by_role("button", name="选中的再送"))
        me.told("重新排上了")
    with me.task("导入一张表，拿回标好错的", "import a sheet and get it back marked", "/desk/admin/remits/"):
        me.give(me.page.locator("[name=table]"), "remits.csv", SHEET)
        me.click(me.page.locator("form[action$='/sheet/'] button[type=submit]"))
        me.stands("有1行出错，一行也没有导入")
        with me.page.expect_download() as got:
            me.click(me.page.get_by_role("link", name="下载标好错误的表"))
        marked = CalamineWorkbook.from_path(str(got.value.path())).get_sheet_by_index(0).to_python()
        assert any("没有这个单位" in str(cell) or "单位" in str(cell) for cell in marked[-1][-2:]), marked
