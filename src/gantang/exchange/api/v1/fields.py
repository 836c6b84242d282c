"""A pack's fields as JSON: each kind of the language has one strict type."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field as Says

from gantang.engine import Field
from gantang.engine.run.answers import MOST_FEN
from gantang.exchange.api.v1 import values

_Several: Any = Annotated[list[values.Id], Says(min_length=1, max_length=20)]
_KINDS: dict[str, Any] = {
    "yes_no": bool,
    "number": values.integer(-values.MOST, values.MOST),
    "amount": values.integer(0, MOST_FEN),
    "rating": values.integer(1, 5),
    "date": values.Day,
    "moment": values.Moment,
    "class": values.ClassCode,
    "ground": values.Ground,
    "unit": values.Id,
    "post": values.Id,
    "units": _Several,
    "matter": values.Number,
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


def type_of(kind: str, codes: tuple[str, ...]) -> Any:
    """The type of a kind of field; closed kinds have their answers as an enum."""
    return _CLOSED[kind](codes) if kind in _CLOSED else _KINDS[kind]


def codes_of(field: Field, outcomes: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The closed answers; the field `outcome` takes those of its move."""
    return outcomes if field.name == "outcome" and outcomes else field.codes()
