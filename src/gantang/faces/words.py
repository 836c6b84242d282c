"""Dates, moments and spans in words, Chinese and English. Pure: the present moment is an argument."""

from datetime import date, datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

_WEEKDAYS_ZH = "一二三四五六日"
_MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def is_english() -> bool:
    """Whether the page being drawn is in English."""
    return (get_language() or "").startswith("en")


def day(on: date, *, today: date | None = None, weekday: bool = True) -> str:
    """A day: 11月23日（星期一）, with the year when it is not this one."""
    other_year = today is None or on.year != today.year
    if is_english():
        name = f"{_WEEKDAYS_EN[on.weekday()]} " if weekday else ""
        return f"{name}{on.day} {_MONTHS_EN[on.month - 1]}" + (f" {on.year}" if other_year else "")
    year = f"{on.year}年" if other_year else ""
    name = f"（星期{_WEEKDAYS_ZH[on.weekday()]}）" if weekday else ""
    return f"{year}{on.month}月{on.day}日{name}"


def moment(at: datetime, *, now: datetime) -> str:
    """A moment: 今天14:30, else day and time; midnight belongs to the day it ends, as 24:00."""
    shown, clock = day_of(at), at.strftime("%H:%M")
    if shown != at.date():
        clock = "24:00"
    if shown == now.date():
        return _("今天%(time)s") % {"time": clock}
    joint = ", " if is_english() else ""
    return f"{day(shown, today=now.date())}{joint}{clock}"


def short(at: datetime, *, now: datetime) -> str:
    """A moment in a table: 10:24 today, else 11-23 17:30."""
    if at.date() == now.date():
        return at.strftime("%H:%M")
    return at.strftime("%m-%d %H:%M" if at.year == now.year else "%Y-%m-%d")


def day_of(at: datetime) -> date:
    """The day a moment belongs to: midnight belongs to the day it ends."""
    return (
        (at - timedelta(microseconds=1)).date() if (at.hour, at.minute, at.second) == (0, 0, 0) else at.date()
    )


def left(due: datetime, *, now: datetime) -> str:
    """How much is left, or by how much it is late: 还有4小时, 超期2天."""
    seconds = (due - now).total_seconds()
    amount = _amount(abs(seconds))
    return (_("剩%(span)s") if seconds >= 0 else _("超期%(span)s")) % {"span": amount}


def _amount(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes >= 2 * 24 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(n)d天", "%(n)d天", days) % {"n": days}
    if minutes >= 60:
        hours, rest = divmod(minutes, 60)
        return (_("%(h)d小时%(m)d分") if rest and hours < 24 else _("%(h)d小时")) % {"h": hours, "m": rest}
    return _("%(m)d分") % {"m": minutes}


def count(n: int, *, capped: bool = False) -> str:
    """A count with its thousands marked: 1,204, or 1,000+ where counting stopped."""
    return f"{n:,}+" if capped else f"{n:,}"
