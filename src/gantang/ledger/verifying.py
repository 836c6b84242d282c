"""Verification: every chain recomputed, every head compared, in one pass over both tables in the same
order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections

from gantang.kit.crypto import SealError
from gantang.ledger import chain
from gantang.ledger.rules import Link, Row, was_reordered
from gantang.ledger.types import Fault, Report

KEPT_FAULTS = 1000
_BATCH = 2000
_MOST_SORTED = 3000  # looking for a lost order is quadratic; beyond this a reorder is reported as an edit

_COLUMNS = "city, id, stream, seq, kind, name, data, client, account, post, happened_at, hash"
_STEPS = f"SELECT {_COLUMNS} FROM ledger_step {{where}} ORDER BY city, stream, seq, id"  # noqa: S608
_HEADS = "SELECT city, stream, kind, count, hash, seal FROM ledger_streamhead {where} ORDER BY city, stream"


@dataclass(frozen=True, slots=True)
class Head:
    """A stream's head as stored."""

    city: int
    stream: UUID
    kind: str
    count: int
    hash: bytes
    seal: bytes


def verify_streams(city: int | None) -> Report:
    """Verify all chains, or those of one city."""
    found: list[Fault] = []
    streams = steps = more = 0
    with _snapshot() as link:
        for head, rows in _merged(link, city):
            streams, steps = streams + 1, steps + len(rows)
            fault = judge(head, rows)
            if fault and len(found) < KEPT_FAULTS:
                found.append(fault)
            elif fault:
                more += 1
    return Report(streams, steps, tuple(found), more)


@contextmanager
def _snapshot() -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own as the owner, who sees all rows, reading one moment's state."""
    params = connections["owner"].get_connection_params()
    for own in ("cursor_factory", "context"):  # Django's readers expect Django's session settings
        params.pop(own, None)
    with psycopg.connect(**params) as link:
        link.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        link.read_only = True
        yield link


def _merged(link: psycopg.Connection[Any], city: int | None) -> Iterator[tuple[Head | None, list[Row]]]:
    """Each stream with its head and its steps; either may be missing."""
    heads = (
        Head(row[0], row[1], row[2], row[3], bytes(row[4]), bytes(row[5]))
        for row in _read(link, _HEADS, city)
    )
    head = next(heads, None)
    for place, group in groupby(_rows(link, city), key=lambda row: (row[0].city, row[0].stream)):
        while head and (head.city, head.stream) < place:
            yield head, []
            head = next(heads, None)
        fits = head is not None and (head.city, head.stream) == place
        yield head if fits else None, list(group)
        head = next(heads, None) if fits else head
    while head:
        yield head, []
        head = next(heads, None)


def _rows(link: psycopg.Connection[Any], city: int | None) -> Iterator[Row]:
    for row in _read(link, _STEPS, city):
        yield Link(*row[:-1]), bytes(row[-1])


def _read(link: psycopg.Connection[Any], query: str, city: int | None) -> Iterator[tuple[Any, ...]]:
    where, params = ("WHERE city = %s", [city]) if city is not None else ("", [])
    with link.cursor(name=f"verify_{'steps' if 'ledger_step ' in query else 'heads'}") as cursor:
        cursor.itersize = _BATCH
        cursor.execute(query.format(where=where), params)
        yield from cursor


# --- judging one stream -------------------------------------------------------------------------------


def judge(head: Head | None, rows: list[Row]) -> Fault | None:
    """The first fault of a stream, or None."""
    place, kind = (
        ((head.city, head.stream), head.kind)
        if head
        else ((rows[0][0].city, rows[0][0].stream), rows[0][0].kind)
    )
    broken = _broken(rows, head.count if head else len(rows))
    if broken is None:
        broken = _at_head(head, rows)
    return Fault(*place, kind, *broken) if broken else None


def _broken(rows: list[Row], expected: int) -> tuple[int, str] | None:
    """Where the chain itself breaks, and how."""
    before = b""
    for seq, (link, stored) in enumerate(rows, start=1):
        if link.seq != seq or not _follows(link, before, stored, seq):
            return seq, _cause(rows, seq, expected)
        before = stored
    return None


def _cause(rows: list[Row], seq: int, expected: int) -> str:
    if len(rows) <= _MOST_SORTED and was_reordered(rows, _follows):
        return "reorder"
    if len(rows) > expected or (seq > 1 and rows[seq - 1][0].seq == rows[seq - 2][0].seq):
        return "insertion"
    return "deletion" if rows[seq - 1][0].seq > seq or len(rows) < expected else "edit"


def _at_head(head: Head | None, rows: list[Row]) -> tuple[int, str] | None:
    """What is wrong between a whole chain and its head."""
    last = rows[-1][1] if rows else b""
    if head is None:
        return len(rows), "head"
    if len(rows) < head.count:
        return len(rows) + 1, "truncation"
    holds = chain.head_holds(head.seal, head.city, head.stream, head.count, head.hash)
    if not holds or len(rows) != head.count or head.hash != last:
        return head.count, "head"
    return None


def _follows(link: Link, before: bytes, stored: bytes, seq: int) -> bool:
    try:
        return chain.link_hash_like(stored, before, link.spelled(seq)) == stored
    except SealError:
        return False
