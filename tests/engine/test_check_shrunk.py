"""What checker and oracle once saw differently, shrunk to the least procedure that still shows it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from gantang.engine.model import Extend, Guard, LateRule, Move, Pause, Place, Procedure, State, Within, Words
from gantang.engine.time import Span
from tests.engine.agreement import Compared, compare

WILLING, PAPER = Guard("willing_parties", (), True), Guard("document", ("paper",), True)
FREE_PAUSE = Pause(Span.parse("2 days"), 1, ("leader",))


def state(name: str, owner: str, within: str, pause: Pause | None = None) -> State:
    return State(name, Words(name, name), "handling", owner, Within(Span.parse(within)), pause)


def move(name: str, source: str, to: str | None, by: str, **more: Any) -> Move:
    outcomes = ("good",) if to == "e0" else ()
    words = Words(name, name)
    return Move(name=name, title=words, sources=(source,), to=to, by=(by,), outcomes=outcomes, **more)


def seen(
    states: list[State],
    moves: list[Move],
    total: str | None = None,
    strikes: tuple[LateRule, ...] = (),
    total_extend: Extend | None = None,
) -> Compared:
    """Both sides on the procedure; what the clock makes, it makes as `strikes` say, else at 100 %, in the
    order of the moves: of the total where there is one, else of the state's clock.
    """
    end = State("e0", Words("e0", "e0"), "closed", ends=("good",))
    clocked = [one for one in moves if "clock" in one.by]
    late = [LateRule(100, "red", ("leader",), place=Place("shrunk.yaml", 1), order=1)]
    of = "total" if total is not None else "state"
    late += strikes or [LateRule(100, move=one.name, of=of, order=2 + n) for n, one in enumerate(clocked)]
    return compare(
        Procedure(
            name="shrunk",
            version=1,
            title=Words("shrunk", "shrunk"),
            states=MappingProxyType({one.name: one for one in [*states, end]}),
            moves=MappingProxyType({one.name: one for one in moves}),
            fields=MappingProxyType({}),
            total=Within(Span.parse(total)) if total is not None else None,
            total_extend=total_extend,
            late=tuple(late),
            outcomes={"good": Words("good", "good")},
            templates={"paper": ""},
            place=Place("shrunk.yaml", 1),
        )
    )


def test_a_carried_clock_that_ran_out_moves_the_matter_before_any_hand() -> None:
    both = seen(
        [
            state("s0", "handler", "4 working days"),
            state("s1", "handler", "1 working day"),
            state("s2", "verifier", "4 working days"),
        ],
        [
            move("on", "s0", "s1", "handler"),
            move("lapse", "s1", "e0", "clock"),
            move("late", "s1", "s2", "handler"),
            move("done", "s2", "e0", "verifier"),
        ],
    )
    # a handler who goes on in time may still hand over at the end of the first working day
    assert both.said["bound"] == both.saw["bound"] == (15, 15)
    assert both.differences == {}


def test_a_cycle_behind_a_reopening_leaves_the_way_to_the_first_end_bounded() -> None:
    both = seen(
        [state("s0", "handler", "1 working day")],
        [
            move("done", "s0", "e0", "handler"),
            move("again", "e0", "s0", "supervisor", at_most=1, until=Within(Span.parse("1 day"))),
            move("round", "s0", "s0", "handler", needs=(Guard("used", ("again",), False),)),
        ],
    )
    assert both.said["cycle"] is True
    assert both.said["bound"] is not None
    assert both.differences == {}


def test_a_move_that_asks_all_an_earlier_one_asks_never_has_its_turn_at_the_same_moment() -> None:
    both = seen(
        [state("s0", "verifier", "1 working day"), state("s1", "supervisor", "1 working day")],
        [
            move("first", "s0", "s1", "clock", needs=(WILLING,)),
            move("never", "s0", "s1", "clock", needs=(WILLING, PAPER)),
            move("done", "s1", "e0", "clock"),
        ],
    )
    assert both.said["bypass"] == frozenset()
    assert both.differences == {}


def test_an_act_that_only_people_make_does_not_free_a_hostage() -> None:
    both = seen(
        [state("s0", "receiver", "1 working day")],
        [
            move("say", "s0", None, "reporter"),
            move("done", "s0", "e0", "receiver", needs=(Guard("used", ("say",), False),)),
        ],
    )
    assert both.said["hostage"] == frozenset({"s0"})
    assert both.differences == {}


def test_an_act_by_the_clock_that_comes_after_its_move_is_never_done() -> None:
    both = seen(
        [state("s0", "handler", "1 working day"), state("s1", "handler", "1 day")],
        [
            move("on", "s0", "s1", "clock"),
            move("note", "s0", None, "clock"),
            move("done", "s1", "e0", "handler", needs=(Guard("used", ("note",), False),)),
        ],
    )
    assert both.said["no end"] == frozenset({"s0", "s1"})
    assert both.differences == {}


def test_one_post_may_check_its_work_though_another_made_the_moves_between() -> None:
    both = seen(
        [
            state("s0", "handler", "1 working day"),
            state("s1", "verifier", "1 working day"),
            state("s2", "verifier", "1 working day"),
        ],
        [
            move("handle", "s0", "s1", "handler"),
            move("pass", "s1", "s2", "verifier", needs=(Guard("other_than", ("handler",), False),)),
            move("verify", "s2", "e0", "verifier"),
        ],
    )
    assert both.said["self-check"] == frozenset({"verify"})
    assert both.differences == {}


def test_a_pause_on_the_day_to_which_a_deadline_rolls_draws_it_out_most() -> None:
    both = seen(
        [state("s0", "verifier", "1 day", FREE_PAUSE)],
        [move("done", "s0", "e0", "verifier")],
    )
    # 13 February: the day after rolls over the festival to the 24th, which a pause puts off to the 27th
    assert both.said["bound"] == both.saw["bound"] == (14, 14)
    assert both.differences == {}


def test_a_pause_is_tried_for_the_clock_as_it_is_carried_on() -> None:
    both = seen(
        [state("s0", "handler", "3 days", FREE_PAUSE), state("s1", "handler", "4 working days")],
        [move("on", "s0", "s1", "handler"), move("done", "s1", "e0", "handler")],
    )
    assert both.differences == {}


def test_a_second_pause_may_begin_on_the_days_that_the_first_one_won() -> None:
    twice = Pause(Span.parse("1 day"), 2, ("leader",))
    both = seen([state("s0", "verifier", "1 working day", twice)], [move("done", "s0", "e0", "verifier")])
    assert both.said["bound"] == both.saw["bound"]
    assert both.differences == {}


def test_a_move_that_has_never_its_turn_squeezes_no_clock_by_what_it_waits_for() -> None:
    lasting = Guard("gate_open", ("lasting",), True)
    both = seen(
        [state("s0", "handler", "1 working day"), state("s1", "handler", "1 working day")],
        [
            move("on", "s0", "s1", "handler"),
            move("done", "s1", "e0", "handler"),
            move("never", "s1", "e0", "handler", needs=(lasting, Guard("used", ("again",), False))),
            move("again", "s0", "s0", "handler", at_most=1, needs=(Guard("used", ("never",), False),)),
        ],
    )
    assert both.said["squeezed wait"] == frozenset()
    assert both.differences == {}


def test_a_clock_shorter_than_what_its_move_waits_for_is_squeezed_and_the_wait_counts() -> None:
    lasting = Guard("children_closed", ("lasting",), False)
    both = seen(
        [state("s0", "handler", "1 working day")],
        [move("done", "s0", "e0", "handler", needs=(lasting,))],
    )
    assert both.said["squeezed wait"] == frozenset({"s0"})
    assert both.said["bound"] == both.saw["bound"] is not None
    assert both.differences == {}


def test_what_the_total_owes_is_done_on_entry_into_the_first_state_it_starts_from() -> None:
    both = seen(
        [state("s0", "handler", "4 working days"), state("s1", "verifier", "4 working days")],
        [
            move("on", "s0", "s1", "handler"),
            move("back", "s1", "s0", "verifier", at_most=1),
            move("close", "s1", "e0", "clock"),
            move("done", "s1", "e0", "verifier"),
        ],
        total="2 working days",
    )
    # the total runs out in s0, where `close` cannot start: it is made as s1 is entered
    assert both.said["bound"] == both.saw["bound"] is not None
    assert both.differences == {}
