"""Whether the books agree with themselves and with the ledger: recomputed from the entries alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from gantang.fund.rules.booking import Sums, year_sums


@dataclass(frozen=True, slots=True)
class Told:
    """An approved entry: as it stands in the book."""

    id: str
    on: date
    number: int
    side: str
    effect: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed year as it is kept; ``published`` the closing balance that everybody was shown, if any."""

    year: int
    sums: Sums
    closing: int
    entries: int
    published: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not agree: a word for what, the place, the figure kept and the one recomputed."""

    what: str
    place: str
    kept: int
    found: int


def findings(
    balance: int, entries: Sequence[Told], years: Sequence[Closed], ledger: Mapping[str, int]
) -> Iterator[Finding]:
    """Everything that does not agree in one fund. ``ledger``: the effect of each approval by entry's id."""
    lines = sorted(entries, key=lambda one: (one.on, one.number))
    total = sum(one.effect for one in lines)
    if balance != total:
        yield Finding("balance", "", balance, total)
    yield from _with_ledger(lines, ledger)
    yield from _below(lines)
    yield from _numbers(lines)
    yield from _years(lines, years)


def _with_ledger(lines: Iterable[Told], ledger: Mapping[str, int]) -> Iterator[Finding]:
    here = {one.id: one.effect for one in lines}
    for key in sorted(here.keys() | ledger.keys()):
        if here.get(key) != ledger.get(key):
            yield Finding("ledger", key, here.get(key, 0), ledger.get(key, 0))


def _below(lines: Sequence[Told]) -> Iterator[Finding]:
    for one, balance in zip(lines, accumulate(one.effect for one in lines), strict=True):
        if balance < 0:
            yield Finding("below", one.on.isoformat(), balance, 0)


def _numbers(lines: Sequence[Told]) -> Iterator[Finding]:
    for place, number in enumerate(sorted(one.number for one in lines), 1):
        if number != place:
            yield Finding("number", str(place), number, place)
            return


def _years(lines: Sequence[Told], years: Sequence[Closed]) -> Iterator[Finding]:
    for one in years:
        carried = sum(each.effect for each in lines if each.on.year < one.year)
        of = [each for each in lines if each.on.year == one.year]
        sums = year_sums(carried, ((each.side, each.effect) for each in of))
        pairs = [
            (name, getattr(one.sums, name), getattr(sums, name)) for name in ("opening", "income", "use")
        ]
        pairs += [("closing", one.closing, sums.closing), ("entries", one.entries, len(of))]
        yield from (Finding(name, str(one.year), kept, found) for name, kept, found in pairs if kept != found)
        told = (sums.opening, sums.income, sums.use, sums.closing)
        if one.published is not None and one.published != told:
            yield Finding("published", str(one.year), one.published[-1], sums.closing)
