"""Random walks through every shipped procedure and variant: what must hold on every way."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gantang import engine
from gantang.engine.model import PEOPLE_DUTIES, Procedure
from tests.engine.sample import calendar, procedures
from tests.engine.walking import ends_by_staff, play, worlds

NAMES = sorted(procedures())
RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
#: What a walk is drawn from; Hypothesis shrinks it.
walks = st.randoms(use_true_random=False)
shipped = pytest.mark.parametrize("name", NAMES)


@shipped
def test_no_walk_reaches_an_illegal_state(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks)
    def holds(chance: Random) -> None:
        case: engine.Case | None = None
        for step in play(procedure, chance):
            before, case = case, engine.apply(case, step)
            assert_state(procedure, case)
            assert_uses(procedure, case)
            assert_clocks(case)
            if before is not None and step.name == "moved" and "to" not in step.data:
                assert case.state == before.state

    holds()


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


def assert_clocks(case: engine.Case) -> None:
    """No negative clock: a deadline lies behind its start, stops have a length, nothing fires twice."""
    for clock in (case.clock, case.total):
        if clock is not None:
            assert clock.due > clock.start
            assert all(since < until for since, until in clock.stops)
            assert len(set(clock.fired)) == len(clock.fired)


@shipped
def test_replay_equals_the_case_and_its_json(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks)
    def holds(chance: Random) -> None:
        steps = play(procedure, chance)
        case = engine.replay(steps)
        assert engine.Case.from_json(case.to_json()) == case
        assert engine.Case.from_json(case.to_json()).to_json() == case.to_json()
        assert [step.at for step in steps] == sorted(step.at for step in steps)

    holds()


@shipped
def test_nobody_verifies_own_work(name: str) -> None:
    """Whoever handled (or, where none handles, mediated) makes no move as verifier in the same matter."""
    procedure = procedures()[name]
    duties = {duty for move in procedure.moves.values() for duty in move.by}
    doing = "mediator" if "handler" not in duties else "handler"

    @RELAXED
    @given(walks)
    def holds(chance: Random) -> None:
        did: set[tuple[str, int]] = set()
        for step in play(procedure, chance):
            by = step.data.get("by", {"duty": None, "account": None, "post": None})
            own = {(kind, by[kind]) for kind in ("account", "post") if by[kind] is not None}
            if step.name == "moved" and by["duty"] == doing:
                did |= own
            if step.name == "moved" and by["duty"] == "verifier" and "to" in step.data:
                assert not own & did, step.data["move"]

    holds()


@shipped
def test_whom_a_move_excludes_never_makes_it(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks)
    def holds(chance: Random) -> None:
        case: engine.Case | None = None
        for step in play(procedure, chance):
            if case is not None and step.name == "moved":
                by = step.data["by"]
                for guard in procedure.moves[step.data["move"]].needs:
                    for account, post in (
                        case.made.get(guard.args[0], ()) if guard.name == "other_than" else ()
                    ):
                        assert account is None or account != by["account"]
                        assert post is None or post != by["post"]
            case = engine.apply(case, step)

    holds()


@shipped
def test_clocks_late_twice_or_on_two_machines_give_the_same_end(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks, st.lists(st.integers(1, 24 * 90), max_size=5))
    def holds(chance: Random, wakes: list[int]) -> None:
        steps, known = play(procedure, chance), worlds(procedure)["all in order"]
        case, end = engine.replay(steps), steps[-1].at + timedelta(hours=24 * 90)
        late = engine.replay([*steps, *engine.lapse(procedure, case, known, calendar(), end)])
        often = case
        for hours in [*sorted(wakes), 24 * 90]:
            for _ in range(2):
                now = steps[-1].at + timedelta(hours=hours)
                for step in engine.lapse(procedure, often, known, calendar(), now):
                    often = engine.apply(often, step)
        assert often.to_json() == late.to_json()

    holds()


@shipped
def test_wake_at_is_the_very_moment_the_clock_acts(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks)
    def holds(chance: Random) -> None:
        case, known = engine.replay(play(procedure, chance)), worlds(procedure)["all in order"]
        wake = engine.wake_at(procedure, case)
        if wake is None:
            return
        assert engine.lapse(procedure, case, known, calendar(), wake - timedelta(microseconds=1)) == ()
        assert engine.lapse(procedure, case, known, calendar(), wake)[0].at == wake

    holds()


@shipped
@pytest.mark.parametrize(
    "around", ["all in order", "nobody to be reached", "a party unwilling", "gates shut"]
)
def test_no_walk_dead_ends_staff_and_clock_alone_reach_an_end(name: str, around: str) -> None:
    procedure = procedures()[name]
    known = worlds(procedure)[around]

    @settings(RELAXED, max_examples=15)
    @given(walks)
    def holds(chance: Random) -> None:
        steps = play(procedure, chance)
        assert ends_by_staff(procedure, engine.replay(steps), steps[-1].at, known)

    holds()


@shipped
def test_the_walks_go_far_enough_to_mean_something(name: str) -> None:
    """Together they come into every state that a matter opened here can come into, people's included."""
    procedure, reached = procedures()[name], {procedures()[name].initial}
    for seed in range(150):
        reached |= {str(step.data["to"]) for step in play(procedure, Random(seed)) if "to" in step.data}
    assert len(set(procedure.states) - reached) <= len(procedure.states) // 8
    assert {one.owner for one in procedure.states.values() if one.owner in PEOPLE_DUTIES} <= {
        procedure.states[one].owner for one in reached
    }
