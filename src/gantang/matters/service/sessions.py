"""Sessions of a matter: planned, moved, cancelled with a reason, held with their record. Each is a step."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters import announcing, notices
from gantang.matters.errors import MatterNotFoundError, SessionInvalidError, SessionOverError, unfit
from gantang.matters.models import Party, Session
from gantang.matters.rules import parties, sessions
from gantang.matters.rules.sight import FOLLOWER, party_of
from gantang.matters.service import record
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import Planned
from gantang.posts import queries as posts

Does = Callable[[Work, Taken], int]


def plan_session(*, actor: Actor, matter: UUID, plan: Planned, key: str, now: datetime) -> int:
    """Plan a session; its number in the matter. What else is at that time is told by ``queries.clashes`` and
    hinders nothing. Errors: MatterNotFoundError, ForbiddenError (no such duty, the matter is over, or its
    procedure holds no sessions), SessionInvalidError."""
    body = {"session": str(matter), "plan": said_of(plan)}
    return _once(actor, matter, body, key, now, lambda w, taken: _plan(w, taken, plan))


def move_session(
    *, actor: Actor, matter: UUID, session: int, plan: Planned, reason: str, key: str, now: datetime
) -> int:
    """Put a planned session to another time or place, with the reason (``types.MOVED_FOR``). Errors: as
    ``plan_session``, SessionOverError for one that was held or cancelled."""
    body = {"session": str(matter), "no": session, "plan": said_of(plan), "reason": reason}

    def do(w: Work, taken: Taken) -> int:
        row = _standing(taken, session)
        _check(taken, plan, reason=reason)
        before = tuple(row.people)
        for name, value in columns_of(plan, taken.actor).items():
            setattr(row, name, value)
        _changed(w, taken, row, "session_moved", reason, said_of(plan))
        return _tell(w, taken, row, "session_moved", (*before, *plan.people))

    return _once(actor, matter, body, key, now, do)


def cancel_session(*, actor: Actor, matter: UUID, session: int, reason: str, key: str, now: datetime) -> int:
    """Cancel a planned session, with the reason. Errors: as ``move_session``."""
    body = {"session": str(matter), "no": session, "cancel": reason}

    def do(w: Work, taken: Taken) -> int:
        row = _standing(taken, session)
        _refuse(list(sessions.reason_faults(reason)))
        row.state = Session.CANCELLED
        _changed(w, taken, row, "session_cancelled", reason, {})
        return _tell(w, taken, row, "session_cancelled", row.people)

    return _once(actor, matter, body, key, now, do)


def held(w: Work, taken: Taken, session: int, move: str) -> None:
    """Note with the move that writes a session's record that it was held. Errors: SessionInvalidError where
    it is another move, SessionOverError."""
    if move != sessions.record_move(taken.procedure):
        raise unfit([("session", "no_sessions")], SessionInvalidError)
    row = _standing(taken, session)
    row.state = Session.HELD
    _changed(w, taken, row, "session_held", "", {})


def _once(actor: Actor, matter: UUID, body: Mapping[str, Any], key: str, now: datetime, do: Does) -> int:
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return int(claim.ref["session"])
        taken = _taken(actor, matter, now)
        no = do(w, taken)
        claim.keep(200, {"city": taken.row.city, "matter": str(matter), "session": no})
    return no


def _taken(actor: Actor, matter: UUID, now: datetime) -> Taken:
    """The matter, for staff who enter its parties, while it is open and of a kind that is mediated."""
    taken = take(actor, matter, now=now)
    if party_of(actor) is not None or taken.case.is_closed or not parties.may_enter(taken.duties):
        raise ForbiddenError
    if not sessions.record_move(taken.procedure):
        raise ForbiddenError
    return taken


def _plan(w: Work, taken: Taken, plan: Planned) -> int:
    _check(taken, plan)
    row = taken.row
    known = Session.objects.filter(city=row.city, matter_id=row.id)
    no = 1 + max(known.values_list("no", flat=True), default=0)
    made = Session(
        city=row.city,
        id=keys.mint(row.city, taken.now),
        matter_id=row.id,
        no=no,
        changed_at=taken.now,
        **columns_of(plan, taken.actor),
    )
    w.add(made)
    _record(w, taken, "session_planned", {"session": no, **said_of(plan)})
    _tell(w, taken, made, "session_planned", plan.people)
    return no


def columns_of(plan: Planned, actor: Actor) -> dict[str, Any]:
    """A plan as the columns of its row; the session is the actor's unit's."""
    room = plan.room or (None, None)
    return {
        "way": plan.way,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "unit": actor.unit,
        "post": plan.post,
        "room_unit": room[0],
        "room": room[1],
        "people": list(plan.people),
    }


def said_of(plan: Planned) -> dict[str, Any]:
    """What a step says of a plan."""
    return {
        "starts_at": plan.starts_at.isoformat(),
        "ends_at": plan.ends_at.isoformat(),
        "way": plan.way,
        "leads": plan.post,
        "room": list(plan.room) if plan.room else None,
        "people_to_come": list(plan.people),
    }


def _check(taken: Taken, plan: Planned, *, reason: str | None = None) -> None:
    unit = taken.actor.unit
    if unit is None:
        raise ForbiddenError
    people = Party.objects.filter(city=taken.row.city, matter_id=taken.row.id).exclude(role=FOLLOWER)
    known = {one.id for one in posts.posts(unit, taken.now.date())}
    wrong = list(sessions.faults(plan, set(people.values_list("no", flat=True)), known, taken.now))
    if plan.room is not None and plan.room[0] not in posts.unit_names([plan.room[0]]):
        wrong.append(("room", "unknown_room"))
    _refuse([*wrong, *(sessions.reason_faults(reason) if reason is not None else ())])


def _refuse(wrong: list[sessions.Fault]) -> None:
    if wrong:
        raise unfit(wrong, SessionInvalidError)


def _standing(taken: Taken, session: int) -> Session:
    """A session that is still to be held. Errors: MatterNotFoundError, SessionOverError."""
    row = Session.objects.filter(city=taken.row.city, matter_id=taken.row.id, no=session).first()
    if row is None:
        raise MatterNotFoundError
    if row.state != Session.PLANNED:
        raise SessionOverError
    return row


def _changed(w: Work, taken: Taken, row: Session, step: str, reason: str, said: Mapping[str, Any]) -> None:
    row.sequence += 1
    row.reason, row.changed_at = reason, taken.now
    w.change(row, [*columns_of_row(), "state", "sequence", "reason", "changed_at"])
    _record(w, taken, step, {"session": row.no, **({"reason": reason} if reason else {}), **said})


def _tell(w: Work, taken: Taken, row: Session, step: str, people: Iterable[int]) -> int:
    """Those who are, or were, to come hear of it, and whoever ordered such news; the session's number."""
    notices.session(w, taken.row, step, row.no, tuple(people), now=taken.now)
    announcing.tell_session(w, taken.row, step, row.starts_at, now=taken.now)
    return row.no


def columns_of_row() -> tuple[str, ...]:
    """The columns that a plan fills."""
    return ("way", "starts_at", "ends_at", "unit", "post", "room_unit", "room", "people")


def _record(w: Work, taken: Taken, name: str, data: dict[str, Any]) -> None:
    by = {"unit": taken.actor.unit, "post": taken.actor.post}
    said = {"at": taken.now.isoformat(), "by": by, **data}
    record.record(w, taken.row, [(name, said)], actor=taken.actor, now=taken.now)
