"""Blind spots of a deployment: a ground and class where no unit in office holds an owner's duty.

Pure: remits come as (ground, class, duty), the grounds below a ground by a function. A remit covers all
grounds below its own and all classes below its own; classes that are held by the same remits are asked once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gantang.engine.check.lacking import Below, Grounds
from gantang.engine.check.say import at_state, finding, place_of
from gantang.engine.language.reading import nearest
from gantang.engine.model import STAFF_DUTIES, Finding, Procedure, State, Words

#: (ground, class, duty); ground "" is everywhere, class "*" every class, "a" also "a.b".
Held = tuple[str, str, str]
Needs = Mapping[str, Collection[str]]
#: How many classes a finding names before it counts the rest.
NAMED = 6


@dataclass(frozen=True, slots=True)
class Blind:
    """A row of the table: the highest ground where nobody holds a duty for some classes.

    A class stands for those below it that lack the duty as well.
    """

    duty: str
    ground: str
    classes: tuple[str, ...]


def blind(needs: Needs, held: Iterable[Held], roots: Iterable[str], below: Below) -> tuple[Blind, ...]:
    """The table ground × class × duty of what nobody holds, each at the highest ground that lacks it.

    `needs` are the duties asked of each class; `roots` the grounds the deployment answers for.
    """
    book, grounds = _book(held), Grounds(roots, below)
    known: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    found: dict[tuple[str, str], list[str]] = {}
    for klass in sorted(needs):
        for duty in needs[klass]:
            key = duty, tuple(one for one in _above(klass) if (duty, one) in book)
            if key not in known:
                covered = frozenset().union(*(book[duty, one] for one in key[1]))
                known[key] = grounds.lacking(covered)
            for ground in known[key]:
                found.setdefault((duty, ground), []).append(klass)
    rows = (Blind(duty, ground, _highest(classes)) for (duty, ground), classes in found.items())
    return tuple(sorted(rows, key=_place))


def _place(row: Blind) -> tuple[str, int]:
    return row.ground, STAFF_DUTIES.index(row.duty)


def _book(held: Iterable[Held]) -> dict[tuple[str, str], set[str]]:
    """The grounds of the remits by duty and class; a province has millions of remits and few such pairs."""
    told: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for ground, klass, duty in held:
        told[duty, klass].add(ground)
    book: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for (duty, klass), grounds in told.items():
        book[duty, klass.removesuffix(".*")] |= grounds
    return book


def _above(klass: str) -> Iterator[str]:
    """What a remit may name to cover a class: every class, and each part of its code from the left."""
    yield "*"
    at = klass.find(".")
    while at >= 0:
        yield klass[:at]
        at = klass.find(".", at + 1)
    yield klass


def _highest(classes: Iterable[str]) -> tuple[str, ...]:
    """The classes, which are in order, without those below one of them."""
    named: dict[str, None] = {}
    for one in classes:
        if named.keys().isdisjoint(_above(one)):
            named[one] = None
    return tuple(named)


def needs_of(procedures: Iterable[Procedure], classes: Iterable[str]) -> dict[str, frozenset[str]]:
    """The duties that own a state of the procedures serving each class; those that name it most exactly."""
    every = tuple(procedures)
    return {
        klass: frozenset().union(*(owners(one) for one in serving(every, klass)))
        for klass in classes
        if serving(every, klass)
    }


def unmanned(needs: Mapping[str, frozenset[str]], empty: Iterable[Held]) -> list[Blind]:
    """Remits of units without a post of that duty: work goes there before any wider remit, and is nobody's.

    `empty` as (ground, class pattern, duty); told where a procedure that serves the class needs the duty.
    """
    found = []
    for ground, klass, duty in sorted(set(empty)):
        classes = tuple(one for one in needs if duty in needs[one] and serves(klass, one))
        if classes:
            found.append(Blind(duty, ground, (klass,) if klass != "*" else classes))
    return found


def serving(procedures: Sequence[Procedure], klass: str) -> list[Procedure]:
    """The procedures that serve a class, of several those whose pattern names it most exactly."""
    best = {
        one.name: max((_exact(p) for p in one.serves if serves(p, klass)), default=-1) for one in procedures
    }
    most = max(best.values(), default=-1)
    return [one for one in procedures if most >= 0 and best[one.name] == most]


def unclassed(procedures: Iterable[Procedure], classes: Collection[str]) -> Iterator[Finding]:
    """Classes that a procedure serves and the deployment does not know: no matter ever has them."""
    for one in procedures:
        for pattern in one.serves:
            if not any(serves(pattern, klass) for klass in classes):
                yield _unclassed(one, pattern, classes)


def _unclassed(procedure: Procedure, pattern: str, classes: Collection[str]) -> Finding:
    guess = nearest(pattern.removesuffix(".*"), classes)
    zh, en = (f"，或改成 {guess}", f", or write {guess}") if guess else ("", "")
    return finding(
        "gap",
        place_of(procedure.places.get(f"serves/{pattern}"), procedure=procedure),
        f"{procedure.key}/serves",
        Words(
            f"类别表里没有 {pattern}，{procedure.key} 收不到这类事项。",
            f"The table of classes has no {pattern}: no matter will ever follow {procedure.key} by it.",
        ),
        Words(
            f"请管理员在工作台“管理 → 类别表”里加上{zh}。",
            f"Have an administrator add it at the desk (Administer → Classes){en}.",
        ),
    )


def _exact(pattern: str) -> int:
    return 0 if pattern == "*" else len(pattern.removesuffix(".*"))


def serves(pattern: str, klass: str) -> bool:
    """Whether `*`, `dispute.*` or `dispute` serves a class; a remit's class covers in the same way."""
    stem = pattern.removesuffix(".*")
    return pattern == "*" or klass == stem or klass.startswith(f"{stem}.")


