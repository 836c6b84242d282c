"""How a document writes what was answered: dates, money and codes in words, in the official Chinese form."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from gantang.engine import Field, case_number
from gantang.engine.run.values import CHINA

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")

#: What a code is called: units and posts by number, classes and grounds by code.
Names = Mapping[tuple[str, str], str]


def day(value: str | date | datetime) -> str:
    """``2026年11月28日``, in local time."""
    found = value if isinstance(value, date) else datetime.fromisoformat(value)
    local = found.astimezone(CHINA) if isinstance(found, datetime) and found.tzinfo else found
    return f"{local.year}年{local.month}月{local.day}日"


def last_day(value: datetime) -> str:
    """The day a deadline ends: 24:00 belongs to the day it ends."""
    return day(value - timedelta(microseconds=1))


def moment(value: str | datetime) -> str:
    """``2026年11月28日17时30分``, in local time."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    local = found.astimezone(CHINA) if found.tzinfo else found
    return f"{day(local)}{local.hour}时{local.minute:02}分"


def amount(fen: int) -> str:
    """``1,234.50元``, from fen."""
    sign, whole = "-" if fen < 0 else "", abs(fen)
    return f"{sign}{whole // 100:,}.{whole % 100:02}元"


def capitals(fen: int) -> str:
    """``壹仟贰佰叁拾肆元伍角整``: the form that cannot be altered with a stroke (票据法 practice)."""
    whole, jiao, rest = abs(fen) // 100, abs(fen) // 10 % 10, abs(fen) % 10
    head = f"{_whole(whole)}元" if whole or not (jiao or rest) else ""
    tail = f"{_DIGITS[jiao]}角" if jiao else ("零" if rest and whole else "")
    return ("负" if fen < 0 else "") + head + tail + (f"{_DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    """A whole number; a gap of any length inside it is one 零."""
    if number == 0:
        return "零"
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    said = ""
    for place in reversed(range(len(groups))):
        group = groups[place]
        if group == 0:
            said = said if said.endswith("零") else said + "零"
            continue
        gap = said and not said.endswith("零") and group < 1_000
        said += ("零" if gap else "") + _group(group) + _GROUPS[place]
    return said.rstrip("零")


def _group(group: int) -> str:
    said = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            said += _DIGITS[digit] + _PLACES[place]
        elif said and not said.endswith("零"):
            said += "零"
    return said.rstrip("零")


def number(made_at: datetime, serial: int | None, sign: str = "") -> str:
    """A document's number, ``〔2026〕12号``, behind the unit's sign (机关代字) where it has one: no leading
    nought; empty where there is none (GB/T 9704-2012)."""
    return f"{sign}〔{made_at.astimezone(CHINA).year}〕{serial}号" if serial else ""


def words(field: Field, value: Any, names: Names) -> str:
    """An answer as words; an empty one is empty."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return "、".join(words(field, one, names) for one in value)
    known = {option.code: option.words.zh for option in field.options}
    if str(value) in known:
        return known[str(value)]
    written = _WRITTEN.get(field.kind)
    return written(value) if written else names.get((_NAMED.get(field.kind, ""), str(value)), str(value))


def table(field: Field, value: Any, names: Names) -> tuple[tuple[str, ...], ...]:
    """The rows of a field of rows, each column in words. A value from the vault is its JSON."""
    rows = json.loads(value) if isinstance(value, str) and value else value or []
    return tuple(
        tuple(words(column, row.get(column.name), names) for column in field.columns) for row in rows
    )


def codes(field: Field, value: Any) -> list[tuple[str, str]]:
    """What has to be looked up before an answer can be written."""
    kind = _NAMED.get(field.kind)
    if kind is None or value in (None, "", []):
        return []
    return [(kind, str(one)) for one in (value if isinstance(value, list) else [value])]


_NAMED = {"unit": "unit", "units": "unit", "post": "post", "class": "class", "ground": "ground"}
_WRITTEN: dict[str, Callable[[Any], str]] = {
    "date": day,
    "case_number": case_number.written,
    "moment": moment,
    "yes_no": lambda value: "是" if value in (True, "True", "true") else "否",
    "amount": lambda value: f"{amount(int(value))}（大写{capitals(int(value))}）",
    "rating": lambda value: f"{value}分（满分5分）",
}
