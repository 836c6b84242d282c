"""What the outbox shows: to administrators, codes and ids only."""

from collections import Counter
from datetime import datetime

from django.db.models import Count, Min, Q, Sum

from gantang.kit import crypto
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.outbox.models import Row, Webhook
from gantang.outbox.service.hooks import TEST
from gantang.outbox.service.webhooks import FAMILY, destination
from gantang.outbox.types import Backlog, DeadLetter, Receiver


def dead(actor: Actor, *, limit: int = 100) -> list[DeadLetter]:
    """The rows that were given up, newest first."""
    _only_admin(actor)
    rows = Row.objects.filter(state=Row.DEAD).order_by("-settled_at")[:limit]
    return [
        DeadLetter(
            r.id,
            r.destination,
            r.kind,
            r.city,
            r.stream,
            r.version,
            r.attempts,
            r.error_code,
            r.created_at,
            r.settled_at,
        )
        for r in rows
    ]


def backlog(actor: Actor) -> list[Backlog]:
    """Per destination what waits, what is dead, and since when the oldest waits."""
    _only_admin(actor)
    return standing()


def standing() -> list[Backlog]:
    """The same for the machine's own figures."""
    waiting, lost = Q(state=Row.WAITING), Q(state=Row.DEAD)
    found = (
        Row.objects.filter(waiting | lost)
        .values("destination")
        .annotate(
            n=Count("id", filter=waiting),
            m=Count("id", filter=lost),
            oldest=Min("created_at", filter=waiting),
            due=Min("next_at", filter=waiting),
        )
        .order_by("destination")
    )
    return [Backlog(each["destination"], each["n"], each["m"], each["oldest"], each["due"]) for each in found]


def answers_lost(actor: Actor) -> dict[str, int]:
    """Per destination how many answers were lost: so often, at most, a thing that is kept arrived twice."""
    _only_admin(actor)
    found = Row.objects.filter(unsure__gt=0).values_list("destination").annotate(Sum("unsure"))
    return dict(found)


def webhooks(actor: Actor) -> list[Receiver]:
    """The receivers outside, ended ones too, each with how its news stands."""
    _only_admin(actor)
    rows = (
        Row.objects.filter(destination__startswith=f"{FAMILY}.")
        .values("destination")
        .annotate(
            waiting=Count("id", filter=Q(state=Row.WAITING)),
            dead=Count("id", filter=Q(state=Row.DEAD)),
            unsure=Sum("unsure"),
        )
    )
    stand = {row["destination"]: (row["waiting"], row["dead"], row["unsure"]) for row in rows}
    tests = _tests()
    return [
        Receiver(
            one.pk,
            one.address,
            tuple(one.kinds),
            one.ground,
            one.basis,
            one.created_at,
            one.ended_at,
            one.ended_why,
            *stand.get(destination(one.pk), (0, 0, 0)),
            one.paused_at,
            one.old_until,
            *tests.get(destination(one.pk), ("", "", None)),
        )
        for one in Webhook.objects.order_by("id")
    ]


def _tests() -> dict[str, tuple[str, str, datetime]]:
    """How the last test of each receiver stands."""
    rows = Row.objects.filter(kind=TEST, destination__startswith=f"{FAMILY}.")
    last = rows.order_by("destination", "-created_at").distinct("destination")
    return {one.destination: (one.state, one.error_code, one.created_at) for one in last}


def _only_admin(actor: Actor) -> None:
    if not actor.admin:
        raise ForbiddenError


def secrets_by_master() -> dict[int, int]:
    """By number of the master key, how many secrets it wraps."""
    rows = Webhook.objects.values_list("secret", "old_secret")
    return Counter(crypto.master_of(bytes(one)) for row in rows for one in row if one)
