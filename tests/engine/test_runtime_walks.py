"""Random walks through every shipped procedure and variant: what must hold on every way.

Each procedure is walked once (`GANTANG_WALKS` times, by seed), and every rule is held against the same walks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from random import Random

import pytest

from gantang import engine
from gantang.engine.model import PEOPLE_DUTIES, Procedure
from tests.engine.sample import calendar, procedures
from tests.engine.walking import ends_by_staff, play, worlds

NAMES = sorted(procedures())
SEEDS = range(int(os.environ.get("GANTANG_WALKS", "24")))
#: Shapes of work of every kind; the others, as many as there are packs, with each change that lands.
SOME = ("request", "dispute", "decision", "screening", "tip", "listed")
shipped = pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[] if one in SOME else [pytest.mark.slow]) for one in NAMES]
)


@cache
def walked(name: str) -> tuple[tuple[engine.Step, ...], ...]:
    """The steps of each walk."""
    return tuple(tuple(play(procedures()[name], Random(seed))) for seed in SEEDS)


def cases(name: str) -> Iterator[tuple[engine.Case | None, engine.Step, engine.Case]]:
    """Every step of every walk, with the case before and after it."""
    for steps in walked(name):
        case: engine.Case | None = None
        for step in steps:
            before, case = case, engine.apply(case, step)
            yield before, step, case


@pytest.mark.slow
@shipped
def test_no_walk_reaches_an_illegal_state(name: str) -> None:
    procedure = procedures()[name]
    for before, step, case in cases(name):
        assert_state(procedure, case)
        assert_uses(procedure, case)
        if before is not None and step.name == "moved" and "to" not in step.data:
            assert case.state == before.state


def assert_state(procedure: Procedure, case: engine.Case) -> None:
    state = procedure.states[case.state]
    assert case.is_closed == state.is_end
    assert case.outcome in state.ends if case.is_closed else case.outcome is None
    assert (case.clock is None) == case.is_closed


def assert_uses(procedure: Procedure, case: engine.Case) -> None:
    for move in procedure.moves.values():
        assert move.at_most is None or case.uses.get(move.name, 0) <= move.at_most
    terms = procedure.states[case.state]
    if case.clock is not None:
        assert case.clock.paused <= (terms.pause.at_most or 0 if terms.pause else 0)
        assert case.clock.extended <= (terms.extend.at_most or 0 if terms.extend else 0)
    if case.total is not None:
        longer = procedure.total_extend
        assert case.total.extended <= (longer.at_most or 0 if longer else 0)


@shipped
def test_no_clock_is_ever_negative_and_none_fires_twice(name: str) -> None:
    for _, _, case in cases(name):
        assert_clocks(case)


def assert_clocks(case: engine.Case) -> None:
    for clock in (case.clock, case.total):
        if clock is not None:
            assert clock.due > clock.start
            assert all(since < until for since, until in clock.stops)
            assert len(set(clock.fired)) == len(clock.fired)


@shipped
def test_steps_stand_in_order_and_replay_equals_the_case_and_its_json(name: str) -> None:
    for steps in walked(name):
        case = engine.replay(steps)
        assert engine.Case.from_json(case.to_json()) == case
        assert engine.Case.from_json(case.to_json()).to_json() == case.to_json()
        assert [step.at for step in steps] == sorted(step.at for step in steps)


@shipped
def test_nobody_verifies_own_work(name: str) -> None:
    """Whoever handled (or, where none handles, mediated) makes no move as verifier in the same matter."""
    duties = {duty for move in procedures()[name].moves.values() for duty in move.by}
    doing = "mediator" if "handler" not in duties else "handler"
    for steps in walked(name):
        did: set[tuple[str, int]] = set()
        for step in steps:
            by = step.data.get("by", {"duty": None, "account": None, "post": None})
            own = {(kind, by[kind]) for kind in ("account", "post") if by[kind] is not None}
            if step.name == "moved" and by["duty"] == doing:
                did |= own
            if step.name == "moved" and by["duty"] == "verifier" and "to" in step.data:
                assert not own & did, step.data["move"]


@shipped
def test_whom_a_move_excludes_never_makes_it(name: str) -> None:
    for before, step, _ in cases(name):
        if before is None or step.name != "moved":
            continue
        by = step.data["by"]
        for guard in procedures()[name].moves[step.data["move"]].needs:
            for account, post in before.made.get(guard.args[0], ()) if guard.name == "other_than" else ():
                assert account is None or account != by["account"]
                assert post is None or post != by["post"]


@shipped
def test_clocks_late_twice_or_on_two_machines_give_the_same_end(name: str) -> None:
    procedure, chance = procedures()[name], Random(name)
    known = worlds(procedure)["all in order"]
    for steps in walked(name):
        case, end = engine.replay(steps), steps[-1].at + timedelta(days=90)
        late = engine.replay([*steps, *engine.lapse(procedure, case, known, calendar(), end)])
        often = case
        for hours in [*sorted(chance.randint(1, 24 * 90) for _ in range(4)), 24 * 90]:
            for _ in range(2):
                now = steps[-1].at + timedelta(hours=hours)
                for step in engine.lapse(procedure, often, known, calendar(), now):
                    often = engine.apply(often, step)
        assert often.to_json() == late.to_json()


@shipped
def test_wake_at_is_the_very_moment_the_clock_acts(name: str) -> None:
    procedure, known = procedures()[name], worlds(procedures()[name])["all in order"]
    for steps in walked(name):
        case = engine.replay(steps)
        wake = engine.wake_at(procedure, case)
        if wake is not None:
            assert engine.lapse(procedure, case, known, calendar(), wake - timedelta(microseconds=1)) == ()
            assert engine.lapse(procedure, case, known, calendar(), wake)[0].at == wake


@shipped
@pytest.mark.parametrize(
    "around", ["all in order", "nobody to be reached", "a party unwilling", "gates shut"]
)
def test_no_walk_dead_ends_staff_and_clock_alone_reach_an_end(name: str, around: str) -> None:
    procedure = procedures()[name]
    known, seen = worlds(procedure)[around], set[tuple[object, ...]]()
    for steps in walked(name):
        case = engine.replay(steps)
        key = (case.state, tuple(sorted(case.uses.items())))
        if key not in seen:
            seen.add(key)
            assert ends_by_staff(procedure, case, steps[-1].at, known), steps[-1].data


@shipped
def test_the_walks_go_far_enough_to_mean_something(name: str) -> None:
    """Together they come into nearly every state, those owned by people included."""
    procedure = procedures()[name]
    reached = {case.state for _, _, case in cases(name)}
    assert len(set(procedure.states) - reached) <= 1 + len(procedure.states) // 6
    owners = {one.owner for one in procedure.states.values() if one.owner in PEOPLE_DUTIES}
    assert owners <= {procedure.states[one].owner for one in reached}
