"""Which funds an actor sees, and what it may do there: by the duties of its post for good samaritans."""

from django.db.models import Q

from gantang.engine import Words
from gantang.fund.errors import NoFundError, NotMakerError
from gantang.fund.models import Fund
from gantang.fund.types import APPROVES, CLASS, ENTERS, SEES, FundView, Rights
from gantang.kit.actor import Actor, covers_class
from gantang.posts import queries as posts


def funds(actor: Actor) -> list[FundView]:
    """The funds in sight, the widest ground first."""
    wanted = Q(unit=actor.unit or 0)
    for one in actor.sight:
        if one.duty in SEES and covers_class(one.klass, CLASS) and one.ground.isdigit():
            wanted |= Q(scope__startswith=one.ground)
    rows = Fund.objects.filter(wanted).order_by("scope", "pk")
    return [view_of(row) for row in rows if sees(actor, row)]


def fund(actor: Actor, number: int) -> FundView:
    """One in sight. Errors: NoFundError."""
    return view_of(seen(actor, number))


def rights(actor: Actor, number: int) -> Rights:
    """What an actor may do in the book of a fund in sight. Errors: NoFundError."""
    return rights_in(actor, seen(actor, number))


def made(actor: Actor) -> list[FundView]:
    """Every fund on the ground that one administers. Errors: NotMakerError."""
    if not actor.admin or actor.unit is None:
        raise NotMakerError
    rows = Fund.objects.filter(scope__startswith=posts.unit(actor.unit).ground).order_by("scope", "pk")
    return [view_of(row) for row in rows]


def seen(actor: Actor, number: int) -> Fund:
    """The row of one in sight. Errors: NoFundError."""
    row = Fund.objects.filter(pk=number).first()
    if row is None or not sees(actor, row):
        raise NoFundError
    return row


def sees(actor: Actor, row: Fund) -> bool:
    """The keeping unit's own posts with a duty for good samaritans there, and who leads or supervises it."""
    duties = actor.duties(CLASS, row.scope)
    return bool(duties) if actor.unit == row.unit else bool(duties & SEES)


def rights_in(actor: Actor, row: Fund) -> Rights:
    """The keeping unit's own posts alone."""
    duties = actor.duties(CLASS, row.scope) if actor.unit == row.unit else frozenset()
    return Rights(bool(duties & ENTERS), bool(duties & APPROVES))


def view_of(row: Fund) -> FundView:
    """A row as the room hands it out."""
    title = Words(row.zh, row.en)
    return FundView(row.pk, row.unit, row.scope, title, row.opened_on, row.balance, row.last)
