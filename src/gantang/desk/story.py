"""What happened to a matter, as the staff reads it: steps with texts, the reporter's words, the talk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang import engine
from gantang.faces import answers, events, vocabulary
from gantang.matters.types import Event, MessageView, Words
from gantang.posts import queries as posts

#: Texts that come with a step and answer no question of the procedure.
BESIDE = {"taken": gettext_lazy("照片拍摄的时间和位置（纬度、经度）")}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story; ``texts`` are what was written with it, each under its question."""

    title: str
    icon: str
    tone: str
    at: datetime
    by: str
    lines: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    quiet: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, and when."""

    own: bool
    who: str
    at: datetime
    words: str


def steps(
    story: Iterable[Event],
    procedure: engine.Procedure,
    texts: Mapping[int, Mapping[str, str]],
    beside: Mapping[int, tuple[str, ...]],
) -> list[Step]:
    """Every step, newest on top; ``beside`` holds further lines of some."""
    newest = sorted(story, key=lambda one: one.seq, reverse=True)
    units = posts.unit_names({one.unit for one in newest if one.unit})
    titles = posts.post_titles({one.post for one in newest if one.post})
    found = []
    for one in newest:
        by = " · ".join(name for name in (units.get(one.unit or 0), titles.get(one.post or 0)) if name)
        step = _step(one, by, procedure, texts.get(one.seq, {}))
        found.append(replace(step, lines=(*step.lines, *beside.get(one.seq, ()))))
    return found


def _step(one: Event, by: str, procedure: engine.Procedure, texts: Mapping[str, str]) -> Step:
    shown = events.describe(one.name, one.data, procedure)
    written = tuple(
        (_title(name, procedure), _text(name, text, procedure)) for name, text in texts.items() if text
    )
    return Step(str(shown.title), shown.icon, shown.tone, one.at, by, shown.lines, written, shown.quiet)


def _text(name: str, text: str, procedure: engine.Procedure) -> str:
    """A text as it was written; of rows, each in a line."""
    field = procedure.fields.get(name)
    return answers.rows(field, text) if field is not None and field.kind == "rows" else text


def _title(name: str, procedure: engine.Procedure) -> str:
    field = procedure.fields.get(name)
    return field.title.of(get_language() or "zh-hans") if field else str(BESIDE.get(name, name))


def told(words: Iterable[Words]) -> list[Said]:
    """The own words of those who reported."""
    return [Said(False, str(vocabulary.DUTIES.get(one.role, one.role)), one.at, one.words) for one in words]


def talk(messages: Iterable[MessageView]) -> list[Said]:
    """What was said between staff and people, oldest first; what came with a move stands in its step too."""
    every = list(messages)
    units = posts.unit_names({one.from_unit for one in every if one.from_unit})
    return [_said(one, units) for one in every]


def _said(one: MessageView, units: Mapping[int, str]) -> Said:
    own = one.from_unit is not None
    who = units.get(one.from_unit or 0, _("本单位")) if own else _("反映人")
    return Said(own, who, one.sent_at, one.words)
