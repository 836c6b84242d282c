"""Files of grids at the desk: columns and coordinates confirmed, errors back in the sheet, whole or not at all, and
nothing done by one administrator that two have to agree to."""

import base64
import html
import json
import re
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gantang.kit import clock
from gantang.procedures import service as procedures
from gantang.sheets import queries as sheets
from gantang.territory import apart, queries, service
from gantang.territory.models import ChangeSet, Grid
from gantang.territory.rules import datum
from gantang.territory.rules.datum import Datum
from gantang.territory.service import sheeting
from tests.doors.test_asset_sheets import carried
from tests.doors.test_desk import desk_of
from tests.territory.changing import second

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
SHEET = "/desk/admin/ground/sheet/"
HEADER = "网格代码,村代码,网格名称,户数"


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look in this process: another one does not see what a test has not committed."""
    monkeypatch.setattr(sheeting, "_beside", apart.look)


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def sent(desk: Client, *rows: str, header: str = HEADER, **given: str) -> Any:
    data = "\n".join([header, *rows]).encode("gb18030")
    return desk.post(SHEET, {"table": SimpleUploadedFile("示例网格.csv", data), "datum": "cgcs2000", **given})


def drawn(world: "World", way: Datum = Datum.CGCS2000, **said: Any) -> SimpleUploadedFile:
    """A feature for each grid of the village as it is, in some datum; ``said`` of the first."""
    features = []
    for code, parts in sorted(queries.outlines(world.village, on=world.on).items()):
        rings = [[datum.shown(way, point) for point in (*outer, outer[0])] for outer, _holes in parts]
        shape = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
        features.append({"type": "Feature", "properties": {"网格代码": code}, "geometry": shape})
    features[0]["properties"] |= said
    return SimpleUploadedFile(
        "示例.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode()
    )


def test_new_grids_are_looked_at_and_then_taken_and_again_change_nothing(
    world: "World", beside: None
) -> None:
    desk, rows = desk_of(world, "admin"), [f",{world.village},示例新网格,320", f"{world.grid},,,"]
    before = Grid.objects.count()
    looked = sent(desk, *rows)
    assert "会新建1个网格、改动0个" in text(looked) and Grid.objects.count() == before
    assert desk.post(SHEET, carried(looked)).status_code == 302
    made = Grid.objects.get(name="示例新网格")
    assert made.code.startswith(world.village) and (made.households, made.valid_from) == (320, world.on)
    again = sent(desk, *rows)
    assert "和登记的一样" in text(again) and "就这样导入" not in text(again)
    assert Grid.objects.count() == before + 1 and not ChangeSet.objects.exists()


def test_a_file_is_looked_at_in_a_process_beside_the_site(world: "World") -> None:
    answer = sent(desk_of(world, "admin"), f",{world.village},示例新网格,320")
    assert answer.status_code == 200 and "会新建1个网格" in text(answer)


def test_one_faulty_row_keeps_all_out_and_comes_back_in_the_sheet(world: "World", beside: None) -> None:
    desk, before = desk_of(world, "admin"), Grid.objects.count()
    good = f",{world.village},示例新网格,320"
    answer = sent(desk, good, f",{world.foreign_grid[:12]},示例外地,10", f",{world.village},示例,很多")
    page = text(answer)
    assert answer.status_code == 422 and "2行要改" in page and "不在本单位的地域" in page
    back = re.search(r"spreadsheetml.sheet;base64,([A-Za-z0-9+/=]+)", page)
    assert back
    rows = [cells for _row, cells in sheets.read(BytesIO(base64.b64decode(back[1])))]
    told = {cells["行"]: cells["原因"] for cells in rows if cells["结果"] == "出错"}
    assert sorted(told) == ["3", "4"] and "很多" in told["4"]
    assert desk.post(SHEET, carried(answer)).status_code == 422
    assert Grid.objects.count() == before


def test_what_changes_a_grid_that_is_there_waits_for_another_administrator_and_is_drafted_once(
    world: "World", beside: None
) -> None:
    desk = desk_of(world, "admin")
    before = Grid.objects.get(code=world.grid)
    rows = [f"{world.grid},,示例改名,{(before.households or 0) + 7}", f",{world.village},示例新网格,320"]
    looked = sent(desk, *rows)
    assert "要另一位管理员审核的" in text(looked) and "改名为示例改名" in text(looked)
    unnamed = desk.post(SHEET, {**carried(looked), "title": "", "basis": "", "effective_on": ""})
    assert unnamed.status_code == 422 and not Grid.objects.filter(name="示例新网格").exists()
    head = {"title": "示例核名", "basis": "示例〔2026〕1号", "effective_on": world.on.isoformat()}
    assert desk.post(SHEET, {**carried(looked), **head}).status_code == 302
    known = Grid.objects.get(code=world.grid)
    assert (known.name, known.households) == (before.name, (before.households or 0) + 7)
    (change,) = ChangeSet.objects.all()
    assert change.state == "draft" and Grid.objects.filter(name="示例新网格").exists()
    assert "和登记的一样" in text(sent(desk, *rows)) and ChangeSet.objects.count() == 1
    service.review_change(actor=second(world.cast.admin), change=change.id, now=clock.now())
    procedures.take_ground_changes(now=clock.now())
    assert Grid.objects.get(code=world.grid).name == "示例改名"


def test_coordinates_of_a_map_service_are_told_and_taken_only_when_somebody_says_which_they_are(
    world: "World", beside: None
) -> None:
    desk = desk_of(world, "admin")
    looked = desk.post(SHEET, {"table": drawn(world, Datum.GCJ02), "datum": "cgcs2000"})
    assert "像是高德、腾讯地图（GCJ-02）" in text(looked)
    head = {"title": "示例", "basis": "示例〔2026〕1号", "effective_on": world.on.isoformat()}
    asis = desk.post(SHEET, {**carried(looked), **head, "datum": "cgcs2000"})
    assert asis.status_code == 422 and not ChangeSet.objects.exists()
    rightly = desk.post(SHEET, {**carried(looked, "look"), "datum": "gcj02"})
    assert "像是" not in text(rightly)
    sure = desk.post(SHEET, {**carried(looked), **head, "datum": "cgcs2000", "sure": "1"})
    assert sure.status_code == 302 and ChangeSet.objects.get().state == "draft"


def test_a_drawn_file_as_it_is_changes_nothing_and_a_column_not_known_is_put_right(
    world: "World", beside: None
) -> None:
    desk = desk_of(world, "admin")
    as_it_is = desk.post(SHEET, {"table": drawn(world), "datum": "cgcs2000"})
    assert "和登记的一样" in text(as_it_is)
    odd = sent(desk, f"{world.village},示例新网格", header="在哪个村里,叫什么")
    assert odd.status_code == 422 and "哪一列是什么" in text(odd)
    told = {"column-village": "在哪个村里", "column-name": "叫什么"}
    mended = desk.post(SHEET, carried(odd, "look", **told))
    assert mended.status_code == 200 and "会新建1个网格" in text(mended)


def test_what_is_no_file_of_grids_is_said_and_only_administering_posts_have_the_page(
    world: "World", beside: None
) -> None:
    desk = desk_of(world, "admin")
    junk = SimpleUploadedFile("x.zip", b"PK\x03\x04 not a shapefile")
    assert desk.post(SHEET, {"table": junk, "datum": "cgcs2000"}).status_code in (400, 422)
    forged = {"sheet": "%%%", "name": "x.csv", "datum": "cgcs2000", "act": "take"}
    assert desk.post(SHEET, forged).status_code == 422
    assert desk_of(world, "receiver").get(SHEET).status_code == 403


@pytest.mark.slow
def test_the_page_loads_no_shapely_into_the_web_process() -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'gantang.site.settings'; django.setup();"
        "import gantang.desk.views.ground_sheets; print('shapely' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
