"""Random walks through the shipped procedures: what must hold on every way."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gantang import engine
from gantang.engine.model import CLOCK, Procedure
from tests.engine.sample import UNITS, at, calendar, doer, facts, procedures

NAMES = ["request", "assist"]
#: The cast is drawn from few accounts, so that the same person often holds several duties.
DOERS = [
    *(doer(duty) for duty in UNITS),
    doer("reporter"),
    engine.Doer(103, 4, 40, frozenset({"verifier"})),
    engine.Doer(500, 3, 30, frozenset({"handler", "verifier", "supervisor", "leader", "arbiter"})),
]
GRANTS = ["ask_pause", "grant_pause", "ask_extension", "grant_extension", "decline", "resume"]
HOURS = [0, 1, 5, 24, 24 * 3, 24 * 9, 24 * 40]
RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
#: What a walk is drawn from; Hypothesis shrinks it.
walks = st.randoms(use_true_random=False)


def answers_for(procedure: Procedure, move: str, chance: Random) -> dict[str, Any]:
    if move not in procedure.moves:
        return {"reason": "x"} if move.startswith("ask") or move == "decline" else {}
    asks = [ask for ask in procedure.moves[move].asks if ask.required or chance.random() < 0.3]
    return {ask.field: value_for(procedure.fields[ask.field], chance) for ask in asks}


def value_for(field: engine.Field, chance: Random) -> Any:
    if field.kind == "choice":
        return chance.choice(field.codes())
    simple = {"unit": 3, "post": 30, "units": [4, 5], "rating": 4, "number": 1, "yes_no": True}
    return simple.get(field.kind, "x")


def next_act(
    procedure: Procedure, case: engine.Case, now: datetime, chance: Random
) -> tuple[str, engine.Doer]:
    """Mostly something possible, sometimes anything at all."""
    if chance.random() < 0.75:
        open_to = [
            (one.move, who)
            for who in DOERS
            for one in engine.may(procedure, case, who, facts(), calendar(), now)
            if one.allowed
        ]
        going_on = [one for one in open_to if not ends(procedure, one[0])]
        if going_on and chance.random() < 0.85:
            return chance.choice(going_on)
        if open_to:
            return chance.choice(open_to)
    names = [name for name, move in procedure.moves.items() if move.by != (CLOCK,)] + GRANTS
    return chance.choice(names), chance.choice(DOERS)


def ends(procedure: Procedure, move: str) -> bool:
    to = procedure.moves[move].to if move in procedure.moves else None
    return to is not None and procedure.states[to].is_end


def play(procedure: Procedure, chance: Random) -> list[engine.Step]:
    now = at("2026-11-16 09:30")
    known = facts()
    steps = list(
        engine.open_case(procedure, doer=doer("reporter"), facts=known, calendar=calendar(), now=now).steps
    )
    for _ in range(chance.randint(1, 25)):
        now += timedelta(hours=chance.choice(HOURS))
        case = engine.replay(steps)
        move, who = next_act(procedure, case, now, chance)
        answers = answers_for(procedure, move, chance)
        made = engine.decide(procedure, case, move, answers, who, known, calendar(), now)
        steps.extend(made.steps or made.due)
    return steps


@pytest.mark.parametrize("name", NAMES)
def test_no_walk_reaches_an_illegal_state(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks)
    def holds(chance: Random) -> None:
        steps = play(procedure, chance)
        case: engine.Case | None = None
        for step in steps:
            before, case = case, engine.apply(case, step)
            assert case.state in procedure.states
            assert case.is_closed == procedure.states[case.state].is_end
            assert (
                (case.outcome in procedure.states[case.state].ends)
                if case.is_closed
                else case.outcome is None
            )
            assert (case.clock is None) == case.is_closed
            assert_uses(procedure, case)
            assert_clocks(case)
            if before is not None and step.name == "moved" and "to" not in step.data:
                assert case.state == before.state

    holds()


def assert_uses(procedure: Procedure, case: engine.Case) -> None:
    for move in procedure.moves.values():
        assert move.at_most is None or case.uses.get(move.name, 0) <= move.at_most
    terms = procedure.states[case.state]
    if case.clock is not None:
        assert case.clock.paused <= (terms.pause.at_most or 0 if terms.pause else 0)
        assert case.clock.extended <= (terms.extend.at_most or 0 if terms.extend else 0)


def assert_clocks(case: engine.Case) -> None:
    for clock in (case.clock, case.total):
        if clock is not None:
            assert clock.due > clock.start
            assert all(since < until for since, until in clock.stops)
            assert len(set(clock.fired)) == len(clock.fired)


@pytest.mark.parametrize("name", NAMES)
def test_replay_equals_the_case_and_its_json(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks)
    def holds(chance: Random) -> None:
        steps = play(procedure, chance)
        case = engine.replay(steps)
        assert engine.Case.from_json(case.to_json()) == case
        assert [step.at for step in steps] == sorted(step.at for step in steps)

    holds()


@RELAXED
@given(walks)
def test_handler_never_verifies_own_work(chance: Random) -> None:
    handled: set[tuple[str, int]] = set()
    for step in play(procedures()["request"], chance):
        by = step.data.get("by", {"duty": None, "account": None, "post": None})
        own = {(kind, by[kind]) for kind in ("account", "post") if by[kind] is not None}
        if by["duty"] == "handler":
            handled |= own
        if step.data.get("move") in ("verify", "send_back", "redo", "uphold"):
            assert not own & handled


@pytest.mark.parametrize("name", NAMES)
def test_clocks_late_twice_or_on_two_machines_give_the_same_end(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks, st.lists(st.integers(1, 24 * 90), max_size=5))
    def holds(chance: Random, wakes: list[int]) -> None:
        steps = play(procedure, chance)
        case, known = engine.replay(steps), facts()
        end = steps[-1].at + timedelta(hours=24 * 90)
        late = engine.replay([*steps, *engine.lapse(procedure, case, known, calendar(), end)])
        often = case
        for hours in [*sorted(wakes), 24 * 90]:
            for _ in range(2):
                now = steps[-1].at + timedelta(hours=hours)
                for step in engine.lapse(procedure, often, known, calendar(), now):
                    often = engine.apply(often, step)
        assert often.to_json() == late.to_json()

    holds()


@pytest.mark.parametrize("name", NAMES)
def test_wake_at_is_the_very_moment_the_clock_acts(name: str) -> None:
    procedure = procedures()[name]

    @RELAXED
    @given(walks)
    def holds(chance: Random) -> None:
        steps = play(procedure, chance)
        case = engine.replay(steps)
        wake = engine.wake_at(procedure, case)
        if wake is None:
            return
        assert engine.lapse(procedure, case, facts(), calendar(), wake - timedelta(microseconds=1)) == ()
        assert engine.lapse(procedure, case, facts(), calendar(), wake)[0].at == wake

    holds()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reachable", [True, False])
def test_no_walk_dead_ends_staff_and_clock_alone_reach_an_end(name: str, reachable: bool) -> None:
    procedure = procedures()[name]
    staff = [
        engine.Doer(7000 + n, unit, unit * 10, frozenset({duty}))
        for n, (duty, unit) in enumerate(UNITS.items())
    ]

    @settings(RELAXED, max_examples=25)
    @given(walks)
    def holds(chance: Random) -> None:
        steps = play(procedure, chance)
        case, now, known = engine.replay(steps), steps[-1].at, facts(reachable=reachable)
        assert ends_by_staff(procedure, case, now, known, staff)

    holds()


def ends_by_staff(procedure: Procedure, case: engine.Case, now: Any, known: engine.Facts, staff: Any) -> bool:
    """Breadth-first over states by edges that staff may make now, or time."""
    queue, seen = [(case, now)], set()
    while queue:
        case, now = queue.pop(0)
        if case.is_closed:
            return True
        if case.state in seen:
            continue
        seen.add(case.state)
        queue += list(nexts(procedure, case, now, known, staff))
    return False


def nexts(procedure: Procedure, case: engine.Case, now: Any, known: engine.Facts, staff: Any) -> Any:
    held = case.holders
    for who in staff:
        (duty,) = who.duties
        if duty in held:
            who = engine.Doer(who.account, held[duty].unit, held[duty].post, who.duties)
        if who.post in {post for _, post in case.made.get("handler", ())} and duty != "handler":
            who = engine.Doer(who.account, who.unit, 9999, who.duties) if duty not in held else who
        for move in procedure.moves.values():
            if move.to is None or duty not in move.by:
                continue
            given_answers = {
                ask.field: procedure.fields[ask.field].codes()[0] if procedure.fields[ask.field].codes() else
                {"unit": 3, "units": [3]}.get(ask.field, "x")
                for ask in move.asks if ask.required
            }  # fmt: skip
            made = engine.decide(procedure, case, move.name, given_answers, who, known, calendar(), now)
            if made.steps:
                after = case
                for step in made.steps:
                    after = engine.apply(after, step)
                yield after, now
    wake = engine.wake_at(procedure, case)
    for _ in range(6):
        if wake is None:
            return
        for step in engine.lapse(procedure, case, known, calendar(), wake):
            case = engine.apply(case, step)
        yield case, wake
        wake = engine.wake_at(procedure, case)


def test_the_walks_go_far_enough_to_mean_something() -> None:
    reached: set[str] = set()
    for seed in range(60):
        for step in play(procedures()["request"], Random(seed)):
            reached.add(str(step.data.get("to")))
    assert set(procedures()["request"].states) <= reached
