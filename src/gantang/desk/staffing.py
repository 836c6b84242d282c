"""Units, posts, who holds them by which sign-in, and the programs that act for a post: of the own ground."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gantang.catalogue.errors import NotYoursError
from gantang.desk.adminforms import date_of, text_of
from gantang.faces import vocabulary
from gantang.faces.vocabulary import Sign
from gantang.identity import queries as identity
from gantang.identity.errors import AccountMissingError
from gantang.identity.types import AccountView, ClientView
from gantang.kit import clock
from gantang.posts import queries
from gantang.posts.errors import OverlapError
from gantang.posts.types import PostView, UnitView

#: What a program may be given, in words.
SCOPES: dict[str, str | Promise] = {
    "read": _("查看事项"),
    "write": _("办理事项"),
    "people": _("打开群众留下的个人信息"),
}
WORKS, WAITS, ENDED, OVER = (
    Sign("leaf", icon="circle-check", word=_("在用")),
    Sign("amber", icon="hourglass-low", word=_("密钥还没领")),
    Sign("stone", icon="circle-minus", word=_("已收回")),
    Sign("stone", icon="circle-minus", word=_("已到期")),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A post as the page lists it; ``who`` is the sign-in name of whoever holds it, "" while it is vacant."""

    post: PostView
    duties: str
    who: str


def shown(home: UnitView, *, unit: str, post: str, on: date) -> dict[str, Any]:
    """A unit of the own ground with its posts; one of them opened."""
    units = queries.units(home.ground, on=on)
    chosen = next((one for one in units if str(one.id) == unit), home)
    seats = _seats(chosen.id, on)
    opened = next((one for one in seats if str(one.post.id) == post), None)
    return {
        "units": units,
        "unit": chosen,
        "seats": seats,
        "vacant": sum(not one.who for one in seats),
        **(_opened(opened, on) if opened else {}),
    }


def _seats(unit: int, on: date) -> list[Seat]:
    held = queries.holders(unit, on)
    names = identity.names(held.values())
    return [
        Seat(
            one,
            "、".join(str(vocabulary.DUTIES.get(each, each)) for each in sorted(one.duties)),
            names.get(held.get(one.id, 0), ""),
        )
        for one in queries.posts(unit, on)
    ]


def _opened(seat: Seat, on: date) -> dict[str, Any]:
    account = identity.account_named(seat.who) if seat.who else None
    return {
        "seat": seat,
        "account": account,
        "others": [one for one in queries.posts_of(account.id, on) if one.post.id != seat.post.id]
        if account
        else [],
        "clients": lines(identity.clients_of(seat.post.id), clock.now()),
    }


@dataclass(frozen=True, slots=True)
class Program:
    """A program as pages list it; ``works`` is whether its token is, or can still be, taken and used."""

    one: ClientView
    sign: Sign
    rights: str
    works: bool


def lines(clients: Iterable[ClientView], now: datetime) -> list[Program]:
    """Programs with how each stands, those that were taken back at the end."""
    found = [Program(one, sign := _stands(one, now), _rights(one), sign in (WAITS, WORKS)) for one in clients]
    return sorted(found, key=lambda each: not each.works)


def _stands(one: ClientView, now: datetime) -> Sign:
    if one.disabled_at is not None:
        return ENDED
    if one.expires_at is not None and one.expires_at <= now:
        return OVER
    return WAITS if one.waiting else WORKS


def _rights(one: ClientView) -> str:
    return "、".join(str(words) for scope, words in SCOPES.items() if scope in one.scopes)


class ProgramForm(forms.Form):
    """A program that acts for a post: what it is called, what it may do, until when."""

    use_required_attribute = False
    name = text_of(_("叫什么"), 100, required=True, help_text=_("写系统的名称，不写人名。"))
    scopes = forms.MultipleChoiceField(
        label=_("能做什么"), choices=SCOPES.items(), initial=["read"], widget=forms.CheckboxSelectMultiple
    )
    until = date_of(_("用到哪天"), help_text=_("含当天。不写就一直有效，直到收回。"))

    def expires_at(self) -> datetime | None:
        """The end of its last day."""
        last = self.cleaned_data["until"]
        return datetime.combine(last + timedelta(days=1), time.min, clock.ZONE) if last else None


class NewForm(forms.Form):
    """A sign-in name for whoever takes a vacant post."""

    use_required_attribute = False
    username = text_of(
        _("登录名"), 64, required=True, help_text=_("2至64个汉字、字母、数字；不要写姓名、手机号、证件号。")
    )


def vacant_of_ours(home: UnitView, number: str, on: date) -> PostView:
    """A vacant post on the own ground. Errors: AccountMissingError, NotYoursError, OverlapError."""
    post = post_of_ours(home, number)
    if post.id in queries.holders(post.unit, on):
        raise OverlapError
    return post


def post_of_ours(home: UnitView, number: str) -> PostView:
    """A post on the own ground. Errors: AccountMissingError, NotYoursError."""
    post = queries.post(int(number)) if number.isdecimal() and len(number) < 18 else None
    if post is None:
        raise AccountMissingError
    if not queries.unit(post.unit).ground.startswith(home.ground):
        raise NotYoursError
    return post


def account_of_ours(home: UnitView, number: str, on: date) -> AccountView:
    """An account all of whose posts lie on the own ground. Errors: AccountMissingError, NotYoursError."""
    found = identity.account(int(number)) if number.isdecimal() else None
    held = queries.posts_of(found.id, on) if found else []
    if found is None or not held:
        raise AccountMissingError
    if not all(one.unit.ground.startswith(home.ground) for one in held):
        raise NotYoursError
    return found


def client_of_ours(home: UnitView, post: str, number: str) -> ClientView:
    """A program that acts for a post on the own ground. Errors: AccountMissingError, NotYoursError."""
    found = identity.clients_of(int(post)) if post.isdecimal() else []
    client = next((one for one in found if str(one.id) == number), None)
    if client is None:
        raise AccountMissingError
    if not queries.unit(queries.post(client.post).unit).ground.startswith(home.ground):
        raise NotYoursError
    return client
