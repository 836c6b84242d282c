"""What is looser in one procedure than in another, part by part, and whether the law fixes that part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gantang.engine.check.ruler import Ruler
from gantang.engine.model import (
    NOWHERE,
    PEOPLE_DUTIES,
    Extend,
    LateRule,
    Move,
    Pause,
    Place,
    Procedure,
    State,
    Within,
    Words,
)


@dataclass(frozen=True, slots=True)
class Loose:
    """One thing that is looser: `where` without the procedure's name, "moves/agree"."""

    where: str
    place: Place
    what: Words
    law: bool


def everything(base: Procedure, overlay: Procedure, ruler: Ruler) -> Iterator[Loose]:
    yield from of_states(base, overlay, ruler)
    yield from of_moves(base, overlay, ruler)
    yield from of_total(base, overlay, ruler)
    yield from of_late(base, overlay)
    yield from of_documents(base, overlay)
    yield from of_protection(base, overlay)
    yield from of_feed(base, overlay, ruler)


def of_states(base: Procedure, overlay: Procedure, ruler: Ruler) -> Iterator[Loose]:
    for name, old in base.states.items():
        where, new = f"states/{name}", overlay.states.get(name)
        place = new.place if new is not None else NOWHERE
        for end, law in _lost_ends(base, overlay, old):
            yield Loose(where, place, Words(f"结果 {end} 被删去", f"the end {end} is taken away"), law)
        if new is None or old.is_end:
            continue
        law, staff = bool(old.within and old.within.law), old.owner not in PEOPLE_DUTIES
        at = new.within.place if new.within is not None else place
        for what in _period(old.within, new.within, ruler, staff=staff):
            yield Loose(where, at, what, law)
        for what in _grants(old, new, ruler, staff=staff):
            yield Loose(where, place, what, law)


def _lost_ends(base: Procedure, overlay: Procedure, old: State) -> Iterator[tuple[str, bool]]:
    """Ends that are there no more, and whether a move that gives them is the law's."""
    left = {end for state in overlay.states.values() for end in state.ends}
    for end in old.ends:
        if end not in left:
            yield end, any(move.law and end in move.outcomes for move in base.moves.values())


def of_moves(base: Procedure, overlay: Procedure, ruler: Ruler) -> Iterator[Loose]:
    for name, old in base.moves.items():
        new = overlay.moves.get(name)
        if new is not None:
            for what in _move(old, new, ruler):
                yield Loose(f"moves/{name}", new.place, what, bool(old.law))
        elif old.law or _peoples(old):
            what = Words(f"动作 {name} 被删去", f"the move {name} is taken away")
            yield Loose(f"moves/{name}", NOWHERE, what, bool(old.law))


def _move(old: Move, new: Move, ruler: Ruler) -> Iterator[Words]:
    yield from dropped(old, new)
    yield from narrowed(old, new)
    staff = not _peoples(old)
    if old.until is None and new.until is not None and not staff:
        yield Words("加了期限", "a time limit is added")
    yield from _period(old.until, new.until, ruler, staff=staff)


def dropped(old: Move, new: Move) -> Iterator[Words]:
    """Asks, guards, documents and required children that the new move lacks; uses that it adds."""
    for name in _missing(required_asks(old), required_asks(new)):
        yield Words(f"询问 {name} 被去掉", f"the ask {name} is dropped")
    for name in _missing(map(str, old.needs), map(str, new.needs)):
        yield Words(f"条件 {name} 被去掉", f"the guard {name} is dropped")
    for name in _missing(old.documents, new.documents):
        yield Words(f"文书 {name} 被去掉", f"the document {name} is dropped")
    if old.opens is not None and old.opens.required and (new.opens is None or not new.opens.required):
        yield Words("子事项不再必须办完", "the children need not be closed any more")
    if old.at_most is not None and not _peoples(old) and (new.at_most is None or new.at_most > old.at_most):
        yield Words("次数变多", "it may be made more often")


def required_asks(move: Move) -> tuple[str, ...]:
    return tuple(ask.field for ask in move.asks if ask.required)


def _missing(before: Iterable[str], after: Iterable[str]) -> list[str]:
    left = set(after)
    return [one for one in before if one not in left]


def narrowed(old: Move, new: Move) -> Iterator[Words]:
    """Rights of reporter and party that the new move takes away."""
    for duty in old.by:
        if duty in PEOPLE_DUTIES and duty not in new.by:
            yield Words(f"{duty} 不能再做", f"the {duty} may no longer make it")
    if _peoples(old) and new.at_most is not None and (old.at_most is None or new.at_most < old.at_most):
        yield Words("次数变少", "it may be made less often")
    for source in old.sources:
        if _peoples(old) and source not in new.sources:
            yield Words(f"不能再从 {source} 做", f"it may no longer be made from {source}")


def of_total(base: Procedure, overlay: Procedure, ruler: Ruler) -> Iterator[Loose]:
    law = bool(base.total and base.total.law)
    place = overlay.total.place if overlay.total is not None else NOWHERE
    for what in _period(base.total, overlay.total, ruler, staff=True):
        yield Loose("clock", place, what, law)
    for what in _more(base.total_extend, overlay.total_extend, ruler, Words("延期", "extension")):
        yield Loose("clock", place, what, law)


