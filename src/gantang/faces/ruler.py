"""The day ruler (日尺): a deadline as cells that can be counted with a finger. Pure.

One cell a day from the day the clock started to the deadline (or today, when late); over 45 days one a week.
Every cell carries its sentence, so that the picture can also be heard.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.faces import words

#: More days than this are drawn as weeks.
MOST_DAYS = 45
#: A ruler ends here at the latest; what is later is told in words alone.
MOST_CELLS = 60
#: Words need this part of the ruler's length.
MARGIN = 0.4


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its look (`kind`), marks on it, words under and over it, and its sentence."""

    kind: str
    sentence: str
    now: bool = False
    due: bool = False
    under: str = ""
    over: str = ""

    @property
    def css(self) -> str:
        """Class names of the cell."""
        return " ".join(
            name for name, on in ((self.kind, True), ("now", self.now), ("due", self.due)) if on and name
        )


@dataclass(frozen=True, slots=True)
class Run:
    """What the ruler is drawn from, in local days; `counts` says whether a day counts by the calendar."""

    start: date
    due: date
    today: date
    counts: Callable[[date], bool]
    paused: Collection[date] = ()
    extended_after: date | None = None
    ended: date | None = None


def cells(run: Run) -> tuple[Cell, ...]:
    """The ruler's cells, from left to right."""
    last = max(run.due, min(run.today, run.due + timedelta(days=MOST_DAYS)) if run.ended is None else run.due)
    days = [run.start + timedelta(days=n) for n in range((last - run.start).days + 1)]
    if len(days) > MOST_DAYS:
        return _weeks(run, days)[-MOST_CELLS:]
    return _labelled([_cell(run, one) for one in days], days, run)


def _cell(run: Run, on: date) -> Cell:
    kind = _look(run, on)
    parts = [words.day(on, today=run.today), str(_WHY[kind])]
    if on == run.today and run.ended is None:
        parts.append(_("今天"))
    if on == run.due:
        parts.append(_("到期"))
    return Cell(kind, _("，").join(parts), now=on == run.today and run.ended is None, due=on == run.due)


#: What each look says.
_WHY = {
    "zero": gettext_lazy("起算日不计"),
    "over": gettext_lazy("已超期"),
    "stop": gettext_lazy("暂停不计"),
    "rest": gettext_lazy("休息日不计"),
    "more": gettext_lazy("延长的期限"),
    "": gettext_lazy("已计"),
    "todo": gettext_lazy("还没到"),
}


def _look(run: Run, on: date) -> str:
    if on == run.start and on != run.due:
        return "zero"
    if on > run.due:
        return "over"
    if on in run.paused:
        return "stop"
    if not run.counts(on):
        return "rest"
    if run.extended_after and on > run.extended_after:
        return "more"
    if (on < run.today and (run.ended is None or on <= run.ended)) or on == run.ended:
        return ""
    return "todo"


def _labelled(row: list[Cell], days: list[date], run: Run) -> tuple[Cell, ...]:
    """Words under the first cell and the deadline, and over today."""
    for index, on in enumerate(days):
        if on == run.due or (index == 0 and not _crowded(days, run)):
            row[index] = replace(row[index], under=words.day(on, today=run.today, weekday=False))
        if row[index].now and len(days) > 1:
            row[index] = replace(row[index], over=_("今天"))
    return tuple(row)


def _crowded(days: list[date], run: Run) -> bool:
    """Whether the deadline's words, somewhere in the middle, would run into those of the first cell."""
    place, last = (run.due - days[0]).days, len(days) - 1
    return 0 < place < last and place / last < MARGIN


def _weeks(run: Run, days: list[date]) -> tuple[Cell, ...]:
    """One cell a week (Monday to Sunday), named by its first day."""
    groups: dict[date, list[date]] = {}
    for on in days:
        groups.setdefault(on - timedelta(days=on.weekday()), []).append(on)
    return _labelled_weeks([_week(run, group) for group in groups.values()], list(groups.values()), run)


def _week(run: Run, group: list[date]) -> Cell:
    looks = [_look(run, on) for on in group]
    kind = next((look for look in ("over", "zero", "stop", "more", "todo", "") if look in looks), "rest")
    counted = sum(look in ("", "todo", "more") for look in looks)
    sentence = _("%(day)s起的一周，计%(n)d天") % {"day": words.day(group[0], today=run.today), "n": counted}
    return Cell(kind, sentence, now=run.today in group and run.ended is None, due=run.due in group)


def _labelled_weeks(row: list[Cell], groups: list[list[date]], run: Run) -> tuple[Cell, ...]:
    for index, group in enumerate(groups):
        if index == 0 or run.due in group:
            on = run.due if run.due in group else group[0]
            row[index] = replace(row[index], under=words.day(on, today=run.today, weekday=False))
        if row[index].now:
            row[index] = replace(row[index], over=_("今天"))
    return tuple(row)
