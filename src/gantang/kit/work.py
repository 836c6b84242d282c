"""The unit of work: read by the ORM inside, collect what is to be written, send it all in one trip (data
layer §4.1)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from psycopg import Cursor, Error, Pipeline, sql

from gantang.kit import rows, scope
from gantang.kit.actor import Actor
from gantang.kit.errors import ConflictError

_NEVER_BY_COUNT = 1 << 30


class Work:
    """What one act writes. Nothing is sent before the block ends, or ``flush`` is called."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.memo: dict[Any, Any] = {}  # what a room keeps for the length of the act, under a key of its own
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

    def statement(self, query: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> None:
        """A statement of another kind, sent in its turn (rare)."""
        self._statements.append(rows.Statement(sql.SQL(query), params, prepare=False))

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
    with scoped(actor, ids):
        unit = Work(actor)
        yield unit
        unit.finish()


@contextmanager
def reading(actor: Actor, ids: Iterable[UUID] = ()) -> Iterator[None]:
    """One transaction that only reads, behind the wall of the actor's sight."""
    with scoped(actor, ids):
        yield


@contextmanager
def scoped(actor: Actor, ids: Iterable[UUID]) -> Iterator[None]:
    """A transaction with the settings of the wall; inside another one, the outer settings come back at the
    end."""
    nested = connection.in_atomic_block
    outer = scope.current() if nested else scope.NOTHING
    with transaction.atomic():
        scope.enter(ranges=scope.ranges(actor.sight), ids=(*actor.named, *ids), fresh=not nested)
        try:
            yield
        except BaseException:
            scope.remember(outer)  # the rollback to the savepoint takes the settings back by itself
            raise
        if nested:
            scope.enter(ranges=outer.ranges, ids=outer.ids)
        else:
            scope.remember(scope.NOTHING)


def _send(statements: Sequence[rows.Statement]) -> None:
    """All statements in one libpq pipeline; the first error comes out as Django's own."""
    if not statements:
        return
    connection.validate_no_broken_transaction()
    raw: Any = connection.connection
    _ready(raw)
    with connection.wrap_database_errors:
        with raw.pipeline() as line:
            cursors = _sent(raw, line, statements)
        for cursor, statement in zip(cursors, statements, strict=True):
            _settle(cursor, statement)


def _ready(raw: Any) -> None:
    """Once a connection: allow preparing, which Django forbids (its own cursors bind in the client)."""
    if raw.prepare_threshold is None:
        raw.prepare_threshold = _NEVER_BY_COUNT
        rows.register(raw)


def _sent(raw: Any, line: Pipeline, statements: Sequence[rows.Statement]) -> list[Cursor[Any]]:
    try:
        cursors = [_execute(raw, statement) for statement in statements]
        line.sync()
    except Error:
        with suppress(Error):  # clears the aborted pipeline, so that leaving it is no second error
            line.sync()
        raise
    return cursors


def _execute(raw: Any, statement: rows.Statement) -> Cursor[Any]:
    cursor: Cursor[Any] = Cursor(raw)
    cursor.execute(statement.query, statement.values or None, prepare=statement.prepare)
    return cursor


def _settle(cursor: Cursor[Any], statement: rows.Statement) -> None:
    if statement.guarded and cursor.rowcount == 0:
        raise ConflictError(details={"table": statement.guarded})
    if statement.fill is not None:
        row = cursor.fetchone()
        statement.fill.pk = row[0] if row else None
    cursor.close()
