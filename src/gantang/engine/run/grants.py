"""Pauses and extensions: asked by the owner, granted by a duty other than the owner's.

These acts are the language's own; every state that allows a pause or an
extension has them. A question to the reporter pauses too, and counts as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gantang.engine.model import Extend, Pause, Procedure, Words
from gantang.engine.run import clocks
from gantang.engine.run.case import Case, Clock
from gantang.engine.run.say import duties, refusal
from gantang.engine.run.values import Decision, Doer, Facts, Refusal, Step, moment, stamp
from gantang.engine.run.who import holds
from gantang.engine.time import deadline

if TYPE_CHECKING:
    from datetime import datetime

    from gantang.engine.time import Calendar

#: The acts, with the wording of their buttons.
MOVES: dict[str, Words] = {
    "ask_pause": Words("申请暂停", "Ask for a pause"),
    "grant_pause": Words("批准暂停", "Grant the pause"),
    "ask_extension": Words("申请延期", "Ask for an extension"),
    "grant_extension": Words("批准延期", "Grant the extension"),
    "ask_total_extension": Words("申请延长总时限", "Ask for a longer total"),
    "grant_total_extension": Words("批准延长总时限", "Grant the longer total"),
    "decline": Words("不批准", "Decline"),
    "resume": Words("恢复计时", "Resume"),
}
#: What each asks: `reason` is text for the vault, `until` ends a pause before its bound.
ASKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ask_pause": (("reason",), ()),
    "grant_pause": ((), ("until",)),
    "ask_extension": (("reason",), ()),
    "ask_total_extension": (("reason",), ()),
    "decline": (("reason",), ()),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One such act as it is being decided."""

    procedure: Procedure
    case: Case
    name: str
    answers: Mapping[str, Any]
    doer: Doer
    facts: Facts
    now: datetime

    @property
    def of(self) -> str:
        return "total" if "total" in self.name else "state"

    @property
    def owner(self) -> str:
        return self.procedure.states[self.case.state].owner or ""

    @property
    def clock(self) -> Clock | None:
        return self.case.total if self.of == "total" else self.case.clock

    @property
    def kind(self) -> str:
        return "pause" if "pause" in self.name else "extend"

    @property
    def terms(self) -> Pause | Extend | None:
        state = self.procedure.states[self.case.state]
        if self.kind == "pause":
            return state.pause
        return self.procedure.total_extend if self.of == "total" else state.extend


def decide(
    procedure: Procedure,
    case: Case,
    name: str,
    answers: Mapping[str, Any],
    doer: Doer,
    facts: Facts,
    calendar: Calendar,
    now: datetime,
) -> Decision:
    act = Act(procedure, case, name, answers, doer, facts, now)
    refusals = (*reasons(act), *_answer_faults(act, calendar))
    if refusals:
        return Decision(refusals=refusals)
    return Decision((_STEPS[name](act, calendar),))


def reasons(act: Act) -> tuple[Refusal, ...]:
    """Every reason against the act but its answers."""
    if act.case.is_closed:
        return (refusal("move.not_here", act.procedure.states[act.case.state].title),)
    return tuple(_REASONS[act.name.split("_")[0]](act))


def _ask_reasons(act: Act) -> Iterator[Refusal]:
    yield from _owner_only(act)
    yield from _terms_faults(act)
    if act.case.wish is not None:
        yield refusal("wish.open")
    if act.kind == "extend" and act.clock is not None and act.now > act.clock.due:
        yield refusal("extend.too_late")


def _grant_reasons(act: Act) -> Iterator[Refusal]:
    terms = act.terms
    if terms is not None:
        yield from _granter_only(act, terms.granted_by)
    yield from _terms_faults(act)
    wish = act.case.wish
    if wish is None or (wish.kind, wish.of) != (act.kind, act.of):
        yield refusal("wish.none")


def _decline_reasons(act: Act) -> Iterator[Refusal]:
    wish = act.case.wish
    if wish is None:
        yield refusal("wish.none")
        return
    name = {"pause": "grant_pause", "extend": "grant_extension"}[wish.kind]
    name = "grant_total_extension" if wish.of == "total" else name
    terms = replace(act, name=name).terms
    if terms is not None:
        yield from _granter_only(act, terms.granted_by)


def _resume_reasons(act: Act) -> Iterator[Refusal]:
    if act.case.pause is None:
        yield refusal("pause.not_running")
    yield from _owner_only(act)


_REASONS: dict[str, Callable[[Act], Iterator[Refusal]]] = {
    "ask": _ask_reasons,
    "grant": _grant_reasons,
    "decline": _decline_reasons,
    "resume": _resume_reasons,
}


def _owner_only(act: Act) -> Iterator[Refusal]:
    if act.owner not in act.doer.duties:
        yield refusal("move.not_yours", duties((act.owner,)))
    elif not holds(act.procedure, act.case, act.owner, act.doer, act.facts):
        yield refusal("move.held_by_other")


def _granter_only(act: Act, granted_by: tuple[str, ...]) -> Iterator[Refusal]:
    """Another duty than the owner's, and no account or post that acted under the owner's."""
    if not any(duty in act.doer.duties for duty in granted_by if duty != act.owner):
        yield refusal("move.not_yours", duties(granted_by))
    for account, post in act.case.made.get(act.owner, ()):
        if (account is not None and account == act.doer.account) or (
            post is not None and post == act.doer.post
        ):
            yield refusal("wish.self")
            return


def _terms_faults(act: Act) -> Iterator[Refusal]:
    if act.kind == "pause":
        yield from pause_faults(act.procedure, act.case)
        return
    terms, clock = act.terms, act.clock
    if not isinstance(terms, Extend) or terms.by is None or clock is None:
        yield refusal("extend.none")
    elif terms.at_most is not None and clock.extended >= terms.at_most:
        yield refusal("extend.used_up", str(terms.at_most))


