"""Reading the whole ledger: a connection of its own as the owner, who sees all rows of one moment."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.db import connections

Link = psycopg.Connection[Any]
Place = tuple[int, UUID]
T = TypeVar("T")
BATCH = 2000
LOW, HIGH = UUID(int=0), UUID(int=(1 << 128) - 1)


@dataclass(frozen=True, slots=True)
class Range:
    """The streams of a city from ``low`` up to, without, ``high``; the last range takes ``high`` in."""

    city: int
    low: UUID = LOW
    high: UUID = HIGH

    @property
    def where(self) -> tuple[str, list[Any]]:
        """The condition on ``city`` and ``stream``, and its values."""
        below = "<=" if self.high == HIGH else "<"
        return f"city = %s AND stream >= %s AND stream {below} %s", [self.city, self.low, self.high]


@contextmanager
def snapshot(*, read_only: bool = True) -> Iterator[Link]:
    """One REPEATABLE READ transaction; commits when the block ends well."""
    params = connections["owner"].get_connection_params()
    for own in ("cursor_factory", "context"):  # Django's readers expect Django's session settings
        params.pop(own, None)
    with psycopg.connect(**params) as link:
        link.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        link.read_only = read_only
        yield link


def stream_rows(link: Link, name: str, query: str, params: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of a query, a batch at a time: memory stays flat."""
    with link.cursor(name=name) as cursor:
        cursor.itersize = BATCH
        cursor.execute(query, params)
        yield from cursor


def together(*sources: Iterator[tuple[Place, Any]]) -> Iterator[tuple[Place, list[Any]]]:
    """Sources that are each in order of place, side by side: None where one of them has nothing."""
    heads = [next(source, None) for source in sources]
    while any(head is not None for head in heads):
        place = min(head[0] for head in heads if head is not None)
        yield place, [head[1] if head and head[0] == place else None for head in heads]
        for at, head in enumerate(heads):
            if head and head[0] == place:
                heads[at] = next(sources[at], None)


def in_batches(rows: Iterator[T]) -> Iterator[list[T]]:
    """``BATCH`` at a time."""
    while batch := list(islice(rows, BATCH)):
        yield batch


_NEXT = "SELECT min(city) FROM {table} WHERE city > %s"
_TABLES = ("ledger_streamhead", "ledger_leaf", "ledger_step", "ledger_checkpoint")


def cities(link: Link) -> list[int]:
    """Every city that has a stream, a step, or ever had a checkpoint."""
    return sorted({city for table in _TABLES for city in _cities(link, table)})


def _cities(link: Link, table: str) -> Iterator[int]:
    """One after the other by the index; a recursive query, which does it in one trip, no cluster takes."""
    last = -1
    while row := link.execute(_NEXT.format(table=table), [last]).fetchone():
        if row[0] is None:
            return
        yield (last := row[0])
