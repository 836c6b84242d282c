"""Terms, legal periods and the calendar over the real tables."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from gantang.catalogue import errors, queries, service
from gantang.catalogue.types import LocalDay
from gantang.engine import Words
from gantang.ledger import queries as ledger

if TYPE_CHECKING:
    from tests.world import World

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FESTIVAL = date(2026, 12, 8)  # a Tuesday


def a_day(ground: str, kind: str = "rest", hours=None, on: date = FESTIVAL) -> LocalDay:
    return LocalDay(ground, on, kind, Words("县庆", "County day"), hours, "都府发〔2026〕1号")


def test_seeding_twice_adds_nothing(world: "World"):
    assert service.seed(now=NOW) == 0
    assert len(queries.classes()) > 100


def test_classes_have_both_names_and_known_parents(world: "World"):
    codes = {one.code for one in queries.classes()}
    for one in queries.classes():
        assert one.name_zh and one.name_en
        assert not one.parent or one.parent in codes
        assert one.leaf == (not any(other.startswith(f"{one.code}.") for other in codes))


def test_children_stand_behind_their_parent(world: "World"):
    order = [one.code for one in queries.classes()]
    assert all(order.index(one.parent) < order.index(one.code) for one in queries.classes() if one.parent)


def test_every_class_of_the_sample_departments_exists(world: "World"):
    from gantang.sample.departments import DEPARTMENTS

    missing = {klass for one in DEPARTMENTS for klass in one.classes if queries.get_class(klass) is None}
    assert missing == set()


def test_a_class_of_no_such_code_is_none(world: "World"):
    assert queries.get_class("facility.lighting") is not None
    assert queries.get_class("facility.lamp") is None


def test_channels_and_causes_are_listed(world: "World"):
    assert {"portal", "phone", "counter", "grid", "hotline", "letter", "import"} <= {
        one.code for one in queries.channels()
    }
    assert any(one.code == "asset.wear" for one in queries.causes())


def test_a_new_class_is_seen_at_once_and_recorded(world: "World"):
    service.set_term(
        actor=world.cast.admin,
        kind="class",
        code="facility.fountain",
        zh="喷泉",
        en="Fountains",
        source="测试",
        valid_from=world.on,
        now=NOW,
    )
    found = queries.get_class("facility.fountain")
    assert found is not None and found.parent == "facility" and found.leaf


def test_a_renamed_class_keeps_its_old_name_for_the_days_before(world: "World"):
    before = world.on - timedelta(days=1)
    rename(world, "facility.lighting", "路灯")
    assert queries.get_class("facility.lighting").name_zh == "路灯"  # type: ignore[union-attr]
    assert queries.get_class("facility.lighting", on=before).name_zh == "道路照明"  # type: ignore[union-attr]


def rename(world: "World", code: str, zh: str) -> None:
    service.set_term(
        actor=world.cast.admin,
        kind="class",
        code=code,
        zh=zh,
        en=zh,
        source="测试",
        valid_from=world.on,
        now=NOW,
    )


def test_a_class_under_no_parent_is_refused(world: "World"):
    with pytest.raises(errors.TermError):
        rename(world, "nowhere.thing", "无")


def test_a_class_with_others_below_it_does_not_end(world: "World"):
    with pytest.raises(errors.TermError):
        service.end_term(actor=world.cast.admin, kind="class", code="facility", valid_to=world.on, now=NOW)


def test_an_ended_class_is_no_longer_offered(world: "World"):
    service.end_term(actor=world.cast.admin, kind="class", code="city.graffiti", valid_to=world.on, now=NOW)
    assert queries.get_class("city.graffiti") is None
    with pytest.raises(errors.UnknownTermError):
        service.end_term(
            actor=world.cast.admin, kind="class", code="city.graffiti", valid_to=world.on, now=NOW
        )


def test_only_an_administrator_changes_the_catalogue(world: "World"):
    with pytest.raises(errors.NotAdminError):
        service.set_day(actor=world.cast.handler, day=a_day(world.county), now=NOW)


def test_a_local_holiday_holds_on_its_ground_and_nowhere_else(world: "World"):
    country = queries.calendar_for("")
    service.set_day(actor=world.cast.admin, day=a_day(world.county), now=NOW)
    assert not queries.calendar_for(world.grid).is_working(FESTIVAL)
    assert queries.calendar_for(world.foreign_grid).is_working(FESTIVAL)
    assert queries.calendar_for("").version == country.version


def test_the_version_names_the_exact_state(world: "World"):
    country = queries.calendar_for(world.grid).version
    service.set_day(actor=world.cast.admin, day=a_day(world.county), now=NOW)
    local = queries.calendar_for(world.grid).version
    assert local.startswith(f"{country}/{world.county}-")
    service.clear_day(actor=world.cast.admin, ground=world.county, on=FESTIVAL, now=NOW)
    assert queries.calendar_for(world.grid).version == country


def test_a_half_day_has_its_own_hours(world: "World"):
    day = a_day(world.county, "working", (("09:00", "12:00"),))
    service.set_day(actor=world.cast.admin, day=day, now=NOW)
    calendar = queries.calendar_for(world.grid)
    assert calendar.is_working(FESTIVAL)
    assert calendar.close_of(FESTIVAL).hour == 12
    assert queries.local_days(world.county) == [day]


@pytest.mark.parametrize(
    "day",
    [
        a_day("", "feast"),
        a_day("", "rest", (("09:00", "12:00"),)),
        a_day("", "working", (("12:00", "09:00"),)),
        a_day("", "working", ()),
        a_day("999999"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(world: "World", day: LocalDay):
    with pytest.raises(errors.DayError):
        service.set_day(actor=world.cast.admin, day=day, now=NOW)


def test_a_past_state_of_the_calendar_can_be_told_again(world: "World"):
    service.set_day(actor=world.cast.admin, day=a_day(world.county), now=NOW)
    later = NOW + timedelta(hours=1)
    service.clear_day(actor=world.cast.admin, ground=world.county, on=FESTIVAL, now=later)
    assert queries.calendar_for(world.grid, at=NOW - timedelta(seconds=1)).is_working(FESTIVAL)
    assert not queries.calendar_for(world.grid, at=NOW).is_working(FESTIVAL)
    assert queries.calendar_for(world.grid, at=later).is_working(FESTIVAL)


def test_the_same_calendar_is_kept_until_it_changes(world: "World", django_assert_num_queries):
    kept = queries.calendar_for(world.grid)
    with django_assert_num_queries(1):
        assert queries.calendar_for(world.next_grid) is kept
    assert queries.calendar_for(world.grid, at=NOW) is queries.calendar_for(
        world.grid, at=NOW + timedelta(days=9)
    )


def test_a_sealed_ground_has_the_country_calendar(world: "World"):
    assert queries.calendar_for("~17") is queries.calendar_for("")


def test_a_published_year_is_settled(world: "World"):
    on = date(2027, 1, 1)
    assert not queries.calendar_for("").is_settled(date(2027, 6, 1))
    new_year = LocalDay("", on, "rest", Words("元旦", "New Year's Day"), None, "通知")
    service.publish_year(actor=world.cast.admin, year=2027, days=[new_year], source="通知", now=NOW)
    calendar = queries.calendar_for("")
    assert calendar.is_settled(date(2027, 6, 1)) and not calendar.is_working(on)
    assert calendar.is_settled(date(2026, 12, 31))


def test_a_day_of_another_year_is_not_in_a_years_notice(world: "World"):
    with pytest.raises(errors.DayError):
        service.publish_year(actor=world.cast.admin, year=2027, days=[a_day("")], source="通知", now=NOW)


def test_changes_are_steps_on_the_ledger(world: "World"):
    from gantang.kit.work import reading
    from gantang.ledger.service import stream_of

    service.set_day(actor=world.cast.admin, day=a_day(world.county), now=NOW)
    stream = stream_of("catalogue.calendar", world.county)
    with reading(world.cast.admin, ids=[stream]):
        steps = ledger.steps(3600, stream)
    assert [(step.name, step.data["put"]) for step in steps] == [
        ("catalogue.calendar", [["2026-12-08", "rest", None]])
    ]


def test_an_empty_legal_period_is_filled_in(world: "World"):
    before = {one.code: one for one in queries.legal_periods()}
    assert before["mediation.people"].span is None and before["petition.handle"].span is not None
    service.set_period(
        actor=world.cast.admin,
        code="mediation.people",
        span="3 months",
        source="市委办发〔2026〕1号",
        valid_from=world.on,
        now=NOW,
    )
    after = {one.code: one for one in queries.legal_periods()}
    assert str(after["mediation.people"].span) == "3 months"
    with pytest.raises(errors.TermError):
        service.set_period(
            actor=world.cast.admin,
            code="mediation.people",
            span="3 moons",
            source="",
            valid_from=world.on,
            now=NOW,
        )


def test_every_legal_period_names_its_source(world: "World"):
    assert all(one.source for one in queries.legal_periods())
