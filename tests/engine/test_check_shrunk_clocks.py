"""What ten thousand procedures showed of clocks: what runs on, falls together or comes first."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from gantang.engine.model import Extend, Guard, LateRule, Move, Pause, State, Within
from gantang.engine.time import Span
from tests.engine.test_check_shrunk import PAPER, WILLING, Compared, move, seen, state

PAUSE = Pause(Span.parse("2 days"), 1, ("leader",))
BRIEF = Guard("children_closed", ("brief",))
NOT_OWN = Guard("other_than", ("handler",))


def longer(name: str, owner: str, within: str, by: str, n: int = 2) -> State:
    return replace(state(name, owner, within), extend=Extend(Span.parse(by), n, ("leader",)))


def also_by_clock(name: str, source: str, by: str, needs: Guard) -> Move:
    """A move that keeps the state, made once by a hand or by the clock."""
    return replace(move(name, source, source, by, needs=(needs,), at_most=1), by=(by, "clock"))


def at(percent: int, name: str, order: int, of: str = "state") -> LateRule:
    return LateRule(percent, move=name, of=of, order=order)


def same(both: Compared, aspect: str, says: object) -> None:
    assert both.said[aspect] == says
    assert both.differences == {}


def test_a_handler_s_clock_that_has_run_out_moves_the_matter_on_entry_before_any_hand() -> None:
    both = seen(
        [state("s0", "handler", "1 day"), state("s1", "handler", "1 day"), state("s2", "mediator", "1 day"),
         state("s3", "receiver", "1 day")],
        [move("on", "s0", "s1", "clock"), move("lapse", "s1", "s2", "clock"), move("aside", "s1", "s3", "handler"),
         move("done", "s2", "e0", "mediator"), move("back", "s3", "s2", "receiver")],
    )  # fmt: skip
    same(both, "unreachable", frozenset({"s3"}))


def test_marks_in_days_fall_together_where_they_roll_over_rest_days() -> None:
    both = seen(
        [state("s0", "verifier", "3 days"), state("s1", "mediator", "1 day")],
        [
            move("soon", "s0", "e0", "clock"),
            move("late", "s0", "s1", "clock"),
            move("done", "s1", "e0", "mediator"),
        ],
        strikes=(at(50, "soon", 9), at(100, "late", 5)),
    )
    same(both, "unreachable", frozenset())


def test_an_extension_draws_marks_apart_that_else_fall_together() -> None:
    both = seen(
        [longer("s0", "verifier", "1 day", "1 day"), state("s1", "mediator", "1 day")],
        [move("soon", "s0", "e0", "clock"), move("late", "s0", "s1", "clock"),
         move("done", "s1", "e0", "mediator", needs=(PAPER,))],
        strikes=(at(50, "soon", 9), at(100, "late", 5)),
    )  # fmt: skip
    same(both, "bypass", frozenset({"e0"}))


def test_to_exclude_a_post_asks_nothing_of_the_clock() -> None:
    both = seen(
        [state("s0", "verifier", "1 day"), state("s1", "reporter", "1 day"), state("s2", "handler", "1 day")],
        [move("stay", "s0", "s1", "clock"), move("first", "s1", "s1", "clock", needs=(NOT_OWN,), at_most=1),
         move("never", "s1", "s2", "clock", needs=(WILLING,)), move("done", "s1", "e0", "receiver"),
         move("over", "s2", "e0", "handler")],
    )  # fmt: skip
    assert both.differences == {}


def test_a_hand_that_asks_what_the_clock_asks_comes_before_it_or_never() -> None:
    both = seen(
        [state("s0", "verifier", "4 working days")],
        [move("done", "s0", "e0", "verifier"), also_by_clock("again", "s0", "verifier", PAPER)],
        strikes=(at(50, "again", 5),),
    )
    assert both.differences == {}


def test_what_waits_for_a_child_is_made_by_hand_after_the_clock_had_to_pass() -> None:
    both = seen(
        [state("s0", "handler", "1 day")],
        [move("done", "s0", "e0", "handler"), also_by_clock("again", "s0", "handler", BRIEF)],
    )
    assert both.differences == {}


def test_a_wait_ends_at_the_until_of_its_move() -> None:
    both = seen(
        [state("s0", "verifier", "1 day"), state("s1", "handler", "1 day")],
        [move("on", "s0", "s1", "verifier", needs=(Guard("gate_open", ("brief",)),),
              until=Within(Span.parse("2 months"))), move("done", "s1", "e0", "handler")],
    )  # fmt: skip
    assert both.differences == {}


def test_an_act_that_waits_is_a_wait_of_its_state() -> None:
    both = seen(
        [state("s0", "handler", "4 hours")],
        [move("note", "s0", None, "handler", needs=(BRIEF,)), move("done", "s0", "e0", "handler")],
    )
    same(both, "squeezed wait", frozenset({"s0"}))


def test_who_comes_before_a_carried_clock_has_run_may_pause_it() -> None:
    both = seen(
        [state("s0", "handler", "1 day"), state("s1", "handler", "1 working day", PAUSE)],
        [move("on", "s0", "s1", "handler"), move("done", "s1", "e0", "handler")],
    )
    assert both.said["bound"] is not None and both.differences == {}


def test_the_total_moves_a_matter_once_and_not_again_when_it_comes_back() -> None:
    both = seen(
        [state("s0", "receiver", "1 month"), state("s1", "supervisor", "1 day")],
        [move("done", "s0", "e0", "receiver"), move("up", "s0", "s1", "clock"),
         move("back", "s1", "s0", "supervisor", at_most=1)],
        total="2 months",
        strikes=(at(50, "up", 5, "total"),),
    )  # fmt: skip
    assert both.said["bound"] is not None and both.differences == {}


@pytest.mark.parametrize("needs", [(), (Guard("used", ("never",)),)])
def test_only_a_return_that_can_be_made_is_endless(needs: tuple[Guard, ...]) -> None:
    both = seen(
        [state("s0", "handler", "1 day"), state("s1", "receiver", "1 day")],
        [move("done", "s0", "e0", "handler"), move("again", "e0", "s0", "supervisor", needs=needs),
         move("never", "s1", "e0", "receiver")],
    )  # fmt: skip
    same(both, "endless return", frozenset() if needs else frozenset({"again"}))


def test_a_state_without_a_clock_that_may_be_paused_is_told_and_stops_nothing() -> None:
    both = seen(
        [state("s0", "handler", "1 day"), replace(state("s1", "handler", "1 day", PAUSE), within=None)],
        [move("on", "s0", "s1", "handler"), move("done", "s1", "e0", "handler")],
        total="6 days",
    )
    same(both, "clockless", frozenset({"s1"}))


def test_a_state_without_a_clock_carries_none_on() -> None:
    both = seen(
        [state("s0", "handler", "1 day"), replace(state("s1", "handler", "1 day"), within=None),
         state("s2", "handler", "1 day"), state("s3", "receiver", "1 day")],
        [move("on", "s0", "s1", "clock"), move("back", "s1", "s2", "leader"),
         move("round", "s2", "s1", "clock"), move("out", "s2", "s3", "handler"), move("done", "s3", "e0", "receiver")],
    )  # fmt: skip
    same(both, "no end", frozenset())


@pytest.mark.parametrize(("within", "stuck"), [("4 hours", {"s1", "s2"}), ("1 month", {"s1"})])
def test_what_a_carried_clock_owes_depends_on_where_it_ran_out(within: str, stuck: set[str]) -> None:
    lapse = replace(move("lapse", "s0", "s1", "clock"), sources=("s0", "s1", "s2"))
    both = seen(
        [state("s0", "handler", "1 day"), state("s1", "handler", "1 day"), state("s2", "handler", within)],
        [lapse, move("on", "s1", "s2", "handler", at_most=2), move("done", "s2", "e0", "leader")],
    )
    same(both, "no end", frozenset(stuck))  # back in s1 a month has outrun its day, four hours have not


def test_a_pause_that_begins_on_a_rest_day_counts_against_the_total() -> None:
    both = seen(
        [state("s0", "mediator", "20 hours"), state("s1", "receiver", "3 days", PAUSE)],
        [
            move("on", "s0", "s1", "mediator"),
            move("done", "s1", "e0", "verifier"),
            move("round", "s0", "s0", "leader", at_most=1),
            move("back", "s1", "s0", "receiver", at_most=1),
        ],
        total="8 working days",
    )
    same(both, "squeeze", True)


def test_a_pause_on_entry_may_squeeze_the_total_where_a_longer_one_does_not() -> None:
    both = seen(
        [
            state("s0", "receiver", "1 day"),
            longer("s1", "supervisor", "1 day", "3 days", 1),
            state("s2", "verifier", "2 working days"),
            state("s3", "verifier", "1 day", PAUSE),
        ],
        [
            move("on", "s0", "s1", "receiver"),
            move("further", "s1", "s2", "supervisor"),
            move("last", "s2", "s3", "verifier"),
            move("done", "s3", "e0", "verifier"),
            move("round", "s0", "s0", "receiver", at_most=1),
        ],
        total="8 working days",
        total_extend=Extend(Span.parse("20 hours"), 2, ("leader",)),
    )
    same(both, "squeeze", True)


def test_a_pause_after_closing_takes_nothing_out_of_a_clock_in_working_days() -> None:
    """The pause that begins the next morning over the weekend is worth more, though it ends later."""
    paused = replace(
        state("s1", "handler", "2 working days"), pause=Pause(Span.parse("1 day"), 2, ("leader",))
    )
    both = seen(
        [state("s0", "handler", "1 working day"), paused],
        [move("on", "s0", "s1", "handler"), move("lapse", "s1", "e0", "clock")],
    )
    same(both, "bound", (17, 17))


def test_a_hand_before_a_carried_clock_has_run_out_lets_a_pause_begin_two_states_on() -> None:
    paused = replace(state("s1", "handler", "20 hours"), pause=replace(PAUSE, at_most=1))
    both = seen(
        [state("s0", "handler", "20 hours"), paused],
        [move("on", "s0", "s1", "handler"), move("back", "s1", "s0", "handler", at_most=1),
         move("done", "s1", "e0", "handler", needs=(PAPER,))],
    )  # fmt: skip
    same(both, "bound", (14, 14))


@pytest.mark.parametrize("between", [(), ("s2",)])
def test_who_comes_early_into_a_carried_clock_may_pause_it_before_a_holiday(between: tuple[str, ...]) -> None:
    """The pause begun on the eve outlasts the whole holiday: worth more than coming after it."""
    way = ("s0", *between, "s1")
    both = seen(
        [
            longer("s0", "handler", "20 hours", "3 working hours", 1),
            replace(state("s1", "handler", "3 days"), pause=Pause(Span.parse("1 day"), 1, ("leader",))),
            *(state(name, "handler", "1 day") for name in between),
        ],
        [
            *(move(f"to_{there}", here, there, "handler") for here, there in pairwise(way)),
            move("done", "s1", "e0", "handler", needs=(PAPER,)),
        ],
    )
    same(both, "bound", (14, 14))
