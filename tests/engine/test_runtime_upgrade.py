"""A running matter goes over to a newer version: mapped, with its clocks, and nobody the worse for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gantang import engine
from gantang.engine.check.upgrading import upgrade_faults
from gantang.engine.model import PEOPLE_DUTIES
from tests.engine.sample import UNITS, Walk, calendar, facts, handling, request
from tests.engine.test_runtime_walks import assert_clocks, assert_uses
from tests.engine.upgrading import mapping, second
from tests.engine.walking import HOURS, answers_for, ends_by_staff, next_act, play

RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
walks = st.randoms(use_true_random=False)

STAFF = [
    engine.Doer(7000 + n, unit, unit * 10, frozenset({duty})) for n, (duty, unit) in enumerate(UNITS.items())
]


def over(walk: Walk, when: str | None = None, **changes: Any) -> tuple[engine.Step, ...]:
    """The walk's case taken to version 2, after what the clock owed; the walk goes on under it."""
    walk.wait(when) if when else None
    new = second()
    steps = engine.upgrade(walk.procedure, new, mapping(**changes), walk.case, calendar(), walk.now)
    if steps:
        walk.steps.extend(steps)
        walk.procedure = new
    return steps


def test_the_shipped_mapping_has_nothing_against_it() -> None:
    assert upgrade_faults(request(), second(), mapping()) == ()


def test_state_version_and_uses_are_mapped_and_the_visit_goes_on() -> None:
    walk = Walk()
    walk.go("accept", "receiver", "2026-11-16 09:40", **{"class": "facility.lighting", "track": "ordinary"})
    walk.go("refuse", "handler", "2026-11-16 10:00", refusal_ground="not_our_remit")
    walk.go("route", "dispatcher", "2026-11-16 10:10", **{"class": "a", "track": "ordinary"})
    before = walk.case
    (step,) = over(walk, "2026-11-16 10:20")
    case = walk.case
    assert (case.state, case.version, case.hash) == ("assigned", 2, second().hash)
    assert (case.visit, case.entered_at, case.holders) == (before.visit, before.entered_at, before.holders)
    assert case.uses == {"accept": 1, "hand_back": 1, "route": 1}
    assert step.data["was"] == {"version": 1, "hash": request().hash, "state": "routed"}
    assert walk.refused("hand_back", "handler", refusal_ground="not_our_remit") == ["move.used_up"]
    assert walk.go("contest", "handler", refusal_ground="several_units").allowed


def test_a_state_that_is_not_named_stays_on_its_version() -> None:
    walk = handling()
    assert over(walk, states={"routed": "assigned"}) == ()


def test_what_went_over_does_not_go_over_again() -> None:
    walk = handling()
    assert over(walk)
    walk.procedure = request()
    assert over(walk) == ()


def test_no_clock_restarts() -> None:
    walk = handling()
    before = walk.case
    over(walk, "2026-11-17 10:00")
    clock, total = walk.case.clock, walk.case.total
    assert before.clock and before.total and clock and total
    assert (clock.start, clock.span) == (before.clock.start, "4 working days")
    assert (clock.due, total.due) == (before.clock.due - timedelta(days=3), total.due)
    assert total.start == before.total.start and total.due < before.total.due


def test_pauses_and_extensions_are_kept() -> None:
    walk = handling()
    walk.go("ask_pause", "handler", "2026-11-17 09:00", reason="x")
    walk.go("grant_pause", "supervisor")
    walk.go("resume", "handler", "2026-11-19 09:00")
    walk.go("ask_extension", "handler", reason="x")
    walk.go("grant_extension", "leader")
    before = walk.case.clock
    over(walk, "2026-11-19 10:00")
    after = walk.case.clock
    assert before and after and before.stops and before.extensions
    assert (after.stops, after.extensions, after.paused, after.extended) == (
        before.stops,
        before.extensions,
        1,
        1,
    )


def test_a_running_pause_runs_on_and_an_open_wish_stands() -> None:
    walk = handling()
    walk.go("ask_extension", "handler", "2026-11-17 09:00", reason="x")
    walk.go("ask_reporter", "handler", question="x", **{})
    walk.facts = facts(reachable=True)
    before = walk.case
    over(walk)
    assert (walk.case.pause, walk.case.wish) == (before.pause, before.wish)
    assert walk.go("grant_extension", "leader").allowed


