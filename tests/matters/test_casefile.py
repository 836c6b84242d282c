"""The case file: what was issued, what was attached, what is lacking, and nobody outside who reads it."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.files import rendering
from gantang.files.types import CaseFile
from gantang.kit.actor import Actor
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.queries import casefile
from gantang.matters.types import Contact
from tests.files.test_leaves import foreign, picture
from tests.matters import paths
from tests.matters.acting import Course, fresh, told
from tests.matters.issuing import REPLY, answered, rows_of, watched

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def case_file_of(course: Course, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> CaseFile:
    """What is bound when the actor asks for the case file."""
    bound: list[CaseFile] = []
    bind = casefile.bind
    with monkeypatch.context() as patch:
        patch.setattr(casefile, "bind", lambda one: (bound.append(one), bind(one))[1])
        assert queries.case_file(actor, course.id, now=course.now).startswith(b"%PDF")
    return bound[0]


def attach(course: Course, actor: Actor, data: bytes) -> None:
    course.now += timedelta(minutes=1)
    service.attach(actor=actor, matter=course.id, data=data, public=False, key=fresh(), now=course.now)


def test_the_case_file_holds_what_was_issued_and_names_what_is_lacking(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    course, handler = answered(world)
    whole = case_file_of(course, handler, monkeypatch)
    (row,) = rows_of(course.id)
    kept = queries.document(handler, course.id, row.id, now=course.now).data
    told_of = {one.title: (one.data == kept, one.remark) for one in whole.pieces}
    assert told_of == {
        "受理告知书": (False, "无"),
        "证据材料": (False, "无"),
        "不予受理告知书": (False, "无"),
        "答复意见书": (True, ""),
        "回访记录": (False, "无"),
    }
    actor, matter = service.open_by_code(course.receipt.access_code or "")
    for other in (actor, world.cast.neighbour):
        with pytest.raises(MatterNotFoundError):
            queries.case_file(other, matter, now=course.now)


@pytest.mark.slow
def test_what_was_attached_is_bound_in_behind_the_documents(world: "World", monkeypatch: pytest.MonkeyPatch):
    course, handler = answered(world)
    for data in (picture(), foreign((600, 800), (800, 600)), b"%PDF-1.4 nothing %%EOF"):
        attach(course, handler, data)
    whole = case_file_of(course, handler, monkeypatch)
    day = f"{course.now.year}年{course.now.month}月{course.now.day}日"
    assert [(one.title, one.count, one.remark) for one in whole.pieces[-3:]] == [
        (f"附件1：图片，{day}", 1, ""),
        (f"附件2：PDF文件，{day}", 2, ""),
        (f"附件3：PDF文件，{day}", 0, "打不开，另存"),
    ]
    assert {one.remark for one in whole.pieces if one.title == "证据材料"} == {"如有，见附件"}
    monkeypatch.setattr(casefile, "ROOM", len(whole.pieces[-3].data))
    remarks = [one.remark for one in case_file_of(course, handler, monkeypatch).pieces[-3:]]
    assert remarks == ["", "案卷已满，另存", "打不开，另存"]


def test_no_minor_is_named_in_the_case_file_even_where_the_gist_does(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    course = Course(told(world.grid, reporter=Contact(name="示例丙", phone="13900007715")))
    handler = paths.handled(world, course)
    child = Contact(name="示例丁丁", phone="13900008826")
    service.add_party(
        actor=handler, matter=course.id, contact=child, side=2, minor=True, key=fresh(), now=course.now
    )
    gist = "示例丁丁家门口的灯不亮"
    service.mend_gist(actor=world.cast.receiver, matter=course.id, gist=gist, key=fresh(), now=course.now)
    with watched(monkeypatch) as seen:
        course.by(handler, "answer", result="resolved", reply=REPLY)
    whole = case_file_of(course, handler, monkeypatch)
    assert "示例丁丁" not in rendering.data_of(seen[-1])
    assert "示例丁丁" not in repr(whole.cover) + rendering.data_of(whole.paper)
    assert dict(whole.cover)["卷名"] == "示**家门口的灯不亮"
