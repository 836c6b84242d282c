"""Publishing an edition of figures: counted from the tallies, covered, frozen.

Counting a city's year takes seconds, so an administering post orders an edition (`service.orders`) and the
worker makes it; nothing is locked while it is counted and covered.
"""

from datetime import date, datetime

from django.db import connection

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.posts import queries as posts
from gantang.reception import errors
from gantang.reception.models import Edition
from gantang.reception.rules import figures as rules
from gantang.reception.service import counting
from gantang.reception.service.common import must_administer, record_figures

#: One edition after another, whoever publishes: two at once could not be checked against each other.
_ONE = "SELECT pg_advisory_xact_lock(hashtext('reception.figures'))"


def publish(*, actor: Actor, since: date, until: date, now: datetime) -> int:
    """Publish the figures of the actor's own ground for whole months that are over, at once; the edition's
    id. The same months again are a correction, checked together with every edition before it.

    Errors: NotAdminError; PeriodError for months that are not whole, not over, too many, or cut an earlier
    edition; LinkedError where a wider or deeper ground has published some of them.
    """
    ground = may_publish(actor, since, until, now)
    row = None
    while row is None:
        made = counting.draft(ground, since, until)
        with work(actor) as w:
            row = freeze(w, made, now)
    return int(row.pk)


def may_publish(actor: Actor, since: date, until: date, now: datetime) -> str:
    """The ground that the actor publishes for. Errors: as ``publish``."""
    must_administer(actor)
    ground = _ground(actor)
    if not _fits(since, until, now):
        raise errors.PeriodError
    counting.editions_before(ground, since, until)
    return ground


def freeze(w: Work, made: counting.Draft, now: datetime) -> Edition | None:
    """The draft as an edition; None where another came out since, so that it has to be covered anew.

    Errors: PeriodError, LinkedError.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE)
    before = counting.editions_before(made.ground, made.since, made.until)
    if tuple(one.pk for one in before) != made.before:
        return None
    row = Edition(
        ground=made.ground,
        since=made.since,
        until=made.until,
        number=len(before) + 1,
        made_at=now,
        **made.table,
    )
    w.add(row)
    w.flush()
    _record(w, row, now)
    return row


def _ground(actor: Actor) -> str:
    if actor.unit is None:
        raise errors.NotAdminError
    return posts.unit(actor.unit).ground


def _fits(since: date, until: date, now: datetime) -> bool:
    """Whole months, one to twelve, all of them over."""
    whole = since.day == 1 and until.day == 1 and since <= until
    return (
        whole and len(rules.months(since, until)) <= rules.MOST_MONTHS and rules.last_of(until) < now.date()
    )


def _record(w: Work, row: Edition, now: datetime) -> None:
    data = {
        "since": rules.code_of(row.since),
        "until": rules.code_of(row.until),
        "edition": row.number,
        "left_out": sum(len(cells) for cells in row.left_out.values()),
    }
    record_figures(
        w,
        (keys.city_on(row.ground), ledger.stream_of("figures", row.ground), row.ground),
        "published",
        data,
        now,
    )
