"""Sheets taken in: each error at its row, all or nothing, a second run changes nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from gantang.catalogue import queries as catalogue
from gantang.kit.actor import SYSTEM
from gantang.kit.clock import ZONE
from gantang.outbox.models import Row
from gantang.posts import errors, queries, service
from gantang.posts.models import Appointment, Post, Remit, Unit
from gantang.posts.types import SheetReport
from gantang.sheets import queries as sheets
from gantang.territory import queries as territory
from tests.posts.sheets import REMIT, remit, steps_of, table, unit_name

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
DAY = date(2026, 11, 24)
UNITS = ("单位名称", "级别", "地域", "类型", "上级单位", "开始日期", "结束日期")
POSTS = ("单位", "岗位", "职责", "负责地域", "管理岗", "开始日期", "结束日期")
APPOINTED = ("单位", "岗位", "登录名", "代理", "开始日期", "结束日期")


def brought(
    columns: tuple[str, ...], rows: list[dict[str, str]], kind: str = "remits", **more: Any
) -> SheetReport:
    return service.import_sheet(actor=ADMIN, table=table(columns, rows), kind=kind, now=NOW, **more)


def outcomes(report: SheetReport) -> list[str]:
    return [line.outcome for line in report.lines]


def test_remits_of_a_sheet_answer_at_once_each_a_step(world: "World"):
    report = brought(
        REMIT, [remit(world), remit(world, 职责="调解", 责任领导=f"负责岗@{unit_name(world, '360428101')}")]
    )
    assert report.taken and outcomes(report) == ["added", "added"]
    found = queries.answering(klass="*", ground=world.grid, duty="handler", on=DAY)
    assert found is not None and found.unit == world.unit(world.village) and found.basis == "示例文件第2号"
    mediator = queries.answering(klass="*", ground=world.grid, duty="mediator", on=DAY)
    assert mediator is not None and mediator.leader == world.post("360428101", "负责岗")
    assert steps_of("remit", found.remit) == ["remit.set"]


def test_the_same_sheet_again_changes_nothing(world: "World"):
    rows = [remit(world), remit(world, 类别="facility", 配合单位=unit_name(world, "360428101"))]
    brought(REMIT, rows)
    before, told = Remit.objects.count(), Row.objects.count()
    report = brought(REMIT, rows)
    assert outcomes(report) == ["same", "same"]
    assert (Remit.objects.count(), Row.objects.count()) == (before, told)


def test_one_wrong_row_takes_nothing_in_and_all_wrong_rows_are_told(world: "World"):
    before = Remit.objects.count()
    rows = [
        remit(world),
        remit(world, 职责="协调"),
        remit(world, 职责="调解", 牵头单位="没有这个单位"),
        remit(world, 职责="核验", 地域="360428999", 类别="nothing.here"),
    ]
    report = brought(REMIT, rows)
    assert not report.taken and Remit.objects.count() == before
    assert outcomes(report) == ["added", "error", "error", "error"]
    assert [line.row for line in report.errors] == [3, 4, 5]
    assert "协调" in report.errors[0].reason and "没有这个单位" in report.errors[1].reason
    assert "360428999" in report.errors[2].reason and "nothing.here" in report.errors[2].reason


def test_rows_that_tie_are_wrong_whether_with_the_sheet_or_with_what_stands(world: "World"):
    brought(REMIT, [remit(world)])
    other = remit(world, 牵头单位=unit_name(world, "360428101"), 开始日期="2026-11-10")
    report = brought(REMIT, [other, remit(world, 职责="调解"), remit(world, 职责="调解", 依据文件="另一份")])
    assert outcomes(report) == ["error", "added", "error"]
    assert "第3行" in report.lines[2].reason


def test_replacing_ends_what_stands_on_the_day_the_new_one_begins(world: "World"):
    brought(REMIT, [remit(world)])
    other = remit(world, 牵头单位=unit_name(world, "360428101"), 开始日期="2026-11-20")
    report = brought(REMIT, [other], replace=True)
    assert report.taken and outcomes(report) == ["changed"]
    for on, unit in ((date(2026, 11, 19), world.village), (date(2026, 11, 20), "360428101")):
        found = queries.answering(klass="*", ground=world.village, duty="handler", on=on)
        assert found is not None and found.unit == world.unit(unit)
    assert outcomes(brought(REMIT, [other], replace=True)) == ["same"]
    assert outcomes(brought(REMIT, [remit(world)])) == ["same"]  # the older sheet undoes nothing


def test_an_end_written_into_the_sheet_ends_the_remit(world: "World"):
    brought(REMIT, [remit(world)])
    assert outcomes(brought(REMIT, [remit(world, 结束日期="2026-12-01")])) == ["changed"]
    assert queries.answering(
        klass="*", ground=world.village, duty="handler", on=date(2026, 12, 1)
    ) != world.unit(world.village)
    assert Remit.objects.get(basis="示例文件第2号").valid_to == date(2026, 12, 1)


def test_a_sheet_that_is_only_tried_changes_nothing_and_tells_what_it_would(world: "World"):
    before = Remit.objects.count()
    report = brought(REMIT, [remit(world)], dry=True)
    assert not report.taken and Remit.objects.count() == before
    assert [(one.kind, one.ground) for one in report.changes] == [("added", world.village)]


def test_rows_beyond_the_ground_one_administers_are_refused(world: "World"):
    report = brought(REMIT, [remit(world), remit(world, 地域=world.foreign_county)], within=world.county)
    assert [line.row for line in report.errors] == [3]
    assert not report.taken


def test_columns_that_are_missing_or_unknown_are_told_for_the_file(world: "World"):
    with pytest.raises(errors.WrongError, match="依据文件"):
        brought(tuple(one for one in REMIT if one != "依据文件"), [])
    with pytest.raises(errors.WrongError, match="截止"):
        brought((*REMIT, "截止"), [{**remit(world), "截止": "2026-12-31"}])


def test_only_administrators_take_sheets_in(world: "World"):
    with pytest.raises(errors.NotAdminError):
        service.import_sheet(actor=world.cast.leader, table=table(REMIT, []), kind="remits", now=NOW)


def test_the_sheet_comes_back_with_its_errors_at_their_rows_and_can_be_read_again(world: "World"):
    rows = [remit(world), remit(world, 职责="协调")]
    back = b"".join(service.returned(brought(REMIT, rows)))
    read = sheets.read(BytesIO(back))
    assert read.columns == (*REMIT, "行", "结果", "原因", "改法")
    lines = dict(read)
    assert (lines[2]["结果"], lines[3]["结果"], lines[3]["行"]) == ("新增", "出错", "3")
    assert "协调" in lines[3]["原因"] and "职责可写" in lines[3]["改法"]
    again = service.import_sheet(actor=ADMIN, table=BytesIO(back), kind="remits", now=NOW)
    assert outcomes(again) == ["added", "error"]


def test_units_posts_and_appointments_come_in_and_come_again(world: "World"):
    county = unit_name(world, "360428")
    units = [
        {
            "单位名称": "示例派出所",
            "级别": "乡",
            "地域": "360428101",
            "类型": "派出所",
            "上级单位": "示例公安局",
            "开始日期": "2026-11-01",
        },
        {
            "单位名称": "示例公安局",
            "级别": "县",
            "地域": "360428",
            "类型": "公安",
            "上级单位": county,
            "开始日期": "2026-11-01",
        },
    ]
    posts = [
        {
            "单位": "示例派出所",
            "岗位": "社区民警岗",
            "职责": "协办、办理",
            "负责地域": world.village,
            "开始日期": "2026-11-01",
        }
    ]
    name = world.username_of("handler")
    held = [{"单位": "示例派出所", "岗位": "社区民警岗", "登录名": name, "开始日期": "2026-11-02"}]
    sheets_ = ((UNITS, units, "units"), (POSTS, posts, "posts"), (APPOINTED, held, "appointments"))
    for columns, rows, kind in sheets_:
        assert brought(columns, rows, kind).taken, kind
    for columns, rows, kind in sheets_:
        assert set(outcomes(brought(columns, rows, kind))) == {"same"}, kind
    station = Unit.objects.get(name="示例派出所")
    assert (station.kind, station.level, station.parent and station.parent.name) == (
        "police",
        4,
        "示例公安局",
    )
    post = Post.objects.get(unit=station)
    assert (sorted(post.duties), post.ground) == (["cooperator", "handler"], world.village)
    assert Appointment.objects.get(post=post).account == world.account_of("handler")


def test_wrong_units_posts_and_appointments_are_told_at_their_rows(world: "World"):
    village = unit_name(world, world.village)
    units = [
        {"单位名称": "甲", "级别": "乡", "地域": "360428101", "类型": "办公室", "开始日期": "2026-11-01"},
        {
            "单位名称": "乙",
            "级别": "县",
            "地域": "360428",
            "类型": "部门",
            "上级单位": "丙",
            "开始日期": "2026-11-01",
        },
        {
            "单位名称": "丙",
            "级别": "县",
            "地域": "360428",
            "类型": "部门",
            "上级单位": "乙",
            "开始日期": "2026-11-01",
        },
        {
            "单位名称": "丁",
            "级别": "县",
            "地域": "360428",
            "类型": "部门",
            "上级单位": "没有",
            "开始日期": "昨天",
        },
    ]
    report = brought(UNITS, units, "units")
    assert [line.row for line in report.errors] == [2, 3, 4, 5]
    assert "绕回" in report.lines[1].reason and "不是日期" in report.lines[3].reason
    posts = [
        {"单位": village, "岗位": "甲岗", "负责地域": world.other_grid, "开始日期": "2026-11-01"},
        {"单位": village, "岗位": "综治专干岗", "职责": "裁定", "开始日期": "2026-11-01"},
        {"单位": village, "岗位": "乙岗", "管理岗": "也许", "开始日期": "2026-11-01"},
    ]
    assert [line.row for line in brought(POSTS, posts, "posts").errors] == [2, 3, 4]
    held = [
        {
            "单位": village,
            "岗位": "综治专干岗",
            "登录名": world.username_of("handler"),
            "开始日期": "2026-11-24",
        },
        {
            "单位": village,
            "岗位": "没有这岗",
            "登录名": world.username_of("handler"),
            "开始日期": "2026-11-24",
        },
        {"单位": village, "岗位": "综治专干岗", "登录名": "谁", "代理": "是", "开始日期": "2026-11-24"},
    ]
    report = brought(APPOINTED, held, "appointments")
    assert [line.row for line in report.errors] == [2, 3, 4]
    assert not report.taken


def test_a_holder_who_ends_in_the_sheet_makes_room_for_the_next_whatever_the_order(world: "World"):
    village = unit_name(world, world.village)
    there = Appointment.objects.get(post=world.post(world.village, "综治专干岗"))
    first = {"单位": village, "岗位": "综治专干岗", "登录名": world.username_of("village_clerk")}
    next_ = {
        "单位": village,
        "岗位": "综治专干岗",
        "登录名": world.username_of("handler"),
        "开始日期": "2026-11-24",
    }
    rows = [next_, {**first, "开始日期": there.valid_from.isoformat(), "结束日期": "2026-11-24"}]
    report = brought(APPOINTED, rows, "appointments")
    assert outcomes(report) == ["added", "changed"] and report.taken


# --- ten thousand rows ----------------------------------------------------------------------------------

DUTIES = ("受理", "分派", "办理", "协办", "调解", "核验", "裁定", "督办")
PLANTED = (
    {"职责": "协调"},
    {"地域": "369999"},
    {"类别": "no.such.class"},
    {"牵头单位": "不存在的单位"},
    {"依据文件": ""},
    {"开始日期": "2026-13-01"},
    {"结束日期": "2026-01-01"},
    {"配合单位": "甲、乙"},
    {"责任领导": "没有这岗"},
)


def many(world: "World", count: int) -> Iterator[dict[str, str]]:
    """So many rows that are right, no two of which say the same: grounds × classes × duties."""
    grounds = [unit.ground for unit in queries.units("360428101")]
    grounds += [unit.ground for unit in queries.units("360428102")]
    grounds += [grid.code for grid in territory.grids("360428")]
    classes = [one.code for one in catalogue.classes()]
    made = 0
    for ground in dict.fromkeys(grounds):
        for klass in classes:
            for duty in DUTIES:
                yield remit(world, 地域=ground, 类别=klass, 职责=duty, 开始日期="2027-01-01")
                made += 1
                if made == count:
                    return


@pytest.mark.slow
def test_ten_thousand_rows_come_back_with_each_planted_error_at_its_row(world: "World"):
    rows = list(many(world, 10_000))
    assert len(rows) == 10_000
    wrong = {37 + n * 991: PLANTED[n % len(PLANTED)] for n in range(10)}
    for place, planted in wrong.items():
        rows[place] = {**rows[place], **planted}
    rows[9_999] = rows[5_000]  # said twice
    before = Remit.objects.count()
    report = brought(REMIT, rows)
    assert [line.row for line in report.errors] == [*(place + 2 for place in wrong), 10_001]
    assert not report.taken and Remit.objects.count() == before
    clean = [row for place, row in enumerate(rows) if place not in wrong and place != 9_999]
    report = brought(REMIT, clean)
    assert report.taken and report.count("added") == len(clean)
    again = brought(REMIT, clean)
    assert again.count("same") == len(clean)
