"""The board of a list: the matters that it opened, in the actor's sight, and how far they are."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from gantang.engine import Case, Procedure
from gantang.kit import scope
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.models import Link, Matter
from gantang.matters.queries.detail import steps_of
from gantang.matters.queries.finding import seen
from gantang.matters.queries.views import row_view
from gantang.matters.rules import boards
from gantang.matters.types import Board, BoardItem, MatterView, Reporting
from gantang.procedures import queries as procedures

#: A list opens at most so many rows at a time, so many times; what is beyond is told.
MOST = 2000


def has_board(procedure: Procedure) -> bool:
    """Whether a matter of the procedure has a board."""
    return bool(boards.opening(procedure))


def missed(matter: MatterView, *, now: datetime) -> tuple[str, datetime] | None:
    """The move that comes round again and was not made in time, and when it was due; None where none was."""
    procedure = procedures.by_hash(matter.procedure_hash)
    move = boards.again(procedure)
    due = boards.missed(procedure, state=matter.state, due=matter.due_at, now=now)
    return (move.name, due) if move is not None and due is not None else None


def board(actor: Actor, matter: UUID, *, now: datetime) -> Board | None:
    """What a list opened, in the order it was opened; None for what is no list. Errors:
    MatterNotFoundError."""
    with reading(actor):
        row, _duties = seen(actor, matter)
        procedure = procedures.by_hash(row.procedure_hash)
        opening = boards.opening(procedure)
        if not opening:
            return None
        wanted = {one.opens.procedure for one in opening if one.opens is not None}
        links = Link.objects.filter(city=row.city, matter_id=row.id, kind="child").order_by("since", "id")
        ends = list(links.values_list("other_city", "other_id")[: MOST + 1])
        shown = _shown(actor, ends[:MOST], wanted)
        return Board(
            items=tuple(_item(one) for one, visible in shown if visible),
            columns=boards.columns(procedure),
            reports=_reports(row, procedure, now),
            unseen=sum(not visible for _one, visible in shown),
            more=len(ends) > MOST,
        )


def _shown(actor: Actor, ends: list[tuple[int, UUID]], wanted: set[str]) -> list[tuple[Matter, bool]]:
    """The matters behind links, each with whether the actor sees it, by one query for all."""
    from gantang.matters.service.taking import duties_of_each

    if not ends:
        return []
    scope.name([id_ for _city, id_ in ends])
    found = {one.id: one for one in Matter.objects.filter(pk__in=ends, procedure__in=wanted)}
    duties = duties_of_each(actor, list(found.values()))
    return [(found[id_], bool(duties[id_])) for _city, id_ in ends if id_ in found]


def _item(row: Matter) -> BoardItem:
    case = Case.from_dict(row.case)
    telling = boards.telling(procedures.by_hash(row.procedure_hash))
    told = sum(case.uses.get(one.name, 0) for one in telling)
    at = case.changed_at if told else None
    return BoardItem(row_view(row), row.procedure_hash, case.chosen, bool(telling), told, at)


def _reports(row: Matter, procedure: Procedure, now: datetime) -> tuple[Reporting, ...]:
    """The moves that tell how the list stands, made or waited for in the state it is in."""
    made = _made(row)
    return tuple(
        Reporting(one.name, len(times), times[-1] if times else None, _stands(row, one.sources, times, now))
        for one in boards.telling(procedure)
        for times in (made.get(one.name, []),)
        if times or row.state in one.sources
    )


def _stands(row: Matter, sources: tuple[str, ...], times: list[datetime], now: datetime) -> str:
    if row.ended_at is not None or row.state not in sources:
        return "made"
    last = times[-1] if times else None
    return boards.stands(entered=row.entered_at, due=row.due_at, last=last, now=now)


def _made(row: Matter) -> Mapping[str, list[datetime]]:
    """When each move was made."""
    found: dict[str, list[datetime]] = {}
    for step in steps_of(row):
        if step.name == "moved":
            found.setdefault(str(step.data.get("move")), []).append(step.happened_at)
    return found
