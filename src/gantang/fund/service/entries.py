"""Entering a line, and taking an approved one back by a line of its own."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from gantang.catalogue import queries as catalogue
from gantang.fund import errors
from gantang.fund.models import Entry, Fund
from gantang.fund.rules import booking, money
from gantang.fund.rules.booking import OPENING, USE
from gantang.fund.service.common import fund_of, must_be_open, record_fund, to_enter, today
from gantang.fund.types import INDIVIDUAL, NONE, ORGANISATION, NewEntry
from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work

_BASIS, _GIVER = 120, (5, 60)


def enter(*, actor: Actor, fund: int, entry: NewEntry, key: str, now: datetime) -> UUID:
    """Enter a line; it counts once somebody else approves it. The same key is one line.

    ``entry.paid_for`` is what the caller found in the actor's sight. Errors: NoFundError, NotKeeperError,
    EntryError, ClosedYearError, KeyReusedError.
    """
    with work(actor) as w:
        row, account, post = to_enter(actor, fund)
        claim = once(w, actor=actor, key=key, body=_body(fund, entry))
        if claim.again:
            return UUID(claim.ref["entry"])
        _check(row, entry, today(now))
        must_be_open(row, entry.on.year)
        made = _row(row, entry, (account, post), now)
        _add(w, row, made, now)
        claim.keep(201, {"entry": str(made.id)})
    return made.id


def reverse(*, actor: Actor, entry: UUID, on: date, basis: str, key: str, now: datetime) -> UUID:
    """Enter the line that takes an approved one back, once; it, too, counts once somebody else approves it.
    Errors: NoEntryError, NotKeeperError, ReversedError, EntryError, ClosedYearError, KeyReusedError."""
    with work(actor) as w:
        row, account, post = to_enter(actor, fund_of(actor, entry))
        body = {"reverses": str(entry), "on": on.isoformat(), "basis": basis}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["entry"])
        old = Entry.objects.get(pk=entry)
        _may_reverse(old, on, today(now))
        must_be_open(row, on.year)
        made = _reversal(old, (on, _basis(basis)), (account, post), now)
        _add(w, row, made, now)
        claim.keep(201, {"entry": str(made.id)})
    return made.id


def _add(w: Work, row: Fund, made: Entry, now: datetime) -> None:
    w.name([made.id])
    w.add(made)
    data = {"entry": str(made.id), "effect": made.effect, "kind": made.kind, "on": made.on.isoformat()}
    if made.reverses_id is not None:
        data["reverses"] = str(made.reverses_id)
    record_fund(w, row, "entered", data, now)


def _row(row: Fund, entry: NewEntry, who: tuple[int, int], now: datetime) -> Entry:
    side, paid = booking.side_of(entry.kind), entry.paid_for
    return Entry(
        id=keys.mint(keys.city_on(row.scope), now),
        fund=row,
        scope=row.scope,
        on=entry.on,
        side=side,
        kind=entry.kind,
        effect=booking.effect(side, entry.fen),
        basis=_basis(entry.basis),
        party=entry.party,
        giver=entry.giver.strip(),
        city=paid.city if paid else None,
        matter=paid.matter if paid else None,
        matter_number=paid.number if paid else "",
        entered_by=who[0],
        entered_post=who[1],
        entered_at=now,
    )


def _reversal(old: Entry, said: tuple[date, str], who: tuple[int, int], now: datetime) -> Entry:
    copied = ("fund_id", "scope", "side", "kind", "party", "giver", "city", "matter", "matter_number")
    return Entry(
        id=keys.mint(keys.city_on(old.scope), now),
        **{name: getattr(old, name) for name in copied},
        on=said[0],
        basis=said[1],
        effect=-old.effect,
        reverses=old,
        entered_by=who[0],
        entered_post=who[1],
        entered_at=now,
    )


def _may_reverse(old: Entry, on: date, latest: date) -> None:
    taken = Entry.objects.filter(reverses=old).exclude(state=Entry.REFUSED).exists()
    if old.state != Entry.APPROVED or old.reverses_id is not None or taken:
        raise errors.ReversedError
    if not old.on <= on <= latest:
        raise errors.wrong("on", on)


def _check(row: Fund, entry: NewEntry, latest: date) -> None:
    if not 0 < entry.fen <= money.MOST:
        raise errors.wrong("amount")
    if not row.opened_on <= entry.on <= latest:
        raise errors.wrong("on", entry.on)
    _check_kind(row, entry)
    _check_party(entry)
    if entry.paid_for is not None and booking.side_of(entry.kind) != USE:
        raise errors.wrong("for_matter")


def _check_kind(row: Fund, entry: NewEntry) -> None:
    if entry.kind != OPENING:
        if not any(one.parent and one.code == entry.kind for one in catalogue.fund_kinds(on=entry.on)):
            raise errors.wrong("kind", entry.kind)
        return
    there = Entry.objects.filter(fund=row, side=OPENING, reverses=None).exclude(state=Entry.REFUSED)
    if there.exclude(reversals__state=Entry.APPROVED).exists():
        raise errors.wrong("opening")
    if entry.on != row.opened_on:
        raise errors.wrong("on", entry.on)


def _check_party(entry: NewEntry) -> None:
    giver = entry.giver.strip()
    named = _GIVER[0] <= len(giver) <= _GIVER[1] and giver.isprintable()
    if entry.party not in (ORGANISATION, INDIVIDUAL, NONE) or (entry.party == ORGANISATION) != named:
        raise errors.wrong("giver")
    if entry.party != ORGANISATION and giver:
        raise errors.wrong("giver")


def _basis(text: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= _BASIS or not said.isprintable():
        raise errors.wrong("basis")
    return said


def _body(fund: int, entry: NewEntry) -> dict[str, object]:
    paid = entry.paid_for
    told = {**asdict(entry), "on": entry.on.isoformat(), "paid_for": paid.number if paid else ""}
    return {"fund": fund, **told}
