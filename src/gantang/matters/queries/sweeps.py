"""What changed calendars and outages did: figures for whoever administers, lists in each one's own sight."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from gantang.kit import numbers, scope
from gantang.kit.actor import Actor
from gantang.kit.errors import NotFoundError
from gantang.kit.page import keyset
from gantang.kit.work import reading
from gantang.matters.models import Matter, Moved, Sweep
from gantang.matters.queries.sight import shared_with, where
from gantang.matters.types import MovedRow, SweepView

PAGE = 200


def sweeps(*, kind: str = "", ground: str | None = None, limit: int = 50) -> list[SweepView]:
    """The newest first, of a kind, of a ground. They hold figures only, nothing of any matter."""
    rows = Sweep.objects.order_by("-made_at")
    if kind:
        rows = rows.filter(kind=kind)
    if ground is not None:
        rows = rows.filter(ground=ground)
    return [_view(row) for row in rows[:limit]]


def get_sweep(id_: UUID) -> SweepView:
    """One of them. Errors: NotFoundError."""
    row = Sweep.objects.filter(id=id_).first()
    if row is None:
        raise NotFoundError
    return _view(row)


def moved(actor: Actor, sweep: UUID) -> Iterator[MovedRow]:
    """Every deadline that it moved and whose matter the actor sees, page by page."""
    cursor: str | None = None
    shared = shared_with(actor)
    while True:
        with reading(actor, ids=shared):
            page = keyset(Moved.objects.filter(sweep=sweep), order=("matter_id",), cursor=cursor, size=PAGE)
            scope.name(shared)
            rows = list(_seen(actor, page.items, shared))
        yield from rows
        cursor = page.next
        if cursor is None:
            return


def _seen(actor: Actor, lines: list[Moved], shared: list[UUID]) -> Iterator[MovedRow]:
    keys = [(line.city, line.matter_id) for line in lines]
    rows = Matter.objects.filter(where(actor, shared), pk__in=keys).only(
        "city", "id", "number", "gist", "class_code", "scope"
    )
    found = {row.id: row for row in rows}
    return (_row(found[line.matter_id], line) for line in lines if line.matter_id in found)


def _row(row: Matter, line: Moved) -> MovedRow:
    return MovedRow(
        numbers.show(row.number),
        row.gist,
        row.class_code,
        row.scope,
        line.due_before,
        line.due_after,
        line.total_before,
        line.total_after,
        line.unit_before,
        line.unit_after,
    )


_SHOWN = (
    "id", "kind", "ground", "key", "since", "until", "reason",
    "looked", "moved", "settled", "failed", "made_at", "done_at",
)  # fmt: skip


def _view(row: Sweep) -> SweepView:
    shown: dict[str, Any] = {name: getattr(row, name) for name in _SHOWN}
    return SweepView(**shown)
