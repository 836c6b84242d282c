"""Published figures as a picture with its table, and as files to take away."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.reception import queries
from gantang.reception.types import EditionView

#: What each column of a download means, in both languages.
DICTIONARY = (
    ("ground", "区划代码，rest是本级和地点未定", "division code; rest: at this level, or place not set"),
    ("ground_name", "区划名称", "name of the division"),
    ("class", "类别代码，all是全部", "class code; all: every class"),
    ("class_name", "类别名称", "name of the class"),
    ("month", "月份，period是整个时期", "month; period: the whole period"),
    ("received", "收到的件数", "matters received"),
    ("closed", "办结的件数", "matters closed"),
    ("on_time", "其中按时办结的件数", "of these, closed in time"),
)
#: How wide the widest bar is drawn.
WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a picture and of the table under it; None where a number is left out."""

    name: str
    received: int | None
    closed: int | None
    on_time: int | None
    width: int

    @property
    def percent(self) -> str:
        """The share closed in time, "" where it cannot be told."""
        if self.closed is None or self.on_time is None or not self.closed:
            return ""
        return f"{100 * self.on_time / self.closed:.1f}%"


def page_of(one: EditionView) -> dict[str, Any]:
    """The edition's pictures: by month, by class, by part of the ground."""
    lang = get_language() or ""
    ground, klass, month = one.grounds[0], one.classes[0], one.months[0]
    return {
        "edition": one,
        "name": one.name(ground, lang),
        "since": month_said(one.since),
        "until": month_said(one.until),
        "whole": _bars(one, [(ground, klass, month)], [""])[0],
        "parts": [
            (_("每个月"), _bars(one, [(ground, klass, each) for each in one.months[1:]], _months(one))),
            (_("每一类"), _by(one, [(ground, each, month) for each in one.classes[1:]], 1)),
            (_("每个地方"), _by(one, [(each, klass, month) for each in one.grounds[1:]], 0)),
        ],
        "licence": queries.licence(),
        "dictionary": [(name, en if lang.startswith("en") else zh) for name, zh, en in DICTIONARY],
    }


def month_words(on: date) -> str:
    """2026-11, as files have it."""
    return f"{on:%Y-%m}"


def month_said(on: date) -> str:
    """2026年11月, Nov 2026: as people say it."""
    return date_format(on, _("Y年n月"))


def _months(one: EditionView) -> list[str]:
    return [month_said(date.fromisoformat(f"{each}-01")) for each in one.months[1:]]


def written(one: EditionView) -> str:
    """The edition as CSV; the licence and what an empty cell means stand above it, behind a #."""
    lang, out = get_language() or "", io.StringIO()
    out.write("".join(f"# {line}\n" for line in _above(one)))
    lines = csv.writer(out)
    lines.writerow([name for name, _zh, _en in DICTIONARY])
    for row in _rows(one, lang):
        lines.writerow(["" if value is None else value for value in row.values()])
    return out.getvalue()


def spelt(one: EditionView) -> dict[str, Any]:
    """The edition as JSON, with its licence and its dictionary."""
    return {
        "licence": queries.licence() or None,
        "edition": one.number,
        "ground": one.ground,
        "since": month_words(one.since),
        "until": month_words(one.until),
        "published_at": one.made_at.isoformat(timespec="seconds"),
        "below": 10,
        "null": _withheld(),
        "dictionary": [{"name": name, "zh": zh, "en": en} for name, zh, en in DICTIONARY],
        "rows": list(_rows(one, get_language() or "")),
    }


def _above(one: EditionView) -> list[str]:
    said = {"number": one.number, "at": f"{one.made_at:%Y-%m-%d}"}
    return [
        _("许可：%(licence)s") % {"licence": queries.licence() or _("未设定")},
        _("第%(number)s次公布，%(at)s") % said,
        _withheld(),
    ]


def _withheld() -> str:
    return _("空着的格：少于10件，或写出来就能算出少于10件的数。")


def _rows(one: EditionView, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "ground": ground,
            "ground_name": one.name(ground, lang),
            "class": klass,
            "class_name": one.name(klass, lang),
            "month": month,
            **{name: table[ground, klass, month] for name, table in one.tables.items()},
        }
        for ground, klass, month in one.tables["received"]
    ]


def _by(one: EditionView, cells: list[tuple[str, str, str]], place: int) -> list[Bar]:
    """The lines of a direction; those where nothing was counted are not drawn."""
    shown = [cell for cell in cells if one.tables["received"][cell] != 0 or one.tables["closed"][cell] != 0]
    return _bars(one, shown, [one.name(cell[place], get_language() or "") for cell in shown])


def _bars(one: EditionView, cells: list[tuple[str, str, str]], names: Any) -> list[Bar]:
    received: Mapping[tuple[str, str, str], int | None] = one.tables["received"]
    most = max((received[cell] or 0 for cell in cells), default=0)
    return [
        Bar(
            name,
            received[cell],
            one.tables["closed"][cell],
            one.tables["on_time"][cell],
            WIDTH * (received[cell] or 0) // most if most else 0,
        )
        for cell, name in zip(cells, names, strict=True)
    ]
