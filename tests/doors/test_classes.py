"""The table of classes at the desk: a pack of one's own gets its classes without a line of code."""

import html
from typing import TYPE_CHECKING, Any

import pytest

from gantang.catalogue import queries as catalogue
from gantang.kit import clock
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/desk/admin/classes/"


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def term(code: str, **other: str) -> dict[str, str]:
    today = str(clock.now().date())
    return {"code": code, "zh": "示例", "en": "Sample", "source": "示例文件", "valid_from": today, **other}


def test_an_administrator_adds_a_class_and_one_below_it_and_sees_its_branch(world: "World"):
    assert desk_of(world, "supervisor").get(PAGE).status_code == 403
    desk = desk_of(world, "admin")
    assert desk.post(PAGE, term("tree")).status_code == 302
    added = desk.post(PAGE, term("tree.famous", zh="名木示例"))
    assert (added.status_code, added["Location"]) == (302, f"{PAGE}?under=tree")
    assert "名木示例" in text(desk.get(added["Location"])) and "名木示例" not in text(desk.get(PAGE))
    found = catalogue.get_class("tree.famous")
    assert found is not None and found.parent == "tree"


def test_a_class_is_called_otherwise_and_never_ended_here(world: "World"):
    desk = desk_of(world, "admin")
    assert desk.post(PAGE, term("facility.lighting", zh="路灯示例")).status_code == 302
    assert "路灯示例" in text(desk.get(f"{PAGE}?under=facility"))
    assert desk.post(PAGE, {**term("facility.lighting"), "act": "end"}).status_code == 302
    assert catalogue.get_class("facility.lighting") is not None
    orphan = desk.post(PAGE, term("nowhere.sample"))
    assert orphan.status_code == 422 and "上一级不存在" in text(orphan)
