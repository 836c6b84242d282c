"""From a model instance to SQL: the model stays the only list of columns. Used by the unit of work and by
COPY."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model
from django.db.models.base import ModelState
from psycopg import sql

from gantang.kit.texts import Column, columns, text_of, texts_of

AnyField: TypeAlias = "Field[Any, Any]"
M = TypeVar("M", bound=Model)


def fresh(model: type[M], **values: Any) -> M:
    """A new row by its columns' names on the model, the fields' defaults for the rest: what the model's own
    constructor makes, in a third of its time. For what every act makes several of. Errors: TypeError for a
    value that is no column."""
    fixed, made = _defaults(model)
    columns = {**fixed, **values}
    if len(columns) > len(fixed):
        raise TypeError(f"{model._meta.label} has no {sorted(values.keys() - fixed.keys())}")
    for name, default in made:
        if name not in values:
            columns[name] = default()
    new = model.__new__(model)
    vars(new).update(columns, _state=ModelState())
    return new


@lru_cache(maxsize=512)
def _defaults(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """All columns with their defaults, and those whose default is made anew for each row."""
    fields = [f for f in model._meta.concrete_fields if f.column]
    made = [(f.attname, f.get_default) for f in fields if callable(f.default) and f.has_default()]
    fixed = {f.attname: f.get_default() for f in fields}
    return fixed, made


@dataclass(slots=True)
class Statement:
    """One statement ready to be sent: ``$1`` … in the query, its values already in text form."""

    query: bytes
    texts: Sequence[bytes | None]
    guarded: str | None = None
    fill: Model | None = None


def plain(query: str, params: Sequence[Any]) -> Statement:
    """A statement of another kind, written with ``%s``."""
    return Statement(_numbered(query), [text_of(value) for value in params])


@lru_cache(maxsize=512)
def _numbered(query: str) -> bytes:
    places = count(1)
    found = re.sub(r"%([s%])", lambda mark: f"${next(places)}" if mark[1] == "s" else "%", query)
    return found.encode()


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
    auto = type(instance)._meta.auto_field
    empty = auto is not None and getattr(instance, auto.attname) is None
    query, wanted = _insertion(type(instance), empty)
    return Statement(query, texts_of(instance, wanted, add=True), fill=instance if empty else None)


@lru_cache(maxsize=512)
def _insertion(model: type[Model], makes_key: bool) -> tuple[bytes, tuple[Column, ...]]:
    auto = model._meta.auto_field
    fields = [f for f in stored_fields(model) if not (makes_key and f is auto)]
    query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(column(f) for f in fields),
        sql.SQL(", ").join(_places(len(fields))),
    )
    if makes_key and auto is not None:
        query += sql.SQL(" RETURNING {}").format(column(auto))
    return query.as_bytes(None), columns(fields)


def update(instance: Model, names: Sequence[str], guard: dict[str, Any]) -> Statement:
    """The UPDATE of these fields where the key and the guard's values still hold."""
    model = type(instance)
    where, values = _condition(instance, guard)
    query, wanted = _change(model, tuple(names), where)
    return Statement(query, texts_of(instance, wanted, add=False) + values, guarded=model._meta.label)


@lru_cache(maxsize=2048)
def _change(model: type[Model], names: tuple[str, ...], where: "Where") -> tuple[bytes, tuple[Column, ...]]:
    fields = [field(model, name) for name in names]
    places = zip(fields, _places(len(fields)), strict=True)
    sets = sql.SQL(", ").join(sql.SQL("{} = {}").format(column(f), place) for f, place in places)
    query = sql.SQL("UPDATE {} SET {} WHERE {}")
    table = sql.Identifier(model._meta.db_table)
    return query.format(table, sets, _where(where, behind=len(fields))).as_bytes(None), columns(fields)


def delete(instance: Model, guard: dict[str, Any]) -> Statement:
    """The DELETE of one row where the key and the guard's values still hold."""
    model = type(instance)
    where, values = _condition(instance, guard)
    return Statement(_delete_query(model, where), values, guarded=model._meta.label)


@lru_cache(maxsize=512)
def _delete_query(model: type[Model], where: "Where") -> bytes:
    query = sql.SQL("DELETE FROM {} WHERE {}")
    return query.format(sql.Identifier(model._meta.db_table), _where(where)).as_bytes(None)


Where: TypeAlias = "tuple[tuple[AnyField, bool], ...]"


def _condition(instance: Model, guard: dict[str, Any]) -> tuple[Where, list[bytes | None]]:
    """The fields that must still hold (with: is NULL), and the texts of the others."""
    model = type(instance)
    pairs = [(f, getattr(instance, f.attname)) for f in pk_fields(model)]
    pairs += [(field(model, name), value) for name, value in guard.items()]
    adapted = [(f, f.get_db_prep_save(value, connection=connection)) for f, value in pairs]
    where = tuple((f, value is None) for f, value in adapted)
    return where, [text_of(value) for _, value in adapted if value is not None]


def _where(where: Where, *, behind: int = 0) -> sql.Composed:
    places = iter(_places(len(where), behind=behind))
    return sql.SQL(" AND ").join(
        sql.SQL("{} IS NULL").format(column(f))
        if is_null
        else sql.SQL("{} = {}").format(column(f), next(places))
        for f, is_null in where
    )


def _places(many: int, *, behind: int = 0) -> list[sql.SQL]:
    """``$1`` and so on, behind so many others."""
    return [sql.SQL(f"${place}") for place in range(behind + 1, behind + many + 1)]


def field(model: type[Model], name: str) -> AnyField:
    """The stored field of that name, with or without ``_id``. Errors: AttributeError."""
    for f in stored_fields(model):
        if name in (f.name, f.attname):
            return f
    raise AttributeError(f"{model._meta.label} has no stored field {name!r}")
