"""What the checker says and what its oracle saw, brought into one form to be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gantang.engine.check import check
from gantang.engine.check.bound import Length, bound_of
from gantang.engine.check.graph import Graph
from gantang.engine.check.reckon import Reckoner
from gantang.engine.check.squeeze import squeezed_total
from gantang.engine.model import Finding, Procedure
from tests.engine.oracle import Oracle, Verdict
from tests.engine.oracle_time import TooManyError, Watch
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
    ("self-check", "self-check", ("",)),
    ("bypass", "bypass", ("",)),
)
#: What the page wants between 5 % and 60 % of: its eight words, "bound" being procedures that have one.
SHARED = ("unreachable", "no end", "hostage", "idling", "squeeze", "self-check", "bypass", "bound")
#: Start days on which bound and squeeze are compared: before the holiday, in a plain week, at a month's end.
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
            return any(self.saw[one] for one in ("cycle", "clockless", "unheard", "endless return"))
        return self.saw.get(word) not in (None, False, frozenset())


def compare(procedure: Procedure, seed: int = 0) -> Compared:
    """Everything that both sides can say; bound and squeeze unless there are too many ways to watch."""
    verdict = Oracle(procedure, calendar()).verdict()
    compared = Compared(seed, said(procedure, verdict), saw(verdict))
    try:
        compared_in_time(procedure, verdict, compared)
    except TooManyError:
        compared.untimed = True
    return compared


def aspect_of(finding: Finding) -> str | None:
    for aspect, kind, marks in ASPECTS:
        if finding.kind == kind and any(mark in finding.sentence.en for mark in marks):
            return aspect
    return None


def said(procedure: Procedure, verdict: Verdict) -> dict[str, object]:
    """The checker's findings by aspect; of states out of reach the oracle can see nothing."""
    found: dict[str, set[str]] = {aspect: set() for aspect, *_ in ASPECTS}
    for one in check(procedure, calendar=calendar()):
        aspect, name = aspect_of(one), one.place.split("/")[2] if one.place.count("/") > 1 else ""
        if aspect is not None and (aspect == "unreachable" or _in_reach(procedure, verdict, name)):
            found[aspect].add(name)
    return {**{aspect: frozenset(names) for aspect, names in found.items()}, "cycle": bool(found["cycle"])}


def _in_reach(procedure: Procedure, verdict: Verdict, name: str) -> bool:
    if name in procedure.states:
        return name in verdict.reached
    return any(source in verdict.reached for source in procedure.moves[name].sources)


def saw(verdict: Verdict) -> dict[str, object]:
    return {
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


def compared_in_time(procedure: Procedure, verdict: Verdict, compared: Compared) -> None:
    """Bound to the first and to the last end, and the squeeze of the total, on DAYS.

    A squeeze is compared where the bound exists: with a cycle there is no longest way.
    """
    graph = Graph.of(procedure)
    reckoner = Reckoner(calendar(), tuple(day.toordinal() for day in DAYS))
    bound = bound_of(graph, reckoner, {})
    watch = Watch(procedure, calendar())
    ends = bool(verdict.reached & {name for name, one in procedure.states.items() if one.is_end})
    before = verdict.cycle_before_end or verdict.clockless & verdict.reached_before_end or not ends
    behind = before or verdict.cycle or verdict.clockless or verdict.endless_returns
    first = None if before else watch.days(list(DAYS), beyond=False)
    last = None if behind else watch.days(list(DAYS), beyond=True)
    compared.said["bound"] = (_days(bound.first), _days(bound.last)) if bound.first else None
    compared.saw["bound"] = (first, last) if first is not None else None
    if bound.last is not None and last is not None:
        compared.said["squeeze"] = any(squeezed_total(graph, reckoner))
        compared.saw["squeeze"] = watch.squeezed


def _days(length: Length | None) -> int | None:
    return length.days if length is not None else None
