"""A fund's book on the desk: its lines and years in words, what may be done there and why not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang.catalogue import queries as catalogue
from gantang.faces.vocabulary import Sign
from gantang.fund import errors
from gantang.fund.types import (
    APPROVED,
    AWAITING,
    CLOSED,
    CLOSING,
    INDIVIDUAL,
    OPEN,
    OPENING,
    ORGANISATION,
    REFUSED,
    USE,
    EntryView,
    KindSum,
    Rights,
    YearView,
    side_of,
    write_yuan,
)
from gantang.kit import numbers
from gantang.kit.actor import Actor
from gantang.posts import queries as posts

SIGNS = {
    AWAITING: Sign("amber", "clock", gettext_lazy("待审")),
    APPROVED: Sign("leaf", "check", gettext_lazy("已入账")),
    REFUSED: Sign("stone", "x", gettext_lazy("已退回")),
}
YEAR_SIGNS = {
    OPEN: Sign("dai", "list-check", gettext_lazy("在记")),
    CLOSING: Sign("amber", "clock", gettext_lazy("等复核结账")),
    CLOSED: Sign("leaf", "lock", gettext_lazy("已结账")),
}
#: How wide the widest bar is drawn.
WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A line in words: amounts in yuan, ``income`` or ``use`` is empty."""

    one: EntryView
    kind: str
    income: str
    use: str
    balance: str
    other: str
    matter: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class Bar:
    """A kind of a year: how wide it is drawn, and how much it is."""

    name: str
    yuan: str
    times: int
    width: int
    is_use: bool


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year in words, with what may be done and why the rest may not."""

    one: YearView
    opening: str
    income: str
    use: str
    closing: str
    sign: Sign
    bars: list[Bar]
    acts: list[tuple[str, str]]
    whys: list[str]


def kinds() -> dict[str, str]:
    """Name by code of every kind that there is or was, the opening balance among them."""
    lang = get_language() or ""
    named = {one.code: one.title.of(lang) for one in catalogue.fund_kinds_ever()}
    return {OPENING: _("期初余额"), **named}


def choices(on: date) -> list[tuple[str, str]]:
    """The kinds that can be entered now, by side."""
    named = kinds()
    listed = [one.code for one in catalogue.fund_kinds(on=on) if one.parent]
    return [(OPENING, named[OPENING])] + [(one, f"{named[side_of(one)]}：{named[one]}") for one in listed]


def lines(found: Iterable[EntryView]) -> list[Line]:
    """Lines in words."""
    named = kinds()
    return [_line(one, named) for one in found]


def _line(one: EntryView, named: dict[str, str]) -> Line:
    yuan, is_use = write_yuan(one.fen), one.side == USE
    kind = named.get(one.kind, one.kind)
    if one.reverses is not None:
        kind = _("冲销第%(number)s号：%(kind)s") % {"number": one.reverses, "kind": kind}
    balance = "" if one.balance is None else write_yuan(one.balance)
    matter = numbers.show(one.matter_number) if one.matter_number else ""
    other = one.giver if one.party == ORGANISATION else _("个人") if one.party == INDIVIDUAL else ""
    income, use = ("", yuan) if is_use else (yuan, "")
    return Line(one, kind, income, use, balance, other, matter, SIGNS[one.state])


def whys(actor: Actor, rights: Rights, one: EntryView) -> dict[str, str]:
    """What may not be done with a line, and why: ``decide``, ``reverse``; what is not named may be."""
    found: dict[str, str] = {}
    if one.state != AWAITING:
        found["decide"] = errors.DecidedError().words
    elif not rights.approves:
        found["decide"] = errors.NotApproverError().words
    elif one.entered_by == actor.account:
        found["decide"] = errors.SamePersonError().words
    if one.state != APPROVED or one.is_reversal or one.reversed_by is not None:
        found["reverse"] = errors.ReversedError().remedy_words
    elif not rights.enters:
        found["reverse"] = errors.NotKeeperError().words
    return found


def people(one: EntryView) -> list[tuple[str, str, Any]]:
    """Which posts entered and decided, and when."""
    asked = [number for number in (one.entered_post, one.decided_post) if number is not None]
    titles = posts.post_titles(asked)
    entered = (_("记账"), titles.get(one.entered_post, ""), one.entered_at)
    if one.decided_post is None:
        return [entered]
    return [entered, (_("审核"), titles.get(one.decided_post, ""), one.decided_at)]


# --- years --------------------------------------------------------------------------------------------


def years(found: Iterable[YearView], actor: Actor, rights: Rights, *, today: date) -> list[YearLine]:
    """Years in words."""
    named = kinds()
    return [_year(one, named, actor, rights, today) for one in found]


def _year(one: YearView, named: dict[str, str], actor: Actor, rights: Rights, today: date) -> YearLine:
    sums = one.sums
    acts, because = _acts(one, actor, rights, today)
    return YearLine(
        one=one,
        opening=write_yuan(sums.opening),
        income=write_yuan(sums.income),
        use=write_yuan(sums.use),
        closing=write_yuan(sums.closing),
        sign=YEAR_SIGNS[one.state],
        bars=_bars(one.kinds, named),
        acts=acts,
        whys=because,
    )


def _bars(found: tuple[KindSum, ...], named: dict[str, str]) -> list[Bar]:
    most = max((abs(one.fen) for one in found), default=0)
    return [
        Bar(
            named.get(one.kind, one.kind),
            write_yuan(one.fen),
            one.times,
            WIDTH * max(one.fen, 0) // most if most else 0,
            side_of(one.kind) == USE,
        )
        for one in found
    ]


def _acts(
    one: YearView, actor: Actor, rights: Rights, today: date
) -> tuple[list[tuple[str, str]], list[str]]:
    """The acts that are open now, each with its word, and why another is not."""
    if one.state == CLOSED:
        if one.published_at is not None:
            return [], []
        return ([("publish", _("公布"))], []) if rights.approves else ([], [errors.NotApproverError().words])
    if one.state == CLOSING:
        if not rights.approves:
            return [], [errors.NotApproverError().words]
        if one.asked_by == actor.account:
            return [], [errors.SamePersonError().words]
        return [("close", _("复核无误，结账")), ("refuse", _("退回"))], []
    because = _hinders(one, rights, today)
    return ([], because) if because else ([("ask", _("提出结账"))], [])


def _hinders(one: YearView, rights: Rights, today: date) -> list[str]:
    reasons = {
        "running": one.year >= today.year,
        "order": not one.first_open,
        "awaiting": one.awaiting > 0,
    }
    told = [errors.not_closable(why, one.year).words for why, holds in reasons.items() if holds]
    return told if rights.enters else [errors.NotKeeperError().words, *told]


# --- the table to take along --------------------------------------------------------------------------


def heads() -> list[str]:
    """The heads of the table; fen are whole, so that sums in a table program are exact."""
    names = (_("序号"), _("日期"), _("收支项目"), _("收入（元）"), _("支出（元）"), _("余额（元）"))
    return [*names, _("金额（分）"), _("依据"), _("对方"), _("事项编号"), _("状态"), _("冲销第几号")]


def rows(found: Iterable[EntryView]) -> Iterator[list[Any]]:
    """The book line by line."""
    named = kinds()
    for one in found:
        line = _line(one, named)
        amounts = (line.income, line.use, line.balance, one.fen)
        told = (one.basis, line.other, line.matter, str(line.sign.word), one.reverses or "")
        yield [one.number or "", one.on, line.kind, *amounts, *told]
