"""Law: an overlay that loosens what its base marks `law`.

Loosen means, for staff: a longer period, more uses, an ask, guard or document
dropped; for reporter or party the reverse: a shorter time to answer or to come
back, a move or an end taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gantang.engine.check.say import at_move, at_state, finding, place_of
from gantang.engine.model import PEOPLE_DUTIES, Finding, Move, Place, Procedure, State, Within, Words
from gantang.engine.time import Calendar, deadline
from gantang.engine.time.calendar import ZONE


def loosened(base: Procedure, overlay: Procedure, calendar: Calendar) -> Iterator[Finding]:
    """Everything in which the overlay is looser than the base allows by law."""
    judge = _Judge(base, overlay, calendar)
    yield from judge.states()
    yield from judge.moves()
    if base.total is not None and base.total.law:
        yield from judge.period(base.total, overlay.total, f"{overlay.name}/clock", overlay.place, staff=True)


class _Judge:
    """Compares an overlay with its base on one calendar."""

    def __init__(self, base: Procedure, overlay: Procedure, calendar: Calendar) -> None:
        self.base, self.overlay, self.calendar = base, overlay, calendar
        self.start = datetime(max(calendar.published or {2026}), 1, 1, tzinfo=ZONE)

    def states(self) -> Iterator[Finding]:
        for name, old in self.base.states.items():
            new = self.overlay.states.get(name)
            if old.within is not None and old.within.law and new is not None:
                where, staff = at_state(self.overlay, name), old.owner not in PEOPLE_DUTIES
                yield from self.period(old.within, new.within, where, new.place, staff=staff)
            yield from self._ends(old, new)

    def _ends(self, old: State, new: State | None) -> Iterator[Finding]:
        lawful = {one for move in self.base.moves.values() if move.law for one in move.outcomes}
        for end in old.ends:
            if end in lawful and (new is None or end not in new.ends):
                place = new.place if new is not None else self.overlay.place
                yield self.says(
                    at_state(self.overlay, old.name),
                    place,
                    f"结果 {end} 被删去",
                    f"the end {end} is taken away",
                )

    def moves(self) -> Iterator[Finding]:
        for name, old in self.base.moves.items():
            new = self.overlay.moves.get(name)
            if not old.law:
                continue
            where = at_move(self.overlay, name)
            if new is None:
                yield self.says(
                    where, self.overlay.place, f"动作 {name} 被删去", f"the move {name} is taken away"
                )
            else:
                yield from self._move(old, new, where)

    def _move(self, old: Move, new: Move, where: str) -> Iterator[Finding]:
        for zh, en in (*dropped(old, new), *narrowed(old, new)):
            yield self.says(where, new.place, zh, en)
        if old.until is not None:
            staff = not any(duty in PEOPLE_DUTIES for duty in old.by)
            yield from self.period(old.until, new.until, where, new.place, staff=staff)

    def period(
        self, old: Within, new: Within | None, where: str, place: Place, *, staff: bool
    ) -> Iterator[Finding]:
        """A longer period for staff, a shorter one for people; a period dropped is longer than any."""
        if new is None:
            if staff:
                yield self.says(where, place, "期限被删去", "the period is dropped")
            return
        old_days, new_days = self.length(old), self.length(new)
        if (new_days > old_days) if staff else (new_days < old_days):
            at = place_of(new.place, place, procedure=self.overlay)
            yield self.says(
                where,
                at,
                *(("期限变长", "the period is longer") if staff else ("期限变短", "the period is shorter")),
            )

    def length(self, within: Within) -> datetime:
        return max(deadline(self.start, span, self.calendar).due for span in within.spans())

    def says(self, where: str, place: Place, zh: str, en: str) -> Finding:
        return finding(
            "law",
            place,
            where,
            Words(f"放宽了法定内容：{where} 的{zh}。", f"What the law fixes is loosened: at {where}, {en}."),
            Words("恢复上一级的写法。", "Put back what the base says."),
        )


def dropped(old: Move, new: Move) -> Iterator[tuple[str, str]]:
    """Asks, guards and documents that the new move lacks; uses that it adds."""
    asks = {ask.field for ask in new.asks if ask.required}
    for ask in old.asks:
        if ask.required and ask.field not in asks:
            yield f"询问 {ask.field} 被去掉", f"the ask {ask.field} is dropped"
    needs = {str(guard) for guard in new.needs}
    for guard in old.needs:
        if str(guard) not in needs:
            yield f"条件 {guard} 被去掉", f"the guard {guard} is dropped"
    for document in old.documents:
        if document not in new.documents:
            yield f"文书 {document} 被去掉", f"the document {document} is dropped"
    if old.at_most is not None and not _peoples(old) and (new.at_most is None or new.at_most > old.at_most):
        yield "次数变多", "it may be made more often"


def narrowed(old: Move, new: Move) -> Iterator[tuple[str, str]]:
    """Rights of reporter and party that the new move takes away."""
    for duty in old.by:
        if duty in PEOPLE_DUTIES and duty not in new.by:
            yield f"{duty} 不能再做", f"the {duty} may no longer make it"
    if _peoples(old) and new.at_most is not None and (old.at_most is None or new.at_most < old.at_most):
        yield "次数变少", "it may be made less often"
    for source in old.sources:
        if _peoples(old) and source not in new.sources:
            yield f"不能再从 {source} 做", f"it may no longer be made from {source}"


def _peoples(move: Move) -> bool:
    return any(duty in PEOPLE_DUTIES for duty in move.by)
