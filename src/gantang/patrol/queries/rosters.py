"""Rosters, their shifts, what waits for a decision; one's own shifts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from gantang.kit import icalendar
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.patrol.errors import NoneSuchError
from gantang.patrol.models import Concern, Roster, Shift
from gantang.patrol.queries.shaping import shift_of, whole_of
from gantang.patrol.queries.things import seen
from gantang.patrol.rules.keeping import unpacked
from gantang.patrol.rules.reading import plan_of
from gantang.patrol.sight import seeing
from gantang.patrol.types import ConcernView, RosterView, ShiftView
from gantang.patrol.wording import KIND_WORDS

MOST = 200


def rosters(actor: Actor) -> list[RosterView]:
    """The newest."""
    with reading(seeing(actor)):
        rows = list(seen(actor, Roster.objects.all()).order_by("-asked_at", "-id")[:20])
    return [_roster(one) for one in rows]


def roster(actor: Actor, number: UUID) -> RosterView:
    """One of them. Errors: NoneSuchError."""
    with reading(seeing(actor)):
        row = seen(actor, Roster.objects.filter(pk=number)).first()
    if row is None:
        raise NoneSuchError
    return _roster(row)


def shifts(actor: Actor, *, since: datetime, until: datetime) -> list[ShiftView]:
    """Those that overlap a span, in their order."""
    with reading(seeing(actor)):
        rows = seen(actor, Shift.objects.filter(starts_at__lt=until, ends_at__gt=since))
        return [shift_of(one) for one in whole_of(rows).order_by("starts_at", "id")[:MOST]]


def shift(actor: Actor, number: UUID) -> ShiftView:
    """One of them. Errors: NoneSuchError."""
    with reading(seeing(actor)):
        row = whole_of(seen(actor, Shift.objects.filter(pk=number))).first()
        if row is None:
            raise NoneSuchError
        return shift_of(row)


def shifts_by(actor: Actor, numbers: Iterable[UUID]) -> dict[UUID, ShiftView]:
    """Those of these that the actor sees, in one look."""
    with reading(seeing(actor)):
        rows = seen(actor, Shift.objects.filter(pk__in=set(numbers)))
        return {one.id: shift_of(one) for one in whole_of(rows)}


def mine(actor: Actor, *, now: datetime) -> list[ShiftView]:
    """The shifts to come of the actor's own post, cancelled ones too."""
    with reading(seeing(actor)):
        rows = seen(actor, Shift.objects.filter(crew__post=actor.post or 0, ends_at__gt=now))
        return [shift_of(one) for one in whole_of(rows).order_by("starts_at", "id")[:MOST]]


def concerns(actor: Actor) -> list[ConcernView]:
    """What waits for a decision, the shifts that begin first before the others."""
    with reading(seeing(actor)):
        rows = seen(actor, Concern.objects.filter(state=Concern.OPEN))
        found = list(rows.order_by("shift__starts_at", "id")[:MOST])
    return [
        ConcernView(one.id, one.shift_id, one.kind, one.thing, one.level, one.state, one.found_at)
        for one in found
    ]


def calendar(actor: Actor, names: dict[UUID, str], *, now: datetime) -> bytes:
    """One's own shifts to come, for any calendar; ``names``: of points and vessels."""
    host = settings.GANTANG_URL.partition("://")[2]
    events = [
        icalendar.Event(
            uid=f"{one.id}@{host}",
            made_at=now,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            summary=_("巡逻%(kind)s") % {"kind": KIND_WORDS.get(one.kind, one.kind)},
            place=names.get(one.point, ""),
            text=names.get(one.vessel, "") if one.vessel else "",
            cancelled=one.state == Shift.CANCELLED,
            sequence=int(one.state == Shift.CANCELLED),
        )
        for one in mine(actor, now=now)
    ]
    return icalendar.book(events)


def _roster(one: Roster) -> RosterView:
    found = None if one.found is None else unpacked(one.found)
    plan = plan_of(one.plan)
    moments = one.asked_by, one.asked_at, one.issued_at
    return RosterView(one.id, one.ground, one.first, one.days, one.state, plan, found, *moments)
