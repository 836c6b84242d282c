"""A pack's fields as JSON: each kind of the language has one strict type."""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Literal
from zlib import crc32

from pydantic import Field as Says
from pydantic import create_model

from gantang.engine import Field
from gantang.exchange.api.v1 import values

_Several: Any = Annotated[list[values.Id], Says(min_length=1, max_length=20)]
_KINDS: dict[str, Any] = {
    "yes_no": bool,
    "number": values.integer(-values.MOST, values.MOST),
    "amount": Annotated[values.integer(0, 10**15), Says(description="In fen.")],
    "rating": values.integer(1, 5),
    "date": values.Day,
    "moment": values.Moment,
    "class": values.ClassCode,
    "ground": values.Ground,
    "unit": values.Id,
    "post": values.Id,
    "units": _Several,
    "matter": values.Number,
    "case_number": Annotated[values.text(60, line=True), Says(description="（2026）赣0102民初123号")],
    "place": values.text(200, line=True),
    "files": Annotated[list[values.Uuid], Says(min_length=1, max_length=9)],
    "text": values.Words,
    "phone": values.text(20, line=True),
    "name": values.text(60, line=True),
    "identity": values.text(20, line=True),
}


def _choice(codes: tuple[str, ...]) -> Any:
    return Literal[codes]


def _choices(codes: tuple[str, ...]) -> Any:
    return Annotated[list[Literal[codes]], Says(min_length=1, max_length=len(codes))]  # type: ignore[valid-type]


_CLOSED: dict[str, Callable[[tuple[str, ...]], Any]] = {"choice": _choice, "choices": _choices}


#: The most rows that one answer has.
_MOST_ROWS = 50
#: A column as its type needs it: name, kind, closed answers, whether each row needs it.
Column = tuple[str, str, tuple[str, ...], bool]


def columns_of(field: Field) -> tuple[Column, ...]:
    """The columns of a field of rows; none of any other."""
    return tuple((one.name, one.kind, one.codes(), one.required) for one in field.columns)


def rows_type(name: str, columns: tuple[Column, ...]) -> Any:
    """The rows of the field of that name: a list of one strict object each.

    Two packs may give fields of one name other columns: a mark of the columns tells their shapes apart in the
    document, the same whatever packs are in force.
    """
    mark = f"{crc32(repr(columns).encode()):08x}"[:4].upper()
    row = _row("".join(part.capitalize() for part in name.split("_")) + "Row" + mark, columns)
    return Annotated[list[row], Says(min_length=1, max_length=_MOST_ROWS)]  # type: ignore[valid-type]


@lru_cache(maxsize=256)
def _row(name: str, columns: tuple[Column, ...]) -> Any:
    made: dict[str, Any] = {
        f"f_{column}": (type_of(kind, codes), Says(alias=column) if required else Says(None, alias=column))
        for column, kind, codes, required in columns
    }
    return create_model(name, __base__=values.Strict, **made)


def type_of(kind: str, codes: tuple[str, ...]) -> Any:
    """The type of a kind of field; closed kinds have their answers as an enum."""
    return _CLOSED[kind](codes) if kind in _CLOSED else _KINDS[kind]


def codes_of(field: Field, outcomes: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The closed answers; the field `outcome` takes those of its move."""
    return outcomes if field.name == "outcome" and outcomes else field.codes()
