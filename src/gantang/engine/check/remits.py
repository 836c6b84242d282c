"""Blind spots of a deployment: a ground and class where no unit in office holds an owner's duty.

Pure: remits come as (ground, class, duty), the grounds below a ground by a function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from gantang.engine.check.say import at_state, finding
from gantang.engine.model import STAFF_DUTIES, Finding, Procedure, State, Words

#: (ground, class, duty); ground "" is everywhere, class "*" every class, "a" also "a.b".
Held = tuple[str, str, str]
Below = Callable[[str], Sequence[str]]
#: How many classes a finding names before it counts the rest.
NAMED = 6


def unheld(
    procedure: Procedure, classes: Iterable[str], held: Iterable[Held], roots: Iterable[str], below: Below
) -> Iterator[Finding]:
    """One finding for each state and highest ground without a holder, naming the classes that lack it."""
    served = [one for one in classes if any(serves(pattern, one) for pattern in procedure.serves)]
    remits, grounds = tuple(held), tuple(roots)
    for state in procedure.states.values():
        if not state.is_end and state.owner in STAFF_DUTIES:
            for ground, lacking in _lacking(state.owner, served, remits, grounds, below).items():
                yield _unheld(procedure, state, ground, lacking)


def serves(pattern: str, klass: str) -> bool:
    """Whether `*`, `dispute.*` or `dispute` serves a class; a remit's class covers in the same way."""
    stem = pattern.removesuffix(".*")
    return pattern == "*" or klass == stem or klass.startswith(f"{stem}.")


def _lacking(
    duty: str, classes: list[str], held: tuple[Held, ...], roots: tuple[str, ...], below: Below
) -> dict[str, list[str]]:
    """Classes by the highest ground that lacks the duty for them; a class below one named is left out."""
    known: dict[frozenset[str], list[str]] = {}
    found: dict[str, list[str]] = {}
    for klass in sorted(classes):
        covered = frozenset(ground for ground, remit, one in held if one == duty and serves(remit, klass))
        if covered not in known:
            known[covered] = [gap for root in roots for gap in _gaps(root, covered, below)]
        for ground in known[covered]:
            named = found.setdefault(ground, [])
            if not any(klass.startswith(f"{one}.") for one in named):
                named.append(klass)
    return found


def _gaps(ground: str, covered: frozenset[str], below: Below) -> Iterator[str]:
    """The highest grounds at or below one that nothing covers."""
    if any(ground.startswith(one) for one in covered):
        return
    if not any(one.startswith(ground) for one in covered):
        yield ground
        return
    for child in below(ground):
        yield from _gaps(child, covered, below)


def _unheld(procedure: Procedure, state: State, ground: str, classes: list[str]) -> Finding:
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
