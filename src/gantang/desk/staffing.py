"""Units, posts, who holds them by which sign-in, and the programs that act for a post: of the own ground."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.catalogue.errors import NotYoursError
from gantang.desk.adminforms import text_of
from gantang.faces import vocabulary
from gantang.identity import queries as identity
from gantang.identity.errors import AccountMissingError
from gantang.identity.types import AccountView, ClientView
from gantang.posts import queries
from gantang.posts.errors import OverlapError
from gantang.posts.types import PostView, UnitView


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
        "clients": identity.clients_of(seat.post.id),
    }


class NewForm(forms.Form):
    """A sign-in name for whoever takes a vacant post."""

    use_required_attribute = False
    username = text_of(
        _("登录名"), 64, required=True, help_text=_("2至64个汉字、字母、数字；不要写姓名、手机号、证件号。")
    )


def vacant_of_ours(home: UnitView, number: str, on: date) -> PostView:
    """A vacant post on the own ground. Errors: AccountMissingError, NotYoursError, OverlapError."""
    post = queries.post(int(number)) if number.isdecimal() and len(number) < 18 else None
    if post is None:
        raise AccountMissingError
    if not queries.unit(post.unit).ground.startswith(home.ground):
        raise NotYoursError
    if post.id in queries.holders(post.unit, on):
        raise OverlapError
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
