"""Closing a year by two people, in order, and publishing it."""

from datetime import datetime

from gantang.fund import errors
from gantang.fund.models import Entry, Fund, Publication, Year
from gantang.fund.queries.counting import published_figures, year_of
from gantang.fund.rules.booking import Sums
from gantang.fund.service.common import record_fund, to_approve, to_enter, today
from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work

_FIGURES = ("opening", "income", "use", "closing", "entries")


def ask_close(*, actor: Actor, fund: int, year: int, now: datetime) -> None:
    """Ask that a year be closed with the figures it has now; from then on nothing is entered in it. Asked
    again by the same person it changes nothing. Errors: NoFundError, NotKeeperError, CloseError."""
    with work(actor) as w:
        row, account, _post = to_enter(actor, fund)
        kept = Year.objects.filter(fund=row, year=year).first()
        if kept is not None and kept.state == Year.CLOSING and kept.asked_by == account:
            return
        _may_close(row, year, kept, now)
        sums, entries = year_of(row, year)
        made = kept or Year(id=keys.mint(keys.city_on(row.scope), now), fund=row, scope=row.scope, year=year)
        w.name([made.id])
        _fill(made, sums, entries)
        made.state, made.asked_by, made.asked_at = Year.CLOSING, account, now
        made.decided_by = made.decided_at = None
        asked = ["state", *_FIGURES, "asked_by", "asked_at", "decided_by", "decided_at"]
        w.add(made) if kept is None else w.change(made, asked)
        record_fund(w, row, "close_asked", _told(made), now)


def decide_close(*, actor: Actor, fund: int, year: int, upheld: bool, now: datetime) -> None:
    """Close a year that another person asked to be closed, or open it again. Errors: NoFundError,
    NotApproverError, SamePersonError, CloseError also where its figures have changed."""
    with work(actor) as w:
        row, account, _post = to_approve(actor, fund)
        made = Year.objects.filter(fund=row, year=year).first()
        if made is None or made.state != Year.CLOSING:
            raise errors.not_closable("state", year)
        if made.asked_by == account:
            raise errors.SamePersonError
        if upheld and year_of(row, year) != _kept(made):
            raise errors.not_closable("changed", year)
        made.state = Year.CLOSED if upheld else Year.OPEN
        made.decided_by, made.decided_at = account, now
        w.name([made.id])
        w.change(made, ["state", "decided_by", "decided_at"], state=Year.CLOSING)
        _record_decision(w, row, made, now)


def publish(*, actor: Actor, fund: int, year: int, now: datetime) -> None:
    """Publish a closed year, once; again changes nothing. Errors: NoFundError, NotApproverError,
    NotClosedError."""
    with work(actor) as w:
        row, account, _post = to_approve(actor, fund)
        if Publication.objects.filter(fund=row, year=year).exists():
            return
        closed = Year.objects.filter(fund=row, year=year, state=Year.CLOSED).first()
        if closed is None:
            raise errors.NotClosedError
        figures = published_figures(row, closed)
        w.add(Publication(fund=row, year=year, figures=figures, published_by=account, published_at=now))
        left = sum(1 for one in figures["use"] if one[3] is None)
        record_fund(w, row, "published", {"year": year, "closing": closed.closing, "left_out": left}, now)


def _may_close(row: Fund, year: int, kept: Year | None, now: datetime) -> None:
    if kept is not None and kept.state != Year.OPEN:
        raise errors.not_closable("state", year)
    if not row.opened_on.year <= year < today(now).year:
        raise errors.not_closable("running", year)
    before = Year.objects.filter(fund=row, year=year - 1, state=Year.CLOSED)
    if year != row.opened_on.year and not before.exists():
        raise errors.not_closable("order", year)
    if Entry.objects.filter(fund=row, on__year=year, state=Entry.AWAITING).exists():
        raise errors.not_closable("awaiting", year)


def _record_decision(w: Work, row: Fund, made: Year, now: datetime) -> None:
    if made.state == Year.CLOSED:
        record_fund(w, row, "closed", _told(made), now)
    else:
        record_fund(w, row, "close_refused", {"year": made.year}, now)


def _fill(made: Year, sums: Sums, entries: int) -> None:
    made.opening, made.income, made.use = sums.opening, sums.income, sums.use
    made.closing, made.entries = sums.closing, entries


def _kept(made: Year) -> tuple[Sums, int]:
    return Sums(made.opening, made.income, made.use), made.entries


def _told(made: Year) -> dict[str, object]:
    return {"year": made.year, **{name: getattr(made, name) for name in _FIGURES}}
