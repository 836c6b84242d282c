"""The desk's pages of changed ground: put together, previewed, reviewed by another, told afterwards."""

import html
import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gantang.catalogue import service as catalogue
from gantang.catalogue.types import LocalDay
from gantang.engine import Words
from gantang.kit import clock
from gantang.territory import queries
from tests.doors.test_desk import desk_of
from tests.matters.acting import told
from tests.territory.changing import drafted, halves, in_force, second

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
NEW = "/desk/admin/ground/new/"


@pytest.fixture
def desk(world: "World") -> Client:
    return desk_of(world, "admin")


def text(answer: object) -> str:
    return html.unescape(answer.content.decode())  # type: ignore[attr-defined]


def packed(page: str) -> str:
    found = re.search(r'name="operations" value=\'?"?(\[.*?\])"', page)
    assert found
    return found[1]


def split_of(world: "World") -> dict[str, object]:
    west, east = halves(queries.outlines(world.grid, on=world.on)[world.grid][0][0])
    features = [
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [one[0][0] + one[0][0][:1]]}}
        for one in (west, east)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return {
        "act": "add",
        "kind": "split",
        "codes": world.grid,
        "parts": "东片 300户\n西片，420",
        "outlines": SimpleUploadedFile("split.geojson", data),
    }


def test_an_operation_is_told_in_a_sentence_with_what_it_takes_along(desk: Client, world: "World") -> None:
    told(world.grid)
    page = text(desk.post(NEW, split_of(world)))
    assert "第一网格" in page and "东片300户、西片420户" in page
    assert "在办事项" in page and "1件没有坐标" in page
    (kind, data), *rest = json.loads(packed(page))
    assert (kind, rest, len(data["into"][0]["parts"][0][0])) == ("split", [], 4)
    assert queries.exists(world.grid, clock.now().date())


def test_a_draft_is_handed_in_and_another_administrator_reviews_it(desk: Client, world: "World") -> None:
    page = text(desk.post(NEW, split_of(world)))
    head = {"title": "示例拆分", "basis": "示例〔2026〕1号", "effective_on": f"{clock.now():%Y-%m-%d}"}
    answer = desk.post(NEW, {"act": "draft", "operations": packed(page), **head})
    assert answer.status_code == 302
    (view,) = queries.change_sets()
    assert "要另一位管理员审核" in text(desk.get(answer["Location"]))
    refused = desk.post(f"/desk/admin/ground/{view.id}/review/")
    assert refused.status_code == 403 and "不能自己审核" in text(refused)
    other = desk_of(world, "admin")
    drafted_by_other = drafted(second(world.cast.admin), ("rename", {"ground": world.grid, "name": "新名"}))
    assert other.post(f"/desk/admin/ground/{drafted_by_other}/review/").status_code == 302
    assert queries.change_set(drafted_by_other).state == "reviewed"


def test_an_item_can_be_taken_out_again(desk: Client, world: "World") -> None:
    page = text(desk.post(NEW, split_of(world)))
    page = text(desk.post(NEW, {"act": "drop-0", "operations": packed(page), "title": "留着的名称"}))
    assert packed(page) == "[]" and "留着的名称" in page


def test_what_cannot_be_done_is_said_and_what_was_typed_stays(desk: Client, world: "World") -> None:
    given = {"act": "add", "kind": "move", "codes": world.grid, "into": world.village, "title": "示例"}
    answer = desk.post(NEW, given)
    assert answer.status_code == 422
    page = text(answer)
    assert "本来就在这个村" in page and world.village in page and "示例" in page


@pytest.mark.parametrize("code", ["361028", "36", "361028100001001"])
def test_ground_of_others_is_not_changed_from_here(desk: Client, code: str) -> None:
    answer = desk.post(NEW, {"act": "add", "kind": "rename", "codes": code, "name": "别处"})
    assert answer.status_code == 403


def test_a_file_that_holds_no_polygon_is_refused(desk: Client, world: "World") -> None:
    for data in (b"{", b'{"type": "Point", "coordinates": [1, 2]}', b'{"type": "Polygon", "coordinates": 3}'):
        given = {**split_of(world), "outlines": SimpleUploadedFile("x.geojson", data)}
        answer = desk.post(NEW, given)
        assert answer.status_code == 422 and "读不出面" in text(answer)


