"""The register of what people asked about their own data: received, taken on, answered or refused with a
reason. Each is a step; no step, and no row, says of whom."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import Work, reading, work
from gantang.ledger import service as ledger
from gantang.matters.errors import (
    AnswerInvalidError,
    AskingOverError,
    MatterNotFoundError,
    NotPrivacyError,
    unfit,
)
from gantang.matters.models import Asking
from gantang.matters.queries.finding import key_of, seen
from gantang.matters.queries.subject import PRIVACY
from gantang.matters.rules import askings
from gantang.matters.types import NewAsking
from gantang.posts import queries as posts


def receive_asking(*, actor: Actor, asking: NewAsking, key: str, now: datetime) -> UUID:
    """Enter what a person asked; the key of its line. Errors: NotPrivacyError, AnswerInvalidError,
    MatterNotFoundError for a matter out of sight."""
    if wrong := list(askings.faults(asking, now.astimezone(clock.ZONE).date())):
        raise unfit(wrong, AnswerInvalidError)
    asking = replace(asking, matter_number=_number(actor, asking.matter_number))
    with work(actor) as w:
        body = {"asking": asking.kind, "way": asking.way, "on": asking.received_on.isoformat()}
        claim = once(w, actor=actor, key=key, body={**body, "matter": asking.matter_number})
        if claim.again:
            return UUID(claim.ref["asking"])
        row = _row(actor, asking, now)
        w.name([row.id])
        w.add(row)
        _noted(w, "asking.received", row, {"kind": row.kind, "way": row.way}, now)
        claim.keep(201, {"asking": str(row.id)})
    return row.id


def take_asking(*, actor: Actor, asking: UUID, key: str, now: datetime) -> None:
    """The actor's post answers it from now on. Errors: MatterNotFoundError, AskingOverError."""

    def do(w: Work, row: Asking) -> None:
        row.state, row.post = Asking.TAKEN, actor.post
        w.change(row, ["state", "post"])
        _noted(w, "asking.taken", row, {"post": actor.post}, now)

    _once(actor, asking, Asking.TAKEN, "", key, do)


def answer_asking(*, actor: Actor, asking: UUID, because: str | None = None, key: str, now: datetime) -> None:
    """It was answered; with ``because`` (``types.NOT_DONE``) it was refused, for that reason. Errors:
    MatterNotFoundError, AskingOverError, AnswerInvalidError."""
    if wrong := list(askings.end_faults(because)):
        raise unfit(wrong, AnswerInvalidError)
    state, because = (Asking.REFUSED, because) if because else (Asking.ANSWERED, "")

    def do(w: Work, row: Asking) -> None:
        row.state, row.because, row.answered_at = state, because, now
        row.post = row.post or actor.post
        w.change(row, ["state", "because", "answered_at", "post"])
        _noted(w, "asking.refused" if because else "asking.answered", row, {"because": because}, now)

    _once(actor, asking, state, because, key, do)


def _number(actor: Actor, typed: str) -> str:
    """The number of a matter in sight as it is kept; "" for none. Errors: MatterNotFoundError."""
    if not typed:
        return ""
    with reading(actor):
        return seen(actor, key_of(typed))[0].number


def _once(
    actor: Actor, asking: UUID, state: str, because: str, key: str, do: Callable[[Work, Asking], None]
) -> None:
    with work(actor, ids=[asking]) as w:
        claim = once(w, actor=actor, key=key, body={"asking": str(asking), "to": state, "because": because})
        if claim.again:
            return
        row = Asking.objects.select_for_update().filter(pk=asking).first()
        if row is None or not holds(actor, row.scope):
            raise MatterNotFoundError
        if not askings.may_become(row.state, state):
            raise AskingOverError
        do(w, row)
        claim.keep(204, {"asking": str(asking)})


def holds(actor: Actor, ground: str) -> bool:
    """Whether the actor answers people on a ground."""
    return any(one.duty == PRIVACY and ground.startswith(one.ground) for one in actor.sight)


def _row(actor: Actor, asking: NewAsking, now: datetime) -> Asking:
    """Errors: NotPrivacyError."""
    ground = posts.unit(actor.unit).ground if actor.unit is not None else ""
    if not ground or actor.unit is None or actor.post is None or not holds(actor, ground):
        raise NotPrivacyError
    return Asking(
        id=keys.mint(keys.city_on(ground), now),
        scope=ground,
        unit=actor.unit,
        kind=asking.kind,
        way=asking.way,
        matter_number=asking.matter_number,
        received_on=asking.received_on,
        received_post=actor.post,
        made_at=now,
    )


def _noted(w: Work, step: str, row: Asking, data: Mapping[str, Any], now: datetime) -> None:
    ledger.append(
        w,
        actor=w.actor,
        city=keys.city_on(row.scope),
        stream=ledger.stream_of("asking", str(row.id)),
        kind="asking",
        key=str(row.id),
        items=[(step, dict(data))],
        happened_at=now,
        now=now,
    )
