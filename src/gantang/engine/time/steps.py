"""The steps of a count with the rule each follows; for an audit with every day on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from gantang.engine.time import account, omitted
from gantang.engine.time.legs import Leg
from gantang.engine.time.pauses import Paused, stops
from gantang.engine.time.span import Span, Unit
from gantang.engine.time.telling import Told, shown

if TYPE_CHECKING:
    from gantang.engine.time.explain import Explanation

#: The Civil Code (民法典) of 2020, §201–203.
FIRST = ("民法典第二百零一条", "Civil Code §201")
MONTHS = ("民法典第二百零二条", "Civil Code §202")
LAST = ("民法典第二百零三条", "Civil Code §203")


_PROVISIONAL = Told(
    "其间有的日子放假安排还没有公布，先按周一至周五上班来算；公布后会重算。",
    "For some days on the way the holiday notice is not published: they count by their weekday until it is.",
)


def told(how: Explanation, *, days: bool) -> Iterator[Told]:
    """Pauses, then each stretch from its beginning to its end; ``days`` adds the day-by-day working."""
    yield from (_paused(one) for one in sorted(how.pauses, key=lambda one: one.since))
    for number, leg in enumerate(how.legs):
        yield from _leg(how, number, leg, days=days)
    if how.provisional:
        yield _PROVISIONAL


def _paused(one: Paused) -> Told:
    since, until = f"{one.since:%Y-%m-%d %H:%M}", f"{one.until:%Y-%m-%d %H:%M}"
    why = (f"，{one.why}", f", {one.why}") if one.why else ("", "")
    return Told(f"{since}至{until}停表{why[0]}。", f"Paused from {since} to {until}{why[1]}.")


def _leg(how: Explanation, number: int, leg: Leg, *, days: bool) -> Iterator[Told]:
    if number and how.whys[number - 1]:
        yield Told(f"延期：{how.whys[number - 1]}。", f"Extended: {how.whys[number - 1]}.")
    yield _begin(how.spans[number], leg, extension=number > 0)
    if days:
        yield from account.lines(how.account(number), leg.unit)
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
    found = omitted.left_out(leg, how.calendar, stops(how.pauses))
    if found:
        named = omitted.listed(found)
        yield Told(f"其间不算：{named.zh}。", f"Not counted on the way: {named.en}.")
    worked = [f"{one}" for one in omitted.makeup(leg, how.calendar)]
    if worked:
        zh = f"调休上班，算在内：{'、'.join(worked)}。"
        yield Told(zh, f"Worked in exchange, so counted: {', '.join(worked)}.")


def _rolled(how: Explanation, leg: Leg) -> Told:
    last, end = date.fromordinal(leg.last), date.fromordinal(leg.end)
    why = omitted.not_ending(leg, how.calendar)
    return Told(
        f"最后一天{last}是{why.zh}，顺延到{end}（{LAST[0]}）。",
        f"The last day, {last}, is {why.en}: it rolls to {end} ({LAST[1]}).",
    )


def _due(how: Explanation, leg: Leg) -> Told:
    at = shown(leg.due)
    if leg.unit.runs_from_the_moment:
        return Told(f"{at}到期。", f"Due {at}.")
    if how.side == "people":
        return Told(f"到当天24:00截止：{at}（{LAST[0]}）。", f"The day ends at 24:00: {at} ({LAST[1]}).")
    return Told(f"到当天下班时截止：{at}（{LAST[0]}）。", f"Business closes then: {at} ({LAST[1]}).")
