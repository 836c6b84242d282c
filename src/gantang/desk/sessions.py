"""Sessions on the desk: the unit's calendar by week or month, the lines of a matter's room, and in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.faces import names, vocabulary
from gantang.kit import clock, numbers
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Clash, MatterView, PersonView, SessionView
from gantang.posts import queries as posts

WAYS: dict[str, str | Promise] = {
    "face_to_face": gettext_lazy("面对面"),
    "apart": gettext_lazy("背对背"),
    "online": gettext_lazy("线上"),
    "on_site": gettext_lazy("现场"),
}
REASONS: dict[str, str | Promise] = {
    "party_away": gettext_lazy("当事人来不了"),
    "mediator_away": gettext_lazy("调解员来不了"),
    "room_taken": gettext_lazy("场所被占用"),
    "more_to_find": gettext_lazy("还要再调查"),
    "emergency": gettext_lazy("突发情况"),
    "asked": gettext_lazy("当事人要求"),
    "mistake": gettext_lazy("约错了"),
}
WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)
SIGNS = {
    "planned": vocabulary.Sign("dai", icon="calendar-event", word=gettext_lazy("已约好")),
    "held": vocabulary.Sign("leaf", icon="check", word=gettext_lazy("开过了")),
    "cancelled": vocabulary.Sign("stone", icon="circle-minus", word=gettext_lazy("取消了")),
    "over": vocabulary.Sign("stone", icon="circle-minus", word=gettext_lazy("事项已结束，不开了")),
    "late": vocabulary.Sign("amber", icon="alert-triangle", word=gettext_lazy("过了时间，还没有记录")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A session as people read it; nobody is named."""

    session: SessionView
    sign: vocabulary.Sign
    title: str
    way: str | Promise
    where: str
    leads: str
    who: str
    reason: str | Promise
    url: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held."""
        return self.session.state == "planned" and not self.session.over


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    on: date
    title: str
    lines: Sequence[Line]
    is_today: bool
    is_in: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A week or a month, and the days of the one before and after it."""

    first: date
    last: date
    shown: date
    before: date
    after: date
    by: str


def span_of(on: date, by: str) -> Span:
    """The week of a day from Monday, or its month filled up to whole weeks."""
    if by == "month":
        begin, far = on.replace(day=1), on.replace(day=28) + timedelta(days=4)
        end = far - timedelta(days=far.day)
        first = begin - timedelta(days=begin.weekday())
        last = end + timedelta(days=6 - end.weekday())
        return Span(first, last, begin, (begin - timedelta(days=1)).replace(day=1), far.replace(day=1), by)
    first = on - timedelta(days=on.weekday())
    week = timedelta(days=7)
    return Span(first, first + timedelta(days=6), on, on - week, on + week, "week")


def days(actor: Actor, span: Span, *, own: bool, now: datetime) -> list[Day]:
    """The days of a span with their sessions."""
    since, until = _midnight(span.first), _midnight(span.last + timedelta(days=1))
    found = lines(queries.calendar(actor, since, until, own=own), now)
    wanted = [span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)]
    is_month = span.by == "month"
    return [
        Day(
            on,
            _("%(weekday)s %(m)d月%(d)d日") % {"weekday": WEEKDAYS[on.weekday()], "m": on.month, "d": on.day},
            [one for one in found if one.session.starts_at.astimezone(clock.ZONE).date() == on],
            on == now.astimezone(clock.ZONE).date(),
            not is_month or on.month == span.shown.month,
        )
        for on in wanted
    ]


def lines(
    found: Iterable[SessionView], now: datetime, people: Sequence[PersonView] | None = None
) -> list[Line]:
    """Sessions in words; ``people`` of their one matter say on which side whoever comes stands."""
    known = list(found)
    titles = posts.post_titles({one.post for one in known})
    units = posts.unit_names({one.room[0] for one in known if one.room})
    classes = names.classes()
    return [
        Line(
            session=one,
            sign=SIGNS[_state(one, now)],
            title=names.class_path(one.class_code, classes) if one.class_code else _("未定类别"),
            way=WAYS.get(one.way, one.way),
            where=where(one, units),
            leads=titles.get(one.post, ""),
            who=_("、").join(_who(people, no) for no in one.people)
            if people is not None
            else _("%(n)d人") % {"n": len(one.people)},
            reason=REASONS.get(one.reason, ""),
            url=reverse("desk:room", args=[one.number]),
        )
        for one in known
    ]


def where(one: SessionView, units: dict[int, str]) -> str:
    """The room in words; the spot itself or online where there is none."""
    if one.room is None:
        return _("现场") if one.way == "on_site" else _("线上")
    if one.room[0] == one.unit:
        return _("第%(n)d调解室") % {"n": one.room[1]}
    return _("%(unit)s第%(n)d调解室") % {"unit": units.get(one.room[0], ""), "n": one.room[1]}


def role(one: PersonView) -> str:
    """Somebody of a matter by side and number, never by name; of reporters there is one."""
    titles = {1: _("申请方"), 2: _("另一方")}
    side = titles.get(one.side) or _("第%(n)d方") % {"n": one.side}
    title = vocabulary.DUTIES.get(one.role, one.role)
    numbered = _("%(role)s%(n)d") % {"role": title, "n": one.no} if one.no else title
    return _("%(side)s（%(role)s）") % {"side": side, "role": numbered}


def told(found: Iterable[Clash]) -> list[str]:
    """What is in the way, as sentences."""
    return [_clash(one) for one in found]


def _clash(one: Clash) -> str:
    said = {
        "since": f"{one.starts_at.astimezone(clock.ZONE):%m-%d %H:%M}",
        "until": f"{one.ends_at.astimezone(clock.ZONE):%H:%M}",
        "number": numbers.show(one.number) if one.number else "",
    }
    if one.what == "room":
        return _("这间调解室%(since)s到%(until)s已经有一场 %(number)s") % said
    return _("主持的岗位%(since)s到%(until)s已经有一场 %(number)s") % said


def _who(people: Sequence[PersonView] | None, no: int) -> str:
    found = next((one for one in people or () if one.no == no), None)
    return role(found) if found is not None else str(no)


def _state(one: SessionView, now: datetime) -> str:
    if one.over:
        return "over"
    return "late" if one.state == "planned" and one.ends_at < now else one.state


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), clock.ZONE)


def shown(actor: Actor, matter: MatterView, *, now: datetime) -> dict[str, Any]:
    """What a room shows of its sessions; ``next`` is the first that is still to be held."""
    people = queries.people(actor, matter.id)
    found = lines(queries.sessions_of(actor, matter.id), now, people)
    to_come = [one for one in found if one.is_open]
    return {"sessions": found, "next": next(iter(to_come), None), "many": len(found)}