def pause_faults(procedure: Procedure, case: Case) -> Iterator[Refusal]:
    """Why the state's clock may not be stopped now; a question asks the same."""
    terms = procedure.states[case.state].pause
    if terms is None or terms.up_to is None or case.clock is None:
        yield refusal("pause.none")
        return
    if terms.at_most is not None and case.clock.paused >= terms.at_most:
        yield refusal("pause.used_up", str(terms.at_most))
    if case.pause is not None:
        yield refusal("pause.running")


def _answer_faults(act: Act, calendar: Calendar) -> Iterator[Refusal]:
    needed, optional = ASKS.get(act.name, ((), ()))
    for name in needed:
        if not act.answers.get(name):
            yield refusal("answer.missing", Words("理由", "reason"))
    for name in act.answers:
        if name not in (*needed, *optional):
            yield refusal("answer.unknown", name)
    wish = act.answers.get("until")
    if act.name == "grant_pause" and wish is not None:
        yield from _until_faults(act, wish, calendar)


def _until_faults(act: Act, wish: Any, calendar: Calendar) -> Iterator[Refusal]:
    try:
        until = moment(wish)
    except (TypeError, ValueError):
        yield refusal("answer.invalid", Words("暂停到", "until"))
        return
    latest = pause_end(act.procedure, act.case, calendar, act.now)
    if latest is not None and not act.now < until <= latest:
        yield refusal("pause.too_long", stamp(latest)[:16].replace("T", " "))


def pause_end(procedure: Procedure, case: Case, calendar: Calendar, at: datetime) -> datetime | None:
    """The latest moment a pause begun `at` may last to."""
    terms = procedure.states[case.state].pause
    if terms is None or terms.up_to is None:
        return None
    return deadline(at, terms.up_to, calendar, side="staff").due


def paused(
    procedure: Procedure, case: Case, kind: str, calendar: Calendar, at: datetime, until: datetime | None
) -> dict[str, Any]:
    """A pause begun `at`: both clocks stand still until its end."""
    end = until or pause_end(procedure, case, calendar, at)
    assert end is not None  # noqa: S101 - pause_faults has asked
    counted = case.clock and replace(case.clock, paused=case.clock.paused + 1)
    halted = replace(case, clock=clocks.stop(counted, at, end), total=clocks.stop(case.total, at, end))
    return {
        "pause": {"kind": kind, "since": stamp(at), "until": stamp(end)},
        **reset(procedure, halted, calendar, at),
    }


def resumed(procedure: Procedure, case: Case, calendar: Calendar, at: datetime) -> dict[str, Any]:
    """The running pause ended `at`, before or at its bound."""
    if case.pause is None:
        return {}
    since = case.pause.since
    going = replace(case, clock=clocks.cut(case.clock, since, at), total=clocks.cut(case.total, since, at))
    return {"pause": None, **reset(procedure, going, calendar, at)}


def reset(procedure: Procedure, case: Case, calendar: Calendar, at: datetime) -> dict[str, Any]:
    """Both clocks with their deadlines computed again."""
    return {
        "clock" if of == "state" else "total": clocks.restart(
            procedure, clock, calendar, at, of=of, state=case.state
        ).to_dict()
        for of, clock in clocks.clocks_of(case)
    }


def _base(act: Act, duty: str) -> dict[str, Any]:
    doer = act.doer
    return {
        "at": stamp(act.now),
        "by": {"duty": duty, "account": doer.account, "unit": doer.unit, "post": doer.post},
        "of": act.of,
        "kept": [name for name in ("reason",) if act.answers.get(name)],
    }


def _granter(act: Act) -> str:
    terms = act.terms
    granted_by = terms.granted_by if terms else ()
    return next((duty for duty in granted_by if duty in act.doer.duties), "supervisor")


def _ask_step(act: Act, calendar: Calendar) -> Step:
    wish = {"kind": act.kind, "of": act.of, "at": stamp(act.now)}
    return Step("asked", {**_base(act, act.owner), "wish": wish})


def _pause_step(act: Act, calendar: Calendar) -> Step:
    wish = act.answers.get("until")
    until = moment(wish) if wish else None
    halted = paused(act.procedure, act.case, "pause", calendar, act.now, until)
    return Step("paused", {**_base(act, _granter(act)), "wish": None, **halted})


def _extend_step(act: Act, calendar: Calendar) -> Step:
    terms, clock = act.terms, act.clock
    assert isinstance(terms, Extend) and clock is not None  # noqa: S101 - _terms_faults has asked
    longer = replace(clock, extensions=(*clock.extensions, str(terms.by)), extended=clock.extended + 1)
    moved = clocks.restart(act.procedure, longer, calendar, act.now, of=act.of, state=act.case.state)
    name = "total" if act.of == "total" else "clock"
    return Step("extended", {**_base(act, _granter(act)), "wish": None, name: moved.to_dict()})


def _decline_step(act: Act, calendar: Calendar) -> Step:
    wish = act.case.wish
    return Step("declined", {**_base(act, "leader"), "wish": None, "kind": wish.kind if wish else None})


def _resume_step(act: Act, calendar: Calendar) -> Step:
    going = resumed(act.procedure, act.case, calendar, act.now)
    return Step("resumed", {**_base(act, act.owner), **going})


_STEPS: dict[str, Callable[[Act, Any], Step]] = {
    "ask_pause": _ask_step,
    "ask_extension": _ask_step,
    "ask_total_extension": _ask_step,
    "grant_pause": _pause_step,
    "grant_extension": _extend_step,
    "grant_total_extension": _extend_step,
    "decline": _decline_step,
    "resume": _resume_step,
}
