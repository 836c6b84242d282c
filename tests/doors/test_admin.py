"""The administering pages of the desk: calendar, outages, slots."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gantang.catalogue import queries as catalogue
from gantang.kit import clock
from gantang.matters import queries
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
DAY = {"on": "2026-12-08", "kind": "rest", "zh": "县庆", "source": "示例文件", "shown": "2026"}


@pytest.fixture
def desk(world: "World") -> Client:
    return desk_of(world, "admin")


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def hidden(page: str, name: str) -> str:
    import html
    import re

    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def test_a_year_is_a_picture_of_twelve_months_whose_days_say_in_words_what_they_are(desk: Client):
    page = text(desk.get("/desk/admin/calendar/?ground=&year=2026"))
    assert page.count('<table class="month">') == 12
    assert "春节" in page and "调休上班" in page and "<b>休</b>" in page and "<b>班</b>" in page


def test_a_year_without_a_notice_is_said_to_be_provisional(desk: Client):
    page = text(desk.get("/desk/admin/calendar/?ground=&year=2031"))
    assert "暂定" in page and "还没有公布" in page


def test_a_change_is_shown_before_it_is_taken_and_taken_once(desk: Client, world: "World"):
    preview = text(desk.post("/desk/admin/calendar/day/", {**DAY, "ground": world.county}))
    assert "县庆" in preview and "有变化" in preview
    on = catalogue.calendar_for(world.grid)
    assert on.is_working(clock.now().date().replace(year=2026, month=12, day=8))
    given = {"ground": world.county, "shown": "2026", "change": hidden(preview, "change")}
    for _ in range(2):
        assert desk.post("/desk/admin/calendar/take/", given).status_code == 302
    assert [one.number for one in catalogue.editions(world.county)] == [1]
    assert "第1版" in text(desk.get(f"/desk/admin/calendar/?ground={world.county}"))


@pytest.mark.parametrize("ground", ["", "361028"])
def test_a_county_does_not_change_the_countrys_calendar_nor_anothers(desk: Client, ground: str):
    given = {**DAY, "ground": ground}
    assert desk.post("/desk/admin/calendar/day/", given).status_code == 403
    take = {
        "ground": ground,
        "shown": "2026",
        "change": '{"put": [], "clear": [], "year": 2027, "source": "x", "since": null, "whole": []}',
    }
    assert desk.post("/desk/admin/calendar/take/", take).status_code == 403
    assert "为什么不能改" in text(desk.get(f"/desk/admin/calendar/?ground={ground}"))
    assert not catalogue.is_published(2027)


def test_a_table_with_a_row_that_cannot_be_read_takes_nothing_and_names_the_row(desk: Client, world: "World"):
    table = SimpleUploadedFile("days.csv", "日期,类型,名称\n2026-12-08,过节,县庆\n".encode())
    given = {"ground": world.county, "source": "示例文件", "table": table}
    answer = desk.post("/desk/admin/calendar/table/", given)
    assert answer.status_code == 422 and "第2行" in text(answer)


def test_a_table_is_previewed_like_a_day(desk: Client, world: "World"):
    table = SimpleUploadedFile("days.csv", "日期,类型,名称\n2026-12-08,休息,县庆\n".encode())
    preview = text(
        desk.post("/desk/admin/calendar/table/", {"ground": world.county, "source": "示例", "table": table})
    )
    given = {"ground": world.county, "shown": "2026", "change": hidden(preview, "change")}
    desk.post("/desk/admin/calendar/take/", given)
    assert [one.title.zh for one in catalogue.local_days(world.county)] == ["县庆"]


def test_an_outage_is_entered_and_listed(desk: Client, world: "World"):
    now = clock.now()
    moments = {
        name: f"{at:%Y-%m-%dT%H:%M}" for name, at in (("since", now - timedelta(hours=3)), ("until", now))
    }
    given = {"ground": world.county, "reason": "power", **moments}
    assert desk.post("/desk/admin/outages/", given).status_code == 302
    assert "停电" in text(desk.get("/desk/admin/outages/"))
    (one,) = queries.sweeps(kind="outage")
    assert one.ground == world.county


def test_slots_say_what_is_empty_what_is_our_default_and_what_is_filled(desk: Client):
    page = text(desk.get("/desk/admin/slots/"))
    assert "第13类涉稳突出问题" in page and "空着" in page and "我们的默认值" in page
    given = {"code": "agenda.city", "value": "2个月", "source": "示例文件", "valid_from": "2026-11-01"}
    assert desk.post("/desk/admin/slots/", given).status_code == 302
    found = catalogue.slot("agenda.city")
    assert found and (found.value, found.ours) == ("2 months", False)


def test_a_value_that_does_not_fit_is_told_and_what_was_typed_stays(desk: Client):
    given = {"code": "agenda.city", "value": "两个月吧", "source": "示例文件", "valid_from": "2026-11-01"}
    answer = desk.post("/desk/admin/slots/", given)
    assert answer.status_code == 422 and "两个月吧" in text(answer)
