"""Clocks in a case: dispatch, pauses, extensions, late rules, lapses, outages, changed calendars."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gantang import engine
from gantang.engine.run.case import Clock
from gantang.engine.run.clocks import merged, threshold
from gantang.engine.time import Calendar, Day, DayKind
from tests.engine.sample import Walk, at, calendar, handling


def test_the_handlers_clock_runs_from_dispatch_not_from_acceptance() -> None:
    walk = Walk()
    walk.go("accept", "receiver", "2026-11-16 10:05", **{"class": "a", "track": "ordinary"})
    walk.go("take_on", "handler", "2026-11-17 15:00")
    assert walk.case.clock.start == at("2026-11-16 10:05")
    assert walk.case.clock.due == at("2026-11-23 17:30")


def test_the_period_follows_the_track() -> None:
    walk = Walk()
    walk.go("accept", "receiver", **{"class": "a", "track": "urgent"})
    walk.go("take_on", "handler")
    assert walk.case.clock.span == "2 working days"


def test_a_question_pauses_both_clocks_and_ends_by_itself() -> None:
    walk = handling()
    total = walk.case.total.due
    walk.go("ask_reporter", "handler", "2026-11-18 10:00", question="x")
    assert walk.case.pause.kind == "question" and walk.case.clock.paused == 1
    assert walk.case.total.due > total
    until = walk.case.pause.until
    assert engine.wake_at(walk.procedure, walk.case) == until
    due = walk.case.clock.due
    (step,) = walk.wait("2026-12-01 09:00")
    assert step.name == "resumed" and step.at == until
    assert walk.case.pause is None and walk.case.clock.due == due


def test_leaving_a_state_ends_its_pause_and_the_total_goes_on() -> None:
    walk = handling()
    walk.go("ask_reporter", "handler", "2026-11-18 10:00", question="x")
    walk.go("answer", "handler", "2026-11-19 10:00", result="resolved", reply="x")
    assert walk.case.pause is None
    assert walk.case.total.stops == ((at("2026-11-18 10:00"), at("2026-11-19 10:00")),)


def test_uses_of_a_pause_are_per_visit() -> None:
    walk = handling()
    for day in (17, 18):
        walk.go("ask_reporter", "handler", f"2026-11-{day} 10:00", question="x")
        walk.go("supplement", "reporter", f"2026-11-{day} 11:00", supplement="x")
    assert walk.refused("ask_reporter", "handler", question="x") == ["pause.used_up"]
    walk.go("answer", "handler", "2026-11-19 10:00", result="resolved", reply="x")
    walk.go("object", "reporter", "2026-11-19 11:00", objection="x")
    walk.go("redo", "supervisor", "2026-11-19 12:00", redo_ground="not_done")
    assert walk.go("ask_reporter", "handler", "2026-11-20 12:00", question="x").allowed


def test_the_asker_may_not_grant() -> None:
    walk = handling()
    walk.go("ask_extension", "handler", reason="x")
    asker_as_leader = engine.Doer(103, 7, 70, frozenset({"leader"}))
    assert walk.refused("grant_extension", asker_as_leader) == ["wish.self"]
    assert walk.refused("grant_extension", "handler") == ["move.not_yours", "wish.self"]
    assert walk.go("grant_extension", "leader").allowed


def test_an_extension_counts_from_the_old_deadline_and_lengthens_only_its_clock() -> None:
    walk = handling()
    total = walk.case.total.due
    walk.go("ask_extension", "handler", "2026-11-23 10:00", reason="x")
    walk.go("grant_extension", "leader", "2026-11-25 10:00")
    assert walk.case.clock.due == at("2026-11-30 17:30")
    assert walk.case.total.due == total


def test_an_extension_is_asked_before_the_deadline() -> None:
    walk = handling()
    assert walk.refused("ask_extension", "handler", "2026-11-24 10:00", reason="x") == ["extend.too_late"]


def test_a_declined_wish_uses_nothing_up() -> None:
    walk = handling()
    walk.go("ask_extension", "handler", reason="x")
    walk.go("decline", "leader", reason="y")
    assert walk.case.wish is None and walk.case.clock.extended == 0
    assert walk.go("ask_extension", "handler", reason="x").allowed


def test_late_rules_fire_once_per_visit_and_deadline() -> None:
    walk = handling()
    assert [step.data["rule"]["at"] for step in walk.wait("2026-11-20 18:00")] == ["80%"]
    assert walk.wait("2026-11-23 17:29") == ()
    walk.go("ask_extension", "handler", reason="x")
    walk.go("grant_extension", "leader")
    assert walk.wait("2026-11-25 12:00") == ()
    again = walk.wait("2026-11-26 18:00")
    assert [(step.name, step.data["rule"]["at"]) for step in again] == [("told", "80%")]


def test_due_first_each_at_its_due_moment() -> None:
    walk = handling()
    made = walk.go("progress", "handler", "2026-12-07 09:00", note="x")
    assert [step.name for step in made.due] == ["told", "told", "told", "moved", "moved"]
    assert [step.at for step in made.steps] == sorted(step.at for step in made.steps)
    assert made.due[1].at == at("2026-11-23 17:30")


def test_a_refusal_still_tells_what_the_clock_owes() -> None:
    walk = handling()
    made = walk.go("verify", "verifier", "2026-11-24 09:00")
    assert not made.allowed and made.steps == () and [step.name for step in made.due] == ["told", "told"]


def test_supervision_only_rises_until_it_is_cancelled() -> None:
    walk = handling()
    walk.go("supervise", "supervisor", level="yellow")
    assert walk.case.supervision == "yellow"
    assert walk.refused("supervise", "supervisor", level="normal") == ["guard.level_rises"]
    walk.go("supervise", "leader", level="red")
    assert walk.refused("supervise", "supervisor") == ["guard.level_rises"]
    walk.go("cancel_supervision", "supervisor", cancel_ground="back_on_track")
    assert walk.case.supervision is None


def test_silence_is_never_agreement() -> None:
    walk = handling()
    walk.go("answer", "handler", "2026-11-17 09:00", result="resolved", reply="x")
    step = walk.wait("2026-11-24 09:00")[0]
    assert step.data["move"] == "silence" and step.at == at("2026-11-24 00:00")
    assert walk.case.state == "checking"
    assert walk.case.clock.due == at("2026-11-26 17:30")


def test_the_total_starts_anew_at_a_reopening() -> None:
    walk = handling()
    walk.go("answer", "handler", result="resolved", reply="x")
    walk.go("confirm", "reporter", "2026-11-17 09:00")
    walk.go("ask_reopen", "reporter", "2026-11-20 09:00", objection="x")
    assert walk.case.total.start == at("2026-11-20 09:00") and walk.case.reopened == 1
    assert walk.case.closed_at is None and walk.case.outcome is None


def test_reopening_has_a_last_day_that_ends_at_midnight_for_people() -> None:
    walk = handling()
    walk.go("answer", "handler", result="resolved", reply="x")
    walk.go("confirm", "reporter", "2026-11-17 09:00")
    assert walk.refused("reopen", "supervisor", "2026-12-01 17:31", redo_ground="not_done") == [
        "move.too_late"
    ]
    assert walk.refused("ask_reopen", "reporter", "2026-12-02 00:01", objection="x") == ["move.too_late"]
    assert walk.go("ask_reopen", "reporter", "2026-12-01 23:59", objection="x").allowed


def test_an_outage_pauses_all_clocks_and_undoes_no_lapse() -> None:
    walk = handling()
    walk.wait("2026-11-20 18:00")
    (step,) = engine.outage(
        walk.procedure,
        walk.case,
        at("2026-11-21 09:00"),
        at("2026-11-25 09:00"),
        calendar(),
        at("2026-11-25 09:30"),
        account=1,
        reason="power",
    )
    case = engine.apply(walk.case, step)
    assert case.clock.due == at("2026-11-25 17:30")
    assert step.data["reason"] == "power" and case.clock.paused == 0


def test_a_changed_calendar_is_a_step_only_where_a_deadline_moves() -> None:
    walk = handling()
    assert engine.recompute(walk.procedure, walk.case, calendar(), walk.now) == ()
    changed = calendar().overlaid("tiny-2", {date(2026, 11, 19): Day(DayKind.REST, "停工日", "day off")})
    (step,) = engine.recompute(walk.procedure, walk.case, changed, walk.now)
    case = engine.apply(walk.case, step)
    assert case.clock.due == at("2026-11-24 17:30") and case.clock.calendar == "tiny-2"


def test_marks_are_derived_from_the_clock() -> None:
    walk = handling()
    shown = [engine.show(walk.procedure, walk.case, at(f"2026-11-{day} 18:00")).mark for day in (19, 20, 23)]
    assert shown == [None, "yellow", "red"]


def test_a_clock_of_hours_has_its_share_to_the_minute() -> None:
    walk = Walk(start="2026-11-16 10:30")
    yellow = next(one for one in walk.case.clock.watch if walk.procedure.late[one.rule].at == 80)
    assert yellow.at == at("2026-11-16 13:36")
    assert walk.case.clock.due == at("2026-11-16 14:00")


def test_the_calendar_is_only_asked_when_a_clock_is_set() -> None:
    walk = handling()
    other = Calendar("other", {}, published=())
    assert engine.lapse(walk.procedure, walk.case, walk.facts, other, at("2026-11-23 18:00")) == engine.lapse(
        walk.procedure, walk.case, walk.facts, calendar(), at("2026-11-23 18:00")
    )


def test_a_share_of_working_hours_does_not_run_through_the_noon_break() -> None:
    walk = Walk(start="2026-11-16 11:00")
    yellow = next(one for one in walk.case.clock.watch if walk.procedure.late[one.rule].at == 80)
    # 96 minutes: an hour till noon, 36 after the doors open again
    assert yellow.at == at("2026-11-16 14:06")


def test_the_owner_is_told_by_the_duty_it_holds() -> None:
    walk = handling()
    (told,) = walk.wait("2026-11-20 18:00")
    assert told.data["tell"] == ["handler"]


def part_by_minutes(clock: Clock, share: int, days: Calendar) -> datetime:
    """So many minutes from the start, walked one by one: what `threshold` leaps over."""
    moment, left = clock.start, share
    while left:
        halted = next((until for since, until in clock.stops if since <= moment < until), None)
        if halted is not None:
            moment = halted
        elif "working" in clock.span and not days.is_open(moment):
            moment = days.next_opening(moment)
        else:
            moment, left = moment + timedelta(minutes=1), left - 1
    return moment


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(("1 working hours", "2 working hours", "3 hours")),
    st.integers(1, 99),
    st.integers(0, 3 * 24 * 3600),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 400)), max_size=2),
)
def test_a_share_of_hours_ends_where_counting_each_minute_ends(span, percent, second, halts) -> None:
    days, start = calendar(), at("2026-11-20 08:00") + timedelta(seconds=second)
    stops = merged(
        tuple(
            (start + timedelta(minutes=since), start + timedelta(minutes=since + length))
            for since, length in halts
        )
    )
    clock = Clock(start, span, "staff", start, days.version, stops=stops)
    minutes = int(span.split()[0]) * 60 * percent // 100
    if minutes < 60:  # whole hours are counted by the deadline's own rule
        assert threshold(clock, percent, start, days) == part_by_minutes(clock, minutes, days)
