"""One matter opened: the matter, its story, its moves, and what stands beside it. All of it in the actor's
sight."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Case, Doer, Procedure
from gantang.kit import scope, window
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.types import StepView
from gantang.matters.models import Link, Matter, Share
from gantang.matters.queries.finding import key_of, seen
from gantang.matters.queries.views import matter_view
from gantang.matters.types import Event, LinkView, MatterView, Moves, ShareView
from gantang.procedures import queries as procedures

if TYPE_CHECKING:
    from gantang.matters.service.facts import Beside


def get(actor: Actor, number_or_id: str | UUID, *, now: datetime) -> MatterView:
    """A matter by number or id. Errors: MatterNotFoundError."""
    with reading(actor):
        row, duties = seen(actor, key_of(number_or_id))
        return matter_view(row, duties, now=now)


def possible_moves(actor: Actor, matter: UUID, *, now: datetime) -> Moves:
    """Every move with all its reasons for and against. Errors: MatterNotFoundError."""
    with reading(actor):
        row, duties = seen(actor, matter)
        return Moves(moves_of(actor, row, duties, now=now), row.version)


def moves_of(
    actor: Actor, row: Matter, duties: frozenset[str], *, now: datetime, beside: "Beside | None" = None
) -> tuple[engine.Possible, ...]:
    """The moves of a row that was read in sight; ``beside`` where that was read with others'."""
    from gantang.matters.service.facts import facts_for

    procedure, case = procedures.by_hash(row.procedure_hash), Case.from_dict(row.case)
    doer = Doer(actor.account, actor.unit, actor.post, duties)
    facts = facts_for(procedure, case, row, klass=row.class_code, now=now, beside=beside)
    return engine.may(procedure, case, doer, facts, catalogue.calendar_for(row.scope, at=now), now)


def timeline(actor: Actor, matter: UUID) -> list[Event]:
    """The steps in order. Errors: MatterNotFoundError."""
    with reading(actor):
        row, _duties = seen(actor, matter)
        return events_of(row)


def events_of(row: Matter) -> list[Event]:
    """The steps of a row that was read in sight."""
    procedure = procedures.by_hash(row.procedure_hash)
    return [_event(step, procedure) for step in steps_of(row)]


def steps_of(row: Matter) -> list[StepView]:
    """The ledger's steps of a row that was read in sight, read once a window."""
    return window.once(("steps", row.city, row.id), lambda: ledger.steps(row.city, row.id))


def _event(step: StepView, procedure: Procedure) -> Event:
    by: Mapping[str, Any] = step.data.get("by") or {}
    return Event(
        seq=step.seq,
        at=step.happened_at,
        name=step.name,
        data=step.data,
        unit=by.get("unit"),
        post=step.post,
        public=is_public(step, procedure),
    )


#: Steps beside the moves that the people outside see.
PUBLIC = frozenset({"opened", "taken_over", "paused", "extended", "resumed", "recomputed", "outage"})


def is_public(step: StepView, procedure: Procedure) -> bool:
    """Whether the people outside see a step: moves that the pack shows, into states that it shows, and
    clocks."""
    if step.name != "moved":
        return step.name in PUBLIC
    move = procedure.moves.get(str(step.data.get("move")))
    state = procedure.states.get(str(step.data.get("to") or step.data.get("from")))
    return move is not None and move.public and (state is None or state.public)


def links(actor: Actor, matter: UUID) -> list[LinkView]:
    """Linked matters; the gist of one out of sight is empty. Errors: MatterNotFoundError."""
    from gantang.matters.service.taking import duties_of_each

    with reading(actor):
        row, _duties = seen(actor, matter)
        found = list(Link.objects.filter(city=row.city, matter_id=row.id).order_by("since", "id"))
        if not found:
            return []
        scope.name([link.other_id for link in found])
        others = list(Matter.objects.filter(pk__in=[(link.other_city, link.other_id) for link in found]))
        duties, by_id = duties_of_each(actor, others), {other.id: other for other in others}
        return [_link(link, by_id[link.other_id], bool(duties[link.other_id])) for link in found]


def _link(link: Link, other: Matter, visible: bool) -> LinkView:
    return LinkView(link.kind, link.other_city, link.other_id, other.number, other.gist if visible else "")


def shares(actor: Actor, matter: UUID) -> list[ShareView]:
    """Units that take part now. Errors: MatterNotFoundError."""
    with reading(actor):
        row, _duties = seen(actor, matter)
        rows = Share.objects.filter(city=row.city, matter_id=row.id, until=None).order_by("since", "unit")
        return [ShareView(one.unit, one.role, one.since) for one in rows]
