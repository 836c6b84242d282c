"""Editions that were ordered and are made by the worker, with how far each is.

An order is taken by one worker at a time: whoever has not told anything of it for ``LEASE`` is gone, and the
next one begins again. Killed at any moment, or made by two at once, an order gives one edition: the last step
looks at the order under its lock.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from gantang.kit import keys, trouble
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.ledger import service as ledger
from gantang.reception.models import EditionOrder
from gantang.reception.rules import figures as rules
from gantang.reception.service import counting
from gantang.reception.service.common import record_figures
from gantang.reception.service.figures import freeze, may_publish

JOB = "figures"
LEASE = timedelta(minutes=2)
WAITING, WORKING, DONE, REFUSED = EditionOrder.STATES


def order_edition(*, actor: Actor, since: date, until: date, key: str, now: datetime) -> int:
    """Order an edition of the actor's own ground, to be made by the worker; the order's id. The same key, or
    the same months while they are in work, give the same order.

    Errors: NotAdminError, PeriodError, LinkedError.
    """
    ground = may_publish(actor, since, until, now)
    months = {"since": rules.code_of(since), "until": rules.code_of(until)}
    with work(actor) as w:
        claim = once(w, actor=actor, key=key, body={"figures": ground, **months})
        if claim.again:
            return int(claim.ref["order"])
        row, new = EditionOrder.objects.get_or_create(
            ground=ground,
            since=since,
            until=until,
            state__in=(WAITING, WORKING),
            defaults={"state": WAITING, "asked_at": now, "of": counting.steps(since, until)},
        )
        if new:
            stream = (keys.city_on(ground), ledger.stream_of("figures", ground), ground)
            record_figures(w, stream, "asked", {**months, "order": row.pk}, now)
        claim.keep(202, {"order": row.pk})
    return int(row.pk)


def make_due(*, clock: Callable[[], datetime]) -> int:
    """The worker's turn: make what was ordered, the oldest first; how many came out."""
    orders = EditionOrder.objects.filter(_free(clock())).order_by("pk").values_list("pk", flat=True)
    return trouble.attempt_each(JOB, orders, clock, lambda order: make(order, clock))


def make(order: int, clock: Callable[[], datetime]) -> bool:
    """Make one order, unless somebody else is at it; whether its edition came out. What the rules forbid
    meanwhile ends the order, with its reason."""
    taken = EditionOrder.objects.filter(_free(clock()), pk=order).update(
        state=WORKING, done=0, told_at=clock()
    )
    if not taken:
        return False
    row = EditionOrder.objects.get(pk=order)
    try:
        while not _came_out(row, _draft(row, clock), clock()):
            pass
    except GantangError as error:
        _open(row).update(state=REFUSED, why=error.code)
        return False
    return True


def _free(now: datetime) -> Q:
    return Q(state=WAITING) | Q(state=WORKING, told_at__lt=now - LEASE)


def _open(row: EditionOrder) -> QuerySet[EditionOrder]:
    return EditionOrder.objects.filter(pk=row.pk, state=WORKING)


def _draft(row: EditionOrder, clock: Callable[[], datetime]) -> counting.Draft:
    def tell(done: int) -> None:
        _open(row).update(done=done, told_at=clock())

    return counting.draft(row.ground, row.since, row.until, tell)


def _came_out(row: EditionOrder, made: counting.Draft, now: datetime) -> bool:
    """Whether the order is over: its edition is there, this one or another worker's."""
    with work(Actor(client=f"figures:{row.pk}")) as w:
        if not _open(row).select_for_update().exists():
            return True
        edition = freeze(w, made, now)
        if edition is not None:
            _open(row).update(state=DONE, edition=edition)
        return edition is not None
