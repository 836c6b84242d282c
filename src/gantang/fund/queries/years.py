"""The years of a fund in sight: what each comes to, and how far its closing is."""

from datetime import datetime

from django.db.models import Count

from gantang.fund.models import Entry, Fund, Publication, Year
from gantang.fund.queries.counting import Group, groups, kinds_of, sums_of
from gantang.fund.queries.sight import seen
from gantang.fund.rules.booking import Sums
from gantang.fund.types import CLOSED, OPEN, YearView
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.work import reading


def years(actor: Actor, fund: int, *, now: datetime) -> list[YearView]:
    """Every year from the fund's first to this one, the newest first. Errors: NoFundError."""
    row = seen(actor, fund)
    with reading(actor):
        found, kept = groups(row), {one.year: one for one in Year.objects.filter(fund=row)}
        waits, told = _awaiting(row), _published(row)
    last = now.astimezone(clock.ZONE).year
    span = range(row.opened_on.year, max(last, row.opened_on.year) + 1)
    first_open = next((year for year in span if year not in kept or kept[year].state != CLOSED), span.stop)
    return [
        _view(year, kept.get(year), found, waits.get(year, 0), told.get(year), year == first_open)
        for year in reversed(span)
    ]


def _view(
    year: int,
    kept: Year | None,
    found: list[Group],
    awaiting: int,
    published_at: datetime | None,
    first_open: bool,
) -> YearView:
    sums, entries = sums_of(found, year)
    if kept is not None and kept.state != OPEN:
        sums, entries = Sums(kept.opening, kept.income, kept.use), kept.entries
    state, asked_by = (kept.state, kept.asked_by) if kept else (OPEN, None)
    return YearView(
        year, state, sums, kinds_of(found, year), entries, awaiting, asked_by, published_at, first_open
    )


def _awaiting(row: Fund) -> dict[int, int]:
    rows = Entry.objects.filter(fund=row, state=Entry.AWAITING).values("on__year")
    return dict(rows.annotate(n=Count("id")).values_list("on__year", "n"))


def _published(row: Fund) -> dict[int, datetime]:
    rows = Publication.objects.filter(fund=row).values_list("year", "published_at")
    return {year: at.astimezone(clock.ZONE) for year, at in rows}
