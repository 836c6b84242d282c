"""Causes at the desk: asked beside the end, put in afterwards, what comes back by place, a list opened from it, the tree."""

import html
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from gantang.catalogue import queries as catalogue
from gantang.desk import recurring as shown
from gantang.kit import clock
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.sheets import queries as sheets
from tests.doors.test_desk import desk_of
from tests.matters import paths
from tests.matters.acting import Course, fresh, row_of, told
from tests.matters.test_causes import closed

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE, TREE = "/desk/causes/", "/desk/admin/causes/"
WEAR = "asset.wear"


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def worn(world: "World") -> list[Course]:
    """Three matters of one cause in a township, and one of no cause."""
    return [*(closed(world, world.grid, WEAR) for _one in range(3)), closed(world, world.rural_village)]


def test_a_number_of_the_page_opens_just_its_matters(world: "World", worn: list[Course]):
    desk = desk_of(world, "county_leader")
    page = text(desk.get(PAGE, {"ground": world.county}))
    assert "有1处起因反复出现" in page and "办结4件，其中未填起因1件" in page
    links = re.findall(r'href="(/desk/\?[^"]*cause=[^"]*)"', page)
    by_cause = {parse_qs(urlsplit(one).query)["cause"][0]: one for one in links}
    assert set(by_cause) == {WEAR, "-"}
    listed = text(desk.get(by_cause[WEAR]))
    assert all(one.receipt.number in listed for one in worn[:3]) and worn[3].receipt.number not in listed
    empty = text(desk.get(by_cause["-"]))
    assert worn[3].receipt.number in empty and worn[0].receipt.number not in empty and "未填" in empty
    split = text(desk.get(PAGE, {"ground": world.county, "urban": "rural"}))
    assert "没有反复出现的起因" in split and "办结1件，其中未填起因1件" in split


def test_the_workbook_has_the_rows_of_the_page(world: "World", worn: list[Course]):
    desk = desk_of(world, "county_leader")
    book = desk.get("/desk/causes.xlsx", {"ground": world.county})
    rows = [list(cells.values()) for _row, cells in sheets.read(BytesIO(b"".join(book.streaming_content)))]
    assert [(row[0], row[-3], row[-2], row[-1]) for row in rows] == [
        ("设施原因 › 老化磨损", "3", "0", "+3"),
        ("未填", "1", "0", "+1"),
    ]


def test_who_supervises_opens_a_list_with_cause_place_and_numbers_and_nobody_else_may(
    world: "World", worn: list[Course]
):
    line = {"line": f"{world.township}/{WEAR}", "key": fresh()}
    where = f"{PAGE}?ground={world.county}"
    leader = desk_of(world, "county_leader")
    assert "列入整治：" not in text(leader.get(where)) and leader.post(where, line).status_code == 403
    desk = desk_of(world, "supervisor")
    assert "列入整治：" in text(desk.get(where))
    assert desk.post(where, {**line, "line": f"{world.township}/nature.flood"}).status_code == 403
    answer = desk.post(where, line)
    assert answer.status_code == 302 and answer["Location"].endswith("/moves/issue/?recurring=1")
    form = text(desk.get(answer["Location"]))
    assert "老化磨损" in form and "因“设施原因 › 老化磨损”办结3件，上一期0件" in form
    assert re.search(r'<textarea[^>]*name="items-0-words"[^>]*>[^<]*办结3件', form)
    again = desk.post(where, line)
    assert again["Location"] == answer["Location"], "sent twice, it is opened once"
    found = queries.get(world.cast.supervisor, answer["Location"].split("/")[3], now=clock.now())
    assert (found.scope, found.class_code, found.procedure) == (world.township, "listed", "listed")


def test_who_sees_no_whole_ground_is_told_so_and_beyond_it_there_is_nothing(world: "World"):
    page = desk_of(world, "handler").get(PAGE)
    assert page.status_code == 200 and "没有可以统计的范围" in text(page)
    beyond = desk_of(world, "county_leader").get(PAGE, {"ground": world.foreign_grid})
    assert beyond.status_code == 403


def test_the_form_of_an_answer_asks_for_the_cause_and_keeps_it(world: "World"):
    course = Course(told(world.grid))
    handler = paths.handled(world, course)
    name = "department_handler" if handler.post == world.cast.department_handler.post else "handler"
    desk, at = desk_of(world, name), f"/desk/matters/{course.receipt.number}/"
    form = text(desk.get(at + "moves/answer/"))
    assert 'id="matter-cause"' in form and "说不准，以后再填" in form
    given = {"key": fresh(), "result": "resolved", "matter-cause": WEAR}
    wrong = desk.post(at + "moves/answer/", given)
    assert wrong.status_code == 422, "the reply is missing"
    assert re.search(rf'id="matter-cause".*?value="{WEAR}" selected', text(wrong), re.S), (
        "what was chosen stays chosen"
    )
    done = desk.post(at + "moves/answer/", {**given, "reply": "修好了。"})
    assert done.status_code == 302 and row_of(course.id).cause_code == WEAR
    receiver = desk_of(world, "receiver")
    other = told(world.grid)
    assert 'id="matter-cause"' not in text(receiver.get(f"/desk/matters/{other.number}/moves/accept/"))


def test_an_end_without_a_cause_says_so_and_it_is_put_in_afterwards(world: "World"):
    course = closed(world, world.grid)
    desk, at = desk_of(world, "supervisor"), f"/desk/matters/{course.receipt.number}/"
    assert "填起因" in text(desk.get(at)) and "未填" in text(desk.get(at))
    assert desk.post(at + "cause/", {"matter-cause": "", "key": fresh()}).status_code == 422
    assert desk.post(at + "cause/", {"matter-cause": WEAR, "key": fresh()}).status_code == 302
    page = text(desk.get(at))
    assert "设施原因 › 老化磨损" in page and "填了起因" in page and "改起因" in page
    assert desk_of(world, "neighbour").post(at + "cause/", {"matter-cause": WEAR}).status_code == 404


def test_the_tree_is_changed_by_who_administers_and_what_ended_keeps_its_name(
    world: "World", worn: list[Course]
):
    assert desk_of(world, "supervisor").get(TREE).status_code == 403
    desk, today = desk_of(world, "admin"), clock.now().date()
    assert "非公开标准" in text(desk.get(TREE))
    term = {"zh": "示例起因", "en": "Sample", "source": "示例文件", "valid_from": str(today)}
    assert desk.post(TREE, {"code": "asset.sample", **term}).status_code == 302
    assert catalogue.get_cause("asset.sample") is not None
    orphan = desk.post(TREE, {"code": "nowhere.sample", **term})
    assert orphan.status_code == 422 and "上一级不存在" in text(orphan)
    assert desk.post(TREE, {"code": WEAR, "act": "end"}).status_code == 302
    assert catalogue.get_cause(WEAR) is None
    page = text(desk_of(world, "county_leader").get(PAGE, {"ground": world.county}))
    assert "设施原因 › 老化磨损" in page
    course = worn[3]
    at = f"/desk/matters/{course.receipt.number}/"
    assert f'value="{WEAR}"' not in text(desk_of(world, "supervisor").get(at))
    assert matters.rebuild(now=clock.now()).sound


def test_a_period_that_does_not_fit_is_the_last_ninety_days():
    today = clock.now().date()
    first, last = shown.period("", "", today)
    assert ((last - first).days, last) == (89, today)
    assert shown.period("x", "2999-01-01", today) == (first, last)
    assert shown.period(str(today), "2001-01-01", today) == (first, last)
