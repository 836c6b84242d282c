"""A removal that somebody asked for and another has to confirm."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.queries.detail import steps_of
from gantang.matters.queries.finding import seen
from gantang.matters.types import RemovalView


def removal(actor: Actor, matter: UUID, *, now: datetime) -> RemovalView | None:
    """What waits for a word, and whether the actor may give it. Errors: MatterNotFoundError."""
    from gantang.matters.service.removing import CONFIRMS, waiting

    with reading(actor, ids=[matter]):
        row, duties = seen(actor, matter)
        asked = waiting(steps_of(row), now)
    if asked is None:
        return None
    file = asked.data["file"]
    may = asked.account != actor.account and bool(duties & CONFIRMS)
    return RemovalView(UUID(file) if file else None, asked.happened_at, may)
