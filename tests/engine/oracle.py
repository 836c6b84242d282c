"""The checker's oracle: it walks every configuration with the run-time's `decide` alone.

A configuration is the state, the uses left, the guards that have held and whether
the work was done under the doing duty. Each guard is a free yes or no per visit;
one post per duty, then also one post that holds several and may make any of their
moves, not needs to; `now` goes to each last legal moment. It
knows nothing of graphs: what it says, it has seen happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product

from gantang import engine
from gantang.engine.model import PEOPLE_DUTIES, STAFF_DUTIES, Move, Procedure
from gantang.engine.run import case as engine_case
from gantang.engine.run import clocks
from gantang.engine.run.case import Case, but
from gantang.engine.run.values import CHINA, Doer, Facts, Step
from gantang.engine.time import Calendar, Unit

DUTY_NUMBER = {duty: 1 + at for at, duty in enumerate((*STAFF_DUTIES, *PEOPLE_DUTIES))}
ABOVE = ("arbiter", "supervisor", "leader")


@dataclass(frozen=True)
class Spot:
    """A configuration."""

    state: str
    uses: tuple[int, ...]
    seen: frozenset[str]
    held: frozenset[str] = frozenset()
    handled: bool = False
    #: Late rules, each with a state, whose moment has come by now for a clock that is carried on, or will have
    #: when it is carried into that state.
    owed: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True)
class Went:
    """A move that was made: from where to where, by what kind of hand."""

    source: Spot
    move: Move
    target: Spot
    duty: str
    outcome: str | None = None
    alone: bool = False

    @property
    def staff(self) -> bool:
        return self.duty not in PEOPLE_DUTIES


@dataclass
class Verdict:
    """What the oracle saw."""

    unreachable: set[str] = field(default_factory=set)
    no_end: set[str] = field(default_factory=set)
    hostage: set[str] = field(default_factory=set)
    cycle: bool = False
    cycle_before_end: bool = False
    reached_before_end: set[str] = field(default_factory=set)
    clockless: set[str] = field(default_factory=set)
    unheard: set[str] = field(default_factory=set)
    endless_returns: set[str] = field(default_factory=set)
    self_check: set[str] = field(default_factory=set)
    bypass: set[tuple[str, str]] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    #: (state, procedure waited for, move) of every move that was made and waits.
    waited: set[tuple[str, str, str]] = field(default_factory=set)


Played = tuple[Move, str, Case, Step]
#: Guards that wait for another procedure.
WAITS = ("children_closed", "gate_open")
#: Duties that one post may hold together, so that it could verify what it did.
TOGETHER = ("handler", "mediator", "verifier")
ONE_POST = 99


def doer(duty: str, number: int | None = None) -> Doer:
    """The post of a duty, or another one acting under it."""
    if duty in PEOPLE_DUTIES:
        return Doer(duties=frozenset({duty}))
    number = number or DUTY_NUMBER[duty]
    return Doer(number, number, number, frozenset({duty}))


def doers(duty: str, *, one_post: bool) -> tuple[Doer, ...]:
    """Who may act under a duty: its own post, and with `one_post` the one that holds several."""
    return (doer(duty), *((doer(duty, ONE_POST),) if one_post and duty in TOGETHER else ()))


class Oracle:
    def __init__(self, procedure: Procedure, calendar: Calendar) -> None:
        self.procedure, self.calendar = procedure, calendar
        self.bounded = [
            one.name for one in procedure.moves.values() if one.is_edge and one.at_most is not None
        ]
        self.watched = {
            guard.args[0] for one in procedure.moves.values() for guard in one.needs if guard.name == "used"
        }
        self.known_worlds: dict[str, list[Facts]] = {}
        self.played: dict[tuple[object, ...], tuple[Case, list[Played]]] = {}
        self.first: Spot
        self.entries: dict[Spot, Case] = {}
        self.start = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)

    # what is free to be so or otherwise

    def worlds(self, state: str) -> list[Facts]:
        if state not in self.known_worlds:
            self.known_worlds[state] = self._worlds(state)
        return self.known_worlds[state]

    def _worlds(self, state: str) -> list[Facts]:
        """Facts for each yes and no of the guards that moves from this state ask for."""
        asked = {str(guard) for move in self.procedure.moves_from(state) for guard in move.needs}
        willing = (True, False) if "willing_parties" in asked else (True,)
        papers = (frozenset({"paper"}), frozenset()) if "document.paper" in asked else (frozenset({"paper"}),)
        waits = sorted(
            {
                (guard.name, guard.args[0])
                for move in self.procedure.moves_from(state)
                for guard in move.needs
                if guard.name in WAITS
            }
        )
        return [
            Facts(
                willing=one,
                documents=paper,
                children={kid: 1 for (name, kid), over in over_by.items() if name == WAITS[0] and not over},
                gates={kid: over for (name, kid), over in over_by.items() if name == WAITS[1]},
            )
            for one, paper in product(willing, papers)
            for over_by in (
                dict(zip(waits, held, strict=True)) for held in product((True, False), repeat=len(waits))
            )
        ]

    # one step

    def open(self, at: datetime) -> Case:
        decision = engine.open_case(
            self.procedure,
            doer=doer("reporter"),
            facts=Facts(),
            calendar=self.calendar,
            now=at,
        )
        return engine.replay(decision.steps)

    def after(self, case: Case, steps: tuple[Step, ...]) -> Case:
        for step in steps:
            case = engine.apply(case, step)
        return case

    def by_hand(self, case: Case, facts: Facts, at: datetime, *, one_post: bool) -> Iterator[Played]:
        """Every move a person may make at the moment, unless the clock is first: what it owes comes before."""
        due = engine.lapse(self.procedure, case, facts, self.calendar, at)
        if any("to" in step.data for step in due):
            return
        case = self.after(case, due)
        for move in self.procedure.moves_from(case.state):
            for duty in move.by:
                for one in doers(duty, one_post=one_post) if duty != "clock" else ():
                    made = engine.decide(self.procedure, case, move.name, {}, one, facts, self.calendar, at)
                    if made.allowed:
                        yield move, duty, self.after(case, made.steps), made.steps[-1]

    def by_clock(self, case: Case, facts: Facts) -> Iterator[tuple[Case, Step]]:
        """The clock's steps one wake after the other, until one goes elsewhere."""
        visit = case.visit
        for _ in range(50):
            wake = engine.wake_at(self.procedure, case, self.calendar)
            if wake is None:
                return
            for step in engine.lapse(self.procedure, case, facts, self.calendar, wake):
                case = engine.apply(case, step)
                yield case, step
                if case.visit != visit:
                    return

    # configurations

    def spot(self, case: Case, held: frozenset[str] = frozenset(), handled: bool = False) -> Spot:
        uses = tuple(
            (self.procedure.moves[name].at_most or 0) - case.uses.get(name, 0) for name in self.bounded
        )
        seen = frozenset(name for name in self.watched if case.uses.get(name, 0))
        return Spot(case.state, uses, seen, held, handled, frozenset(self._owed(case)))

    def _owed(self, case: Case) -> Iterator[tuple[str, int]]:
        """What falls due on entry here or into a state that the clock is carried into; what only begins owes
        nothing."""
        carried = case.clock
        if carried is None or carried.start == case.entered_at:
            return
        yield from ((case.state, watch.rule) for watch in carried.watch if watch.at <= case.entered_at)
        for name in self.procedure.states:
            if self.procedure.carries(case.state, name):
                clock = clocks.start_state(
                    self.procedure, name, carried.start, case.chosen, self.calendar, carried=carried
                )
                due = (watch for watch in (clock.watch if clock else ()) if watch.at <= case.entered_at)
                yield from ((name, watch.rule) for watch in due)

    def hops(self, here: Spot, case: Case, doing: str, *, one_post: bool) -> Iterator[tuple[Went, Case]]:
        """Everything that can happen in a visit; played once for all that decides alike.

        How many uses are left does not decide, only whether any is: the case after it gets its own count.
        """
        alive = tuple(left > 0 for left in here.uses)
        key = (here.state, alive, here.seen, here.owed, one_post, one_post and here.handled)
        if key not in self.played:
            self.played[key] = case, list(self._play(case, one_post=one_post))
        like, played = self.played[key]
        for move, duty, after, step in played:
            own = self._counted(after, like, case)
            yield self._went(here, move, own, step, duty, doing), own

    def _counted(self, after: Case, like: Case, case: Case) -> Case:
        """A case played from a like one, with the uses of the case it stands for."""
        if like is case:
            return after
        spent = {name: after.uses.get(name, 0) - like.uses.get(name, 0) for name in self.bounded}
        uses = {name: case.uses.get(name, 0) + n for name, n in spent.items()}
        return but(after, uses={**after.uses, **uses})

    def _play(self, case: Case, *, one_post: bool) -> Iterator[Played]:
        """What a visit may end with: by hand on entry, by its clock; and the total may run out at any time."""
        fresh = replace(case, total=None)
        for facts in self.worlds(case.state):
            yield from self.by_hand(fresh, facts, case.entered_at, one_post=one_post)
            begun = (fresh, *self._begun_later(fresh))
            for one in (*begun, *self._lengthened(fresh), *self._running_out(case)):
                for after, step in self.by_clock(one, facts):
                    if step.name != "moved":
                        continue
                    yield self.procedure.moves[step.data["move"]], "clock", after, step
                    if "to" not in step.data:
                        yield from self.by_hand(after, facts, after.entered_at, one_post=one_post)

    def _begun_later(self, case: Case) -> Iterator[Case]:
        """The case as entered on the other days of a week: marks in days may roll to one working day."""
        state, clock = self.procedure.states[case.state], case.clock
        if clock is None or clock.start != case.entered_at or state.within is None:
            return
        moving = [rule for rule in self.procedure.late_in(case.state) if rule.move]
        if state.within.spans()[0].unit is not Unit.DAYS or len({rule.at for rule in moving}) < 2:
            return
        for days in range(1, 7):
            at = case.entered_at + timedelta(days=days)
            begun = clocks.start_state(self.procedure, case.state, at, {}, self.calendar, carried=None)
            yield replace(case, entered_at=at, clock=begun)

    def _lengthened(self, case: Case) -> Iterator[Case]:
        """The case with ever more extensions: they draw the marks of its clock apart."""
        state = self.procedure.states[case.state]
        for _ in range((state.extend.at_most or 0) if state.extend and case.clock else 0):
            longer = self.granted(case, "extension", case.entered_at)
            if longer is None or longer.visit != case.visit:
                return
            case = longer
            yield case

    def granted(self, case: Case, what: str, at: datetime, facts: Facts | None = None) -> Case | None:
        """The case with a pause or an extension asked by its owner and granted; None where that is refused."""
        owner = self.procedure.states[case.state].owner or ""
        answers = {"reason": "kept"}
        for move, duty, given in ((f"ask_{what}", owner, answers), (f"grant_{what}", "leader", {})):
            made = engine.decide(
                self.procedure, case, move, given, doer(duty), facts or Facts(), self.calendar, at
            )
            if not made.allowed:
                return None
            case = self.after(case, made.steps)
        return case

    def _running_out(self, case: Case) -> Iterator[Case]:
        """The case with the total at the mark of each late rule that moves something."""
        if case.is_closed:
            return
        total = clocks.start_total(self.procedure, case.entered_at, {}, self.calendar)
        for number, rule in enumerate(self.procedure.late):
            if total is not None and rule.of == "total" and rule.move:
                strikes = replace(total, watch=(engine_case.Watch(number, case.entered_at),))
                still = case.clock and replace(case.clock, watch=())
                yield replace(case, clock=still, total=strikes)

    def _went(self, here: Spot, move: Move, after: Case, step: Step, duty: str, doing: str) -> Went:
        held, handled = here.held, here.handled
        alone = (step.data.get("by") or {}).get("post") == ONE_POST
        if move.is_edge:
            held |= {str(guard) for guard in move.needs if guard.essential}
            handled = handled or (duty == doing and alone)
        return Went(here, move, self.spot(after, held, handled), duty, step.data.get("outcome"), alone)

    def walk(self, *, one_post: bool) -> list[Went]:
        doing = "mediator" if self._only_mediators() else "handler"
        case = self.open(self.start)
        first = self.spot(case)
        known, stack = {first: case}, [(first, case)]
        went: list[Went] = []
        while stack:
            here, at = stack.pop()
            for hop, after in self.hops(here, at, doing, one_post=one_post):
                went.append(hop)
                if hop.target not in known:
                    known[hop.target] = after
                    stack.append((hop.target, after))
        self.first, self.entries = first, known
        return went

    def _only_mediators(self) -> bool:
        duties = {duty for move in self.procedure.moves.values() for duty in move.by}
        return "handler" not in duties and "mediator" in duties

    # the verdict

    def verdict(self) -> Verdict:
        went = self.walk(one_post=False)
        found = Verdict()
        spots = {self.first, *(hop.target for hop in went)}
        found.reached = {spot.state for spot in spots}
        found.unreachable = set(self.procedure.states) - found.reached
        good = self._reaching_end(spots, went)
        by_staff = self._reaching_end(spots, [hop for hop in went if hop.staff])
        found.no_end = {spot.state for spot in spots - good}
        found.hostage = {spot.state for spot in good - by_staff} - found.no_end
        found.cycle = self._cycle([hop for hop in went if hop.move.is_edge])
        before = self._before_end(went)
        found.cycle_before_end = self._cycle([hop for hop in before if hop.move.is_edge])
        found.reached_before_end = {self.first.state, *(hop.target.state for hop in before)}
        found.bypass = self._bypass(went)
        found.endless_returns = {
            hop.move.name
            for hop in went
            if self._end(hop.source) and hop.move.is_edge and hop.move.until is None
        }
        found.waited = {
            (hop.source.state, guard.args[0], hop.move.name)
            for hop in went
            for guard in hop.move.needs
            if guard.name in WAITS
        }
        self._clocks(found)
        alone = self.walk(one_post=True)
        found.self_check = {
            hop.move.name
            for hop in alone
            if hop.source.handled and hop.alone and hop.duty == "verifier" and hop.move.is_edge
        }
        return found

    def _before_end(self, went: list[Went]) -> list[Went]:
        """The moves on ways to a first end: a reopening may lead where nothing else does."""
        on: dict[Spot, list[Went]] = {}
        for hop in went:
            on.setdefault(hop.source, []).append(hop)
        seen, new, found = {self.first}, [self.first], []
        while new:
            here = new.pop()
            for hop in on.get(here, ()) if not self._end(here) else ():
                found.append(hop)
                if hop.target not in seen:
                    seen.add(hop.target)
                    new.append(hop.target)
        return found

    def _end(self, spot: Spot) -> bool:
        return self.procedure.states[spot.state].is_end

    def _reaching_end(self, spots: set[Spot], went: list[Went]) -> set[Spot]:
        before: dict[Spot, set[Spot]] = {}
        for hop in went:
            before.setdefault(hop.target, set()).add(hop.source)
        good = {spot for spot in spots if self._end(spot)}
        new = list(good)
        while new:
            more = before.get(new.pop(), set()) - good
            good |= more
            new.extend(more)
        return good

    def _cycle(self, went: list[Went]) -> bool:
        """Whether a configuration is seen again without a use spent."""
        free: dict[object, set[object]] = {}
        for hop in went:
            if hop.source.uses == hop.target.uses:
                here, there = (hop.source.state, hop.source.uses), (hop.target.state, hop.target.uses)
                free.setdefault(here, set()).add(there)
        while free:
            last = [one for one, following in free.items() if not following & free.keys()]
            if not last:
                return True
            for one in last:
                del free[one]
        return False

    def _bypass(self, went: list[Went]) -> set[tuple[str, str]]:
        """(state, guard): arrived at without it, while some edge into the state asks for it."""
        into = [hop for hop in went if hop.move.is_edge]
        asked = {
            (hop.target.state, str(guard), hop.outcome)
            for hop in into
            for guard in hop.move.needs
            if guard.essential
        }
        return {
            (hop.target.state, guard)
            for hop in into
            for state, guard, outcome in asked
            if hop.target.state == state and hop.outcome == outcome and guard not in hop.target.held
        }

    def _clocks(self, found: Verdict) -> None:
        entries = {
            (spot.state, spot.uses, spot.seen, spot.owed): (spot, case) for spot, case in self.entries.items()
        }
        for spot, case in entries.values():
            state = self.procedure.states[spot.state]
            if state.is_end:
                continue
            if case.clock is None:
                found.clockless.add(spot.state)
                continue
            if not any(self._heard(case, facts, state.owner or "") for facts in self.worlds(spot.state)):
                found.unheard.add(spot.state)

    def _heard(self, case: Case, facts: Facts, owner: str) -> bool:
        """Whether by its lapse the clock moves the matter or, for staff, tells somebody above."""
        assert case.clock is not None
        due = max(case.clock.due, case.entered_at)
        alone = replace(case, total=None)
        for step in engine.lapse(self.procedure, alone, facts, self.calendar, due):
            rule = step.data.get("rule")
            if "to" in step.data and rule and rule["of"] == "state":
                return True
            if step.name == "told" and owner not in PEOPLE_DUTIES and rule and rule["of"] == "state":
                above = [duty for duty in step.data["tell"] if self._above(duty, owner)]
                if above and step.at == due and rule["at"] == "100%":
                    return True
            if "to" in step.data:
                return False
        return False

    @staticmethod
    def _above(duty: str, owner: str) -> bool:
        if owner in ("supervisor", "leader"):
            return duty in ("supervisor", "leader") and duty != owner
        return duty in ABOVE and duty != owner