def test_what_fired_stays_fired_and_keeps_its_moment() -> None:
    walk = handling()
    told = walk.wait("2026-11-25 10:00")
    assert [step.data["rule"]["at"] for step in told] == ["80%", "100%"]
    over(walk)
    again = walk.wait("2026-11-25 10:01")
    assert [step.data["rule"]["at"] for step in again] == ["70%"]  # the rule that only version 2 has
    shown = engine.show(walk.procedure, walk.case, walk.now)
    assert shown.mark == "red"


def test_nobody_becomes_late_by_the_upgrade_itself() -> None:
    """Four days would be over; the five that were promised are not."""
    walk = handling()
    before = walk.case.clock
    over(walk, "2026-11-23 09:00")
    after = walk.case.clock
    assert before and after and (after.due, after.span) == (before.due, before.span)


def test_the_reporters_time_to_answer_does_not_become_shorter() -> None:
    walk = handling(reachable=True)
    walk.go("answer", "handler", "2026-11-17 10:00", result="resolved", reply="x")
    before = walk.case.clock
    over(walk, "2026-11-18 10:00")
    assert before and walk.case.clock and walk.case.clock.due == before.due
    assert walk.wait("2026-11-21 10:00") == ()
    (silence,) = [step for step in walk.wait("2026-11-30 10:00") if step.data.get("move") == "silence"]
    assert silence.at == before.due


def test_the_last_moment_to_come_back_does_not_come_nearer() -> None:
    walk = handling(reachable=True)
    walk.go("answer", "handler", "2026-11-17 10:00", result="resolved", reply="x")
    walk.go("confirm", "reporter", "2026-11-17 11:00")
    before = walk.case
    over(walk, "2026-11-18 10:00")
    assert walk.case.is_closed and walk.case.outcome == "resolved"
    assert walk.case.until["ask_reopen"] == before.until["ask_reopen"]
    assert walk.go("ask_reopen", "reporter", "2026-11-27 10:00", objection="x").allowed


def test_an_end_whose_outcome_is_gone_stays_on_its_version() -> None:
    walk = handling(reachable=True)
    walk.go("answer", "handler", "2026-11-17 10:00", result="resolved", reply="x")
    walk.go("confirm", "reporter", "2026-11-17 11:00")
    assert over(walk, states={"closed": "withdrawn"}) == ()


def test_a_duty_that_comes_new_finds_its_holder() -> None:
    new = second()
    held = replace(new, states={**new.states, "assigned": replace(new.states["assigned"], owner="mediator")})
    walk = Walk()
    walk.go("accept", "receiver", "2026-11-16 09:40", **{"class": "a", "track": "ordinary"})
    args = (request(), held, mapping(), walk.case, calendar(), walk.now)
    (step,) = engine.upgrade(*args, facts=facts())
    case = engine.apply(walk.case, step)
    assert case.holders["mediator"] == engine.Held(9, 90, 9) and "handler" in case.holders


# --- walks --------------------------------------------------------------------------------------------


def go_on(
    procedure: engine.Procedure, steps: list[engine.Step], chance: Random, now: datetime
) -> list[engine.Step]:
    """A walk carried on under another version."""
    known = facts()
    for _ in range(chance.randint(1, 12)):
        now += timedelta(hours=chance.choice(HOURS))
        case = engine.replay(steps)
        move, who = next_act(procedure, case, now, chance, known)
        made = engine.decide(
            procedure, case, move, answers_for(procedure, move, chance), who, known, calendar(), now
        )
        steps = [*steps, *(made.steps or made.due)]
    return steps


def upgraded(chance: Random) -> tuple[engine.Case, engine.Case, list[engine.Step], datetime]:
    """A random walk of version 1, and the same gone over at some moment after it."""
    steps = play(request(), chance)
    now = steps[-1].at + timedelta(hours=chance.choice(HOURS))
    steps += engine.lapse(request(), engine.replay(steps), facts(), calendar(), now)
    before = engine.replay(steps)
    made = engine.upgrade(request(), second(), mapping(), before, calendar(), now, facts=facts())
    return before, engine.replay([*steps, *made]), [*steps, *made], now


@pytest.mark.slow
@RELAXED
@given(walks)
def test_on_every_walk_a_named_state_goes_over_and_nothing_else_does(chance: Random) -> None:
    before, after, _, _ = upgraded(chance)
    if before.state in mapping().states:
        assert (after.state, after.hash) == (mapping().states[before.state], second().hash)
    else:
        assert after == before


