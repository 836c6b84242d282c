"""What the checker says and what its oracle saw, brought into one form to be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from sys import maxsize

from gantang.engine.check import check
from gantang.engine.check.bound import Length, bound_of
from gantang.engine.check.graph import Graph
from gantang.engine.check.reckon import Reckoner
from gantang.engine.model import Finding, Pack, Procedure
from gantang.engine.run import clocks
from tests.engine.generate import KIDS
from tests.engine.oracle import WAITS, Oracle, Verdict
from tests.engine.oracle_time import MOST, TooManyError, Watch, bounded, midnight_after
from tests.engine.planting import calendar

#: (aspect, kind of finding, how its sentence can be told from others of the kind)
ASPECTS = (
    ("unreachable", "gap", ("No path reaches",)),
    ("no end", "gap", ("No end can be reached", "Once the uses of")),
    ("hostage", "gap", ("is a hostage",)),
    ("cycle", "idling", ("A cycle has no bound",)),
    ("clockless", "idling", ("has no clock",)),
    ("unheard", "idling", ("When the clock of", "at its lapse")),
    ("endless return", "idling", ("without a time limit",)),
    ("endless wait", "idling", ("which itself has no bound",)),
    ("squeezed wait", "squeeze", ("it waits for",)),
    ("self-check", "self-check", ("may handle and verify",)),
    ("bypass", "bypass", ("",)),
)
#: What the page wants between 5 % and 60 % of: its eight words, "bound" being procedures that have one.
SHARED = ("unreachable", "no end", "hostage", "idling", "squeeze", "self-check", "bypass", "bound")
IDLING = ("cycle", "clockless", "unheard", "endless return", "endless wait")
#: Start days on which bound and squeeze are compared: before the holiday, in a plain week, at a month's end.
KIDS_PACK = Pack("kids", KIDS)
DAYS = (date(2026, 2, 13), date(2026, 3, 4), date(2026, 9, 30))


@dataclass
class Compared:
    """One procedure: what each side says of each aspect, and where they differ."""

    seed: int
    said: dict[str, object] = field(default_factory=dict)
    saw: dict[str, object] = field(default_factory=dict)
    untimed: bool = False

    @property
    def differences(self) -> dict[str, tuple[object, object]]:
        """Aspect: (the checker, the oracle)."""
        return {name: (one, self.saw[name]) for name, one in self.said.items() if one != self.saw[name]}

    def has(self, word: str) -> bool:
        """Whether the procedure is a positive of one of SHARED."""
        if word == "idling":
            return any(self.saw[one] for one in IDLING)
        return self.saw.get(word) not in (None, False, frozenset())


@cache
def kids() -> dict[str, Watch]:
    """A watch for each procedure that may be waited for and that something bounds."""
    return {
        name: Watch(kid, calendar(), beyond=False, most=maxsize) for name, kid in KIDS.items() if bounded(kid)
    }


def compare(procedure: Procedure, seed: int = 0, most: int = MOST) -> Compared:
    """Everything that both sides can say; bound and squeeze unless there are over `most` cases to watch."""
    verdict = Oracle(procedure, calendar()).verdict()
    found = check(
        Pack("made", {procedure.name: procedure}), calendar=calendar(), packs=[KIDS_PACK], days=DAYS
    )
    watch = Watch(procedure, calendar(), kids(), most=most)
    compared = Compared(seed, said(found, procedure, verdict), saw(verdict, watch))
    try:
        compared_in_time(found, procedure, verdict, watch, compared)
    except TooManyError:
        compared.untimed = True
    return compared


def aspect_of(finding: Finding) -> str | None:
    for aspect, kind, marks in ASPECTS:
        if finding.kind == kind and any(mark in finding.sentence.en for mark in marks):
            return aspect
    return None


def said(found: Iterable[Finding], procedure: Procedure, verdict: Verdict) -> dict[str, object]:
    """The checker's findings by aspect; of states out of reach the oracle can see nothing."""
    names: dict[str, set[str]] = {aspect: set() for aspect, *_ in ASPECTS}
    for one in found:
        aspect, name = aspect_of(one), one.place.split("/")[2] if one.place.count("/") > 1 else ""
        if aspect == "cycle":
            name = one.sentence.en.split(": ")[1].split(" ")[0]  # the state at which its way begins
        if aspect is not None and (aspect == "unreachable" or _in_reach(procedure, verdict, name)):
            names[aspect].add(name)
    return {**{aspect: frozenset(some) for aspect, some in names.items()}, "cycle": bool(names["cycle"])}


