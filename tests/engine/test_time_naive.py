"""The count against the slow one, over calendars, starts, spans and pauses by chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gantang.engine.time import Day, DayKind, Entry, Extended, Paused, Span, Unit, deadline
from gantang.engine.time.account import FIRST
from gantang.engine.time.calendar import ZONE, moment
from tests.engine import naive
from tests.engine.naive import Plan

RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
BEGIN = date(2026, 1, 1)
HOURS = [
    (("09:00", "12:00"), ("13:30", "17:30")),
    (("08:30", "12:00"), ("14:00", "18:00")),
    (("09:00", "12:00"),),
    (("00:00", "24:00"),),
    (("00:00", "06:00"), ("18:00", "24:00")),
]
hours = st.sampled_from(HOURS)
day = st.builds(Day, st.sampled_from(list(DayKind)), hours=st.one_of(st.none(), hours))
dates = st.integers(-20, 160).map(lambda n: BEGIN + timedelta(days=n))
listed = st.one_of(
    st.dictionaries(dates, day, max_size=12),
    st.builds(
        lambda since, n: {since + timedelta(days=k): Day(DayKind.REST) for k in range(n)},
        dates,
        st.integers(1, 14),
    ),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    usual = draw(hours)
    week = draw(st.lists(st.one_of(st.just(usual), hours, st.just(())), min_size=7, max_size=7))
    if not any(week):
        week[draw(st.integers(0, 6))] = usual
    return Plan(tuple(week), usual, draw(listed))


moments = st.one_of(
    st.integers(0, 120 * 1440).map(lambda n: naive.midnight(BEGIN) + timedelta(minutes=n)),
    st.integers(0, 120).map(lambda n: naive.midnight(BEGIN) + timedelta(days=n)),
)
lengths = st.one_of(st.integers(1, 300), st.integers(1, 12 * 1440))
pauses = st.lists(
    st.builds(lambda since, n: (since, since + timedelta(minutes=n)), moments, lengths), max_size=3
)
spans = st.one_of(
    st.builds(Span, st.integers(1, 60), st.just(Unit.HOURS)),
    st.builds(Span, st.integers(1, 24), st.just(Unit.WORKING_HOURS)),
    st.builds(Span, st.integers(1, 60), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS])),
    st.builds(Span, st.integers(1, 14), st.just(Unit.MONTHS)),
    st.builds(Span, st.integers(1, 2), st.just(Unit.YEARS)),
)
sides = st.booleans()


@pytest.mark.slow
@RELAXED
@given(plans(), moments, spans, sides, pauses)
def test_the_count_equals_the_slow_count(
    plan: Plan, start: datetime, span: Span, people: bool, stopped: list[tuple[datetime, datetime]]
) -> None:
    found = deadline(
        start,
        span,
        plan.calendar(),
        side="people" if people else "staff",
        pauses=[Paused(since, until) for since, until in stopped],
    )
    assert found.due == naive.due(start, span, plan, people=people, pauses=stopped)


@pytest.mark.slow
@RELAXED
@given(plans(), moments, spans, spans, sides, pauses)
def test_an_extension_is_a_count_from_the_old_deadline(
    plan: Plan,
    start: datetime,
    span: Span,
    more: Span,
    people: bool,
    stopped: list[tuple[datetime, datetime]],
) -> None:
    side = "people" if people else "staff"
    halts = [Paused(since, until) for since, until in stopped]
    calendar = plan.calendar()
    old = deadline(start, span, calendar, side=side, pauses=halts)
    new = deadline(start, span, calendar, side=side, pauses=halts, extensions=[Extended(more)])
    assert new.due == naive.due(old.due, more, plan, people=people, pauses=stopped)


@RELAXED
@given(plans(), moments, lengths, spans, sides)
def test_who_starts_later_is_never_due_earlier(
    plan: Plan, start: datetime, later: int, span: Span, people: bool
) -> None:
    side, calendar = "people" if people else "staff", plan.calendar()
    first = deadline(start, span, calendar, side=side).due
    assert deadline(start + timedelta(minutes=later), span, calendar, side=side).due >= first


@RELAXED
@given(plans(), moments, spans, sides, pauses, moments, lengths)
def test_a_further_pause_never_brings_a_deadline_forward(
    plan: Plan,
    start: datetime,
    span: Span,
    people: bool,
    stopped: list[tuple[datetime, datetime]],
    since: datetime,
    length: int,
) -> None:
    side, calendar = "people" if people else "staff", plan.calendar()
    halts = [Paused(*one) for one in stopped]
    more = Paused(since, since + timedelta(minutes=length))
    with_it = deadline(start, span, calendar, side=side, pauses=[*halts, more])
    assert with_it.due >= deadline(start, span, calendar, side=side, pauses=halts).due


@RELAXED
@given(plans(), moments, spans, sides, pauses)
def test_every_deadline_is_told_in_both_languages(
    plan: Plan, start: datetime, span: Span, people: bool, stopped: list[tuple[datetime, datetime]]
) -> None:
    found = deadline(
        start, span, plan.calendar(), side="people" if people else "staff",
        pauses=[Paused(*one) for one in stopped],
    )  # fmt: skip
    how = found.explanation
    assert all(one.zh.endswith("。") and one.en.endswith(".") for one in (*how.steps, *how.audit))
    last = found.due.astimezone(ZONE) - timedelta(microseconds=1)
    assert f"{last.year}年{last.month}月{last.day}日" in how.words("zh")
    assert f"{last.day} {last:%B %Y}" in how.words("en")
    assert f"{last:%Y-%m-%d}" in how.steps[-1].zh or found.provisional


@pytest.mark.slow
@RELAXED
@given(plans(), moments, spans, st.lists(spans, max_size=2), sides, pauses)
def test_the_explained_days_add_up_to_the_deadline(
    plan: Plan,
    start: datetime,
    span: Span,
    more: list[Span],
    people: bool,
    stopped: list[tuple[datetime, datetime]],
) -> None:
    """The working by itself gives the moment: what counts is the span, the last entry ends when it is due."""
    side = "people" if people else "staff"
    halts = [Paused(*one) for one in stopped]
    found = deadline(
        start, span, plan.calendar(), side=side, pauses=halts, extensions=[Extended(one) for one in more]
    )
    begun = start
    for number, one in enumerate((span, *more)):
        entries = list(found.explanation.account(number))
        assert sum(entry.amount for entry in entries) == wanted(begun, one)
        assert all(a.until <= b.since for a, b in pairwise(entries) if a.amount and b.amount)
        assert not any(entry.amount and left_out(entry, one, plan, stopped) for entry in entries)
        begun = moment(entries[-1].until)
    assert begun == found.due
    assert all(left_out(entry, span, plan, stopped) for entry in kept_out(found.explanation.account(0)))


def wanted(start: datetime, span: Span) -> int:
    """What a span asks for: so many days, or microseconds of hours."""
    if span.unit.runs_from_the_moment:
        return span.n * 3_600_000_000
    if span.unit in (Unit.MONTHS, Unit.YEARS):
        first = naive.first_day(start)
        return (naive._same_number(first, span) - first).days
    return span.n


def left_out(entry: Entry, span: Span, plan: Plan, stopped: list[tuple[datetime, datetime]]) -> bool:
    """Whether the slow count has a reason against the day, or against the minutes, of an entry."""
    since, until = moment(entry.since), moment(entry.until)
    on = since.date()
    if span.unit is Unit.HOURS:
        return any(a < until and b > since for a, b in stopped if a < b)
    if span.unit is Unit.WORKING_HOURS:
        shut = not any(opens <= since < closes for opens, closes in plan.doors(on))
        return shut or any(a < until and b > since for a, b in stopped if a < b)
    if span.unit is Unit.WORKING_DAYS:
        return not plan.works(on) or naive._touched_at_work(on, plan, stopped)
    return naive._touched(on, stopped)


def kept_out(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries that do not count, but for the first day and those behind the last that does."""
    held = list(entries)
    last = max(n for n, one in enumerate(held) if one.amount)
    return (one for one in held[:last] if not one.amount and one.why != FIRST)
