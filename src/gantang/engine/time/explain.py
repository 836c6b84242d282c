"""How a deadline was counted: one sentence for whoever waits, step by step for whoever checks it.

Nothing is worded until it is read: a clock is counted far more often than explained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gantang.engine.time.calendar import Calendar, DayKind, moment
from gantang.engine.time.legs import Leg, Side
from gantang.engine.time.pauses import Paused, stops, touched_days, touched_working_days, within
from gantang.engine.time.span import Span, Unit
from gantang.engine.time.table import DAY

#: The Civil Code (民法典) of 2020, §201–203.
FIRST = ("民法典第二百零一条", "Civil Code §201")
MONTHS = ("民法典第二百零二条", "Civil Code §202")
LAST = ("民法典第二百零三条", "Civil Code §203")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the working, in two languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Explanation:
    """The legs that make a deadline (the span, then each extension) and what they were counted on."""

    calendar: Calendar
    side: Side
    legs: tuple[Leg, ...]
    spans: tuple[Span, ...]
    pauses: tuple[Paused, ...] = ()
    whys: tuple[str, ...] = ()

    def words(self, lang: str = "zh") -> str:
        """One sentence: from when, how much, what is left out, until when."""
        told = _summary(self)
        return told.en if lang.startswith("en") else told.zh

    @cached_property
    def steps(self) -> tuple[Told, ...]:
        """Every step of the count with the rule it follows."""
        found = [_paused(one) for one in sorted(self.pauses, key=lambda one: one.since)]
        for number, leg in enumerate(self.legs):
            found.extend(_leg(self, number, leg))
        if any(leg.provisional for leg in self.legs):
            found.append(_PROVISIONAL)
        return tuple(found)


_PROVISIONAL = Told(
    "其间有的日子放假安排还没有公布，先按周一至周五上班来算；公布后会重算。",
    "For some days on the way the holiday notice is not published: they count by their weekday until it is.",
)


def shown(at: int) -> str:
    """A moment in words; midnight at a day's end is 24:00 of that day."""
    if at % DAY:
        return f"{moment(at):%Y-%m-%d %H:%M}"
    return f"{date.fromordinal(at // DAY - 1)} 24:00"


def _summary(how: Explanation) -> Told:
    first, last = how.legs[0], how.legs[-1]
    zh = "".join(f"，延长{span.words('zh')}" for span in how.spans[1:])
    en = "".join(f", extended by {span}" for span in how.spans[1:])
    if how.pauses:
        zh, en = f"{zh}，停表期间不算", f"{en}, pauses left out"
    if any(leg.provisional for leg in how.legs):
        zh, en = f"{zh}（日期暂定）", f"{en} (provisional)"
    return Told(
        f"从{shown(first.start)}起{how.spans[0].words('zh')}{zh}，到{shown(last.due)}为止。",
        f"{str(how.spans[0]).capitalize()} from {shown(first.start)}{en}: until {shown(last.due)}.",
    )


def _paused(one: Paused) -> Told:
    since, until = f"{one.since:%Y-%m-%d %H:%M}", f"{one.until:%Y-%m-%d %H:%M}"
    why = (f"，{one.why}", f", {one.why}") if one.why else ("", "")
    return Told(f"{since}至{until}停表{why[0]}。", f"Paused from {since} to {until}{why[1]}.")


def _leg(how: Explanation, number: int, leg: Leg) -> Iterator[Told]:
    if number and how.whys[number - 1]:
        yield Told(f"延期：{how.whys[number - 1]}。", f"Extended: {how.whys[number - 1]}.")
    yield _begin(how.spans[number], leg, extension=number > 0)
    if leg.unit in (Unit.WORKING_DAYS, Unit.DAYS):
        yield from _left_out(how, leg)
    if leg.unit in (Unit.MONTHS, Unit.YEARS):
        last = date.fromordinal(leg.last)
        yield Told(
            f"月、年按对应日计，到{last}（{MONTHS[0]}）。",
            f"Months and years end on the day of the same number: {last} ({MONTHS[1]}).",
        )
    if leg.end != leg.last:
        yield _rolled(how, leg)
    yield _due(how, leg)


