"""A running case taken to a newer version of its procedure: state, uses and clocks are mapped.

No clock restarts: start, pauses and extensions stay. Nobody becomes late by an upgrade, and
no right of reporter or party is shortened: their deadlines and last moments never come nearer.
What a late rule has fired stays fired where the new version has the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gantang.engine.model import PEOPLE_DUTIES, Move, Procedure, State, Within
from gantang.engine.run import clocks, enter
from gantang.engine.run.case import Case, Clock, Watch
from gantang.engine.run.values import Facts, Step, stamp
from gantang.engine.time import Span, deadline

_Key = tuple[str, int, "str | None"]

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gantang.engine.model import Upgrade
    from gantang.engine.time import Calendar


def upgrade(
    old: Procedure,
    new: Procedure,
    mapping: Upgrade,
    case: Case,
    calendar: Calendar,
    now: datetime,
    *,
    facts: Facts | None = None,
) -> tuple[Step, ...]:
    """The step `upgraded`; none where the mapping does not name the case's state or the case follows
    another version. The case has its `lapse` applied; `facts` tell who holds a duty that comes new.
    """
    state = new.states.get(mapping.states.get(case.state, ""))
    if case.hash != old.hash or state is None or not _fits(case, state):
        return ()
    return (Step("upgraded", _Upgrading(old, new, mapping, case, state, calendar, now).data(facts)),)


def _fits(case: Case, state: State) -> bool:
    """An end stays an end with the outcome it had; what is open stays open."""
    return case.outcome in state.ends if case.is_closed else not state.is_end


def renamed(mapping: Upgrade, move: str | None) -> str | None:
    """What a move of the old version is called in the new one."""
    return mapping.uses.get(move, move) if move is not None else None


@dataclass(frozen=True, slots=True)
class _Upgrading:
    old: Procedure
    new: Procedure
    mapping: Upgrade
    case: Case
    state: State
    calendar: Calendar
    now: datetime

    def data(self, facts: Facts | None) -> dict[str, Any]:
        found: dict[str, Any] = {
            "at": stamp(self.now),
            "version": self.new.version,
            "hash": self.new.hash,
            "was": {"version": self.case.version, "hash": self.case.hash, "state": self.case.state},
            "state": self.state.name,
            "uses": self.uses(),
            "until": {name: stamp(at) for name, at in self.untils().items()},
        }
        if not self.case.is_closed:
            found |= {"clock": _data(self.state_clock()), "total": _data(self.total())}
        if self.case.wish is not None and not self._can_be_granted():
            found["wish"] = None
        if facts is not None:
            found["holders"] = self.holders(facts)
        return found

    def uses(self) -> dict[str, int]:
        """Uses under the new names; what two moves had becomes one's."""
        found: dict[str, int] = {}
        for move, n in self.case.uses.items():
            name = self.mapping.uses.get(move, move)
            found[name] = found.get(name, 0) + n
        return found

    # --- clocks -----------------------------------------------------------------------------------

    def state_clock(self) -> Clock | None:
        clock, within = self.case.clock, self.state.within
        if clock is None or within is None:
            return clock
        return self._mapped(clock, within, of="state")

    def total(self) -> Clock | None:
        """A total that comes new runs from the receipt, as it would have."""
        within, at = self.new.total, self.case.opened_at
        if within is None:
            return None
        whole = Clock(at, str(self._span(within)), "staff", at, self.calendar.version)
        return self._mapped(self.case.total or whole, within, of="total")

    def _span(self, within: Within) -> Span:
        return within.of(self.case.chosen.get(within.by or ""))

    def _mapped(self, clock: Clock, within: Within, *, of: str) -> Clock:
        """The clock under the new version's period and late rules, from its own start."""
        side = clocks.side_of(self.state.owner) if of == "state" else clock.side
        bare = replace(clock, span=str(self._span(within)), side=side)
        fresh = clocks.compute(self.new, bare, self.calendar, self.now, of=of, state=self.state.name)
        if self._comes_too_soon(clock, fresh, of):
            fresh = self._as_before(clock, fresh)
        return self._heard(clock, fresh)

    def _comes_too_soon(self, clock: Clock, fresh: Clock, of: str) -> bool:
        """People keep the later of both deadlines; staff is not made late by the upgrade itself."""
        if fresh.due >= clock.due:
            return False
        return fresh.due <= self.now or (of == "state" and self._is_peoples)

    @property
    def _is_peoples(self) -> bool:
        owners = (self.state.owner, self.old.states[self.case.state].owner)
        return any(owner in PEOPLE_DUTIES for owner in owners)

    def _as_before(self, clock: Clock, fresh: Clock) -> Clock:
        """The deadline as it was counted, with the new version's late rules at their parts of it."""
        watch = tuple(Watch(one.rule, self._moment(clock, one.rule)) for one in fresh.watch)
        return replace(clock, watch=watch)

    def _moment(self, clock: Clock, rule: int) -> datetime:
        part = clocks.threshold(clock, self.new.late[rule].at, clock.due, self.calendar)
        return max(self.now, part)

    def _heard(self, clock: Clock, fresh: Clock) -> Clock:
        """What fired stays fired, at its moment; people's states are left no earlier than before."""
        at_of = {one.rule: one.at for one in clock.watch}
        fired = {self._key(self.old, rule): at_of.get(rule, self.now) for rule in clock.fired}
        watch = tuple(self._watched(one, fired) for one in fresh.watch)
        done = tuple(one.rule for one in watch if self._key(self.new, one.rule) in fired)
        return replace(fresh, watch=watch, fired=done)

    def _watched(self, one: Watch, fired: Mapping[_Key, datetime]) -> Watch:
        at = fired.get(self._key(self.new, one.rule))
        if at is None and self._is_peoples and _leads_out(self.new, one.rule, self.state.name):
            at = max(one.at, self._leaves())
        return one if at is None else Watch(one.rule, at)

    def _key(self, procedure: Procedure, rule: int) -> _Key:
        """What makes a late rule of both versions the same: its clock, its moment, its move."""
        one = procedure.late[rule]
        return one.of, one.at, renamed(self.mapping, one.move) if procedure is self.old else one.move

    def _leaves(self) -> datetime:
        """The moment at which the old version's clock would have left the state."""
        own = self.case.clock
        left = (
            one.at
            for clock in (own, self.case.total)
            for one in (clock.waiting() if clock else ())
            if _leads_out(self.old, one.rule, self.case.state)
        )
        return min(left, default=own.due if own else self.now)

    # --- last moments, wishes, holders ------------------------------------------------------------

    def untils(self) -> dict[str, datetime]:
        """The last moments of the new version, from the entry; those of people never come nearer."""
        found = {}
        for move in self.new.moves_from(self.state.name):
            at = self._until(move)
            if at is not None:
                found[move.name] = at
        return found

    def _until(self, move: Move) -> datetime | None:
        if move.until is None:
            return None
        people = any(duty in PEOPLE_DUTIES for duty in move.by)
        span = self._span(move.until)
        at = deadline(self.case.entered_at, span, self.calendar, side="people" if people else "staff").due
        before = [one for one in self._known_before(move.name) if people]
        if any(one not in self.case.until for one in before):
            return None  # it had no last moment
        return max([at, *(self.case.until[one] for one in before)])

    def _known_before(self, move: str) -> list[str]:
        """What the move was called in the old state."""
        return [
            one.name
            for one in self.old.moves_from(self.case.state)
            if renamed(self.mapping, one.name) == move
        ]

    def _can_be_granted(self) -> bool:
        wish = self.case.wish
        if wish is None or wish.kind == "pause":
            return self.state.pause is not None
        return (self.new.total_extend if wish.of == "total" else self.state.extend) is not None

    def holders(self, facts: Facts) -> dict[str, Any]:
        """Who holds the work where the new state's owner holds nothing yet."""
        if self.state.owner in self.case.holders:
            return {}
        given = enter.Entry(self.new, self.case, facts, self.calendar, {}, dict(self.case.chosen))
        return enter.holders(given, self.state)


def _leads_out(procedure: Procedure, rule: int, state: str) -> bool:
    move = procedure.moves.get(procedure.late[rule].move or "")
    return move is not None and move.is_edge and state in move.sources


def _data(clock: Clock | None) -> Mapping[str, Any] | None:
    return clock.to_dict() if clock else None
