"""Walks through any procedure by chance: what is answered, what is done next, and what staff can still do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, product
from random import Random
from types import SimpleNamespace
from typing import Any

from gantang import engine
from gantang.engine.model import CLOCK, Procedure
from gantang.engine.vocabulary.counts import COUNTS
from tests.engine.sample import UNITS, at, calendar, doer, facts

#: The cast is drawn from few accounts, so that the same person often holds several duties.
DOERS = [
    *(doer(duty) for duty in UNITS),
    doer("reporter"),
    doer("party"),
    engine.Doer(103, 4, 40, frozenset({"verifier"})),
    engine.Doer(
        500, 3, 30, frozenset({"handler", "mediator", "verifier", "supervisor", "leader", "arbiter"})
    ),
]
#: Staff who are all different: somebody who did nothing yet can always be found.
STAFF = [
    engine.Doer(7000 + n, unit, unit * 10, frozenset({duty})) for n, (duty, unit) in enumerate(UNITS.items())
]
GRANTS = ["ask_pause", "grant_pause", "ask_extension", "grant_extension", "decline", "resume"]
GRANTS += ["ask_total_extension", "grant_total_extension"]
HOURS = [0, 1, 5, 24, 24 * 3, 24 * 9, 24 * 40]
#: Answers of a kind, where any will do.
PLAIN: dict[str, Any] = {
    "unit": 3,
    "post": 30,
    "units": [4, 5],
    "rating": 4,
    "number": 1,
    "amount": 100_00,
    "yes_no": True,
    "date": "2026-12-01",
    "moment": "2026-12-01T10:00:00+08:00",
    "ground": "360102",
    "case_number": "2026-JX0102-MC-123",
    "files": ["1"],
}
#: So often numbers are drawn until they fit each other.
DRAWS = 60
#: As many sets of closed answers to one move are tried.
SETS = 24


def worlds(procedure: Procedure) -> dict[str, engine.Facts]:
    """What may be so around a matter, by name: everything in order, and each thing otherwise."""
    gates = {
        guard.args[0]
        for move in procedure.moves.values()
        for guard in move.needs
        if guard.name == "gate_open"
    }
    good = {
        "willing": True,
        "reachable": True,
        "documents": procedure.documents,
        "gates": dict.fromkeys(gates, True),
    }
    return {
        "all in order": facts(**good),
        "nobody to be reached": facts(**{**good, "reachable": False}),
        "a party unwilling": facts(**{**good, "willing": False}),
        "gates shut": facts(**{**good, "gates": {}}),
    }


def answers_for(procedure: Procedure, move: str, chance: Random) -> dict[str, Any]:
    if move not in procedure.moves:
        return {"reason": "x"} if move.startswith("ask") or move == "decline" else {}
    asks = [ask for ask in procedure.moves[move].asks if ask.required or chance.random() < 0.3]
    found = {ask.field: value_for(procedure.fields[ask.field], chance) for ask in asks}
    return counted(procedure, move, found, chance)


def counted(procedure: Procedure, move: str, found: dict[str, Any], chance: Random) -> dict[str, Any]:
    """The answers with numbers that fit each other as the move's counts ask, mostly."""
    counts = [one for one in procedure.moves[move].needs if one.name in COUNTS]
    for _ in range(DRAWS if counts else 0):
        context: Any = SimpleNamespace(answers=found)
        if all(COUNTS[one.name].holds(context, one.args) for one in counts):
            break
        found = {name: numbered(procedure.fields[name], value, chance) for name, value in found.items()}
    return found


def numbered(field: engine.Field, value: Any, chance: Random) -> Any:
    """The same with small numbers drawn anew, in as many rows as are drawn."""
    if field.kind == "number":
        return chance.randint(1, 3)
    if field.kind == "rows":
        return [{**value[0], **_numbers(field, chance)} for _ in range(chance.randint(1, 2))]
    return value


def _numbers(rows: engine.Field, chance: Random) -> dict[str, int]:
    return {column.name: chance.randint(1, 3) for column in rows.columns if column.kind == "number"}


def value_for(field: engine.Field, chance: Random) -> Any:
    if field.kind == "choice":
        return chance.choice(field.codes())
    if field.kind == "choices":
        return [chance.choice(field.codes())]
    if field.kind == "rows":
        return [{column.name: value_for(column, chance) for column in field.columns}]
    return PLAIN.get(field.kind, "x")


def closed_answers(procedure: Procedure, move: engine.Move) -> Iterator[dict[str, Any]]:
    """Sets of answers to what the move must be told, each closed answer in turn, numbers as its counts ask."""
    asks = [procedure.fields[ask.field] for ask in move.asks if ask.required]
    first = Random(0)
    choices = [
        list(field.codes())
        if field.kind == "choice"
        else [True, False]
        if field.kind == "yes_no"
        else [value_for(field, first)]
        for field in asks
    ]
    for values in islice(product(*choices), SETS):
        found = {field.name: value for field, value in zip(asks, values, strict=True)}
        yield counted(procedure, move.name, found, first)


