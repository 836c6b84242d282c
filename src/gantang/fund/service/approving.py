"""Approving or refusing a line: by another person, under the fund's lock, never below nothing."""

from datetime import date, datetime
from uuid import UUID

from gantang.fund import errors
from gantang.fund.models import Entry, Fund, Year
from gantang.fund.rules import booking
from gantang.fund.service.common import fund_of, must_be_open, record_fund, to_approve
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work


def decide(*, actor: Actor, entry: UUID, upheld: bool, now: datetime) -> None:
    """Approve a line, from when it counts, or refuse it; the same by the same person again changes nothing.
    Errors: NoEntryError, NotApproverError, SamePersonError, DecidedError, ShortError, ClosedYearError,
    BooksError."""
    with work(actor, ids=[entry]) as w:
        row, account, post = to_approve(actor, fund_of(actor, entry))
        line = Entry.objects.get(pk=entry)
        if line.state != Entry.AWAITING:
            if line.decided_by == account and (line.state == Entry.APPROVED) == upheld:
                return
            raise errors.DecidedError
        if line.entered_by == account:
            raise errors.SamePersonError
        line.decided_by, line.decided_post, line.decided_at = account, post, now
        if upheld:
            _approve(w, row, line, now)
        else:
            _close(w, line, Entry.REFUSED)
            record_fund(w, row, "refused", {"entry": str(entry)}, now)


def _approve(w: Work, row: Fund, line: Entry, now: datetime) -> None:
    must_be_open(row, line.on.year)
    day = _short(row, line)
    if day is not None:
        raise errors.ShortError(details={"on": day.isoformat()})
    line.number = row.last = row.last + 1
    row.balance += line.effect
    _close(w, line, Entry.APPROVED)
    w.change(row, ["balance", "last"])
    data = {"entry": str(line.id), "effect": line.effect, "number": line.number, "balance": row.balance}
    record_fund(w, row, "approved", data, now)


def _close(w: Work, line: Entry, state: str) -> None:
    line.state = state
    fields = ["state", "number", "decided_by", "decided_post", "decided_at"]
    w.change(line, fields, state=Entry.AWAITING)


def _short(row: Fund, line: Entry) -> date | None:
    """The day on which the book would be below nothing. Closed years lie before every open one."""
    last = Year.objects.filter(fund=row, state=Year.CLOSED).order_by("-year").first()
    base, since = (last.closing, date(last.year + 1, 1, 1)) if last else (0, row.opened_on)
    rows = Entry.objects.filter(fund=row, state=Entry.APPROVED, on__gte=since).order_by("on", "number")
    lines = list(rows.values_list("on", "number", "effect"))
    if base + sum(effect for _on, _number, effect in lines) != row.balance:
        raise errors.BooksError
    return booking.short_on(base, lines, (line.on, line.effect))  # type: ignore[arg-type]
