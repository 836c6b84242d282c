"""A tracked matter as a story: the answer first, then the verdict, the deadlines, the steps, the talk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.faces import clocks, vocabulary, words
from gantang.faces.forms import Questions, questions
from gantang.kit import clock
from gantang.matters.types import Clock, Tracked
from gantang.portal import course
from gantang.portal.forms import SayForm, Tokened, VerdictForm, WillingForm, new_token
from gantang.portal.lead import Lead, lead
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures

#: The reporter's moves that have their own place on the page.
VERDICT = ("confirm", "object")
ANSWER = "supplement"


@dataclass(frozen=True, slots=True)
class Other:
    """A further move the reporter may make."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Session:
    """When and where the holder of the code is to come."""

    on: date
    since: datetime
    until: datetime
    where: str


@dataclass(frozen=True)
class Story:
    """What the page shows."""

    procedure: engine.Procedure
    sign: vocabulary.Sign
    lead: Lead
    unit: str
    until: str
    clocks: tuple[clocks.Picture, ...]
    steps: tuple[course.Step, ...]
    talk: tuple[course.Said, ...]
    asked: tuple[course.Said, ...]
    files: tuple[course.File, ...]
    documents: tuple[course.Paper, ...]
    others: tuple[Other, ...]
    verify: Tokened | None = None
    answer: Tokened | None = None
    say: Tokened | None = None
    willing: Tokened | None = None
    session: Session | None = None
    allowed: Mapping[str, engine.Possible] = field(default_factory=dict)

    def title_of(self, move: str) -> str:
        """A move in words."""
        return self.procedure.moves[move].title.of(_lang())

    def form_of(self, move: str) -> type[Any] | None:
        """The form of a move the reporter may make now, or None."""
        possible = self.allowed.get(move)
        if possible is None or move not in self.procedure.moves:
            return None
        base = questions(self.procedure.fields_of(possible.move), possible.asks, possible.optional)
        return type("TokenedQuestions", (Tokened, base), {"cleaned_answers": _answers})


def _answers(form: Questions) -> dict[str, Any]:
    given = Questions.cleaned_answers(form)
    given.pop("token", None)
    return given


def story(
    tracked: Tracked,
    *,
    now: datetime,
    verdict: Tokened | None = None,
    saying: Tokened | None = None,
    taking_part: Tokened | None = None,
) -> Story:
    """The story of a tracked matter; forms that were filled in wrongly are shown as they were."""
    procedure = procedures.by_hash(tracked.procedure_hash)
    allowed = {one.move: one for one in tracked.moves if _is_own(one)}
    units = posts.unit_names(
        {one.unit for one in tracked.events if one.unit}
        | {one.from_unit for one in tracked.messages if one.from_unit}
        | {tracked.owner_unit or 0}
    )
    unit = units.get(tracked.owner_unit or 0, "")
    turn = any(one in allowed for one in VERDICT)
    asks = [one for one in tracked.messages if one.kind == "question"] if ANSWER in allowed else []
    return Story(
        procedure=procedure,
        sign=vocabulary.matter_sign(tracked.status),
        lead=lead(tracked, procedure, unit, turn=turn, now=now),
        unit=unit,
        until=_until(tracked, now) if turn else "",
        clocks=_pictures(tracked, now),
        steps=course.steps(tracked, procedure, units, now=now),
        talk=course.talk((one for one in tracked.messages if one.kind == "message"), units),
        asked=course.talk(asks[-1:], units),
        files=course.files(tracked.attachments),
        documents=course.documents(tracked.documents),
        others=_others(allowed.values(), procedure),
        verify=(verdict or VerdictForm(initial={"token": new_token()})) if turn else None,
        answer=(saying or SayForm(initial={"token": new_token()})) if ANSWER in allowed else None,
        say=(saying or SayForm(initial={"token": new_token()})) if _may_say(tracked) else None,
        willing=_willing(tracked, taking_part),
        session=_session(tracked),
        allowed=allowed,
    )


def _may_say(tracked: Tracked) -> bool:
    return tracked.ended_at is None and not tracked.follows


def _session(tracked: Tracked) -> Session | None:
    """The next session that whoever holds the code is to come to, with its room in words."""
    one = tracked.session
    if one is None:
        return None
    if one.room is None:
        where = _("纠纷发生的现场") if one.way == "on_site" else _("线上，不用到场")
    else:
        unit = posts.unit_names([one.room[0]]).get(one.room[0], "")
        where = _("%(unit)s第%(n)d调解室") % {"unit": unit, "n": one.room[1]}
    since, until = one.starts_at.astimezone(clock.ZONE), one.ends_at.astimezone(clock.ZONE)
    return Session(since.date(), since, until, where)


def _willing(tracked: Tracked, given: Tokened | None) -> Tokened | None:
    """The question whether one takes part, with what was said; None where the procedure does not ask."""
    if not tracked.asks_willing:
        return None
    said = {True: "yes", False: "no", None: ""}[tracked.willing]
    return given or WillingForm(initial={"token": new_token(), "said": said})


def _is_own(one: engine.Possible) -> bool:
    """Whether the reporter may make the move now."""
    return one.allowed and one.here and one.duty in engine.PEOPLE_DUTIES


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


def _others(allowed: Iterable[engine.Possible], procedure: engine.Procedure) -> tuple[Other, ...]:
    placed = (*VERDICT, ANSWER)
    found = (one for one in allowed if one.move not in placed and one.move in procedure.moves)
    return tuple(Other(one.move, one.title.of(_lang())) for one in found)


def _lang() -> str:
    return get_language() or "zh-hans"
