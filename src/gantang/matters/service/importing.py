"""Matters from elsewhere, by the thousand: the same rows as one by one, written by COPY, each batch in one
transaction.

Whoever stands at the machine imports; each step names the import as its client (``import:<source>``). Nobody
is told anything, and no access code is given out to people who would not get it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import count, groupby, islice
from typing import Any
from uuid import UUID

from gantang.kit import numbers, once, processes
from gantang.kit.actor import Actor
from gantang.kit.bulk import bulk
from gantang.kit.canonical import canonical
from gantang.kit.errors import GantangError, InvalidError, KeyReusedError
from gantang.kit.window import window
from gantang.matters.service.arrival import Ready, body_of_row, kept_key, made_ready
from gantang.matters.service.book import Book, Locate, locating
from gantang.matters.service.opening import begin_matter
from gantang.matters.types import Imported, Incoming

BATCH = 1000
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
Outcome = Imported | GantangError


@dataclass(slots=True)
class _Chunk:
    """Rows on their way, by their place among those read at a time."""

    actor: Actor
    now: datetime
    book: Book
    keys: list[str]
    earlier: dict[str, once.Kept]
    first: dict[str, int] = field(default_factory=dict)
    ready: dict[int, Ready] = field(default_factory=dict)
    doubles: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)
    outcomes: dict[int, Outcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows that are taken in together, here or in another process."""

    actor: Actor
    rows: list[Incoming]
    begun: datetime
    now: datetime
    keys: frozenset[str]

    def __call__(self) -> list[Outcome]:
        with window():
            return _take_in(self.actor, self.rows, self.now, _locating(self.begun))

    def collides(self, other: "_Batch") -> bool:
        """Of two rows with one key the first must be in before the second is looked at."""
        return not self.keys.isdisjoint(other.keys)


#: One of an import in each process.
_locating = lru_cache(maxsize=1)(locating)


def import_many(
    *,
    source: str,
    rows: Iterable[Incoming],
    clock: Callable[[], datetime],
    batch: int = BATCH,
    jobs: int = 1,
) -> Iterator[tuple[Incoming, Outcome]]:
    """Take rows in, a batch at a time in each of ``jobs`` processes; each row with what became of it, in
    order.

    A row whose key of this ``source`` came in before adds nothing; with another content it is a
    KeyReusedError. A row that is not fit is its error, the others go in. What was yielded is committed; an
    import that broke off goes on where it stopped when it is run again. ``source`` is a short code.
    Errors: InvalidError for a source that is none.
    """
    if _SOURCE.fullmatch(source) is None:
        raise InvalidError(details={"source": source})
    taken: dict[int, _Batch] = {}
    batches = _batches(Actor(client=f"{once.FOR_GOOD}{source}"), rows, clock, batch, taken)
    ended: dict[int, list[Outcome]] = {}
    for place, outcomes in processes.spread(batches, jobs=jobs, collide=_Batch.collides):
        ended[place] = outcomes
        while ended and (first := min(taken)) in ended:
            yield from zip(taken.pop(first).rows, ended.pop(first), strict=True)


def _batches(
    actor: Actor,
    rows: Iterable[Incoming],
    clock: Callable[[], datetime],
    size: int,
    taken: dict[int, _Batch],
) -> Iterator[_Batch]:
    """The rows in batches; those that nothing was yielded of yet are ``taken``."""
    stream, places, begun = iter(rows), count(), clock()
    while some := list(islice(stream, size)):
        made = _Batch(actor, some, begun, clock(), frozenset(row.key for row in some))
        taken[next(places)] = made
        yield made


def _take_in(actor: Actor, rows: Sequence[Incoming], now: datetime, locate: Locate) -> list[Outcome]:
    kept_keys = [kept_key(row.key) for row in rows]
    chunk = _Chunk(actor, now, Book(now, locate), kept_keys, once.kept(actor=actor, keys=kept_keys))
    chunk.book.expect(row.report.ground for row in rows)
    for place, row in enumerate(rows):
        try:
            _sort(chunk, place, row)
        except GantangError as error:
            chunk.outcomes[place] = error
    by_city = sorted(chunk.ready, key=lambda place: chunk.ready[place].city)
    for _city, places in groupby(by_city, key=lambda place: chunk.ready[place].city):
        _write(chunk, list(places))
    for place, first, body in chunk.doubles:
        chunk.outcomes[place] = _like(chunk.outcomes[first], chunk.ready[first].body, body)
    return [chunk.outcomes[place] for place in range(len(rows))]


def _sort(chunk: _Chunk, place: int, row: Incoming) -> None:
    """A row came in before, is the double of one before it, or is ready. Errors: what is wrong with it."""
    key, body = chunk.keys[place], body_of_row(row)
    if key in chunk.earlier:
        chunk.outcomes[place] = _again(chunk.earlier[key].answer(body))
    elif key in chunk.first:
        chunk.doubles.append((place, chunk.first[key], body))
    else:
        chunk.ready[place] = made_ready(chunk.book, row, key, body)
        chunk.first[key] = place


def _write(chunk: _Chunk, places: Sequence[int]) -> None:
    """The rows of one city in one transaction; where one fails, its half is tried apart, down to the row."""
    try:
        chunk.outcomes.update(_written(chunk, places))
    except GantangError as error:
        if len(places) == 1:
            chunk.outcomes[places[0]] = error
            return
        middle = len(places) // 2
        _write(chunk, places[:middle])
        _write(chunk, places[middle:])


def _written(chunk: _Chunk, places: Sequence[int]) -> dict[int, Outcome]:
    made = {place: chunk.ready[place] for place in places}
    found: dict[int, Outcome] = {}
    with bulk(chunk.actor) as w:
        asked = {one.key: (one.body, one.ref) for one in made.values()}
        mine = once.claim_many(actor=chunk.actor, asked=asked, status=201, now=chunk.now)
        numbers.reserve(chunk.ready[places[0]].city, len(mine))
        for place, one in made.items():
            if one.key in mine:
                begin_matter(
                    w, one.opening, one.matter, one.begun, at=one.at, actor=chunk.actor, now=chunk.now
                )
                found[place] = one.taken
        late = [one.key for one in made.values() if one.key not in mine]
        elsewhere = once.kept(actor=chunk.actor, keys=late) if late else {}
    for place, one in made.items():
        if one.key in elsewhere:
            found[place] = _again(elsewhere[one.key].answer(one.body))
    return found


def _again(kept: once.Once) -> Imported:
    ref = kept.ref
    return Imported(ref["city"], UUID(ref["matter"]), True, tuple(ref["warnings"]))


def _like(outcome: Outcome, first: dict[str, Any], body: dict[str, Any]) -> Outcome:
    """What becomes of a row that has the key of one before it."""
    if canonical(first) != canonical(body):
        return KeyReusedError()
    return replace(outcome, again=True) if isinstance(outcome, Imported) else outcome