def _begin(span: Span, leg: Leg, *, extension: bool) -> Told:
    at = shown(leg.start)
    begin = ("从原期限", "from the old deadline, ") if extension else ("从", "from ")
    if leg.unit is Unit.HOURS:
        rest = ("，连续计算", "without a break")
    elif leg.unit is Unit.WORKING_HOURS:
        rest = ("，只算上班时间", "while the doors are open")
    else:
        rest = (f"，当天不算（{FIRST[0]}）", f"that day left out ({FIRST[1]})")
    return Told(f"{begin[0]}{at}起算{span.words('zh')}{rest[0]}。", f"{span} {begin[1]}{at}, {rest[1]}.")


def _left_out(how: Explanation, leg: Leg) -> Iterator[Told]:
    """Days on the way that do not count, by name; and rest days that do."""
    zh, en = _counted(how, leg, "zh"), _counted(how, leg, "en")
    if zh:
        yield Told(
            "其间不算：" + "、".join(f"{name}{n}天" for name, n in zh.items()) + "。",
            "Not counted on the way: " + ", ".join(f"{name} {n}" for name, n in en.items()) + ".",
        )
    makeup = _makeup(how, leg) if leg.unit is Unit.WORKING_DAYS else []
    if makeup:
        days = [f"{one}" for one in makeup]
        yield Told(
            f"调休上班，算在内：{'、'.join(days)}。", f"Worked in exchange, so counted: {', '.join(days)}."
        )


def _counted(how: Explanation, leg: Leg, lang: str) -> Counter[str]:
    found: Counter[str] = Counter()
    touched = _touched(how, leg)
    for ordinal in range(leg.first + 1, leg.last + 1):
        on = date.fromordinal(ordinal)
        if leg.unit is Unit.WORKING_DAYS and not how.calendar.is_working(on):
            found[_rest_name(how.calendar, on, lang)] += 1
        elif within(ordinal, touched):
            found["停表" if lang == "zh" else "paused"] += 1
    return found


def _touched(how: Explanation, leg: Leg) -> tuple[tuple[int, int], ...]:
    halts = stops(how.pauses)
    if leg.unit is Unit.WORKING_DAYS:
        return touched_working_days(halts, how.calendar)
    return touched_days(halts)


def _rest_name(calendar: Calendar, on: date, lang: str) -> str:
    return calendar.day(on).name(lang) or ("周末" if lang == "zh" else "weekend")


def _makeup(how: Explanation, leg: Leg) -> list[date]:
    days = (date.fromordinal(one) for one in range(leg.first + 1, leg.last + 1))
    return [on for on in days if how.calendar.day(on).kind is DayKind.MAKEUP]


def _rolled(how: Explanation, leg: Leg) -> Told:
    last, end = date.fromordinal(leg.last), date.fromordinal(leg.end)
    if how.calendar.is_working(last):
        why = ("停表", "paused")
    else:
        why = (_rest_name(how.calendar, last, "zh"), _rest_name(how.calendar, last, "en"))
    return Told(
        f"最后一天{last}是{why[0]}，顺延到{end}（{LAST[0]}）。",
        f"The last day, {last}, is {why[1]}: it rolls to {end} ({LAST[1]}).",
    )


def _due(how: Explanation, leg: Leg) -> Told:
    at = shown(leg.due)
    if leg.unit.runs_from_the_moment:
        return Told(f"{at}到期。", f"Due {at}.")
    if how.side == "people":
        return Told(f"到当天24:00截止：{at}（{LAST[0]}）。", f"The day ends at 24:00: {at} ({LAST[1]}).")
    return Told(f"到当天下班时截止：{at}（{LAST[0]}）。", f"Business closes then: {at} ({LAST[1]}).")
