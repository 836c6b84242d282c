"""Sheets of facilities and places at the desk: columns confirmed, errors back in the sheet, whole or not at all."""

import base64
import html
import re
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gantang.sheets import queries as sheets
from gantang.territory.models import Facility, Place
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
FACILITIES, PLACES = "/desk/facilities/sheet/", "/desk/places/sheet/"
HEADER = "设施编号,设施种类,名称,网格代码,经度,纬度,状况"


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def sent(desk: Client, *rows: str, header: str = HEADER, to: str = FACILITIES, **given: str) -> Any:
    table = SimpleUploadedFile("示例设施.csv", "\n".join([header, *rows]).encode("gb18030"))
    return desk.post(to, {"table": table, "datum": "cgcs2000", **given})


def carried(answer: Any, act: str = "take", **columns: str) -> dict[str, str]:
    """What the page's form sends on."""
    page = text(answer)
    fields = dict(re.findall(r'type="hidden" name="(sheet|name|datum)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="(column-\w+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return {**fields, "act": act, **columns}


def rows_of(world: "World") -> list[str]:
    lon, lat = world.point
    return [
        f"A-1,摄像头,示例村口,{world.grid},{lon},{lat},正常",
        f"A-2,路灯,示例巷口,{world.village},,,有故障",
        f",路灯,示例桥头,,{lon},{lat},",
    ]


def test_a_sheet_is_looked_at_and_then_taken_and_again_changes_nothing(world: "World") -> None:
    desk = desk_of(world, "admin")
    looked = sent(desk, *rows_of(world))
    assert "会新登记3处" in text(looked) and not Facility.objects.exists()
    taken = desk.post(FACILITIES, carried(looked))
    assert taken.status_code == 302
    grounds = dict(Facility.objects.values_list("name", "ground"))
    assert grounds == {"示例村口": world.grid, "示例巷口": world.village, "示例桥头": world.grid}
    before = list(Facility.objects.order_by("pk").values())
    again = sent(desk, *rows_of(world))
    assert "和登记的一样" in text(again) and "就这样导入" not in text(again)
    assert list(Facility.objects.order_by("pk").values()) == before


def test_one_faulty_row_keeps_all_out_and_comes_back_in_the_sheet(world: "World") -> None:
    desk = desk_of(world, "admin")
    wrong = [f"A-3,热气球,示例,{world.grid},,,", f"A-4,路灯,示例,{world.foreign_grid},,,"]
    answer = sent(desk, *rows_of(world), *wrong)
    page = text(answer)
    assert answer.status_code == 422 and "2行要改" in page and "热气球" in page and "不在本单位的地域" in page
    back = re.search(r"spreadsheetml.sheet;base64,([A-Za-z0-9+/=]+)", page)
    assert back
    told = {cells["行"]: cells["原因"] for _row, cells in sheets.read(BytesIO(base64.b64decode(back[1])))}
    assert sorted(told) == ["5", "6"] and "热气球" in told["5"]
    assert desk.post(FACILITIES, carried(answer)).status_code == 422
    assert not Facility.objects.exists()


def test_a_column_that_was_not_known_is_put_right_and_one_claimed_twice_is_asked_about(
    world: "World",
) -> None:
    desk = desk_of(world, "admin")
    first = sent(desk, f"路灯,示例巷口,{world.village}", header="种类,设施叫什么,村代码")
    assert first.status_code == 422 and "哪一列是什么" in text(first)
    mended = desk.post(FACILITIES, carried(first, "look", **{"column-name": "设施叫什么"}))
    assert mended.status_code == 200 and "会新登记1处" in text(mended)
    twice = sent(desk, f"路灯,示例巷口,旧名,{world.village}", header="种类,设施名称,位置,村代码")
    assert twice.status_code == 422
    chosen = desk.post(FACILITIES, carried(twice, **{"column-name": "设施名称"}))
    assert chosen.status_code == 302 and Facility.objects.get().name == "示例巷口"


def test_coordinates_of_a_map_service_are_stored_as_ours(world: "World") -> None:
    from gantang.territory.rules import datum
    from gantang.territory.rules.datum import Datum

    lon, lat = datum.shown(Datum.GCJ02, world.point)
    desk = desk_of(world, "admin")
    looked = sent(desk, f"A-1,路灯,示例,,{lon},{lat},", datum="gcj02")
    assert desk.post(FACILITIES, carried(looked)).status_code == 302
    assert Facility.objects.get().ground == world.grid


def test_places_come_in_the_same_way(world: "World") -> None:
    desk = desk_of(world, "admin")
    looked = sent(desk, f"示例综合体,{world.village},示例路1号", header="名称,村代码,地址", to=PLACES)
    assert desk.post(PLACES, carried(looked)).status_code == 302
    assert Place.objects.get().ground == world.village


def test_what_is_no_sheet_is_said_and_only_administering_posts_have_the_page(world: "World") -> None:
    desk = desk_of(world, "admin")
    junk = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 not a workbook")
    assert desk.post(FACILITIES, {"table": junk, "datum": "cgcs2000"}).status_code in (400, 422)
    forged = {"sheet": "%%%", "name": "x.csv", "datum": "cgcs2000", "act": "take"}
    assert desk.post(FACILITIES, forged).status_code == 422
    assert desk_of(world, "receiver").get(FACILITIES).status_code == 403


def test_reading_a_sheet_loads_no_shapely_into_the_web_process() -> None:
    code = "import sys; from gantang.territory.formats import opened; print('shapely' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