@pytest.mark.slow
@RELAXED
@given(walks)
def test_on_every_walk_people_keep_their_time(chance: Random) -> None:
    before, after, _, now = upgraded(chance)
    if after.hash != second().hash:
        return
    peoples = request().states[before.state].owner in PEOPLE_DUTIES
    if peoples and before.clock and after.clock:
        assert after.clock.due >= before.clock.due
        assert_left_no_earlier(before, after, now)
    for name, until in before.until.items():
        if set(request().moves[name].by) & set(PEOPLE_DUTIES):
            new = mapping().uses.get(name, name)
            assert new not in after.until or after.until[new] >= until


def assert_left_no_earlier(before: engine.Case, after: engine.Case, now: datetime) -> None:
    """Whatever the clock alone does, it leaves the state no earlier than the old version's would."""
    left = [leaving(request(), before), leaving(second(), after)]
    assert left[0] is not None and left[1] is not None and left[1] >= left[0]


def leaving(procedure: engine.Procedure, case: engine.Case) -> datetime | None:
    steps = engine.lapse(procedure, case, facts(), calendar(), case.changed_at + timedelta(days=400))
    return next((step.at for step in steps if "to" in step.data), None)


@pytest.mark.slow
@RELAXED
@given(walks)
def test_on_every_walk_clocks_go_on_and_nobody_becomes_late(chance: Random) -> None:
    before, after, _, now = upgraded(chance)
    assert_clocks(after)
    for was, is_now in ((before.clock, after.clock), (before.total, after.total)):
        if was and is_now and not before.is_closed:
            kept = ("start", "stops", "extensions", "paused", "extended")
            assert all(getattr(was, name) == getattr(is_now, name) for name in kept)
            assert is_now.due > now or was.due <= now


@pytest.mark.slow
@RELAXED
@given(walks)
def test_every_walk_goes_on_legally_under_the_new_version(chance: Random) -> None:
    _, after, steps, now = upgraded(chance)
    if after.hash != second().hash:
        return
    procedure = second()
    for end in range(len(steps), len(steps := go_on(procedure, steps, chance, now)) + 1):
        case = engine.replay(steps[:end])
        assert case.state in procedure.states
        assert case.is_closed == procedure.states[case.state].is_end
        assert_uses(procedure, case)
        assert_clocks(case)
    assert engine.Case.from_json(case.to_json()) == case
    assert [step.at for step in steps] == sorted(step.at for step in steps)


@pytest.mark.slow
@RELAXED
@given(walks)
def test_no_walk_loses_its_end_by_an_upgrade(chance: Random) -> None:
    _, after, _, now = upgraded(chance)
    if after.hash == second().hash:
        assert ends_by_staff(second(), after, now, facts())


@pytest.mark.slow
def test_every_state_that_is_named_goes_over_on_some_walk() -> None:
    gone: set[str] = set()
    for seed in range(30):
        case: engine.Case | None = None
        for step in play(request(), Random(seed)):
            case = engine.apply(case, step)
            if engine.upgrade(request(), second(), mapping(), case, calendar(), step.at):
                gone.add(case.state)
    assert gone == set(mapping().states)


# --- what stands against a mapping --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"states": {"routet": "assigned"}}, "gap", "Version 1 has no state “routet”."),
        ({"states": {"routed": "routed"}}, "gap", "Version 2 has no state “routed”."),
        ({"uses": {"refuse": "refuse"}}, "gap", "Version 2 has no move “refuse”."),
        ({"states": {"routed": "closed"}}, "gap", "are not both ends"),
        ({"states": {"closed": "assigned"}}, "gap", "are not both ends"),
        ({"states": {"answered": "checking"}}, "law", "lose “confirm”"),
    ],
)
def test_a_mapping_that_does_not_hold_is_found(changes: Any, kind: str, said: str) -> None:
    found = upgrade_faults(request(), second(), mapping(**changes))
    assert any(one.kind == kind and said in one.sentence.en for one in found), found


def test_a_move_of_people_that_may_be_made_less_often_is_found() -> None:
    new = second()
    often = replace(request().moves["ask_reopen"], at_most=2)
    old = replace(request(), moves={**request().moves, "ask_reopen": often})
    assert [one.kind for one in upgrade_faults(old, new, mapping())] == ["law"]


def test_a_way_out_that_the_old_uses_close_is_found() -> None:
    new = second()
    ways_out = ("rule", "merge", "move_away", "record")
    once = {name: replace(new.moves[name], at_most=1) for name in ways_out}
    bounded = replace(new, moves={**new.moves, **once})
    found = upgrade_faults(request(), bounded, mapping(states={"contested": "contested"}))
    assert [one.kind for one in found] == ["gap"] and "may reach no end" in found[0].sentence.en
