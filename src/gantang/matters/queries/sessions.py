"""Sessions: of one matter, of a unit's days, of one's own post as a calendar, of whoever holds a code.

A list over many matters asks past the wall for ids alone (``matter_sessions_at``); what of them the actor
sees is then read with the wall up.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from gantang.kit import icalendar, numbers, scope
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import reading
from gantang.matters.models import Matter, Session
from gantang.matters.queries.finding import seen
from gantang.matters.queries.sight import parts, shared_with
from gantang.matters.rules import sessions
from gantang.matters.rules.sight import party_of
from gantang.matters.types import Clash, Planned, SessionView
from gantang.procedures import queries as procedures

#: A page shows no more sessions than this; a unit that holds more in six weeks narrows it to a week.
MOST = 400
#: A calendar of one's own tells of so much.
BEHIND, AHEAD = timedelta(days=31), timedelta(days=200)


def has_sessions(procedure_hash: str) -> bool:
    """Whether matters of this procedure are talked over in sessions."""
    return bool(record_move(procedure_hash))


def record_move(procedure_hash: str) -> str:
    """The move that writes down a session; "" for none."""
    return sessions.record_move(procedures.by_hash(procedure_hash))


def sessions_of(actor: Actor, matter: UUID) -> list[SessionView]:
    """The sessions of a matter in their order of time. Errors: MatterNotFoundError."""
    with reading(actor):
        row, _duties = seen(actor, matter)
        if party_of(actor) is not None:
            return []
        rows = Session.objects.filter(city=row.city, matter_id=row.id).order_by("starts_at", "no")
        return [_view(one, row) for one in rows]


def next_session(row: Matter, person: int, *, now: datetime) -> SessionView | None:
    """The next session that a person is to come to, of a row that was read in sight."""
    if row.ended_at is not None:
        return None
    rows = Session.objects.filter(city=row.city, matter_id=row.id, state=Session.PLANNED, ends_at__gt=now)
    found = (one for one in rows.order_by("starts_at") if person in one.people)
    return next((_view(one, row) for one in found), None)


def calendar(actor: Actor, since: datetime, until: datetime, *, own: bool = False) -> list[SessionView]:
    """The sessions of the actor's unit (or of its post alone) that begin in the span and lie in its sight."""
    if actor.unit is None:
        return []
    with reading(actor):
        found = _matters(actor, _ids(actor, since, until))
        scope.name(found)
        rows = Session.objects.filter(matter_id__in=list(found), starts_at__gte=since, starts_at__lt=until)
        mine = rows.filter(post=actor.post or 0) if own else rows.filter(unit=actor.unit)
        return [_view(one, found[one.matter_id]) for one in mine.order_by("starts_at", "id")[:MOST]]


def clashes(actor: Actor, plan: Planned, *, but: tuple[UUID, int] | None = None) -> list[Clash]:
    """What else is planned for the room or for whoever leads at that time; the number only of what the actor
    sees. ``but`` is the session that is being moved itself."""
    units = [plan.room[0]] if plan.room else []
    ids = _at(units, plan.post, plan.starts_at, plan.ends_at)
    with reading(actor):
        shown = {one.id: one.number for one in _matters(actor, ids).values()}
    with reading(SYSTEM, ids=ids):
        rows = Session.objects.filter(
            matter_id__in=ids, state=Session.PLANNED, starts_at__lt=plan.ends_at, ends_at__gt=plan.starts_at
        )
        found = [one for one in rows.order_by("starts_at", "id") if (one.matter_id, one.no) != but]
        ended = set(Matter.objects.filter(id__in=ids).exclude(ended_at=None).values_list("id", flat=True))
    return [
        Clash(what, one.starts_at, one.ends_at, shown.get(one.matter_id, ""))
        for one in found
        if one.matter_id not in ended
        for what in sessions.clashing(plan, room=_room(one), post=one.post)
    ]


def sessions_file(actor: Actor, *, now: datetime) -> bytes:
    """The sessions of the actor's own post for any calendar: a code and a link, and no word of anybody."""
    host = settings.GANTANG_URL.partition("://")[2]
    found = calendar(actor, now - BEHIND, now + AHEAD, own=True)
    return icalendar.book(_event(one, host, now) for one in found)


def _event(one: SessionView, host: str, now: datetime) -> icalendar.Event:
    number = numbers.show(one.number)
    return icalendar.Event(
        uid=f"{one.matter}-{one.no}@{host}",
        made_at=now,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        summary=_("调解 %(number)s") % {"number": number},
        place="",
        text=f"{settings.GANTANG_URL}/desk/matters/{one.number}/room/",
        cancelled=one.state == Session.CANCELLED or one.over,
        sequence=one.sequence,
    )


def _ids(actor: Actor, since: datetime, until: datetime) -> list[UUID]:
    return _at([actor.unit] if actor.unit else [], actor.post or 0, since, until)


def _at(units: Sequence[int], post: int, since: datetime, until: datetime) -> list[UUID]:
    """Ids of matters with a session of one of these units, in one of their rooms or led by the post."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT matter_sessions_at(%s::bigint[], %s::bigint, %s::timestamptz, %s::timestamptz)",
            [list(units), post, since, until],
        )
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def _matters(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Matter]:
    """Those of the matters that the actor sees, read with the wall up."""
    wanted = list(ids)
    if not wanted:
        return {}
    shared = [one for one in shared_with(actor) if one in set(wanted)]
    scope.name(shared)
    rows = [one for part in parts(actor, shared) for one in Matter.objects.filter(part, id__in=wanted)]
    return {one.id: one for one in rows}


def _view(one: Session, row: Matter) -> SessionView:
    return SessionView(
        matter=row.id,
        number=row.number,
        class_code=row.class_code,
        no=one.no,
        state=one.state,
        way=one.way,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        unit=one.unit,
        post=one.post,
        room=_room(one),
        people=tuple(one.people),
        sequence=one.sequence,
        reason=one.reason,
        over=row.ended_at is not None and one.state == Session.PLANNED,
    )


def _room(one: Session) -> tuple[int, int] | None:
    return None if one.room_unit is None or one.room is None else (one.room_unit, one.room)
