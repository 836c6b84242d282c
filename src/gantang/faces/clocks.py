"""A deadline as a picture and in words: ruler, sign, what is left, and how the day was found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.engine import Explanation, Span
from gantang.faces import ruler, vocabulary, words

#: From this part of its time on a clock is called soon.
SOON = 0.8


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page shows of one clock."""

    title: str
    span: str
    sign: vocabulary.Sign
    word: str
    due_words: str
    cells: tuple[ruler.Cell, ...]
    plain: str
    reckoning: tuple[str, ...]
    provisional: bool


def sign_of(
    *,
    due: datetime | None,
    started: datetime,
    now: datetime,
    paused: bool = False,
    ended: datetime | None = None,
) -> tuple[vocabulary.Sign, str]:
    """The sign of a deadline and its words: 剩4天, 超期2天, 按时办结."""
    if due is None:
        return vocabulary.Sign("stone", icon="clock", word=_("没有期限")), _("没有期限")
    if ended is not None:
        sign = vocabulary.clock_sign("on_time" if ended <= due else "overrun")
        return sign, str(sign.word)
    if paused:
        return vocabulary.clock_sign("paused"), _("暂停")
    return vocabulary.clock_sign(_mark(due, started, now)), words.left(due, now=now)


def _mark(due: datetime, started: datetime, now: datetime) -> str:
    if now > due:
        return "late"
    whole = (due - started).total_seconds()
    return "soon" if whole <= 0 or (now - started).total_seconds() / whole >= SOON else "ok"


def _skips_rest(span: str) -> bool:
    """Whether rest days are left out: of working days and working hours, not of days, months, years."""
    return not span or Span.parse(span).unit.startswith("working")


def _every_day(on: date) -> bool:
    return True


def picture(
    *,
    title: str,
    start: datetime,
    due: datetime,
    span: str,
    explanation: Explanation,
    counts: Callable[[date], bool],
    now: datetime,
    stops: Iterable[tuple[datetime, datetime]] = (),
    unextended: datetime | None = None,
    paused: bool = False,
    provisional: bool = False,
    ended: datetime | None = None,
    audit: bool = False,
) -> Picture:
    """The picture of a clock that runs, or of one that ended at ``ended``; ``span`` is the engine's text.

    ``audit`` tells every day of the working, not the steps alone.
    """
    lang = get_language() or "zh-hans"
    sign, word = sign_of(due=due, started=start, now=now, paused=paused, ended=ended)
    run = ruler.Run(
        start=start.date(),
        due=words.day_of(due),
        today=now.date(),
        counts=counts if _skips_rest(span) else _every_day,
        paused=_days(stops),
        extended_after=words.day_of(unextended) if unextended else None,
        ended=ended.date() if ended else None,
    )
    return Picture(
        title=title,
        span=Span.parse(span).words(lang) if span else "",
        sign=sign,
        word=word,
        due_words=words.moment(due, now=now),
        cells=ruler.cells(run),
        plain=explanation.words(lang),
        reckoning=tuple(one.of(lang) for one in (explanation.audit if audit else explanation.steps)),
        provisional=provisional,
    )


def _days(stops: Iterable[tuple[datetime, datetime]]) -> frozenset[date]:
    """The days that a stop touches."""
    return frozenset(
        since.date() + timedelta(days=n)
        for since, until in stops
        for n in range((until.date() - since.date()).days + 1)
    )