def owners(procedure: Procedure) -> frozenset[str]:
    """The staff's duties that own a state."""
    states = procedure.states.values()
    return frozenset(
        one.owner for one in states if not one.is_end and one.owner is not None and one.owner in STAFF_DUTIES
    )


def unheld(
    procedure: Procedure, classes: Iterable[str], held: Iterable[Held], roots: Iterable[str], below: Below
) -> Iterator[Finding]:
    """One finding for each state and highest ground without a holder, naming the classes that lack it."""
    served = [one for one in classes if any(serves(pattern, one) for pattern in procedure.serves)]
    yield from told(procedure, blind(dict.fromkeys(served, owners(procedure)), held, roots, below))


def told(procedure: Procedure, rows: Iterable[Blind]) -> Iterator[Finding]:
    """The rows as findings at the states whose owner is lacking."""
    by_duty: dict[str, list[Blind]] = {}
    for row in rows:
        by_duty.setdefault(row.duty, []).append(row)
    for state in procedure.states.values():
        for row in by_duty.get(state.owner or "", ()) if not state.is_end else ():
            yield _unheld(procedure, state, row.ground, row.classes)


def _unheld(procedure: Procedure, state: State, ground: str, classes: tuple[str, ...]) -> Finding:
    more = len(classes) - NAMED
    zh, en = "、".join(classes[:NAMED]), ", ".join(classes[:NAMED])
    zh, en = (f"{zh} 等 {len(classes)} 类", f"{en} and {more} more") if more > 0 else (zh, en)
    return finding(
        "blind spot",
        state.place,
        f"{at_state(procedure, state.name)}/{ground}",
        Words(
            f"{ground} 没有在任单位承担 {state.owner}（状态 {state.name}），涉及类别：{zh}。",
            f"On {ground} no unit in office holds the duty {state.owner} (state {state.name})"
            f" for the classes {en}.",
        ),
        Words(
            f"在 {ground} 或其上级设一条 {state.owner} 的归口。",
            f"Set a remit of the {state.owner} for {ground} or above it.",
        ),
    )
