"""What a procedure states to everybody (its ``feed``): always the whole set, never a part of it.

Of a matter only what the version it runs under states; not what a minor is concerned in, not what the clock
of its state has outlived, even where the clock comes late.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gantang.engine import Feed, Procedure, case_number
from gantang.kit.actor import Actor, Triple
from gantang.kit.work import reading
from gantang.matters.errors import FeedMissingError, FeedTooLargeError
from gantang.matters.models import Matter
from gantang.matters.queries.minors import with_minors
from gantang.matters.types import Stated, StatedItem
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures

#: More than this is not stated in part: it is not stated at all.
MOST, BITE = 20_000, 1_000
#: All ground but what is sealed, for the length of this query.
_ALL = Actor(client="feed", sight=(Triple("*", "", "reporter", 0),))
_WANTED = ("city", "id", "state", "entered_at", "due_at", "procedure_hash", "parent_id", "case")


def stated(name: str, *, now: datetime) -> Stated:
    """The set of a procedure's feed at this moment. Errors: FeedMissingError, FeedTooLargeError."""
    present = _in_force(name, now)
    assert present.feed is not None  # noqa: S101 - the search has asked
    states = {state for one in _feeds(name) for state in one.states}
    with reading(_ALL):
        found = list(islice(_lasting(_rows(name, states), now), MOST + 1))
    if len(found) > MOST:
        raise FeedTooLargeError
    return Stated(present, present.feed.lasting, _named(found))


def _in_force(name: str, now: datetime) -> Procedure:
    for one in procedures.all_in_force(now):
        if (one.name, one.variant, one.ground) == (name, "", "") and not one.is_end:
            found = procedures.by_hash(one.hash)
            if found.feed is not None and not found.sealed:
                return found
    raise FeedMissingError


def _feeds(name: str) -> Iterator[Feed]:
    """What each version states that is or was in force: matters run on under theirs."""
    for digest in {one.hash for one in procedures.versions() if one.name == name and one.hash}:
        feed = procedures.by_hash(digest).feed
        if feed is not None:
            yield feed


def _rows(name: str, states: Iterable[str]) -> Iterator[Matter]:
    """By the index of what is open, a bite after the other."""
    rows = Matter.objects.filter(procedure=name, ended_at=None, erased_at=None).only(*_WANTED)
    for state in sorted(states):
        last = None
        while bite := list(_after(rows.filter(state=state), last)):
            yield from bite
            last = bite[-1].id


def _after(rows: QuerySet[Matter], last: UUID | None) -> QuerySet[Matter]:
    return (rows if last is None else rows.filter(id__gt=last)).order_by("id")[:BITE]


def _lasting(rows: Iterator[Matter], now: datetime) -> Iterator[tuple[Feed, Matter]]:
    """Those that stand and concern no minor, each with what its own version states."""
    while bite := list(islice(rows, BITE)):
        spared = with_minors(bite)
        for row in bite:
            late = row.due_at is not None and row.due_at <= now
            feed = procedures.by_hash(row.procedure_hash).feed
            if feed is not None and row.state in feed.states and not late and row.id not in spared:
                yield feed, row


def _named(found: list[tuple[Feed, Matter]]) -> tuple[StatedItem, ...]:
    fields = {hash_: procedures.by_hash(hash_).fields for hash_ in {row.procedure_hash for _, row in found}}
    told = [
        (row, {name: (fields[row.procedure_hash][name].kind, _answer(row, name)) for name in feed.fields})
        for feed, row in found
    ]
    numbers = {int(value) for _, one in told for kind, value in one.values() if kind == "unit" and value}
    units = posts.unit_names(numbers) if numbers else {}
    return tuple(
        StatedItem(row.state, row.entered_at, row.due_at, {k: _told(*v, units) for k, v in one.items()})
        for row, one in told
    )


def _answer(row: Matter, name: str) -> str | None:
    found = row.case.get("chosen", {}).get(name)
    return None if found is None else str(found)


def _told(kind: str, value: str | None, units: Mapping[int, str]) -> Any:
    if value is None:
        return None
    if kind == "case_number":
        return case_number.written(value)
    if kind == "unit":
        return units.get(int(value))
    if kind == "yes_no":
        return value == "True"
    return int(value) if kind in ("number", "amount") else value
