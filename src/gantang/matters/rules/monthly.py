"""The monthly form of mediation (司法行政月报): what is counted, and the periods that stand beside it. Pure.

Every matter counts once in each figure, by its last answer: who began it, what form the agreement has, what
the return visit found, what was prevented. The rate is agreements over acceptances of the same period.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, timedelta

from gantang.matters.types import Figures

#: Figure: the measures it adds up.
SOURCES = {
    "accepted": ("answer.start.own_motion", "answer.start.applied", "answer.start.entrusted"),
    "own_motion": ("answer.start.own_motion",),
    "applied": ("answer.start.applied",),
    "entrusted": ("answer.start.entrusted",),
    "agreed": ("answer.form.written", "answer.form.oral"),
    "oral": ("answer.form.oral",),
    "fen": ("fen",),
    "performed": ("answer.visit_result.performed",),
    "crime": ("answer.prevented.crime",),
    "mass_petition": ("answer.prevented.mass_petition",),
}
MEASURES = tuple(dict.fromkeys(measure for some in SOURCES.values() for measure in some))


def figures(counts: Mapping[str, int]) -> Figures:
    """The figures that the counts of the measures make."""
    return Figures(**{name: sum(counts.get(one, 0) for one in some) for name, some in SOURCES.items()})


def added(some: Iterable[Figures]) -> Figures:
    """Several added up."""
    every = list(some)
    return Figures(**{one.name: sum(getattr(each, one.name) for each in every) for one in fields(Figures)})


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def periods(month: date) -> tuple[tuple[date, date], ...]:
    """The month, the one before it (上期), the same one a year before (同期)."""
    first, _last = month_of(month)
    return month_of(first), month_of(first - timedelta(days=1)), month_of(first.replace(year=first.year - 1))
