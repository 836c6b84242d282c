"""What years come to, counted from the approved entries of a fund in one query; and what of it is shown."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractYear

from gantang.catalogue import queries as catalogue
from gantang.fund.models import Entry, Fund, Year
from gantang.fund.rules.booking import INCOME, OPENING, USE, Sums, side_of, year_sums
from gantang.fund.rules.publishing import Use, covered
from gantang.fund.types import KindSum
from gantang.tallies.types import SMALL


class Group(NamedTuple):
    """The approved entries of a kind in a year; ``pairs``: taken back within the year."""

    year: int
    kind: str
    effect: int
    entries: int
    pairs: int

    @property
    def side(self) -> str:
        return side_of(self.kind)

    @property
    def sum(self) -> KindSum:
        """Fen as its side has it; an entry that was taken back in its own year is not told as one."""
        fen = -self.effect if self.side == USE else self.effect
        return KindSum(self.kind, fen, self.entries - 2 * self.pairs)


def groups(fund: Fund) -> list[Group]:
    """Every kind in every year, in order, behind the wall."""
    rows = Entry.objects.filter(fund=fund, state=Entry.APPROVED).annotate(year=ExtractYear("on"))
    pairs = Count("id", filter=Q(reverses__on__year=F("year")))
    told = rows.values("year", "kind").annotate(all=Sum("effect"), n=Count("id"), pairs=pairs)
    found = told.order_by("year", "kind").values_list("year", "kind", "all", "n", "pairs")
    return [Group(*one) for one in found]


def sums_of(found: Sequence[Group], year: int) -> tuple[Sums, int]:
    """A year's sums and how many entries it has."""
    carried = sum(one.effect for one in found if one.year < year)
    of = [one for one in found if one.year == year]
    return year_sums(carried, ((one.side, one.effect) for one in of)), sum(one.entries for one in of)


def year_of(fund: Fund, year: int) -> tuple[Sums, int]:
    """The same, counted now."""
    return sums_of(groups(fund), year)


def kinds_of(found: Sequence[Group], year: int) -> tuple[KindSum, ...]:
    """The kinds of income and use that a year has."""
    return tuple(one.sum for one in found if one.year == year and one.side != OPENING)


def published_figures(fund: Fund, closed: Year) -> dict[str, Any]:
    """What of a closed year everybody may see: sums, income by kind, use by kind where there are enough
    payments, the rest of the use together."""
    found = kinds_of(groups(fund), closed.year)
    by: dict[str, KindSum] = {one.kind: one for one in found}
    titles = _titles(closed, by)
    uses = {kind: by.get(kind, KindSum(kind, 0, 0)) for kind in titles if side_of(kind) == USE}
    left = covered({kind: Use(one.fen, one.times) for kind, one in uses.items()}, SMALL)
    payments = sum(one.times for one in uses.values())
    return {
        "sums": [closed.opening, closed.income, closed.use, closed.closing],
        "income": _lines(titles, by, INCOME, frozenset()),
        "use": _lines(titles, by, USE, left),
        "together": sum(uses[kind].fen for kind in left) if left else None,
        "receipts": sum(one.times for one in found if side_of(one.kind) == INCOME),
        "payments": None if 0 < payments < SMALL else payments,
    }


def _lines(
    titles: dict[str, tuple[str, str]], by: dict[str, KindSum], side: str, left: frozenset[str]
) -> list[list[Any]]:
    empty = KindSum("", 0, 0)
    return [
        [kind, zh, en, None if kind in left else by.get(kind, empty).fen]
        for kind, (zh, en) in titles.items()
        if side_of(kind) == side
    ]


def _titles(closed: Year, by: dict[str, KindSum]) -> dict[str, tuple[str, str]]:
    """The kinds in force at the year's end, and those that ended but were used, by code."""
    listed = [one for one in catalogue.fund_kinds(on=date(closed.year, 12, 31)) if one.parent]
    told = {one.code: (one.title.zh, one.title.en) for one in listed}
    ended = {one.code: (one.title.zh, one.title.en) for one in catalogue.fund_kinds_ever()}
    return told | {kind: ended.get(kind, (kind, kind)) for kind in by if kind not in told}
