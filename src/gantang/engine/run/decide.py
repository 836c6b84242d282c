"""Deciding: a move is made, with its steps, or refused, with all reasons. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gantang.engine.model import Field, Guard, Move, Opens, Procedure
from gantang.engine.run import answers as asked
from gantang.engine.run import clocks, grants
from gantang.engine.run.against import guard_refusal
from gantang.engine.run.apply import replay
from gantang.engine.run.effects import effects_data
from gantang.engine.run.enter import Entry, entry
from gantang.engine.run.lapse import lapse
from gantang.engine.run.replaying import after
from gantang.engine.run.say import refusal
from gantang.engine.run.values import Decision, Doer, Facts, Refusal, Step, stamp
from gantang.engine.run.who import duty_for
from gantang.engine.vocabulary import GUARDS, Context

if TYPE_CHECKING:
    from datetime import datetime

    from gantang.engine.run.case import Case
    from gantang.engine.time import Calendar


def open_case(
    procedure: Procedure,
    *,
    doer: Doer,
    facts: Facts,
    calendar: Calendar,
    now: datetime,
    answers: Mapping[str, Any] | None = None,
    opened_at: datetime | None = None,
) -> Decision:
    """The first step of a matter; `answers` are closed answers already known (class, ground, track).

    Both clocks run from `now`, the moment of receipt. An open matter imported from elsewhere
    keeps its own time of opening as `opened_at`; its clocks start at the import.
    """
    chosen = asked.chosen(procedure, answers or {})
    given = Entry(procedure, None, facts, calendar, answers or {}, chosen)
    data: dict[str, Any] = {
        "at": stamp(now),
        "opened_at": stamp(opened_at or now),
        "procedure": procedure.name,
        "version": procedure.version,
        "hash": procedure.hash,
        "chosen": chosen,
        "by": by(doer, _opening_duty(doer)),
        **entry(given, procedure.initial, now, outcome=None),
    }
    return Decision((Step("opened", data),))


def _opening_duty(doer: Doer) -> str:
    """For whom one opens: the reporter oneself, else the receiver, else whatever one is."""
    first = ("reporter", "receiver", *sorted(doer.duties))
    return next((duty for duty in first if duty in doer.duties), "reporter")


def open_past(
    procedure: Procedure,
    *,
    doer: Doer,
    facts: Facts,
    calendar: Calendar,
    opened_at: datetime,
    closed_at: datetime,
    answers: Mapping[str, Any] | None = None,
) -> Decision:
    """A past matter of another system, opened and ended at its own times; nothing is owed, nobody told.

    The move that does it is the one that needs `imported`, whatever the pack calls it.
    """
    opened = open_case(procedure, doer=doer, facts=facts, calendar=calendar, now=opened_at, answers=answers)
    move = next((one.name for one in procedure.moves.values() if _records(one)), "record")
    ended = _decide(procedure, replay(opened.steps), move, {}, doer, facts, calendar, closed_at)
    return Decision((*opened.steps, *ended.steps) if ended.allowed else (), ended.refusals)


def _records(move: Move) -> bool:
    return any(guard.name == "imported" for guard in move.needs)


def decide(
    procedure: Procedure,
    case: Case,
    move: str,
    answers: Mapping[str, Any],
    doer: Doer,
    facts: Facts,
    calendar: Calendar,
    now: datetime,
) -> Decision:
    """Steps or refusals. What the clock owes by `now` comes first, and changes what is possible."""
    due = lapse(procedure, case, facts, calendar, now)
    present = after(case, due)
    if move in grants.MOVES:
        own = grants.decide(procedure, present, move, answers, doer, facts, calendar, now)
    else:
        own = _decide(procedure, present, move, answers, doer, facts, calendar, now)
    if own.refusals:
        return Decision((), own.refusals, due)
    return Decision((*due, *own.steps), (), due)


def _decide(
    procedure: Procedure,
    case: Case,
    name: str,
    answers: Mapping[str, Any],
    doer: Doer,
    facts: Facts,
    calendar: Calendar,
    now: datetime,
) -> Decision:
    move = procedure.moves.get(name)
    if move is None:
        return Decision(refusals=(refusal("move.unknown", name),))
    duty, not_theirs = duty_for(procedure, case, move, doer, facts)
    context = Context(procedure, case, move, duty or move.by[0], doer, answers, facts, now)
    refusals = [*reasons(context, not_theirs), *asked.faults(procedure, move, answers)]
    if refusals:
        return Decision(refusals=tuple(refusals))
    return Decision((Step("moved", moved(context, calendar)),))


def reasons(context: Context, not_theirs: Refusal | None) -> Iterator[Refusal]:
    """Every reason against a move but its answers: place, doer, uses, time, guards, effects."""
    case, move = context.case, context.move
    if case.state not in move.sources:
        yield refusal("move.not_here", context.procedure.states[case.state].title, move=move)
    if not_theirs is not None:
        yield not_theirs
    yield from _bounds(context)
    for guard in move.needs:
        if not holds(context, guard):
            yield guard_refusal(context, guard)
    if move.does_it("question"):
        yield from grants.pause_faults(context.procedure, case)


def _bounds(context: Context) -> Iterator[Refusal]:
    """Uses that ran out, a last moment that passed, children that hold the end."""
    case, move = context.case, context.move
    if move.at_most is not None and case.uses.get(move.name, 0) >= move.at_most:
        yield refusal("move.used_up", str(move.at_most), move=move)
    until = case.until.get(move.name)
    if until is not None and context.now > until:
        yield refusal("move.too_late", stamp(until)[:16].replace("T", " "), move=move)
    ends = move.to is not None and context.procedure.states[move.to].is_end
    if ends and context.facts.required and not _asks_children(move):
        yield refusal("children.required", str(context.facts.required), move=move)


def _asks_children(move: Move) -> bool:
    """Withdrawal, merge and transfer ask what becomes of open children instead of waiting for them."""
    return any(ask.field == "children" for ask in move.asks)


def holds(context: Context, guard: Guard) -> bool:
    """Whether a guard holds; a document the move itself produces is there."""
    if guard.name == "document" and guard.args[0] in context.move.documents:
        return True
    return GUARDS[guard.name].holds(context, guard.args)


def by(doer: Doer, duty: str) -> dict[str, Any]:
    return {"duty": duty, "account": doer.account, "unit": doer.unit, "post": doer.post}


def moved(
    context: Context, calendar: Calendar, *, at: datetime | None = None, rule: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The data of a move's step."""
    procedure, case, move = context.procedure, context.case, context.move
    at = at or context.now
    chosen = asked.chosen(procedure, context.answers)
    data: dict[str, Any] = {
        "at": stamp(at),
        "move": move.name,
        "by": by(context.doer, context.duty),
        "from": case.state,
        "chosen": chosen,
        **asked.recorded(procedure, move, context.answers),
        **effects_data(context, calendar, at),
    }
    let_go = _let_go(case, chosen)
    if let_go:
        data["release"] = [*data.get("release", []), *let_go]
    if rule is not None:
        data["rule"] = rule
    if move.opens is not None:
        data["opens"] = children(procedure, move, context.answers, {**case.chosen, **chosen})
    if move.documents:
        data["produces"] = list(move.documents)
    if move.to is not None:
        data.update(_edge(context, calendar, at, chosen, tuple(data.get("release", ()))))
    return data


