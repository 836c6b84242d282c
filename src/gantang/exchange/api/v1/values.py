"""Single values as JSON says them, strict: nothing is guessed, cut or turned into another kind."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from gantang.kit import clock

#: Numbers up to here are the same in every JSON reader.
MOST = 2**53 - 1
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})")


class Strict(BaseModel):
    """What comes in: unknown fields are refused, and a text is no number."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=True)


class Shown(BaseModel):
    """What goes out: exactly the fields of the document."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


def _reader(kind: str, read: Callable[[str], Any]) -> Callable[[Any], Any]:
    def reading(value: Any) -> Any:
        try:
            return read(value)
        except (TypeError, ValueError, OverflowError):
            raise PydanticCustomError(kind, "does not fit") from None

    return reading


def _whole(pattern: re.Pattern[str], value: str) -> re.Match[str]:
    found = pattern.fullmatch(value)
    if found is None:
        raise ValueError
    return found


def _day(value: str) -> date:
    return date.fromisoformat(_whole(_DAY, value)[0])


def _moment(value: str) -> datetime:
    day, clock, part, zone = _whole(_MOMENT, value).groups()
    offset = "+00:00" if zone in "Zz" else zone
    found = datetime.fromisoformat(f"{day}T{clock}.{(part or '0')[:6]:0<6}{offset}")
    if not 1900 <= found.year <= 2200:  # beyond them, zones and pauses no longer fit a calendar
        raise ValueError
    return found


def _flag(value: str) -> bool:
    return {"true": True, "false": False}[value.lower()] if value in ("true", "false") else _refuse()


def _refuse() -> bool:
    raise ValueError


def text(most: int, *, least: int = 1, line: bool = False) -> Any:
    """A text of so many characters without NUL; a `line` has no control characters at all."""
    pattern = r"^[^\x00-\x1f\x7f-\x9f]*$" if line else r"^[^\x00]*$"
    return Annotated[str, StringConstraints(min_length=least, max_length=most, pattern=pattern)]


def code(pattern: str, most: int) -> Any:
    """A text of a fixed form."""
    return Annotated[str, StringConstraints(max_length=most, pattern=pattern)]


def _as_whole(value: Any) -> Any:
    """JSON knows no whole numbers: 7.0 is 7."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def integer(least: int, most: int) -> Any:
    """A whole number in a body. The bounds stand before the reader: else the document loses them."""
    return Annotated[int, Field(ge=least, le=most), BeforeValidator(_as_whole)]


def asked_integer(least: int, most: int) -> Any:
    """A whole number as an address writes it."""
    read = _reader("int_parsing", lambda value: int(_whole(_INTEGER, value)[0]))
    return Annotated[int, Field(ge=least, le=most), BeforeValidator(read)]


#: A day, ``2026-11-24``.
Day = Annotated[
    date, BeforeValidator(_reader("day", _day)), WithJsonSchema({"type": "string", "format": "date"})
]
#: A moment with its zone, ``2026-11-24T09:30:00+08:00``.
Moment = Annotated[
    datetime,
    BeforeValidator(_reader("moment", _moment)),
    WithJsonSchema({"type": "string", "format": "date-time", "description": "From 1900 to 2200."}),
]
#: A moment as it goes out: always in our zone, so that the same answer is the same to the letter.
At = Annotated[datetime, AfterValidator(lambda at: at.astimezone(clock.ZONE))]
Uuid = Annotated[
    UUID,
    BeforeValidator(_reader("uuid", lambda value: UUID(_whole(_UUID, value)[0]))),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
#: Yes or no as an address writes it.
AskedFlag = Annotated[bool, BeforeValidator(_reader("bool_parsing", _flag))]

Id = integer(1, MOST)
AskedId = asked_integer(1, MOST)
#: A person of a matter; 0 is the reporter.
AskedNo = asked_integer(0, 999)
#: A matter's number as people write it, ``QK7-M4R-2PX``; dashes may be left out.
Number = code(r"^[0-9A-Za-z]{3}-?[0-9A-Za-z]{3}-?[0-9A-Za-z]{3}$", 11)
#: What stands below the square code of a document.
DocumentCode = code(r"^[0-9A-Za-z]{2}(-?[0-9A-Za-z]{4}){3}$", 17)
#: A division's prefix of 2 to 12 digits, or a grid's 15.
Ground = code(r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})$", 15)
#: A class or cause, ``facility.lighting``.
ClassCode = code(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", 64)
Code = code(r"^[a-z][a-z0-9_]*$", 64)
Words = text(4000)
Cursor = code(r"^[A-Za-z0-9_-]+$", 400)
