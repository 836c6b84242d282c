"""What flows today, as the wall says it: a figure, a line of fourteen days, a word beside it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gantang.faces.vocabulary import Sign
from gantang.screen.figures import Days
from gantang.screen.measures import MEASURES, Asked, rows
from gantang.screen.rules.hiding import drawn, is_small, shown
from gantang.screen.sight import Seen

LINE = 14
_SIGNS = {
    "in": Sign("", icon="inbox", word=""),
    "closed": Sign("ok", icon="circle-check", word=""),
    "late": Sign("bad", icon="alarm", word=""),
    "refused": Sign("", icon="arrow-back-up", word=""),
    "reopened": Sign("warn", icon="refresh-alert", word=""),
}


@dataclass(frozen=True, slots=True)
class Flow:
    """One of them. ``points`` is the line as SVG writes it, ``end`` the height of its last point."""

    code: str
    title: str
    icon: str
    tone: str
    figure: str
    rows: str
    said: str
    points: str
    end: float


def flows(seen: Seen, asked: Asked, days: Days) -> list[Flow]:
    """The five of them, of today."""
    return [_flow(seen, asked, days, code) for code in _SIGNS]


def _flow(seen: Seen, asked: Asked, days: Days, code: str) -> Flow:
    sign = _SIGNS[code]
    n, points = days.on(code), spark([drawn(each) for each in days.line(code, LINE)])
    return Flow(
        code=code,
        title=str(MEASURES[code].title),
        icon=sign.icon,
        tone=sign.tone if n or sign.tone == "ok" else "",
        figure=shown(n),
        rows=rows(seen, code, since=asked.today, until=asked.today, basis=asked.basis),
        said=_said(days, code),
        points=" ".join(f"{x:g},{y:g}" for x, y in points),
        end=points[-1][1],
    )


def _said(days: Days, code: str) -> str:
    if code == "in":
        return _compared(days)
    if code == "closed":
        return _("按时%(n)s件") % {"n": shown(days.on("on_time"))}
    return _("近7天%(n)s次") % {"n": shown(days.sum(code, 7))}


def _compared(days: Days) -> str:
    """Today against that day a week ago; the week instead where that would tell a hidden figure."""
    now, then = days.on("in"), days.on("in", 7)
    if is_small(now) or is_small(then):
        return _("近7天%(n)s件") % {"n": shown(days.sum("in", 7))}
    if now == then:
        return _("与上周同天一样")
    return (_("比上周同天多%(n)d件") if now > then else _("比上周同天少%(n)d件")) % {"n": abs(now - then)}


def spark(values: list[float], width: float = 120, height: float = 30) -> list[tuple[float, float]]:
    """A line of values from left to right, the largest at the top, 0 at the bottom."""
    most, last = max([*values, 1]), max(len(values) - 1, 1)
    return [(round(width * n / last, 1), round(4 + height * (1 - v / most), 1)) for n, v in enumerate(values)]
