"""A row's values in PostgreSQL's text form, as the fields' own rules have them, for the write path.

Every parameter goes without a type, so that the server infers it from the column and a statement has one
shape: it is prepared once, whatever is NULL in a row. Values of exactly the type that a field stores are
spelled here; all others go the way of the field and of psycopg, which says the same and takes five times as
long.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from psycopg import DataError
from psycopg.abc import Transformer
from psycopg.adapt import PyFormat
from psycopg.adapt import Transformer as Adapter

from gantang.kit.canonical import as_column

AnyField: TypeAlias = "models.Field[Any, Any]"
Spell: TypeAlias = Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class Column:
    """A field, where its value stands (None: the field says so itself), and how which types are spelled."""

    field: AnyField
    attname: str | None
    spelled: dict[type, Spell]


def columns(fields: Sequence[AnyField]) -> tuple[Column, ...]:
    """What ``texts_of`` needs to know of these fields; to be kept by whoever asks."""
    return tuple(
        Column(f, f.attname if type(f).pre_save is models.Field.pre_save else None, _of_field(f))
        for f in fields
    )


def texts_of(instance: models.Model, wanted: Sequence[Column], *, add: bool) -> list[bytes | None]:
    """The texts of these columns; an unfit value is refused here, before anything is sent."""
    found: list[bytes | None] = []
    for one in wanted:
        value = getattr(instance, one.attname) if one.attname else one.field.pre_save(instance, add)
        spell = one.spelled.get(type(value))
        found.append(None if value is None else spell(value) if spell else _long_way(one.field, value))
    return found


def text_of(value: Any) -> bytes | None:
    """The text of a value of any type that psycopg knows."""
    if value is None:
        return None
    spell = _OF_TYPE.get(type(value))
    return spell(value) if spell else _adapted(value)


def _long_way(f: AnyField, value: Any) -> bytes | None:
    # The wrapper itself: looking through the proxy costs more than all the rest.
    return text_of(f.get_db_prep_save(value, connection=connections[DEFAULT_DB_ALIAS]))


def _adapted(value: Any) -> bytes:
    made = _adapter().get_dumper(value, PyFormat.TEXT).dump(value)
    return b"" if made is None else bytes(made)


def _adapter() -> Transformer:
    """The connection's adapter, made once: it remembers the dumper of each type."""
    link = connections[DEFAULT_DB_ALIAS]
    link.ensure_connection()
    held, made = getattr(link, "gantang_adapter", (None, None))
    if made is None or held is not link.connection:
        made = Adapter(link.connection)
        link.gantang_adapter = (link.connection, made)  # type: ignore[attr-defined]
    return made


# --- spelling -----------------------------------------------------------------------------------------


def _str(value: str) -> bytes:
    if "\0" in value:
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return value.encode()


def _moment(value: datetime) -> bytes:
    if value.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return str(value).encode()


_OF_TYPE: dict[type, Spell] = {
    str: _str,
    int: lambda value: b"%d" % value,
    bool: lambda value: b"t" if value else b"f",
    UUID: lambda value: str(value).encode(),
    bytes: lambda value: b"\\x" + value.hex().encode(),
}
#: By a field's own rules a value of exactly this type is stored as it is.
_STORED: dict[type[AnyField], tuple[type, ...]] = {
    models.SmallIntegerField: (int,),
    models.PositiveIntegerField: (int,),
    models.IntegerField: (int,),
    models.BigIntegerField: (int,),
    models.BooleanField: (bool,),
    models.CharField: (str,),
    models.TextField: (str,),
    models.UUIDField: (UUID,),
    models.BinaryField: (bytes,),
}


def _of_field(f: AnyField) -> dict[type, Spell]:
    if type(f) is models.DateTimeField:
        return {datetime: _moment}
    if type(f) is models.JSONField and f.encoder is None:
        return {dict: as_column, list: as_column}
    return {kind: _OF_TYPE[kind] for kind in _STORED.get(type(f), ())}
