"""The desk's page of remits: who answers, what changed, one remit and a sheet, previewed before they are taken."""

import base64
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gantang.kit import clock
from gantang.posts import queries
from gantang.posts.models import Remit
from gantang.sheets import queries as sheets
from tests.doors.test_admin import hidden, text
from tests.doors.test_desk import desk_of
from tests.matters.test_rerouting import with_handler
from tests.posts.sheets import REMIT, remit, table, unit_name

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
AT = "/desk/admin/remits/"


@pytest.fixture
def desk(world: "World") -> Client:
    return desk_of(world, "admin")


def sheet(world: "World", *rows: dict[str, str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("remits.csv", table(REMIT, rows).read())


def one(world: "World") -> dict[str, str]:
    """The form of one remit."""
    return {
        "klass": "facility",
        "ground": world.village,
        "duty": "handler",
        "unit": f"{unit_name(world, world.village)}@{world.village}",
        "basis": "示例文件第4号",
        "valid_from": clock.now().date().isoformat(),
    }


def test_the_page_says_who_answers_and_why(desk: Client, world: "World"):
    page = text(desk.get(AT, {"klass": "facility.lighting", "ground": world.grid, "duty": "receiver"}))
    assert unit_name(world, "360428101") in page and "依据归口第" in page


def test_one_remit_is_previewed_with_the_matters_that_move_and_taken_once(desk: Client, world: "World"):
    with_handler(world)
    answer = desk.post(AT + "one/", one(world))
    page = text(answer)
    assert answer.status_code == 200 and "在办的有1件要改派" in page
    before = Remit.objects.count()
    given = {name: hidden(page, name) for name in ("kind", "sheet", "replace")}
    for _ in range(2):
        assert desk.post(AT + "take/", given).status_code == 302
    assert Remit.objects.count() == before + 1
    found = queries.answering(
        klass="facility.lighting", ground=world.grid, duty="handler", on=clock.now().date()
    )
    assert found is not None and found.basis == "示例文件第4号"


def test_a_sheet_with_errors_is_handed_back_with_them_and_nothing_is_taken(desk: Client, world: "World"):
    before = Remit.objects.count()
    given = {"kind": "remits", "table": sheet(world, remit(world), remit(world, 职责="协调"))}
    answer = desk.post(AT + "sheet/", given)
    page = text(answer)
    assert answer.status_code == 422 and "有1行出错" in page and "协调" in page
    data = re.search(r"base64,([A-Za-z0-9+/=]+)", page)
    assert data
    lines = dict(sheets.read(BytesIO(base64.b64decode(data[1]))))
    assert lines[3]["结果"] == "出错" and Remit.objects.count() == before


def test_an_administrator_takes_nothing_in_beyond_the_own_ground(desk: Client, world: "World"):
    given = {"kind": "remits", "table": sheet(world, remit(world, 地域=world.foreign_county))}
    assert "不在本岗管理的范围" in text(desk.post(AT + "sheet/", given))
    given = {**one(world), "ground": world.foreign_county}
    assert "不在本岗管理的范围" in text(desk.post(AT + "one/", given))


def test_two_days_are_compared_on_the_own_ground(desk: Client, world: "World"):
    page = text(desk.post(AT + "one/", one(world)))
    desk.post(AT + "take/", {name: hidden(page, name) for name in ("kind", "sheet", "replace")})
    today = clock.now().date()
    asked = {"before": today.replace(year=2025).isoformat(), "after": today.isoformat()}
    page = text(desk.get(AT, asked))
    assert "示例文件第4号" in page and "新增" in page
    same = {"before": today.isoformat(), "after": today.isoformat()}
    assert "有0处不同" in text(desk.get(AT, same))


def test_what_no_preview_wrote_is_refused(desk: Client):
    assert desk.post(AT + "take/", {"kind": "remits", "sheet": "//"}).status_code == 422
