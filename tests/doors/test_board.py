"""The board of a list at the desk: how far it is, what was reported, what is out of sight; by any pack."""

import sys
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from gantang.desk import board as shown
from gantang.matters import queries
from gantang.matters.rules import boards
from gantang.procedures import queries as procedures
from tests.matters.ways import duties

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def desk(world: "World", name: str = "supervisor") -> Client:
    client = Client()
    account = get_user_model().objects.get(pk=world.account_of(name))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_board_says_how_far_a_list_is_and_by_what_its_items_ended(world: "World"):
    course, first, second = duties.issued(world)
    first.go("progress", "done", "strike_off")
    text = desk(world).get(f"/desk/matters/{course.row.number}/board/").content.decode()
    assert "共3项：在办2，其中超期0；已结束1（已销号1）。" in text
    assert "1次，最近有动静" in text and "没报过" in text
    assert second.row.gist in text
    page = desk(world).get(f"/desk/matters/{course.row.number}/").content.decode()
    assert f"/desk/matters/{course.row.number}/board/" in page


def test_a_dropped_item_is_told_apart_from_one_that_was_struck_off(world: "World"):
    course = duties.begun(world, duties.LIST)
    made = course.make("issue", span="month")
    course.child(made).go("drop")
    text = desk(world).get(f"/desk/matters/{course.row.number}/board/").content.decode()
    assert "已结束1（" in text and "已销号" not in text


def test_a_report_that_is_due_or_late_is_said(world: "World"):
    course, _first, _second = duties.issued(world)
    url, due = f"/desk/matters/{course.row.number}/board/", course.row.due_at
    assert due is not None
    client = desk(world)
    assert "本期还没报，时间还有" in client.get(url).content.decode()
    now = course.row.entered_at + (due - course.row.entered_at) * 0.9
    board = queries.board(world.cast.supervisor, course.id, now=now)
    assert board is not None and [one.stands for one in board.reports] == ["due"]
    board = queries.board(world.cast.supervisor, course.id, now=due + timedelta(days=1))
    assert board is not None and [one.stands for one in board.reports] == ["late"]
    course.go("dispatch")
    text = client.get(url).content.decode()
    assert "本期报过了" in text and "报过1次" in text


def test_a_meeting_that_was_not_called_in_time_is_said_on_the_board_of_its_group(world: "World"):
    course = duties.formed(world)
    meeting = course.child(course.make("convene"))
    meeting.go("not_held")
    text = desk(world).get(f"/desk/matters/{course.row.number}/board/").content.decode()
    assert "没有按期办" not in text and "已结束1（" in text
    due = course.row.due_at
    assert due is not None
    found = queries.get(world.cast.supervisor, course.id, now=due)
    assert queries.missed(found, now=due) is None
    later = due + timedelta(days=3)
    assert queries.missed(found, now=later) == ("convene", due)
    said = shown.missed(found, now=later)
    assert "没有按期办，已经过了3天" in said


def test_the_decisions_of_a_meeting_stand_on_its_board_with_owner_and_term(world: "World"):
    course = duties.formed(world)
    meeting = course.child(course.make("convene"))
    meeting.make("call", agenda=duties.AGENDA)
    meeting.make("record", **duties.MET)
    signed = meeting.make("sign")
    meeting.child(signed).make("assign", span="month")
    text = desk(world).get(f"/desk/matters/{meeting.row.number}/board/").content.decode()
    assert "共3项：在办3" in text and "周溪镇" in text


def test_a_board_is_narrowed_by_its_address_and_taken_along_as_it_is(world: "World"):
    course, first, second = duties.issued(world)
    first.go("done", "strike_off")
    client, url = desk(world), f"/desk/matters/{course.row.number}/board"
    text = client.get(f"{url}/?show=ended").content.decode()
    assert first.row.number[:3] in text and f"/desk/matters/{second.row.number}/" not in text
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(client.get(f"{url}.xlsx?show=open"))))  # type: ignore[arg-type]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["编号", "事由"] and len(rows) == 3
    assert second.row.number.replace("-", "") in {row[0].replace("-", "") for row in rows[1:]}


def test_what_is_no_list_has_no_board_and_a_list_out_of_sight_is_not_there(world: "World"):
    course, first, _second = duties.issued(world)
    assert desk(world).get(f"/desk/matters/{first.row.number}/board/").status_code == 404
    for name in ("foreign_receiver", "grid_worker"):
        assert desk(world, name).get(f"/desk/matters/{course.row.number}/board/").status_code == 404


def test_a_board_costs_as_many_queries_with_many_items_as_with_few(world: "World"):
    course, _first, _second = duties.issued(world)
    client, url = desk(world), f"/desk/matters/{course.row.number}/board/"
    client.get(url), client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    course.go("add_items", "add_items")
    client.get(url)
    with CaptureQueriesContext(connection) as many:
        text = client.get(url).content.decode()
    assert "共9项" in text
    assert len(many) <= len(few), [one["sql"][:120] for one in many.captured_queries]


def test_all_lists_in_sight_stand_on_one_page_with_how_far_each_is(world: "World"):
    course, first, _second = duties.issued(world)
    first.go("progress", "done", "strike_off")
    number = course.row.number
    (one,) = queries.listed(world.cast.supervisor, now=course.now, size=25).items
    assert (one.row.number, one.all, one.open, one.late, one.unseen) == (number, 3, 2, 0, 0)
    (late,) = queries.listed(world.cast.supervisor, now=course.now + timedelta(days=400), size=25).items
    assert late.late == late.open == 2
    text = desk(world).get("/desk/lists/").content.decode()
    assert f"/desk/matters/{number}/board/" in text and "33%" in text
    assert number not in desk(world).get("/desk/lists/?ended=yes").content.decode()
    assert "/desk/lists/" in desk(world).get("/desk/campaigns/").content.decode()
    assert number not in desk(world, "foreigner").get("/desk/lists/").content.decode()


def test_lists_are_what_is_handed_out_from_above_or_comes_round_again(world: "World"):
    lists = {one.name for one in procedures.versions() if boards.is_list(procedures.by_hash(one.hash))}
    made = {one.name for one in procedures.versions() if boards.opening(procedures.by_hash(one.hash))}
    assert lists == {"listed", "special_campaign", "standing_group", "group_meeting"}
    assert {"dispute", "performance", "deliberation", "peacemaking"} <= made - lists


def test_a_page_of_lists_costs_the_same_however_many_there_are(world: "World"):
    duties.issued(world)
    client = desk(world)
    client.get("/desk/lists/")
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/lists/")
    for _more in range(2):
        duties.issued(world)
    with CaptureQueriesContext(connection) as three:
        text = client.get("/desk/lists/").content.decode()
    assert text.count('/board/"') == 3 and len(three) <= len(one)


def test_lists_behind_too_many_items_say_that_they_were_not_counted(
    world: "World", monkeypatch: pytest.MonkeyPatch
):
    first = duties.issued(world)[0]
    last = duties.issued(world)[0]
    assert first.id < last.id
    monkeypatch.setattr(sys.modules["gantang.matters.queries.listed"], "MOST", 4)
    page = queries.listed(world.cast.supervisor, now=last.now, size=10)
    assert [(one.row.id, one.all, one.counted) for one in page.items] == [
        (last.id, 3, True), (first.id, 0, False)
    ]  # fmt: skip
    text = desk(world).get("/desk/lists/").content.decode()
    assert text.count("项目太多，打开来看") == 1
