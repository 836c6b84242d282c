"""Units, posts and remits, read. Public inside the house: they tell who answers, never about matters.

Resolving costs one small query for the state of the book, and none for each matter after that (``resolver``).
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gantang.kit import window
from gantang.kit.actor import Actor
from gantang.posts import book as kept
from gantang.posts import rules
from gantang.posts.errors import NotHolderError, TieError, UnknownError
from gantang.posts.models import Appointment, Post, Remit, Stationing, Unit
from gantang.posts.types import (
    Answering,
    HeldPost,
    PostView,
    RemitView,
    Serving,
    StaffTouched,
    StationingView,
    UnitView,
)
from gantang.territory.types import GroundChange


class Resolver:
    """Tells who answers, for many matters on one day, from what the process keeps. Made by ``resolver``."""

    def __init__(self, book: kept.Book, on: date) -> None:
        self._book, self._on = book, on

    def answering(self, *, klass: str, ground: str, duty: str) -> Answering | None:
        """The unit that holds a duty for a class on a ground, or None. Errors: TieError, naming both."""
        found = self._book.answering(klass=klass, ground=ground, duty=duty, on=self._on)
        if isinstance(found, rules.Tie):
            raise TieError(found.first, found.second)
        return found

    def seat(self, *, unit: int, duty: str, ground: str) -> int | None:
        """The post that takes work of a duty in a unit named by a person; None when several share it."""
        return rules.seat_for(self._book.seats(unit, self._on), duty=duty, ground=ground)

    def serving(self, *, unit: int, post: int | None, duty: str = "") -> tuple[Serving, ...]:
        """Who works at a post, or at all the unit's posts of a duty; the unit's leader when nobody does."""
        staff = self._book.posts_of_unit(unit, self._on)
        wanted = [s for s in staff if s.post.id == post or (post is None and duty in s.post.duties)]
        return _serving(wanted, self._on) or _serving(
            [s for s in staff if "leader" in s.post.duties], self._on, stands_in=True
        )


def resolver(on: date) -> Resolver:
    return Resolver(kept.opened(), on)


def answering(*, klass: str, ground: str, duty: str, on: date) -> Answering | None:
    """As ``Resolver.answering``, for one matter."""
    return resolver(on).answering(klass=klass, ground=ground, duty=duty)


def posts_of(account: int, on: date) -> list[HeldPost]:
    """The posts an account holds on a day; its own before those it acts for."""
    return list(window.once(("posts_of", account, on), lambda: _posts_of(account, on)))


def _posts_of(account: int, on: date) -> list[HeldPost]:
    rows = Appointment.objects.filter(_in_force(on), _in_force(on, "post__"), account=account)
    return [
        HeldPost(row.pk, kept.post_view(row.post), _unit(row.post.unit), row.acting)
        for row in rows.select_related("post__unit").order_by("acting", "pk")
    ]


def actor_of(*, account: int | None = None, post: int | None, on: date, client: str | None = None) -> Actor:
    """The actor that an account, or an API client named by ``client``, is when it acts for a post.

    ``post=None`` takes the account's first post; an account without any is an actor that sees nothing.
    Errors: NotHolderError when the account does not hold the post on that day, or the post has ended.
    """
    who = client or f"account:{account}"
    post = post if post is not None else _first_post(account, on)
    if post is None:
        return Actor(who, account)
    book = kept.opened()
    mine = book.staffed(post, on)
    if mine is None or (client is None and not any(t.on(on) and t.account == account for t in mine.tenures)):
        raise NotHolderError(post, on)
    return Actor(who, account, post, mine.post.unit, book.sight(mine, on), admin=mine.post.admin)


def unit(number: int) -> UnitView:
    """Raises ``UnknownError``."""
    row = Unit.objects.filter(pk=number).first()
    if row is None:
        raise UnknownError(_("单位"), number)
    return _unit(row)


def units(
    ground: str = "", *, on: date | None = None, level: int | None = None, kind: str | None = None
) -> list[UnitView]:
    """The units on a ground and below it, in the order of ground and level."""
    rows = Unit.objects.filter(ground__gte=ground, ground__lt=ground + ":") if ground else Unit.objects.all()
    rows = rows.filter(level=level) if level else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(_in_force(on)) if on else rows
    return [_unit(row) for row in rows.order_by("ground", "level", "pk")]


def unit_names(numbers: Iterable[int]) -> dict[int, str]:
    """Names of many units, kept in the process: lists cost no query for them."""
    return kept.opened().names(numbers)


def post_titles(numbers: Iterable[int]) -> dict[int, str]:
    """Titles of many posts, kept in the process as well."""
    return kept.opened().titles(numbers)


def post(number: int) -> PostView:
    """Raises ``UnknownError``."""
    found = kept.opened().post(number)
    if found is None:
        raise UnknownError(_("岗位"), number)
    return found


def posts(unit: int, on: date) -> list[PostView]:
    """The posts of a unit in force on a day."""
    return [each.post for each in kept.opened().posts_of_unit(unit, on)]


def remits(ground: str = "", *, on: date | None = None, klass: str | None = None) -> list[RemitView]:
    """The remits that bear on a ground: those on it, below it and above it."""
    chain = list(rules.ground_chain(ground))
    found = [
        r for r in kept.opened().remits if not ground or r.ground in chain or r.ground.startswith(ground)
    ]
    found = [r for r in found if on is None or rules.in_force(r, on)]
    return sorted(
        (r for r in found if klass is None or r.klass == klass), key=lambda r: (r.ground, r.klass, r.duty)
    )


def remit(number: int) -> RemitView:
    """Raises ``UnknownError``."""
    row = Remit.objects.filter(pk=number).first()
    if row is None:
        raise UnknownError(_("归口条目"), number)
    cooperating = row.cooperations.order_by("unit_id").values_list("unit_id", flat=True)
    return kept.remit_view(row, tuple(cooperating))


def stationed(centre: int, on: date) -> list[StationingView]:
    """The units stationed in a centre on a day."""
    rows = Stationing.objects.filter(_in_force(on), centre_id=centre).order_by("way", "unit_id")
    return [StationingView(r.pk, r.centre_id, r.unit_id, r.way, r.valid_from, r.valid_to) for r in rows]


def touched_by(change: GroundChange) -> StaffTouched:
    """How many units, posts and remits stand on ground that a change ends, and so follow it."""
    rows = (Unit.objects, Post.objects, Remit.objects)
    counts = [one.filter(_in_force(change.on), ground__in=change.ended).count() for one in rows]
    return StaffTouched(*counts)


def _first_post(account: int | None, on: date) -> int | None:
    held = posts_of(account, on) if account is not None else []
    return held[0].post.id if held else None


def _serving(staff: Iterable[kept.Staffed], on: date, *, stands_in: bool = False) -> tuple[Serving, ...]:
    held = [(each, each.holder(on)) for each in staff]
    return tuple(Serving(t.account, each.post.id, t.acting, stands_in) for each, t in held if t is not None)


def _in_force(on: date, path: str = "") -> Q:
    begun = Q(**{f"{path}valid_from__lte": on})
    return begun & (Q(**{f"{path}valid_to": None}) | Q(**{f"{path}valid_to__gt": on}))


def _unit(row: Unit) -> UnitView:
    return UnitView(
        row.pk, row.name, row.level, row.ground, row.kind, row.parent_id, row.valid_from, row.valid_to
    )
