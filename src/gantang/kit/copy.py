"""Bulk loading: COPY into a temporary table, then INSERT … SELECT, in the caller's transaction (data layer
§4.5).

COPY straight into a table behind row-level security is refused by the server, and no role of ours goes
around it. The temporary table stays for the connection's life, empty between transactions: to make it anew
for each batch costs as much as a hundred of its rows.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from psycopg import Cursor, sql

from gantang.kit import rows

M = TypeVar("M", bound=Model)


def copy_in(
    model: type[M], instances: Iterable[M], *, skip_doubles: bool = False, keyed: bool = False
) -> int:
    """Insert unsaved instances in bulk; how many went in. With ``skip_doubles`` rows that exist are left out.

    Every column must have its value (automatic keys are made by the server, unless they are ``keyed``: taken
    from ``reserve`` before). Errors: Django's own.
    """
    fields = copied_fields(model, keyed=keyed)
    made = (rows.values_of(instance, fields, add=True) for instance in instances)
    return copy_values(model, made, skip_doubles=skip_doubles, keyed=keyed)


def reserve(model: type[Model], many: int) -> list[int]:
    """So many automatic keys that nobody else will get, in one query."""
    auto = model._meta.auto_field
    if auto is None:
        raise TypeError(f"{model._meta.label} has no automatic key")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, auto.column, many],
        )
        return [key for (key,) in cursor.fetchall()]


def copied_fields(model: type[Model], *, keyed: bool = False) -> tuple[rows.AnyField, ...]:
    """The columns that COPY fills: all that we write but an automatic key that is not taken yet."""
    return tuple(f for f in rows.stored_fields(model) if keyed or f is not model._meta.auto_field)


def copy_values(
    model: type[Model], values: Iterable[Sequence[Any]], *, skip_doubles: bool = False, keyed: bool = False
) -> int:
    """The same for rows whose values are taken already, in the order of ``copied_fields``."""
    if not connection.in_atomic_block:
        raise RuntimeError("copy_in needs a transaction")
    draft, load, move = _statements(model, skip_doubles, keyed)
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, Cursor(raw) as cursor:
        cursor.execute(draft)
        with cursor.copy(load) as stream:
            for row in values:
                stream.write_row(row)
        cursor.execute(move)
        return cursor.rowcount


@lru_cache(maxsize=512)
def _statements(model: type[Model], skip_doubles: bool, keyed: bool) -> tuple[bytes, bytes, bytes]:
    """What makes the temporary table or empties it, fills it, and puts its rows where they belong."""
    names = {
        "columns": sql.SQL(", ").join(rows.column(f) for f in copied_fields(model, keyed=keyed)),
        "target": sql.Identifier(model._meta.db_table),
        "draft": sql.Identifier(f"copy{'_keyed' if keyed else ''}_{model._meta.db_table}"),
        "doubles": sql.SQL("ON CONFLICT DO NOTHING" if skip_doubles else ""),
    }
    draft, load, move = (sql.SQL(each).format(**names).as_bytes(None) for each in (_DRAFT, _LOAD, _MOVE))
    return draft, load, move


_DRAFT = (
    "CREATE TEMP TABLE IF NOT EXISTS {draft} ON COMMIT DELETE ROWS AS SELECT {columns} FROM {target} "
    "WITH NO DATA; DELETE FROM {draft}"
)
_LOAD = "COPY {draft} ({columns}) FROM STDIN"
_MOVE = "INSERT INTO {target} ({columns}) SELECT {columns} FROM {draft} {doubles}"