def _let_go(case: Case, chosen: Mapping[str, str]) -> list[str]:
    """Holders named by a move stand until class or ground changes."""
    if all(chosen.get(name) in (None, case.chosen.get(name)) for name in ("class", "ground")):
        return []
    return [duty for duty, held in case.holders.items() if held.by == "move"]


def _edge(
    context: Context, calendar: Calendar, at: datetime, chosen: dict[str, str], release: tuple[str, ...]
) -> dict[str, Any]:
    case, move = context.case, context.move
    known = {**case.chosen, **chosen}
    data: dict[str, Any] = {}
    if case.pause is not None:
        # leaving the state ends its pause: the total goes on from here
        data.update(grants.resumed(context.procedure, case, calendar, at))
        case = replace(case, clock=clocks.cut(case.clock, case.pause.since, at))
    given = Entry(context.procedure, case, context.facts, calendar, context.answers, known, release)
    target = move.to
    assert target is not None  # noqa: S101 - the caller has asked
    left = context.case.clock
    data["left"] = {"in_time": left is None or at <= left.due}
    data.update(entry(given, target, at, outcome=_outcome(move, known)))
    if data.get("ended") and case.total is not None:
        data["left"]["total_in_time"] = at <= case.total.due
    return data


def _outcome(move: Move, known: Mapping[str, str]) -> str | None:
    if len(move.outcomes) == 1 or move.outcome_by is None:
        return move.outcomes[0] if move.outcomes else None
    found = known.get(move.outcome_by)
    return found if found in move.outcomes else move.outcomes[0]


def children(
    procedure: Procedure, move: Move, answers: Mapping[str, Any], known: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The child matters to open: one, or one for each item of the list field.

    Of a row, only what lies outside the vault goes along, as answers of the child.
    """
    opens = move.opens
    assert opens is not None  # noqa: S101 - the caller has asked
    field = procedure.fields[opens.each] if opens.each else None
    items = answers.get(opens.each) or [] if opens.each else [None]
    return [_child(opens, field, item, answers, known) for item in items]


def _child(
    opens: Opens, field: Field | None, item: Any, answers: Mapping[str, Any], known: Mapping[str, str]
) -> dict[str, Any]:
    row = item if isinstance(item, Mapping) else {}
    given = {**answers, **row}
    named = not row and opens.each is not None and opens.unit in (None, opens.each)
    child = {
        "procedure": opens.procedure,
        "unit": item if named else given.get(opens.unit or ""),
        "class": given.get(opens.klass or "", known.get("class")),
        "ground": given.get(opens.ground or "", known.get("ground")),
        "item": None if row else item,
        "required": opens.required,
    }
    if row and field is not None:
        closed = field.closed_columns()
        child["answers"] = {name: row[name] for name in closed if row.get(name) is not None}
    return child