def next_act(
    procedure: Procedure, case: engine.Case, now: datetime, chance: Random, known: engine.Facts
) -> tuple[str, engine.Doer]:
    """Mostly something possible, sometimes anything at all."""
    if chance.random() < 0.75:
        open_to = [
            (one.move, who)
            for who in DOERS
            for one in engine.may(procedure, case, who, known, calendar(), now)
            if one.allowed
        ]
        going_on = [one for one in open_to if not ends(procedure, one[0])]
        leading = [one for one in going_on if leads(procedure, one[0])]
        if leading and chance.random() < 0.6:
            return chance.choice(leading)
        if going_on and chance.random() < 0.8:
            return chance.choice(going_on)
        if open_to:
            return chance.choice(open_to)
    names = [name for name, move in procedure.moves.items() if move.by != (CLOCK,)] + GRANTS
    return chance.choice(names), chance.choice(DOERS)


def ends(procedure: Procedure, move: str) -> bool:
    to = procedure.moves[move].to if move in procedure.moves else None
    return to is not None and procedure.states[to].is_end


def leads(procedure: Procedure, move: str) -> bool:
    return move in procedure.moves and procedure.moves[move].to is not None


def play(procedure: Procedure, chance: Random) -> list[engine.Step]:
    """The steps of a walk; what is so around the matter changes from act to act."""
    now, around = at("2026-11-16 09:30"), list(worlds(procedure).values())
    opened = engine.open_case(procedure, doer=doer("reporter"), facts=around[0], calendar=calendar(), now=now)
    steps = list(opened.steps)
    for _ in range(chance.randint(1, 30)):
        now += timedelta(hours=chance.choice(HOURS))
        known = around[0] if chance.random() < 0.7 else chance.choice(around)
        case = engine.replay(steps)
        move, who = next_act(procedure, case, now, chance, known)
        answers = answers_for(procedure, move, chance)
        made = engine.decide(procedure, case, move, answers, who, known, calendar(), now)
        steps.extend(made.steps or made.due)
    return steps


def ends_by_staff(procedure: Procedure, case: engine.Case, now: datetime, known: engine.Facts) -> bool:
    """Breadth-first by moves that staff may make now, or by time; each state with its uses once."""
    queue, seen = [(case, now)], set()
    while queue:
        case, now = queue.pop(0)
        if case.is_closed:
            return True
        key = (case.state, tuple(sorted((name, case.uses.get(name, 0)) for name in limited(procedure))))
        if key not in seen:
            seen.add(key)
            queue += nexts(procedure, case, now, known)
    return False


def limited(procedure: Procedure) -> list[str]:
    """Moves whose uses decide what is possible: those with `at_most`, and those some guard asks for."""
    asked = {
        guard.args[0] for move in procedure.moves.values() for guard in move.needs if guard.name == "used"
    }
    return [name for name, move in procedure.moves.items() if move.at_most is not None or name in asked]


def nexts(
    procedure: Procedure, case: engine.Case, now: datetime, known: engine.Facts
) -> Iterator[tuple[engine.Case, datetime]]:
    """What staff and the clock can make of a case: every edge open to them, and each wake of the clock."""
    for who in STAFF:
        yield from ((after, now) for after in by_hand(procedure, case, now, known, who))
    wake = engine.wake_at(procedure, case)
    for _ in range(6):
        if wake is None:
            return
        for step in engine.lapse(procedure, case, known, calendar(), wake):
            case = engine.apply(case, step)
        yield case, wake
        wake = engine.wake_at(procedure, case)


def by_hand(
    procedure: Procedure, case: engine.Case, now: datetime, known: engine.Facts, who: engine.Doer
) -> Iterator[engine.Case]:
    """The cases after each move that leads elsewhere, by whoever holds the duty."""
    (duty,) = who.duties
    if duty in case.holders:
        who = engine.Doer(who.account, case.holders[duty].unit, case.holders[duty].post, who.duties)
    elif who.post in {post for actors in case.made.values() for _, post in actors}:
        who = engine.Doer(who.account, who.unit, 9999, who.duties)
    for move in procedure.moves.values():
        if (move.to is None and move.name not in limited(procedure)) or duty not in move.by:
            continue
        for answers in closed_answers(procedure, move) if case.state in move.sources else ():
            made = engine.decide(procedure, case, move.name, answers, who, known, calendar(), now)
            if made.steps:
                after = case
                for step in made.steps:
                    after = engine.apply(after, step)
                yield after
