"""Bulk loading: COPY into a temporary table, then INSERT … SELECT, in the caller's transaction (data layer
§4.5).

COPY straight into a table behind row-level security is refused by the server, and no role of ours goes
around it.
"""

from collections.abc import Iterable, Sequence
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
    columns = sql.SQL(", ").join(rows.column(f) for f in copied_fields(model, keyed=keyed))
    target, draft = sql.Identifier(model._meta.db_table), sql.Identifier(f"copy_{model._meta.db_table}")
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, Cursor(raw) as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                draft, columns, target
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(draft, columns)) as stream:
            for row in values:
                stream.write_row(row)
        doubles = sql.SQL(" ON CONFLICT DO NOTHING" if skip_doubles else "")
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(target, columns, columns, draft) + doubles
        )
        count = cursor.rowcount
        cursor.execute(sql.SQL("DROP TABLE {}").format(draft))
    return count
