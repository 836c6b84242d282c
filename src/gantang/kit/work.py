"""The unit of work: read by the ORM inside, collect what is to be written, send it all in one trip (data
layer §4.1)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from gantang.kit import pipeline, replica, rows, scope, spans, window
from gantang.kit.actor import Actor
from gantang.kit.errors import ConflictError


class Work:
    """What one act writes. Nothing is sent before the block ends, or ``flush`` is called."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.memo: dict[Any, Any] = {}  # what a room keeps for the length of the act, under a key of its own
        self.sent = False  # whether anything has left
        self._statements: list[rows.Statement] = []
        self._checks: list[Callable[[], None]] = []

    def add(self, instance: Model) -> None:
        """INSERT this row; its values are taken now."""
        self._statements.append(rows.insert(instance))
        instance._state.adding = False

    def change(self, instance: Model, fields: Sequence[str], **guard: Any) -> None:
        """UPDATE these fields where the key and the guard still hold; if no row does, ConflictError at the
        end."""
        self._statements.append(rows.update(instance, fields, guard))

    def remove(self, instance: Model, **guard: Any) -> None:
        """DELETE this row where the key and the guard still hold; if no row does, ConflictError at the
        end."""
        self._statements.append(rows.delete(instance, guard))

    def statement(self, query: str, params: Sequence[Any] = ()) -> None:
        """A statement of another kind, sent in its turn (rare). Its text comes from the code alone: it is
        prepared."""
        self._statements.append(rows.plain(query, params))

    def name(self, ids: Iterable[UUID]) -> None:
        """Open further ids to this transaction, before they are read or written."""
        scope.name(ids)

    def before_end(self, check: Callable[[], None]) -> None:
        """Call this when the block ends well, before anything is sent; it may still add and may raise."""
        self._checks.append(check)

    def flush(self) -> None:
        """Send what was collected so far, so that reads see it."""
        if self._statements:
            statements, self._statements = self._statements, []
            self.sent = True
            _send(statements)

    def finish(self) -> None:
        """The end of a block that went well: the last checks, then everything leaves."""
        for check in self._checks:
            check()
        self.flush()


@contextmanager
def work(actor: Actor, ids: Iterable[UUID] = ()) -> Iterator[Work]:
    """One transaction that writes: behind the wall of the actor's sight, with the actor's named ids and
    ``ids`` open."""
    if replica.is_aside():
        raise RuntimeError("nothing is written beside the main database")
    with window.window(), spans.span("work"):
        try:
            with scoped(actor, ids), scope.read(None):
                unit = Work(actor)
                yield unit
                unit.finish()
        except BaseException:
            window.forget()  # what was seen may never have been
            raise
        if unit.sent:
            window.forget()


@contextmanager
def reading(actor: Actor, ids: Iterable[UUID] = ()) -> Iterator[None]:
    """One transaction that only reads, behind the wall of the actor's sight.

    Inside another one of the same sight it is a part of that: no savepoint is made, and what it names stays
    open until the outer one ends. A page is read in one transaction by that.
    """
    if scope.is_read(ranges := tuple(scope.ranges(actor.sight))):
        scope.name((*actor.named, *ids))
        yield
        return
    with window.window(), scoped(actor, ids), scope.read(ranges):
        yield


@contextmanager
def scoped(actor: Actor, ids: Iterable[UUID]) -> Iterator[None]:
    """A transaction with the settings of the wall; inside another one, the outer settings come back at the
    end."""
    nested = connection.in_atomic_block
    outer = scope.current() if nested else scope.NOTHING
    wanted = scope.Sight(tuple(scope.ranges(actor.sight)), tuple(dict.fromkeys((*actor.named, *ids))))
    with transaction.atomic():
        if wanted != outer or not nested:
            scope.enter(ranges=wanted.ranges, ids=wanted.ids, fresh=not nested)
        try:
            yield
        except BaseException:
            scope.remember(outer)  # the rollback to the savepoint takes the settings back by itself
            raise
        if not nested:
            scope.remember(scope.NOTHING)
        elif scope.current() != outer:
            scope.enter(ranges=outer.ranges, ids=outer.ids)


def _send(statements: Sequence[rows.Statement]) -> None:
    """All statements in one trip; the first error comes out as Django's own."""
    if not statements:
        return
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        results = pipeline.send(connection.connection, [(each.query, each.texts) for each in statements])
    for result, statement in zip(results, statements, strict=True):
        _settle(result, statement)


def _settle(result: Any, statement: rows.Statement) -> None:
    if statement.guarded and not result.command_tuples:
        raise ConflictError(details={"table": statement.guarded})
    if statement.fill is not None:
        statement.fill.pk = int(result.get_value(0, 0)) if result.ntuples else None