def test_the_list_the_change_and_the_history_tell_what_happened(desk: Client, world: "World") -> None:
    told(world.grid)
    change = in_force(world.cast.admin, ("recode", {"grid": world.grid, "kind": "school"}))
    new = queries.lineage(world.grid)[0].new
    assert "已生效" in text(desk.get("/desk/admin/ground/"))
    page = text(desk.get(f"/desk/admin/ground/{change}/"))
    assert world.grid in page and new in page and "事项正在跟着走" in page
    page = text(desk.get(f"/desk/admin/ground/history/?code={world.grid}"))
    assert "停用" in page and new in page
    assert "没有123456这个代码" in text(desk.get("/desk/admin/ground/history/?code=123456"))


def test_a_withdrawn_change_is_gone_for_good(desk: Client, world: "World") -> None:
    change = drafted(world.cast.admin, ("rename", {"ground": world.grid, "name": "新名"}))
    assert desk.post(f"/desk/admin/ground/{change}/withdraw/").status_code == 302
    assert desk.post(f"/desk/admin/ground/{change}/withdraw/").status_code == 409
    assert queries.change_set(change).state == "withdrawn"


def test_only_administering_posts_have_these_pages(world: "World") -> None:
    client = desk_of(world, "receiver")
    for path in ("", "new/", "history/"):
        assert client.get(f"/desk/admin/ground/{path}").status_code == 403


def rest(world: "World", where: str, day: int) -> None:
    on = date(2026, 12, day)
    listed = LocalDay(where, on, "rest", Words("县庆", "County day"), None, "示例文件")
    catalogue.set_day(actor=world.cast.admin, day=listed, now=clock.now())


def test_two_local_calendars_are_asked_about_before_a_draft_is_handed_in(
    desk: Client, world: "World"
) -> None:
    here, there = "360428101", "360428102"
    rest(world, here, 8)
    rest(world, there, 9)
    merging = {"act": "add", "kind": "merge_divisions", "codes": here, "into": there}
    page = text(desk.post(NEW, merging))
    assert "谁的规定延续" in page and "还没有说以哪一处为准" in page
    head = {"title": "示例合并", "basis": "示例〔2026〕2号", "effective_on": f"{clock.now():%Y-%m-%d}"}
    refused = desk.post(NEW, {"act": "draft", "operations": packed(page), **head, "settle-0": ""})
    assert refused.status_code == 409 and "还没有说以哪一处为准" in text(refused)
    choice = re.search(rf'value="(calendar\|\|{here}\|)"', page)
    assert choice
    page = text(desk.post(NEW, {"act": "settle", "operations": packed(page), "settle-0": choice[1], **head}))
    assert f"延续{queries.names([here])[here]}（{here}）的本地日历" in page and "本地日历以" in page
    answer = desk.post(NEW, {"act": "draft", "operations": packed(page), **head})
    assert answer.status_code == 302
    (view,) = queries.change_sets()
    assert view.operations[-1] == ("settle", {"what": "calendar", "ground": here})
    assert "谁的规定延续" in text(desk.get(answer["Location"]))


def test_a_border_is_drawn_or_written_corner_by_corner_and_never_given_twice(desk: Client, world: "World"):
    ring = "115.10,29.26 115.11,29.26 115.11,29.27"
    given = {"kind": "redraw", "codes": world.grid, "act": "add", "operations": "[]"}
    for wrong, said in (
        ("115.10,29.26 115.11,29.26", "一个面至少要三个角"),
        ("115.10 29.26", "坐标读不出"),
    ):
        answer = desk.post(NEW, {**given, "corners": wrong})
        assert answer.status_code == 422 and said in text(answer)
    file = SimpleUploadedFile("a.json", json.dumps(SQUARE).encode())
    assert "只留一样" in text(desk.post(NEW, {**given, "corners": ring, "outlines": file}))
    taken = text(desk.post(NEW, {**given, "corners": ring}))
    assert "115.11" in packed(taken) or "边界" in taken


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[115.1, 29.26], [115.11, 29.26], [115.11, 29.27], [115.1, 29.26]]],
}
