"""What every change needs: the fund in sight and locked, who may change it, and the ledger's step."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from gantang.fund import errors
from gantang.fund.models import Entry, Fund, Year
from gantang.fund.queries.sight import rights_in, sees
from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.ledger import service as ledger


def locked(actor: Actor, fund: int) -> Fund:
    """The fund in the actor's sight, locked: whoever writes into its book comes one after the other.
    Errors: NoFundError."""
    row = Fund.objects.select_for_update().filter(pk=fund).first()
    if row is None or not sees(actor, row):
        raise errors.NoFundError
    return row


def to_enter(actor: Actor, fund: int) -> tuple[Fund, int, int]:
    """The locked fund, the account and its post that enter. Errors: NoFundError, NotKeeperError."""
    row = locked(actor, fund)
    if not rights_in(actor, row).enters or actor.account is None or actor.post is None:
        raise errors.NotKeeperError
    return row, actor.account, actor.post


def to_approve(actor: Actor, fund: int) -> tuple[Fund, int, int]:
    """The locked fund, the account and its post that decide. Errors: NoFundError, NotApproverError."""
    row = locked(actor, fund)
    if not rights_in(actor, row).approves or actor.account is None or actor.post is None:
        raise errors.NotApproverError
    return row, actor.account, actor.post


def fund_of(actor: Actor, entry: UUID) -> int:
    """The fund of an entry behind the wall. Errors: NoEntryError."""
    found = Entry.objects.filter(pk=entry).select_related("fund").first()
    if found is None or not sees(actor, found.fund):
        raise errors.NoEntryError
    return int(found.fund_id)


def must_be_open(row: Fund, year: int) -> None:
    """Errors: ClosedYearError."""
    if Year.objects.filter(fund=row, year=year).exclude(state=Year.OPEN).exists():
        raise errors.ClosedYearError(details={"year": year})


def today(now: datetime) -> date:
    """The day here."""
    return now.astimezone(clock.ZONE).date()


def record_fund(w: Work, row: Fund, what: str, data: Mapping[str, object], now: datetime) -> None:
    """A fund has one stream, with its entries and years."""
    ledger.append(
        w,
        actor=w.actor,
        city=keys.city_on(row.scope),
        stream=ledger.stream_of("fund", row.pk),
        kind="fund",
        key=row.pk,
        items=[(f"fund.{what}", dict(data))],
        happened_at=now,
        now=now,
    )