def _in_reach(procedure: Procedure, verdict: Verdict, name: str) -> bool:
    if name in procedure.states:
        return name in verdict.reached
    return any(source in verdict.reached for source in procedure.moves[name].sources)


def saw(verdict: Verdict, watch: Watch) -> dict[str, object]:
    return {
        "endless wait": frozenset(move for _, kid, move in verdict.waited if kid not in watch.kids),
        "squeezed wait": frozenset(
            state for state, kid, _ in verdict.waited if kid in watch.kids and _outlasts(watch, state, kid)
        ),
        "unreachable": frozenset(verdict.unreachable),
        "no end": frozenset(verdict.no_end),
        "hostage": frozenset(verdict.hostage),
        "cycle": verdict.cycle,
        "clockless": frozenset(verdict.clockless),
        "unheard": frozenset(verdict.unheard),
        "endless return": frozenset(verdict.endless_returns),
        "self-check": frozenset(verdict.self_check),
        "bypass": frozenset(state for state, _ in verdict.bypass),
    }


def _outlasts(watch: Watch, state: str, kid: str) -> bool:
    """Whether a child begun on entry into a state is over later than the state's clock, on one of DAYS."""
    for start in map(midnight_after, DAYS):
        clock = clocks.start_state(watch.procedure, state, start, {}, watch.calendar, carried=None)
        over = watch.kids[kid].ends_from(start)[0]
        if clock is not None and over is not None and over > clock.due:
            return True
    return False


def compared_in_time(
    found: Iterable[Finding], procedure: Procedure, verdict: Verdict, watch: Watch, compared: Compared
) -> None:
    """Bound to the first and to the last end, and the squeeze of the total, on DAYS.

    A squeeze is compared where the bound exists: with a cycle there is no longest way.
    """
    graph = Graph.of(procedure, frozenset((procedure.name, *KIDS)))
    reckoner = Reckoner(calendar(), tuple(day.toordinal() for day in DAYS))
    bound = bound_of(graph, reckoner, KIDS)
    ends = bool(verdict.reached & {name for name, one in procedure.states.items() if one.is_end})
    before = verdict.cycle_before_end or verdict.clockless & verdict.reached_before_end or not ends
    behind = before or verdict.cycle or verdict.clockless or verdict.endless_returns
    watch.beyond = not behind
    first, beyond = (None, None) if before else watch.days(list(DAYS))
    last = None if behind else beyond
    compared.said["bound"] = (_days(bound.first), _days(bound.last)) if bound.first else None
    compared.saw["bound"] = (first, last) if first is not None else None
    if bound.last is not None and last is not None:
        marks = ("the longest in-time path",)
        compared.said["squeeze"] = any(mark in one.sentence.en for one in found for mark in marks)
        compared.saw["squeeze"] = _squeezed(procedure, watch)


def _squeezed(procedure: Procedure, watch: Watch) -> bool:
    """Whether a way outlasts the total, each state being left by its own clock: nothing waits beyond it."""
    if not any(guard.name in WAITS for move in procedure.moves.values() for guard in move.needs):
        return watch.squeezed
    alone = Watch(procedure, calendar(), most=watch.most)
    alone.days(list(DAYS))
    return alone.squeezed


def _days(length: Length | None) -> int | None:
    return length.days if length is not None else None
