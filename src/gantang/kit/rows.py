"""From a model instance to SQL: the model stays the only list of columns. Used by the unit of work and by
COPY."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model
from psycopg import sql
from psycopg.abc import Transformer
from psycopg.adapt import Dumper, PyFormat
from psycopg.adapt import Transformer as Adapter

AnyField: TypeAlias = "Field[Any, Any]"


class Dumped(bytes):
    """A value in PostgreSQL's text form whose type the server infers from the column.

    With every parameter untyped a statement has one shape, so it is prepared once, whatever is NULL in a row.
    """


class _AsIs(Dumper):
    oid = 0

    def dump(self, obj: Any) -> bytes:
        return bytes(obj)


@dataclass(slots=True)
class Statement:
    """One statement ready to be sent, its values already adapted."""

    query: bytes | sql.SQL
    values: Sequence[Any] | Mapping[str, Any]
    guarded: str | None = None
    fill: Model | None = None
    prepare: bool = True
    count: int = field(default=-1)


def register(raw: Any) -> None:
    """Teach a connection to pass ``Dumped`` values on."""
    raw.adapters.register_dumper(Dumped, _AsIs)


def dump(values: Sequence[Any]) -> list[Dumped | None]:
    """Adapt Python values to the text form; an unfit value is refused here, before anything is sent."""
    work = _adapter()
    return [None if value is None else Dumped(_text(work, value)) for value in values]


def _adapter() -> Transformer:
    """The connection's adapter, made once: it remembers the dumper of each type."""
    connection.ensure_connection()
    held, made = getattr(connection, "gantang_adapter", (None, None))
    if made is None or held is not connection.connection:
        made = Adapter(connection.connection)
        connection.gantang_adapter = (connection.connection, made)  # type: ignore[attr-defined]
    return made


def _text(work: Transformer, value: Any) -> bytes:
    made = work.get_dumper(value, PyFormat.TEXT).dump(value)
    return b"" if made is None else bytes(made)


def pk_fields(model: type[Model]) -> list[AnyField]:
    """The primary key's columns, one or several."""
    return list(model._meta.pk_fields)


def column(f: AnyField) -> sql.Composable:
    """A field's column, quoted."""
    return sql.Identifier(str(f.column))


@lru_cache(maxsize=512)
def stored_fields(model: type[Model]) -> tuple[AnyField, ...]:
    """The fields with a column that we write (generated columns are the server's)."""
    return tuple(f for f in model._meta.concrete_fields if f.column and not getattr(f, "generated", False))


def values_of(instance: Model, fields: Sequence[AnyField], *, add: bool) -> list[Any]:
    """The database values of these fields, by the fields' own rules."""
    # The wrapper itself: looking through the proxy costs more than all the rest.
    link = connections[DEFAULT_DB_ALIAS]
    return [f.get_db_prep_save(f.pre_save(instance, add), connection=link) for f in fields]


def insert(instance: Model) -> Statement:
    """The INSERT of an instance. An automatic key that is still empty is made by the server and filled in."""
    fields = stored_fields(type(instance))
    auto = type(instance)._meta.auto_field
    empty = auto is not None and getattr(instance, auto.attname) is None
    if empty:
        fields = tuple(f for f in fields if f is not auto)
    query = _insert_query(type(instance), fields, auto.column if auto and empty else None)
    return Statement(query, dump(values_of(instance, fields, add=True)), fill=instance if empty else None)


@lru_cache(maxsize=512)
def _insert_query(model: type[Model], fields: tuple[AnyField, ...], returning: str | None) -> bytes:
    query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(column(f) for f in fields),
        sql.SQL(", ").join(sql.Placeholder() for _ in fields),
    )
    end = sql.SQL(" RETURNING {}").format(sql.Identifier(returning)) if returning else sql.SQL("")
    return (query + end).as_bytes(None)


def update(instance: Model, names: Sequence[str], guard: dict[str, Any]) -> Statement:
    """The UPDATE of these fields where the key and the guard's values still hold."""
    model = type(instance)
    fields = tuple(_field(model, name) for name in names)
    where, values = _condition(instance, guard)
    query = _update_query(model, fields, where)
    return Statement(query, dump(values_of(instance, fields, add=False) + values), guarded=model._meta.label)


@lru_cache(maxsize=512)
def _update_query(model: type[Model], fields: tuple[AnyField, ...], where: "Where") -> bytes:
    sets = sql.SQL(", ").join(sql.SQL("{} = %s").format(column(f)) for f in fields)
    query = sql.SQL("UPDATE {} SET {} WHERE {}")
    return query.format(sql.Identifier(model._meta.db_table), sets, _where(where)).as_bytes(None)


def delete(instance: Model, guard: dict[str, Any]) -> Statement:
    """The DELETE of one row where the key and the guard's values still hold."""
    model = type(instance)
    where, values = _condition(instance, guard)
    return Statement(_delete_query(model, where), dump(values), guarded=model._meta.label)


@lru_cache(maxsize=512)
def _delete_query(model: type[Model], where: "Where") -> bytes:
    query = sql.SQL("DELETE FROM {} WHERE {}")
    return query.format(sql.Identifier(model._meta.db_table), _where(where)).as_bytes(None)


Where: TypeAlias = "tuple[tuple[AnyField, bool], ...]"


def _condition(instance: Model, guard: dict[str, Any]) -> tuple[Where, list[Any]]:
    """The fields that must still hold (with: is NULL), and the values of the others."""
    model = type(instance)
    pairs = [(f, getattr(instance, f.attname)) for f in pk_fields(model)]
    pairs += [(_field(model, name), value) for name, value in guard.items()]
    adapted = [(f, f.get_db_prep_save(value, connection=connection)) for f, value in pairs]
    where = tuple((f, value is None) for f, value in adapted)
    return where, [value for _, value in adapted if value is not None]


def _where(where: Where) -> sql.Composed:
    parts = (sql.SQL("{} IS NULL" if is_null else "{} = %s").format(column(f)) for f, is_null in where)
    return sql.SQL(" AND ").join(parts)


def _field(model: type[Model], name: str) -> AnyField:
    for f in stored_fields(model):
        if name in (f.name, f.attname):
            return f
    raise AttributeError(f"{model._meta.label} has no stored field {name!r}")
