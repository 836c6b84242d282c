"""Notices, for everybody; comments, for those who answer for them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.errors import NotFoundError
from gantang.matters import queries as matters
from gantang.reception.errors import NoNoticeError, NotHolderError
from gantang.reception.models import Comment, Notice
from gantang.reception.types import NoticeView
from gantang.vault import service as vault
from gantang.vault.types import Opened

MOST = 60


def notices(*, now: datetime, ground: str = "", withdrawn: bool = False) -> list[NoticeView]:
    """The notices of a ground and below it: those open for comments first, the nearest end first."""
    rows = Notice.objects.filter(ground__startswith=ground).annotate(n=Count("comments"))
    rows = rows if withdrawn else rows.filter(withdrawn_at=None)
    found = [_view(row) for row in rows.order_by("-until", "id")[:MOST]]
    return sorted(found, key=lambda one: (one.until <= now, abs((one.until - now).total_seconds())))


def notice(number: UUID) -> NoticeView:
    """One of them. Errors: NoNoticeError."""
    row = Notice.objects.filter(pk=number, withdrawn_at=None).annotate(n=Count("comments")).first()
    if row is None:
        raise NoNoticeError
    return _view(row)


def may_read(actor: Actor, one: NoticeView, *, now: datetime) -> bool:
    """Whether the actor reads the comments and may say what came of them."""
    return _holds(actor, one.unit, one.matter, now)


def comments(actor: Actor, number: UUID, *, now: datetime) -> Sequence[Opened]:
    """The words of every comment in order, logged once a day for each account. Errors: NoNoticeError,
    NotHolderError."""
    row = Notice.objects.filter(pk=number).first()
    if row is None:
        raise NoNoticeError
    if not holds(actor, row, now):
        raise NotHolderError
    ids = list(Comment.objects.filter(notice=row).order_by("made_at", "id").values_list("entry", flat=True))
    city = keys.city_of(number)
    return vault.open_texts(actor=actor, city=city, matter=number, ids=ids, holds_duty=True, now=now)


def holds(actor: Actor, row: Notice, now: datetime) -> bool:
    """A duty on the notice's matter; without a matter, a post of the unit that published it."""
    return _holds(actor, row.unit, row.matter, now)


def _holds(actor: Actor, unit: int, matter: UUID | None, now: datetime) -> bool:
    if matter is None:
        return actor.unit == unit
    try:
        return bool(matters.get(actor, matter, now=now).duties)
    except NotFoundError:
        return False


def _view(row: Notice) -> NoticeView:
    return NoticeView(
        row.id,
        row.unit,
        row.ground,
        row.title,
        row.text,
        row.link,
        row.basis,
        row.since.astimezone(clock.ZONE),
        row.until.astimezone(clock.ZONE),
        row.span,
        row.summary,
        row.withdrawn_at is not None,
        int(getattr(row, "n", 0)),
        row.matter,
        row.city,
    )
