"""A matter's page: the answer first, then the story, then what binds it."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.desk import choices, people
from gantang.desk.panel import offers, turn_of
from gantang.faces import clocks, events, vocabulary, words
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Clock, Event, MatterView, MessageView
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory

LINKS = {
    "duplicate": gettext_lazy("重复"),
    "related": gettext_lazy("有关"),
    "merged": gettext_lazy("并入"),
    "parent": gettext_lazy("主事项"),
    "child": gettext_lazy("子事项"),
    "moved": gettext_lazy("移送"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story."""

    title: str
    icon: str
    tone: str
    at: datetime
    by: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One message."""

    own: bool
    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A move that is not there, and all the reasons why."""

    question: str
    reasons: tuple[str, ...]


def page_of(
    actor: Actor, matter: MatterView, *, now: datetime, opened: people.Opened | None = None
) -> dict[str, Any]:
    """Everything the page shows of a matter."""
    procedure = procedures.by_hash(matter.procedure_hash)
    possible = queries.possible_moves(actor, matter.id, now=now).possible
    story = queries.timeline(actor, matter.id)
    units = posts.unit_names(_units(matter, story))
    titles = posts.post_titles(
        {one.post for one in story if one.post} | {one.post for one in matter.holdings if one.post}
    )
    entries = queries.words(actor, matter.id, now=now)
    sign, word = clocks.sign_of(
        due=matter.due_at, started=matter.entered_at, now=now, ended=matter.ended_at, paused=_paused(matter)
    )
    messages = queries.messages(actor, matter.id, now=now)
    return {
        "sign": vocabulary.matter_sign(matter.status),
        "state": procedure.states[matter.state].title.of(_lang()),
        "clock_sign": sign if matter.due_at else None,
        "clock_word": word,
        "supervision": vocabulary.SUPERVISION.get(matter.supervision),
        "where": _where(matter, procedure),
        "answer": turn_of(matter),
        "answer_turn": _until(matter, procedure, now),
        "moves": offers(one for one in possible if one.allowed and one.here),
        "absent": _absent(one for one in possible if one.duty),
        "elsewhere": _absent(one for one in possible if not one.duty),
        "words": entries,
        "steps": _steps(story, procedure, units, titles),
        "talk": [_said(one, units) for one in messages],
        "may_say": bool(matter.duties) and matter.ended_at is None,
        "may_tie": bool(matter.duties),
        "may_attach": bool(matter.duties) and matter.ended_at is None,
        "key": secrets.token_urlsafe(16),
        "place": _place(matter),
        "clocks": [_picture(one, matter, now) for one in matter.clocks],
        "people": people.shown(actor, matter, opened),
        "opening": people.opening(matter, opened),
        "holdings": _holdings(matter, units, titles),
        "links": [
            {"kind": LINKS.get(one.kind, one.kind), "number": one.number, "gist": one.gist}
            for one in queries.links(actor, matter.id)
        ],
        "shares": _shares(actor, matter),
        "files": _files(actor, matter),
    }


def _units(matter: MatterView, story: Iterable[Event]) -> set[int]:
    found = (
        {one.unit for one in story} | {one.unit for one in matter.holdings} | {matter.owner_unit, matter.unit}
    )
    return {one for one in found if one}


def _paused(matter: MatterView) -> bool:
    return any(one.paused for one in matter.clocks if one.of == "state")


def _where(matter: MatterView, procedure: engine.Procedure) -> str:
    klass = dict(choices.classes()).get(matter.class_code, _("未定类别"))
    ground = " ".join(territory.path(matter.scope)[-3:]) if not matter.scope.startswith("~") else _("密封")
    version = _("%(title)s第%(version)d版") % {
        "title": procedure.title.of(_lang()),
        "version": matter.procedure_version,
    }
    return " · ".join((klass, ground, version))


def _until(matter: MatterView, procedure: engine.Procedure, now: datetime) -> str:
    """The second half of the answer: until when, or how it ended."""
    if matter.ended_at is not None:
        ending = procedure.outcomes.get(matter.outcome)
        said = ending.of(_lang()) if ending else matter.outcome
        return _("%(at)s，%(outcome)s。") % {"at": words.moment(matter.ended_at, now=now), "outcome": said}
    if matter.due_at is None:
        return ""
    return _("最迟%(due)s。") % {"due": words.moment(matter.due_at, now=now)}


def _absent(possible: Iterable[engine.Possible]) -> list[Absent]:
    """Moves that start here and may not be made, each with every reason; others would only be noise."""
    found = (one for one in possible if one.here and not one.allowed)
    return [
        Absent(_("为什么没有“%(move)s”？") % {"move": one.title.of(_lang())}, tuple(_reasons(one)))
        for one in found
    ]


def _reasons(one: engine.Possible) -> list[str]:
    said = [refusal.sentence.of(_lang()) for refusal in one.refusals]
    return [*said, one.because.of(_lang())] if one.because else said


def _steps(
    story: Iterable[Event], procedure: engine.Procedure, units: Mapping[int, str], titles: Mapping[int, str]
) -> list[Step]:
    return [
        _step(one, procedure, units, titles) for one in sorted(story, key=lambda one: one.seq, reverse=True)
    ]


def _step(
    one: Event, procedure: engine.Procedure, units: Mapping[int, str], titles: Mapping[int, str]
) -> Step:
    shown = events.describe(one.name, one.data, procedure)
    by = " · ".join(part for part in (units.get(one.unit or 0, ""), titles.get(one.post or 0, "")) if part)
    return Step(str(shown.title), shown.icon, shown.tone, one.at, by, shown.lines)


def _said(one: MessageView, units: Mapping[int, str]) -> Said:
    own = one.from_unit is not None
    return Said(
        own, units.get(one.from_unit or 0, _("本单位")) if own else _("反映人"), one.sent_at, one.words
    )


def _place(matter: MatterView) -> list[tuple[str, str]]:
    if matter.scope.startswith("~"):
        return [(_("地方"), _("密封，不按地方看"))]
    rows = [(_("地方"), " ".join(territory.path(matter.scope)[1:])), (_("代码"), matter.scope)]
    if matter.lon is not None and matter.lat is not None:
        rows.append((_("位置"), f"{matter.lon:.5f}, {matter.lat:.5f}"))
    return rows


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
    )


def _holdings(
    matter: MatterView, units: Mapping[int, str], titles: Mapping[int, str]
) -> list[dict[str, Any]]:
    return [
        {
            "duty": vocabulary.DUTIES.get(one.duty, one.duty),
            "unit": units.get(one.unit, ""),
            "post": titles.get(one.post or 0, ""),
        }
        for one in matter.holdings
        if one.unit
    ]


def _shares(actor: Actor, matter: MatterView) -> list[dict[str, Any]]:
    found = queries.shares(actor, matter.id)
    names = posts.unit_names({one.unit for one in found})
    return [
        {"role": vocabulary.DUTIES.get(one.role, one.role), "unit": names.get(one.unit, "")} for one in found
    ]


def _files(actor: Actor, matter: MatterView) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("desk:file", args=[matter.number, one.id]),
            "title": _("附件%(n)d（%(media)s，%(kb)d千字节）")
            % {"n": n, "media": one.media, "kb": max(1, one.size // 1000)},
            "at": one.added_at,
        }
        for n, one in enumerate(queries.attachments(actor, matter.id), start=1)
    ]


def _lang() -> str:
    return get_language() or "zh-hans"
