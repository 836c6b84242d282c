"""What happened to a tracked matter: its public steps with what was said in them, the talk, the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from gantang import engine
from gantang.faces import events, words
from gantang.matters.types import AttachmentView, DocumentView, Event, MessageView, Tracked


@dataclass(frozen=True, slots=True)
class Step:
    """One public step, or several alike in a row."""

    title: str
    icon: str
    at: datetime
    unit: str
    lines: tuple[str, ...]
    said: tuple[str, ...] = ()
    here: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One message, as the reporter reads it."""

    own: bool
    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that the reporter may see."""

    url: str
    title: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that is for the reporter."""

    url: str
    title: str
    number: str
    at: datetime


def steps(
    tracked: Tracked, procedure: engine.Procedure, units: Mapping[int, str], *, now: datetime
) -> tuple[Step, ...]:
    """Newest on top; the newest one is where it stands. Steps alike in a row are told once."""
    newest = sorted((one for one in tracked.events if one.public), key=lambda one: one.seq, reverse=True)
    made = [_step(one, tracked, procedure, units) for one in newest]
    rows = groupby(made, key=lambda one: (one.title, one.unit, one.lines, one.said))
    told = [_together(list(row), now) for _same, row in rows]
    return tuple(replace(one, here=index == 0) for index, one in enumerate(told))


def _step(one: Event, tracked: Tracked, procedure: engine.Procedure, units: Mapping[int, str]) -> Step:
    shown = events.describe(one.name, one.data, procedure)
    unit = units.get(one.unit or 0, "")
    return Step(str(shown.title), shown.icon, one.at, unit, shown.lines, _said_in(one, tracked))


def _said_in(one: Event, tracked: Tracked) -> tuple[str, ...]:
    """The reporter's own words where it began, else what a move said to or from the reporter."""
    if one.name == "opened":
        return (tracked.words,) if tracked.words else ()
    return tuple(said.words for said in tracked.messages if said.sent_at == one.at and one.data.get("texts"))


def _together(row: list[Step], now: datetime) -> Step:
    if len(row) == 1:
        return row[0]
    since = words.moment(row[-1].at, now=now)
    line = _("一共%(n)d次，第一次%(at)s") % {"n": len(row), "at": since}
    return replace(row[0], lines=(*row[0].lines, line))


def talk(messages: Iterable[MessageView], units: Mapping[int, str]) -> tuple[Said, ...]:
    """What was said, oldest first."""
    return tuple(_said(one, units) for one in messages)


def _said(one: MessageView, units: Mapping[int, str]) -> Said:
    own = one.from_unit is None
    who = _("您") if own else units.get(one.from_unit or 0, _("办事的单位"))
    return Said(own, who, one.sent_at, one.words)


def documents(found: Iterable[DocumentView]) -> tuple[Paper, ...]:
    """The documents, oldest first."""
    return tuple(
        Paper(reverse("portal:document", args=[one.id]), one.title, one.number, one.made_at) for one in found
    )


def files(found: Iterable[AttachmentView]) -> tuple[File, ...]:
    """The files, numbered."""
    return tuple(_file(one, number) for number, one in enumerate(found, start=1))


def _file(one: AttachmentView, number: int) -> File:
    picture = one.media.startswith("image/")
    title = (_("照片%(n)d") if picture else _("文件%(n)d")) % {"n": number}
    return File(reverse("portal:file", args=[one.id]), title, picture)