def of_late(base: Procedure, overlay: Procedure) -> Iterator[Loose]:
    """Late rules that no rule of the overlay does the work of, as early at least."""
    for rule in base.late:
        lost = [name for name in base.open_states if _lost_in(name, rule, base, overlay)]
        if lost:
            law = bool(rule.move and base.moves[rule.move].law)
            states = ", ".join(lost)
            what = Words(
                f"{rule.at}% 的规则（{states}）被删去或推迟",
                f"the rule at {rule.at}% (in {states}) is dropped or comes later",
            )
            yield Loose("late", NOWHERE, what, law)


def _lost_in(state: str, rule: LateRule, base: Procedure, overlay: Procedure) -> bool:
    if rule not in base.late_in(state, rule.of) or state not in overlay.open_states:
        return False
    if rule.move is not None and state not in base.moves[rule.move].sources:
        return False
    return not any(_does_as_much(one, rule) for one in overlay.late_in(state, rule.of))


def _does_as_much(new: LateRule, old: LateRule) -> bool:
    told, moved = set(old.tell) <= set(new.tell), old.move in (None, new.move)
    return new.at <= old.at and told and moved and old.mark in (None, new.mark)


def of_documents(base: Procedure, overlay: Procedure) -> Iterator[Loose]:
    """Documents dropped, or filled with less than before."""
    for name, old in base.documents.items():
        law = any(move.law and _concerns(move, name) for move in base.moves.values())
        new = overlay.documents.get(name)
        if new is None:
            what = Words(f"文书 {name} 被删去", f"the document {name} is dropped")
            yield Loose(f"documents/{name}", NOWHERE, what, law)
            continue
        for used in old.uses:
            if used not in new.uses:
                what = Words(f"内容 {used} 被去掉", f"its part {used} is dropped")
                yield Loose(f"documents/{name}", new.place, what, law)


def _concerns(move: Move, document: str) -> bool:
    return document in move.documents or any(str(one) == f"document.{document}" for one in move.needs)


def of_protection(base: Procedure, overlay: Procedure) -> Iterator[Loose]:
    """A seal or a vault opened, a gate made wider."""
    if base.sealed and not overlay.sealed:
        yield Loose("sealed", NOWHERE, Words("不再保密", "it is sealed no more"), False)
    for name, field in base.fields.items():
        new = overlay.fields.get(name)
        if field.vault and new is not None and not new.vault:
            what = Words(f"字段 {name} 离开了保险库", f"the field {name} leaves the vault")
            yield Loose(f"fields/{name}", new.place, what, False)
    if base.gate is None:
        return
    if overlay.gate is None or (base.gate.once and not overlay.gate.once):
        yield Loose("gate", NOWHERE, Words("前置程序被放松", "the gate is dropped or may be repeated"), False)
    for outcome in overlay.gate.opens if overlay.gate is not None else ():
        if outcome not in base.gate.opens:
            what = Words(f"结果 {outcome} 也算通过", f"the outcome {outcome} opens it too")
            yield Loose("gate", overlay.gate.place if overlay.gate else NOWHERE, what, False)


def of_feed(base: Procedure, overlay: Procedure, ruler: Ruler) -> Iterator[Loose]:
    """More stated to everybody, or kept by them for longer."""
    old, new = base.feed, overlay.feed
    if new is None:
        return
    for part, had, has in (
        ("states", old.states if old else (), new.states),
        ("fields", old.fields if old else (), new.fields),
    ):
        for name in sorted(set(has) - set(had)):
            what = Words(f"多公布了 {name}", f"{name} is stated to everybody too")
            yield Loose(f"feed/{part}", new.place, what, False)
    if old is not None and ruler.further(old.expires, new.expires):
        yield Loose("feed", new.place, Words("作废的期限变长", "it expires later"), False)


def _period(old: Within | None, new: Within | None, ruler: Ruler, *, staff: bool) -> Iterator[Words]:
    """A longer period for staff, a shorter one for people; a period dropped is longer than any."""
    if old is None:
        return
    if new is None:
        if staff:
            yield Words("期限被删去", "the period is dropped")
    elif staff and ruler.longer(old, new):
        yield Words("期限变长", "the period is longer")
    elif not staff and ruler.shorter(old, new):
        yield Words("期限变短", "the period is shorter")


def _grants(old: State, new: State, ruler: Ruler, *, staff: bool) -> Iterator[Words]:
    """Pauses and extensions: more of them for staff, less of them for people."""
    for before, after, what in (
        (old.pause, new.pause, Words("停表", "pause")),
        (old.extend, new.extend, Words("延期", "extension")),
    ):
        if staff:
            yield from _more(before, after, ruler, what)
        elif any(_more(after, before, ruler, what)):
            yield Words(f"{what.zh}变少", f"there is less {what.en}")


def _more(
    old: Pause | Extend | None, new: Pause | Extend | None, ruler: Ruler, what: Words
) -> Iterator[Words]:
    if new is None:
        return
    if old is None:
        yield Words(f"加了{what.zh}", f"a new {what.en} is granted")
        return
    before, after = (one.up_to if isinstance(one, Pause) else one.by for one in (old, new))
    if before is not None and (after is None or ruler.further(before, after)):
        yield Words(f"{what.zh}变长", f"the {what.en} is longer")
    if old.at_most is not None and (new.at_most is None or new.at_most > old.at_most):
        yield Words(f"{what.zh}次数变多", f"the {what.en} is granted more often")


def _peoples(move: Move) -> bool:
    return any(duty in PEOPLE_DUTIES for duty in move.by)
