"""Somebody leaves: all posts at once, with whoever takes over, and the sign-in ends.

Work is never orphaned: a post that is left with nobody who can take its work, neither a successor nor a
colleague of the same duty nor the unit's leader, holds the leaving back. Work that the remits gave to
the post follows them (``remit.changed``); work that was given to it by name waits for its next holder,
and the unit's leader may do it meanwhile.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import Q

from gantang.identity import service as identity
from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import Work
from gantang.outbox import service as outbox
from gantang.outbox.types import Parcel
from gantang.posts import book, errors, rules
from gantang.posts.models import Appointment, Post
from gantang.posts.service import appointments, common, news
from gantang.posts.types import Left, Successor

DESTINATION, NEWS = "posts", "account.left"


def leave(
    *, actor: Actor, account: int, on: date, successors: Mapping[int, Successor] | None = None, now: datetime
) -> Left:
    """End all appointments of an account from ``on`` on; ``successors`` by post hold them from then on.

    The sign-in is barred, its sessions and the clients of its posts end: at once, or at the beginning
    of ``on``. Errors: OrphanedError, OverlapError, UnknownError, NotAdminError.
    """
    given, today = dict(successors or {}), now.astimezone(clock.ZONE).date()
    with common.change(actor, book.STAFF) as w:
        ended = _end(w, account, on, now)
        left = {one.post for one in ended if not one.acting}
        for post in left:
            if post.pk in given:
                _succeed(w, post, given[post.pk], on, now)
        _refuse_orphans([post for post in left if post.pk not in given], on)
        news.remits_changed(w, [(ground, on) for ground in _grounds(left, on)], now)
        posts = sorted({one.post_id for one in ended})
        if on <= today:
            end_sign_in(actor=actor, account=account, posts=posts, now=now)
        else:
            _later(w, account, posts, on, now)
    return Left(account, tuple(one.pk for one in ended), tuple(posts), on)


def end_sign_in(*, actor: Actor, account: int, posts: list[int], now: datetime) -> None:
    """Bar an account, end its sessions, take back the tokens of its posts' clients."""
    identity.disable(actor=actor, account=account, now=now)
    identity.end_sessions(actor=actor, account=account, now=now)
    for post in posts:
        identity.disable_clients_of(actor=actor, post=post, now=now)


def take(parcel: Parcel) -> None:
    """The day has come on which somebody left; whoever was appointed anew meanwhile stays."""
    account, posts = int(parcel.refs["account"]), [int(one) for one in parcel.refs["posts"]]
    now = clock.now()
    today = now.astimezone(clock.ZONE).date()
    held = Appointment.objects.filter(account=account, valid_from__lte=today)
    if not held.filter(Q(valid_to=None) | Q(valid_to__gt=today)).exists():
        end_sign_in(actor=SYSTEM, account=account, posts=posts, now=now)


def _end(w: Work, account: int, on: date, now: datetime) -> list[Appointment]:
    rows = Appointment.objects.select_related("post__unit").filter(account=account)
    ended = [one for one in rows if one.valid_to is None or one.valid_to > on]
    for one in ended:
        one.valid_to = max(on, one.valid_from)
        Appointment.objects.filter(pk=one.pk).update(valid_to=one.valid_to)
        common.record(w, appointments.ended_entry(one, one.post.unit.ground), now)
    return ended


def _succeed(w: Work, post: Post, next_: Successor, on: date, now: datetime) -> None:
    made = Appointment(post=post, account=next_.account, acting=next_.acting, valid_from=on)
    made.save(force_insert=True)
    common.record(w, appointments.entry(made, post.unit.ground), now)


def _refuse_orphans(left: list[Post], on: date) -> None:
    """Errors: OrphanedError, naming every post that nobody can take over from."""
    units = {post.unit_id for post in left}
    staff = book.opened()
    staff.staff.clear()  # as it is in this transaction, not as it was kept
    orphans = [
        post
        for unit in sorted(units)
        for post in left
        if post.unit_id == unit and not rules.is_covered(post.pk, staff.seats(unit, on))
    ]
    if orphans:
        raise errors.OrphanedError([f"{post.unit.name} {post.title}" for post in orphans])


def _grounds(left: set[Post], on: date) -> list[str]:
    """Where the work of these posts may lie: on the ground of their units' remits."""
    remits = book.opened().remits
    return [
        rules.narrowed(remit.ground, post.ground) or remit.ground
        for post in left
        for remit in remits.of_unit(post.unit_id, on)
    ]


def _later(w: Work, account: int, posts: list[int], on: date, now: datetime) -> None:
    outbox.put(
        w,
        destination=DESTINATION,
        kind=NEWS,
        city=keys.home(),
        stream=keys.mint(keys.home(), now),
        version=1,
        refs={"account": account, "posts": posts},
        now=now,
        after=datetime.combine(on, time(), clock.ZONE),
    )
