"""What people decided of which class a matter is: gists and classes to learn from, of nothing sealed."""

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from gantang.engine import Move
from gantang.kit.actor import Actor, Triple
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.types import Decided
from gantang.procedures import queries as procedures

#: All open ground, without a duty on anything; sealed ground lies beyond it.
LEARNING = Actor(client="advice", sight=(Triple("*", "", "learning", 0),))
_BATCH = 2000


def decided(*, most: int) -> Iterator[Decided]:
    """The newest matters whose class somebody said in a move that must say it, the newest first; each batch
    is read in a short transaction."""
    yield from islice(_batches(), most)


def _batches() -> Iterator[Decided]:
    before: UUID | None = None
    while rows := _batch(before):
        yield from (Decided(row.gist, row.class_code) for row in rows if _by_a_person(row))
        before = rows[-1].id


def _batch(before: UUID | None) -> list[Matter]:
    with reading(LEARNING):
        rows = Matter.objects.filter(case__chosen__has_key="class", erased_at=None).exclude(class_code="")
        if before is not None:
            rows = rows.filter(id__lt=before)
        wanted = ("city", "id", "gist", "class_code", "procedure_hash", "case")
        return list(rows.only(*wanted).order_by("-id")[:_BATCH])


def _by_a_person(row: Matter) -> bool:
    """Whether a move was made that must say the class: what only the report or a sheet named is not
    learned from."""
    moves, uses = procedures.by_hash(row.procedure_hash).moves, row.case["uses"]
    return any(name in moves and _must_class(moves[name]) for name in uses)


def _must_class(move: Move) -> bool:
    return any(ask.field == "class" and ask.required for ask in move.asks)
