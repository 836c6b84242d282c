"""A year as twelve months, and a change of it as it travels through the preview."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.catalogue import errors
from gantang.catalogue.types import CalendarChange, LocalDay
from gantang.engine import Calendar, Day, DayKind, Words
from gantang.faces import words
from gantang.kit import clock


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: its number, a sign that is a word (休, 班, 半), its look, its sentence."""

    day: int
    mark: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; None before its first day and behind its last."""

    title: str
    weeks: tuple[tuple[Cell | None, ...], ...]


def months(calendar: Calendar, year: int, changed: Iterable[date] = ()) -> tuple[Month, ...]:
    """The twelve months; ``changed`` days are told apart."""
    marked = frozenset(changed)
    return tuple(_month(calendar, year, number, marked) for number in range(1, 13))


def _month(calendar: Calendar, year: int, number: int, changed: frozenset[date]) -> Month:
    first = date(year, number, 1)
    last = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    cells: list[Cell | None] = [None] * first.weekday()
    cells += [_cell(calendar, first + timedelta(days=n), changed) for n in range(last.day)]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
    return Month(_("%(year)d年%(month)d月") % {"year": year, "month": number}, weeks)


def _cell(calendar: Calendar, on: date, changed: frozenset[date]) -> Cell:
    day = calendar.day(on)
    mark, kind, word = _look(day, on, works=calendar.is_working(on))
    said = [words.day(on, today=on), word, day.name(get_language() or "zh"), _hours(day)]
    if not calendar.is_settled(on):
        said.append(_("暂定"))
    if on in changed:
        said.append(_("有变化"))
        kind += " changed"
    return Cell(on.day, mark, kind, _("，").join(one for one in said if one))


def _look(day: Day, on: date, *, works: bool) -> tuple[str, str, str]:
    if works and day.hours is not None:
        return _("半"), "half", _("时间另定的上班日")
    if works and on.weekday() > 4:
        return _("班"), "makeup", _("调休上班")
    if works:
        return "", "work", _("上班")
    if on.weekday() > 4 and not day.zh:
        return "", "weekend", _("周末")
    return _("休"), "rest", _("休息")


def _hours(day: Day) -> str:
    return " ".join(f"{since}–{until}" for since, until in day.hours or ())


def weekdays() -> tuple[str, ...]:
    """Heads of the columns."""
    return (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))


KINDS = {"rest": DayKind.REST, "makeup": DayKind.MAKEUP, "working": DayKind.WORKING, "half": DayKind.WORKING}


def of_form(data: dict[str, Any], ground: str) -> CalendarChange:
    """The change that one day of the form means."""
    on, kind, source = data["on"], data["kind"], data["source"]
    if kind == "clear":
        return CalendarChange(ground, clear=(on,), source=source, since=begins(data["since"]))
    title = Words(data["zh"], data["en"] or data["zh"])
    hours = tuple(data["hours"]) or None
    day = LocalDay(ground, on, KINDS[kind], title, hours, source)
    return CalendarChange(ground, (day,), source=source, since=begins(data["since"]))


def begins(on: date | None) -> datetime | None:
    """The beginning of a day, local time."""
    return datetime(on.year, on.month, on.day, tzinfo=clock.ZONE) if on else None


def lines(days: Iterable[LocalDay]) -> list[str]:
    """Days in words: 10月9日(星期五)，休息，县庆."""
    found = []
    for one in sorted(days, key=lambda day: day.on):
        day = Day(DayKind(one.kind), one.title.zh, one.title.en, one.hours)
        word = _look(day, one.on, works=day.kind is not DayKind.REST)[2]
        said = [words.day(one.on, today=one.on), word, day.name(get_language() or "zh"), _hours(day)]
        found.append(_("，").join(part for part in said if part))
    return found


def packed(change: CalendarChange) -> str:
    """A change as the preview's form carries it."""
    days = [[one.on.isoformat(), one.kind, one.title.zh, one.title.en, one.hours] for one in change.put]
    data = {
        "put": days,
        "clear": [on.isoformat() for on in change.clear],
        "year": change.year,
        "source": change.source,
        "since": change.since.isoformat() if change.since else None,
        "whole": sorted(change.whole),
    }
    return json.dumps(data, ensure_ascii=False)


def unpacked(text: str, ground: str) -> CalendarChange:
    """The change again; the service checks it anew. Errors: DayError for what no preview wrote."""
    try:
        data = json.loads(text)
        return CalendarChange(
            ground,
            tuple(_day(one, ground, data["source"]) for one in data["put"]),
            tuple(map(date.fromisoformat, data["clear"])),
            data["year"],
            data["source"],
            datetime.fromisoformat(data["since"]) if data["since"] else None,
            frozenset(data["whole"]),
        )
    except (ValueError, KeyError, TypeError):
        raise errors.unreadable_change() from None


def _day(one: list[Any], ground: str, source: str) -> LocalDay:
    on, kind, zh, en, hours = one
    spans = tuple((str(since), str(until)) for since, until in hours) if hours else None
    return LocalDay(ground, date.fromisoformat(on), str(kind), Words(zh, en), spans, source)
