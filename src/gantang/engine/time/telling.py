"""How days, moments and lengths are written in a working, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gantang.engine.time.calendar import moment
from gantang.engine.time.table import DAY, MINUTE


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the working, in two languages."""

    zh: str
    en: str

    def __add__(self, other: Told) -> Told:
        return Told(self.zh + other.zh, self.en + other.en)

    def of(self, lang: str) -> str:
        """The text in one of the two."""
        return self.en if lang.startswith("en") else self.zh


def shown(at: int) -> str:
    """A moment for a table; midnight at a day's end is 24:00 of that day."""
    if at % DAY:
        return f"{moment(at):%Y-%m-%d %H:%M}"
    return f"{date.fromordinal(at // DAY - 1)} 24:00"


def spoken(at: int) -> Told:
    """A moment as one says it: 2026年3月9日17:30; 17:30 on 9 March 2026."""
    on = date.fromordinal((at - 1) // DAY if at % DAY == 0 else at // DAY)
    clock = f"{moment(at):%H:%M}" if at % DAY else "24:00"
    return Told(f"{day(on).zh}{clock}", f"{clock} on {day(on).en}")


def day(on: date) -> Told:
    """A day as one says it."""
    return Told(f"{on.year}年{on.month}月{on.day}日", f"{on.day} {_MONTHS[on.month - 1]} {on.year}")


def length(of: int) -> Told:
    """Ticks as hours and minutes: 1小时30分, 1 h 30 min."""
    hours, minutes = divmod(round(of / MINUTE), 60)
    zh = (f"{hours}小时" if hours else "") + (f"{minutes}分钟" if minutes or not hours else "")
    en = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes or not hours)
    return Told(zh, " ".join(en))


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
