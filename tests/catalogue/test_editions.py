"""Editions of a calendar: each change numbered, in force from a moment on, told to whoever counted on it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from gantang.catalogue import errors, queries, service
from gantang.catalogue.types import CalendarChange, LocalDay
from gantang.engine import Words
from gantang.outbox.models import Row

if TYPE_CHECKING:
    from tests.world import World

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ON = date(2026, 12, 8)  # a Tuesday


def rest(ground: str, on: date = ON, source: str = "示例文件") -> LocalDay:
    return LocalDay(ground, on, "rest", Words("县庆", "County day"), None, source)


def changed(world: "World", **given) -> CalendarChange:
    return CalendarChange(world.county, **{"put": (rest(world.county),), "source": "示例文件", **given})


def take(world: "World", change: CalendarChange, now: datetime = NOW):
    return service.change_calendar(actor=world.cast.admin, change_=change, now=now)


def test_each_change_is_the_next_edition_of_its_ground_with_its_source(world: "World"):
    first = take(world, changed(world))
    second = take(world, CalendarChange(world.county, clear=(ON,), source="另一份"), NOW + timedelta(hours=1))
    assert first and second and (first.number, second.number) == (1, 2)
    assert (first.put, first.cleared, second.cleared) == (1, 0, 1)
    assert [(one.number, one.source) for one in queries.editions(world.county)] == [
        (2, "另一份"),
        (1, "示例文件"),
    ]


def test_what_changes_nothing_is_no_edition(world: "World"):
    take(world, changed(world))
    assert take(world, changed(world)) is None
    assert take(world, CalendarChange(world.county, clear=(date(2026, 12, 9),))) is None
    assert len(queries.editions(world.county)) == 1


def test_a_change_of_tomorrow_holds_from_tomorrow_on(world: "World"):
    since = NOW + timedelta(days=1)
    take(world, changed(world, since=since))
    assert queries.calendar_for(world.grid, at=since - timedelta(seconds=1)).is_working(ON)
    assert not queries.calendar_for(world.grid, at=since).is_working(ON)


def test_a_later_change_takes_the_place_of_one_that_has_not_begun(world: "World"):
    take(world, changed(world, since=NOW + timedelta(days=2)))
    half = replace(rest(world.county), kind="working", hours=(("09:00", "12:00"),))
    take(world, changed(world, put=(half,)), NOW + timedelta(hours=1))
    later = queries.calendar_for(world.grid, at=NOW + timedelta(days=3))
    assert later.is_working(ON) and later.close_of(ON).hour == 12


def test_news_of_a_change_goes_to_matters_when_it_comes_into_force(world: "World"):
    since = NOW + timedelta(days=1)
    take(world, changed(world, since=since))
    row = Row.objects.get(kind="calendar.changed")
    assert (row.destination, row.refs, row.next_at) == (
        "matters",
        {"ground": world.county, "number": 1},
        since,
    )


def test_a_whole_table_takes_back_what_it_does_not_list(world: "World"):
    other = date(2026, 12, 10)
    take(world, changed(world, put=(rest(world.county), rest(world.county, other))))
    take(world, changed(world, put=(rest(world.county, other),), whole=frozenset({2026})), NOW + timedelta(1))
    assert [one.on for one in queries.local_days(world.county, at=NOW + timedelta(2))] == [other]


def test_a_whole_national_table_leaves_the_days_that_belong_to_the_next_notice(world: "World"):
    before = {one.on for one in queries.local_days("") if one.on.year == 2025}
    put = tuple(one for one in queries.local_days("") if one.on.year == 2024)
    given = CalendarChange("", put=put, source="示例", whole=frozenset({2024}))
    assert take(world, given) is None
    assert {one.on for one in queries.local_days("") if one.on.year == 2025} == before


def test_a_year_is_published_for_the_country_only(world: "World"):
    with pytest.raises(errors.DayError):
        take(world, changed(world, year=2027))


def test_a_proposed_change_is_counted_on_without_being_taken(world: "World"):
    calendar_of = queries.proposed(changed(world), at=NOW)
    assert not calendar_of(world.grid).is_working(ON) and calendar_of(world.foreign_grid).is_working(ON)
    assert queries.calendar_for(world.grid).is_working(ON)
    put, cleared = queries.differences(changed(world), at=NOW)
    assert ([one.on for one in put], cleared) == ([ON], [])


# tables of days


def table(text: str) -> BytesIO:
    return BytesIO(text.encode())


def test_a_table_in_chinese_or_english_is_the_same_change(world: "World"):
    zh = "日期,类型,名称,英文名称,时间\n2026-12-08,休息,县庆,County day,\n2026年12月9日,半天,县庆,County day,9:00-12:00\n"
    en = "on,kind,zh,en,hours\n2026-12-08,rest,县庆,County day,\n2026-12-09,working,县庆,County day,09:00–12:00\n"
    found = [service.read_days(table(text), ground=world.county, source="示例文件") for text in (zh, en)]
    assert all(faults == [] for _change, faults in found)
    assert [[(one.on, one.kind) for one in change.put] for change, _faults in found] == [
        [(date(2026, 12, 8), "rest"), (date(2026, 12, 9), "working")]
    ] * 2
    assert take(world, found[0][0]) is not None


def test_a_row_that_cannot_be_read_is_told_by_its_number(world: "World"):
    text = "日期,类型,名称\n某天,休息,甲\n2026-12-08,过节,乙\n2026-12-09,半天,丙\n2026-12-10,取消,丁\n"
    change, faults = service.read_days(table(text), ground=world.county, source="示例文件")
    assert [one.row for one in faults] == [2, 3, 4]
    assert change.clear == (date(2026, 12, 10),)


# slots


def test_slots_ship_empty_where_nothing_is_known_and_with_our_default_where_we_have_one(world: "World"):
    held = {one.code: one for one in queries.slots()}
    assert [f"stability.class_{n:02d}" for n in range(1, 14)] == [one for one in held if "stability" in one]
    assert all(one.empty and one.basis for code, one in held.items() if "stability" in code)
    assert (held["event_scale.major_from"].value, held["event_scale.major_from"].ours) == (30, True)
    assert held["seven_x.members"].empty and held["agenda.county"].value == "1 month"


def test_a_filled_slot_keeps_what_stood_there_before(world: "World"):
    before = world.on - timedelta(days=1)
    service.set_slot(
        actor=world.cast.admin,
        code="event_scale.general_from",
        value=10,
        source="县政法委〔2026〕示例号",
        valid_from=world.on,
        now=NOW,
    )
    now, then = queries.slot("event_scale.general_from"), queries.slot("event_scale.general_from", on=before)
    assert now and then and (now.value, now.ours, then.value, then.ours) == (10, False, 5, True)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("event_scale.general_from", "five"),
        ("event_scale.general_from", -1),
        ("agenda.city", "3 moons"),
        ("seven_x.members", []),
        ("stability.class_01", {"名称": ""}),
    ],
)
def test_a_value_of_another_form_is_refused(world: "World", code: str, value: object):
    with pytest.raises(errors.SlotError):
        service.set_slot(
            actor=world.cast.admin, code=code, value=value, source="示例", valid_from=world.on, now=NOW
        )


def test_a_value_without_a_source_is_refused(world: "World"):
    with pytest.raises(errors.SlotError):
        service.set_slot(
            actor=world.cast.admin,
            code="agenda.city",
            value="1 month",
            source=" ",
            valid_from=world.on,
            now=NOW,
        )


def test_only_an_administrator_fills_a_slot(world: "World"):
    with pytest.raises(errors.NotAdminError):
        service.set_slot(
            actor=world.cast.handler,
            code="agenda.city",
            value=None,
            source="示例",
            valid_from=world.on,
            now=NOW,
        )


def test_what_waits_to_be_filled_in_is_listed(world: "World"):
    codes = [one.code for one in queries.unfilled()]
    assert "stability.class_13" in codes and "mediation.people" in codes and "agenda.city" not in codes
