"""Who answers for what, and why. Resolving costs one small query for the state of the book, and none for
each matter after that (``resolver``).
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from gantang.posts import book as kept
from gantang.posts import rules
from gantang.posts.errors import TieError, UnknownError
from gantang.posts.models import Remit
from gantang.posts.queries.listing import post
from gantang.posts.types import Answering, Reason, RemitChange, RemitView, Serving


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

    def has_post(self, *, unit: int, duty: str) -> bool:
        """Whether a unit has a post of that duty, held or vacant: without one its remit is nobody's."""
        return any(duty in one.duties for one in self._book.seats(unit, self._on) if one.unit == unit)

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


def why(*, klass: str, ground: str, duty: str, on: date) -> Reason:
    """Who answers here for this, and why: by which remit, before which others, in which post.

    Errors: TieError, naming both.
    """
    resolver_ = resolver(on)
    found = resolver_.answering(klass=klass, ground=ground, duty=duty)
    if found is None:
        return Reason(klass, ground, duty, None, None)
    first, *behind = kept.opened().remits.behind(klass=klass, ground=ground, duty=duty, on=on)
    serving_ = resolver_.serving(unit=found.unit, post=found.post, duty=duty)
    own = found.post is not None and duty in post(found.post).duties
    return Reason(klass, ground, duty, found, first, tuple(behind), rules.seat_word(found, serving_, own=own))


def proposed(changes: Iterable[RemitChange], on: date) -> Resolver:
    """As ``resolver``, as it would be with these changes made: before they are."""
    given = list(changes)
    taken = {(one.klass, one.ground, one.duty) for one in given}
    book = kept.opened()
    kept_ = [r for r in book.remits if (r.klass, r.ground, r.duty) not in taken]
    made = rules.Remits([*kept_, *(one.after for one in given if one.after is not None)])
    return Resolver(kept.Book(made, 0, 0, staff=book.staff, unit_of=book.unit_of), on)


def remit_changes(before: date, after: date, *, ground: str = "") -> list[RemitChange]:
    """What the remits on a ground and below it say on one day and another, where they differ."""
    found = (one for one in kept.opened().remits if one.ground.startswith(ground))
    return rules.changes(found, before, after)


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


def _serving(staff: Iterable[kept.Staffed], on: date, *, stands_in: bool = False) -> tuple[Serving, ...]:
    held = [(each, each.holder(on)) for each in staff]
    return tuple(Serving(t.account, each.post.id, t.acting, stands_in) for each, t in held if t is not None)
