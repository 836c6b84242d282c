"""Who holds a post, since when and until when."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gantang.identity import service as identity
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.posts import errors
from gantang.posts.book import STAFF
from gantang.posts.models import Appointment, Post
from gantang.posts.service import common
from gantang.posts.service.units import found_post


def appoint(
    *,
    actor: Actor,
    post: int,
    account: int,
    valid_from: date,
    valid_to: date | None = None,
    acting: bool = False,
    now: datetime,
) -> int:
    """Give a post to an account, or let the account act for it. Returns the appointment's id.

    Raises ``OverlapError`` when somebody else holds it (or acts for it) at the time.
    """
    common.check_dates(valid_from, valid_to)
    with common.change(actor, STAFF) as w:
        row = found_post(post)
        made = Appointment(post=row, account=account, valid_from=valid_from, valid_to=valid_to, acting=acting)
        made.save(force_insert=True)
        common.record(w, entry(made, row.unit.ground), now)
    return made.pk


def appoint_many(
    *, actor: Actor, holders: Sequence[tuple[int, int]], valid_from: date, now: datetime
) -> list[int]:
    """Give many posts at once, as (post, account). Returns the appointments' ids."""
    with common.change(actor, STAFF):
        grounds = dict(
            Post.objects.filter(pk__in=[post for post, _ in holders]).values_list("pk", "unit__ground")
        )
        rows = [
            Appointment(post_id=post, account=account, valid_from=valid_from) for post, account in holders
        ]
        for row in rows:
            if row.post_id not in grounds:
                raise errors.UnknownError(_("岗位"), row.post_id)
        Appointment.objects.bulk_create(rows, batch_size=1000)
        common.record_many(actor, [entry(row, grounds[row.post_id]) for row in rows], now)
    return [row.pk for row in rows]


def end_appointment(*, actor: Actor, appointment: int, valid_to: date, now: datetime) -> None:
    """End an appointment from ``valid_to`` on; the account's sight is gone at its next request, and where it
    holds no other post, its sessions end."""
    with common.change(actor, STAFF) as w:
        row = _found(appointment)
        _end(w, row, valid_to, now)
        today = now.astimezone(clock.ZONE).date()
        if valid_to <= today and not _holds_any(row.account, today):
            identity.end_sessions(actor=actor, account=row.account, now=now)


def transfer(*, actor: Actor, appointment: int, post: int, valid_from: date, now: datetime) -> int:
    """Move whoever holds an appointment to another post from a day on, in one step: the sign-in goes on, with
    the sight of the new post alone. Returns the new appointment's id.

    Raises ``OverlapError`` when somebody else holds the new post.
    """
    with common.change(actor, STAFF) as w:
        row, next_ = _found(appointment), found_post(post)
        _end(w, row, valid_from, now)
        made = Appointment(post=next_, account=row.account, valid_from=valid_from, acting=row.acting)
        made.save(force_insert=True)
        common.record(w, entry(made, next_.unit.ground), now)
    return made.pk


def _found(number: int) -> Appointment:
    row = Appointment.objects.select_related("post__unit").filter(pk=number).first()
    if row is None:
        raise errors.UnknownError(_("任职"), number)
    return row


def _end(w: Work, row: Appointment, valid_to: date, now: datetime) -> None:
    common.check_dates(row.valid_from, valid_to)
    row.valid_to = valid_to
    Appointment.objects.filter(pk=row.pk).update(valid_to=valid_to)
    common.record(w, ended_entry(row, row.post.unit.ground), now)


def _holds_any(account: int, on: date) -> bool:
    rows = Appointment.objects.filter(account=account, valid_from__lte=on)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).exists()


def entry(row: Appointment, ground: str) -> common.Entry:
    """Appointments are recorded in the stream of their post."""
    data = {
        "appointment": row.pk,
        "account": row.account,
        "acting": row.acting,
        "from": common.day(row.valid_from),
        "to": common.day(row.valid_to),
    }
    return common.Entry("post", row.post_id, ground, "appointed", data)


def ended_entry(row: Appointment, ground: str) -> common.Entry:
    """The end of an appointment, in the stream of its post."""
    data = {"appointment": row.pk, "account": row.account, "to": common.day(row.valid_to)}
    return common.Entry("post", row.post_id, ground, "holder_ended", data)
