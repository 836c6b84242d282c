"""A deadline for whoever waits for it: one sentence, and a second one where there is more to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gantang.engine.time.omitted import left_out, listed, not_ending
from gantang.engine.time.pauses import stops
from gantang.engine.time.telling import Told, spoken

if TYPE_CHECKING:
    from gantang.engine.time.explain import Explanation

_NOTHING = Told("", "")
_PROVISIONAL = Told(
    "放假安排还没有全部公布，日期是暂定的，公布后会重算",
    "the holiday notice is not out yet: the date is provisional and will be counted again",
)


def told(how: Explanation) -> Told:
    """How much from when until when; then what was left out, and whether the day may still move."""
    beside = [_skipped(how), *_rolled(how)]
    if how.provisional:
        beside.append(_PROVISIONAL)
    return _summary(how) + _sentence([one for one in beside if one != _NOTHING])


def _summary(how: Explanation) -> Told:
    first, span, due = how.legs[0], how.spans[0], spoken(how.legs[-1].due)
    start = spoken(first.start)
    rest = _NOTHING if span.unit.runs_from_the_moment else Told("，当天不算", ", that day left out")
    for more in how.spans[1:]:
        rest += Told(f"，后来延长{more.words('zh')}", f", later extended by {more}")
    zh = f"{span.words('zh')}，从{start.zh}起算{rest.zh}，最迟到{due.zh}。"
    return Told(zh, f"{str(span).capitalize()} from {start.en}{rest.en}: until {due.en} at the latest.")


def _sentence(said: list[Told]) -> Told:
    if not said:
        return _NOTHING
    en = "; ".join(one.en for one in said)
    return Told("；".join(one.zh for one in said) + "。", f" {en[0].upper()}{en[1:]}.")


def _skipped(how: Explanation) -> Told:
    """What was left out on the way, all stretches together."""
    if how.spans[0].unit.runs_from_the_moment:
        return Told("停表的时间不算", "the time it stood still is left out") if how.pauses else _NOTHING
    halts, found = stops(how.pauses), Counter[Told]()
    for leg in how.legs:
        found.update(left_out(leg, how.calendar, halts))
    if not found:
        return _NOTHING
    named = listed(found)
    return Told(f"其间{named.zh}不算", f"left out on the way: {named.en}")


def _rolled(how: Explanation) -> Iterator[Told]:
    for leg in how.legs:
        if leg.end != leg.last:
            why = not_ending(leg, how.calendar)
            yield Told(
                f"期满那天是{why.zh}，往后顺延", f"the last day is left out ({why.en}), so it rolls on"
            )
