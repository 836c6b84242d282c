"""A tracked matter as a story: the answer first, then the verdict, the deadlines, the steps, the talk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.faces import clocks, events, vocabulary, words
from gantang.faces.forms import Questions, questions
from gantang.matters.types import Clock, Event, MessageView, Tracked
from gantang.portal.forms import SayForm, Tokened, VerdictForm, new_token
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures

#: The reporter's moves that have their own place on the page.
VERDICT = ("confirm", "object")
ANSWER = "supplement"


@dataclass(frozen=True, slots=True)
class Step:
    """One public step."""

    title: str
    icon: str
    at: datetime
    unit: str
    lines: tuple[str, ...]
    here: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One message, as the reporter reads it."""

    own: bool
    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Other:
    """A further move the reporter may make."""

    name: str
    title: str


@dataclass(frozen=True)
class Story:
    """What the page shows."""

    procedure: engine.Procedure
    sign: vocabulary.Sign
    head: str
    tail: str
    unit: str
    until: str
    clocks: tuple[clocks.Picture, ...]
    steps: tuple[Step, ...]
    talk: tuple[Said, ...]
    asked: tuple[Said, ...]
    others: tuple[Other, ...]
    verify: Tokened | None = None
    answer: Tokened | None = None
    say: Tokened | None = None
    allowed: Mapping[str, engine.Possible] = field(default_factory=dict)

    def title_of(self, move: str) -> str:
        """A move in words."""
        return self.procedure.moves[move].title.of(_lang())

    def form_of(self, move: str) -> type[Any] | None:
        """The form of a move the reporter may make now, or None."""
        possible = self.allowed.get(move)
        if possible is None or move not in self.procedure.moves:
            return None
        base = questions(self.procedure.fields, possible.asks, possible.optional)
        return type("TokenedQuestions", (Tokened, base), {"cleaned_answers": _answers})


def _answers(form: Questions) -> dict[str, Any]:
    given = Questions.cleaned_answers(form)
    given.pop("token", None)
    return given


def story(
    tracked: Tracked, *, now: datetime, verdict: Tokened | None = None, saying: Tokened | None = None
) -> Story:
    """The story of a tracked matter; forms that were filled in wrongly are shown as they were."""
    procedure = procedures.by_hash(tracked.procedure_hash)
    allowed = {
        one.move: one
        for one in tracked.moves
        if one.allowed and one.here and one.duty in engine.PEOPLE_DUTIES
    }
    units = posts.unit_names({one.unit for one in tracked.events if one.unit} | {tracked.owner_unit or 0})
    unit = units.get(tracked.owner_unit or 0, "")
    head, tail = _lead(tracked, unit, now)
    talk = tuple(_said(one, units) for one in tracked.messages)
    turn = "confirm" in allowed or "object" in allowed
    return Story(
        procedure=procedure,
        sign=vocabulary.matter_sign(tracked.status),
        head=head,
        tail=tail,
        unit=unit,
        until=_until(tracked, now) if turn else "",
        clocks=_pictures(tracked, now),
        steps=_steps(tracked, procedure, units),
        talk=talk,
        asked=talk[-1:] if ANSWER in allowed and talk and not talk[-1].own else (),
        others=_others(allowed.values(), procedure),
        verify=(verdict or VerdictForm(initial={"token": new_token()})) if turn else None,
        answer=(saying or SayForm(initial={"token": new_token()})) if ANSWER in allowed else None,
        say=(saying or SayForm(initial={"token": new_token()})) if tracked.ended_at is None else None,
        allowed=allowed,
    )


def _lead(tracked: Tracked, unit: str, now: datetime) -> tuple[str, str]:
    """The one sentence a stranger understands, and who is to act until when."""
    head = _HEADS.get(tracked.status, lambda: _("正在办。"))()
    due = next((one.due_at for one in tracked.clocks if one.of == "state" and not one.paused), None)
    if tracked.ended_at is not None:
        return head, words.moment(tracked.ended_at, now=now)
    if not unit or due is None:
        return head, unit
    return head, _("现在轮到%(unit)s，最迟%(due)s。") % {"unit": unit, "due": words.moment(due, now=now)}


_HEADS: dict[str, Callable[[], str]] = {
    "received": lambda: _("收到了，正在定由哪个单位办。"),
    "routed": lambda: _("已经分派，等单位接手。"),
    "handling": lambda: _("正在办。"),
    "mediating": lambda: _("正在调解。"),
    "contested": lambda: _("该归哪个单位办，正在裁定。"),
    "asking": lambda: _("要请您补充一点情况。"),
    "answered": lambda: _("已经答复，请您看看对不对。"),
    "closed": lambda: _("已经办结。"),
    "reopened": lambda: _("您说没解决，正在定怎么重办。"),
    "withdrawn": lambda: _("已经撤回。"),
}


def _until(tracked: Tracked, now: datetime) -> str:
    return next((words.moment(one.due_at, now=now) for one in tracked.clocks if one.of == "state"), "")


def _pictures(tracked: Tracked, now: datetime) -> tuple[clocks.Picture, ...]:
    counts = catalogue.calendar_for(tracked.scope).is_working
    titles = {"state": _("这一步的期限"), "total": _("全部办完的期限")}
    return tuple(_picture(one, titles.get(one.of, one.of), counts, tracked, now) for one in tracked.clocks)


def _picture(
    one: Clock, title: str, counts: Callable[[date], bool], tracked: Tracked, now: datetime
) -> clocks.Picture:
    return clocks.picture(
        title=title,
        start=one.start_at or tracked.opened_at,
        due=one.due_at,
        span=one.span,
        explanation=one.explanation,
        counts=counts,
        now=now,
        stops=one.stops,
        unextended=one.unextended_at,
        paused=one.paused,
        provisional=one.provisional,
        ended=tracked.ended_at,
    )


def _steps(tracked: Tracked, procedure: engine.Procedure, units: Mapping[int, str]) -> tuple[Step, ...]:
    """Newest on top; the newest one is where it stands."""
    newest = sorted((one for one in tracked.events if one.public), key=lambda one: one.seq, reverse=True)
    return tuple(_step(one, procedure, units, here=index == 0) for index, one in enumerate(newest))


def _step(one: Event, procedure: engine.Procedure, units: Mapping[int, str], *, here: bool) -> Step:
    shown = events.describe(one.name, one.data, procedure)
    return Step(str(shown.title), shown.icon, one.at, units.get(one.unit or 0, ""), shown.lines, here)


def _said(one: MessageView, units: Mapping[int, str]) -> Said:
    own = one.from_unit is None
    return Said(
        own, _("您") if own else units.get(one.from_unit or 0, _("办事的单位")), one.sent_at, one.words
    )


def _others(allowed: Iterable[engine.Possible], procedure: engine.Procedure) -> tuple[Other, ...]:
    placed = (*VERDICT, ANSWER)
    found = (one for one in allowed if one.move not in placed and one.move in procedure.moves)
    return tuple(Other(one.move, one.title.of(_lang())) for one in found)


def _lang() -> str:
    return get_language() or "zh-hans"
