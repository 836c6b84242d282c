"""The deadlines of a matter: as pictures, and as the half sentence that follows whose turn it is."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.faces import clocks, words
from gantang.matters.types import Clock, MatterView


def pictures(matter: MatterView, *, now: datetime) -> list[clocks.Picture]:
    """Every clock that runs, the step's first."""
    return [_picture(one, matter, now) for one in matter.clocks]


def _picture(one: Clock, matter: MatterView, now: datetime) -> clocks.Picture:
    titles = {"state": _("这一步"), "total": _("全程")}
    return clocks.picture(
        title=titles.get(one.of, one.of),
        start=one.start_at or matter.entered_at,
        due=one.due_at,
        span=one.span,
        explanation=one.explanation,
        counts=catalogue.calendar_for(matter.scope).is_working,
        now=now,
        stops=one.stops,
        unextended=one.unextended_at,
        paused=one.paused,
        provisional=one.provisional,
        ended=matter.ended_at,
        audit=True,
    )


def until(matter: MatterView, procedure: engine.Procedure, *, now: datetime) -> str:
    """Until when, or how it ended."""
    if matter.ended_at is not None:
        ending = procedure.outcomes.get(matter.outcome)
        said = ending.of(get_language() or "zh-hans") if ending else matter.outcome
        return _("%(at)s，%(outcome)s。") % {"at": words.moment(matter.ended_at, now=now), "outcome": said}
    if matter.due_at is None:
        return ""
    if is_paused(matter):
        return _("正在停表。")
    due = {"due": words.moment(matter.due_at, now=now)}
    return (_("本来最迟%(due)s，已经超期。") if matter.due_at < now else _("最迟%(due)s。")) % due


def is_paused(matter: MatterView) -> bool:
    """Whether the clock of the step stands still."""
    return any(one.paused for one in matter.clocks if one.of == "state")
