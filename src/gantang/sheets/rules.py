"""How cells become text, and text becomes dates and numbers, always the same way. Pure."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

#: Beyond this a number of a table program has lost digits (18-digit codes typed as numbers).
_EXACT = 1e15
_EMPTY = {"", "/", "-", "--", "—", "——", "无", "N/A", "n/a", "NULL", "null"}
_DATE = re.compile(r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(
    r"[T\s]*(\d{1,2})\s*(?:[:：时])\s*(\d{1,2})\s*(?:(?:[:：分])\s*(\d{1,2})(?:\.\d+)?\s*秒?)?\s*分?"
)
#: What table programs take for the beginning of a formula; full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?%?")


class LostDigitsError(ValueError):
    """A number so long that the table program has rounded it."""


def text_of(value: Any) -> str:
    """One cell as text: dates as 2026-11-22, moments as 2026-11-22 08:00:00, whole numbers without a point.

    Errors: LostDigitsError for numbers of more than 15 digits.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number_text(value)
    return _moment_text(value)


def clean(text: str) -> str:
    """Without blanks around it (no-break and full-width ones too), lines ended the same way."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n\u00a0\u3000\ufeff\u200b")


def is_empty(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, "无", "/", "-"."""
    return text in _EMPTY


def as_date(text: str) -> date:
    """A day written as 2026-11-22, 2026/11/22, 2026.11.22, 20261122 or 2026年11月22日. Errors: ValueError."""
    return as_moment(text).date()


def as_moment(text: str) -> datetime:
    """A day with or without a time of day, without zone; midnight where none is given. Errors: ValueError."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    found = _DATE.match(narrow) or _PLAIN.match(narrow)
    if found is None:
        raise ValueError(text)
    day = date(*(int(part) for part in found.groups()))
    rest = narrow[found.end() :]
    return datetime.combine(day, _time(rest) if rest.strip() else time())


def as_number(text: str) -> Decimal:
    """A number, also full-width and with separators of thousands. Errors: ValueError."""
    narrow = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    try:
        number = Decimal(narrow)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def harmless(text: str) -> str:
    """The text as it may stand in a CSV: what a table program would run as a formula gets a ' before it."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _number_text(value: float) -> str:
    if abs(value) >= _EXACT:
        raise LostDigitsError(value)
    return str(int(value)) if value == int(value) else repr(value)


def _moment_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return clean(str(value))


def _time(text: str) -> time:
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second)
