"""The whole way of a matter on a phone without script: told with a photo, asked back, disputed, redone, rated."""

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys import plant
from tests.journeys.acts import make_move, open_matter, sign_in, track
from tests.journeys.conftest import Site, visitor
from tests.journeys.test_one_matter import place_names

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
WORDS = "桥头路灯只亮一盏，晚上看不见台阶。"
PHOTO = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": plant.photo()}


def another() -> bytes:
    """A second picture: the same bytes twice would be one attachment."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), (128, 96, 96)).save(drawn, "JPEG")
    return drawn.getvalue()


@pytest.fixture
def bare(browser: Browser, site: Site, complaints: list[str], world: "World"):
    """A phone without script."""
    page = visitor(browser, complaints, java_script_enabled=False).new_page()
    yield page
    page.context.close()


@pytest.fixture
def desk_of(browser: Browser, site: Site, complaints: list[str], world: "World"):
    """Opens a matter at the desk as one of the cast, in a browser of their own."""
    opened = []

    def open_desk(name: str, number: str) -> Page:
        page = visitor(browser, complaints, width=1440).new_page()
        opened.append(page.context)
        sign_in(page, site, world.username_of(name))
        open_matter(page, site, number)
        return page

    yield open_desk
    for context in opened:
        context.close()


def told(page: Page, site: Site, world: "World") -> tuple[str, str]:
    """A report with a photo; number and code."""
    page.goto(f"{site.url}/report/")
    page.get_by_label("用一两句话说说").fill(WORDS)
    for digits, name in zip((4, 6, 9, 12), place_names(world.grid), strict=False):
        page.locator(f"#at{digits}").select_option(label=name)
        page.get_by_role("button", name="列出下一级").click()
    page.get_by_label("选照片或文件，最多6个").set_input_files(PHOTO)  # type: ignore[arg-type]
    for _second in range(30):
        page.get_by_role("button", name="提交").click()
        if page.get_by_role("heading", name="收到了。").is_visible():
            break
        page.wait_for_timeout(1_000)  # a program is quicker than anybody writes
        if not page.locator("input[type=file]").first.input_value():
            page.get_by_label("选照片或文件，最多6个").set_input_files(PHOTO)  # type: ignore[arg-type]
    return page.locator(".slip b.code").inner_text(), page.locator("#code").inner_text()


def test_a_matter_goes_its_whole_way_without_script(bare: Page, site: Site, desk_of, world: "World"):
    number, code = told(bare, site, world)
    make_move(
        desk_of("receiver", number), "受理并分派", **{"class": "facility.lighting", "track": "ordinary"}
    )
    handler = desk_of("department_handler", number)
    expect(handler.get_by_role("link", name="照片1")).to_be_visible()
    make_move(handler, "接收办理")
    make_move(handler, "请反映人补充", question="是哪一盏？")
    track(bare, site, code)
    bare.get_by_label("您的回答").fill("靠河的那一盏。")
    bare.get_by_role("button", name="回答").click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("正在办。")
    handler.reload()
    make_move(handler, "答复反映人", result="resolved", reply="灯已经修好。")
    bare.goto(f"{site.url}/track/")
    bare.get_by_label("没有解决退回，重新办").check()
    bare.get_by_label("哪里还没好？").fill("第三盏还是不亮。")
    bare.get_by_label("加照片（可以不加）").set_input_files({**PHOTO, "buffer": another()})  # type: ignore[arg-type]
    bare.get_by_role("button", name="提交核验").click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("您说没解决，正在定怎么重办。")
    make_move(desk_of("supervisor", number), "重新办理", redo_ground="poorly_done")
    handler.reload()
    make_move(handler, "答复反映人", result="resolved", reply="第三盏换了灯头，亮了。")
    bare.goto(f"{site.url}/track/")
    bare.get_by_label("解决了办结，可打分").check()
    bare.get_by_label("很满意").check()
    bare.get_by_role("button", name="提交核验").click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("已经办结。")
    ((photos,),) = site.rows(
        "SELECT count(*) FROM matter_attachment a JOIN matter m ON m.id = a.matter_id WHERE m.number = %s",
        number.replace("-", ""),
    )
    assert photos == 2


def test_the_forms_for_codes_work_without_script(
    bare: Page, site: Site, stories: dict[str, tuple[str, str]], world: "World"
):
    number, code = stories["answered"]
    paper = site.run("tests.journeys.plant_paper", number.replace("-", "")).strip()
    bare.goto(f"{site.url}/verify/")
    bare.get_by_role("button", name="查", exact=True).click()
    expect(bare.locator(".form-error")).to_contain_text("还没有填。")
    expect(bare.get_by_label("文书编码")).to_be_focused()  # what is wrong is read out with the field
    bare.get_by_label("文书编码").fill(paper.lower().replace("-", " "))
    bare.keyboard.press("Enter")
    expect(bare.get_by_role("heading", level=1)).to_have_text("这份文书是真的，现在有效")
    bare.get_by_label("有电子文件的").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    bare.get_by_role("button", name="核对这个文件").click()
    expect(bare.get_by_role("alert")).to_contain_text("您选的文件不是这份文书")
    bare.goto(f"{site.url}/track/")
    bare.get_by_label("查询码").fill(code.lower().replace("-", ""))
    bare.keyboard.press("Enter")
    bare.get_by_label("补充一句，或者问一句").fill("示例：请问什么时候来看？")
    bare.get_by_role("button", name="发出", exact=True).click()
    expect(bare.locator("main")).to_contain_text("示例：请问什么时候来看？")
