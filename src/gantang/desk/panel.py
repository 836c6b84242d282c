"""The decision panel: the one move that is due, with what it asks, filled in as far as the rules know."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang import engine
from gantang.desk import advising, causing, choices, deadlines
from gantang.faces import clocks, names, vocabulary
from gantang.faces.forms import Questions, questions
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import MatterView
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures

#: Asks that a list of units answers; the remit of this duty proposes the first one.
LEAD = "handler"
#: In the panel a move is offered at once; these need thought and have the matter's page.
MERGE = "merge"
#: So many characters of a gist stand above a decision.
LONG = 90
BESIDE = (MERGE, "move_away", "withdraw", "supervise", "cancel_supervision")


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as a button."""

    move: str
    title: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A matter that reads like the one shown; ``likeness`` in percent: "62%"."""

    number: str
    gist: str
    sign: vocabulary.Sign
    title: str
    opened_at: datetime
    likeness: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows of one matter."""

    number: str
    title: str
    sign: vocabulary.Sign
    channel: str
    opened_at: datetime
    version: int
    key: str
    back: str
    after: str
    form: Questions | None = None
    move: str = ""
    move_title: str = ""
    others: Sequence[Offer] = ()
    remit: choices.Remit | None = None
    advised: advising.Advised | None = None
    alike: Sequence[Twin] = ()
    merges: bool = False
    cause: causing.Asked | None = None
    clock: clocks.Picture | None = None
    why_not: str = ""
    whose_turn: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the panel shows only the beginning of it, so that what is to be decided stays in view."""
        return len(self.title) > LONG


def panel_of(
    actor: Actor, number: str, *, now: datetime, klass: str = "", back: str = "", after: str = ""
) -> Panel:
    """The panel of a matter in sight. Errors: MatterNotFoundError."""
    matter = queries.get(actor, number, now=now)
    procedure = procedures.by_hash(matter.procedure_hash)
    allowed = open_moves(actor, matter, now=now)
    main = main_of(allowed, procedure, matter.state)
    common: dict[str, Any] = {
        "number": matter.number,
        "title": matter.gist,
        "sign": vocabulary.matter_sign(matter.status),
        "channel": names.channels().get(matter.channel, matter.channel),
        "opened_at": matter.opened_at,
        "version": matter.version,
        "key": secrets.token_urlsafe(16),
        "back": back,
        "after": after,
        "clock": next(iter(deadlines.pictures(matter, now=now)), None),
    }
    if main is None:
        return Panel(
            **common,
            others=offers(allowed)[:3],
            why_not=_("现在没有轮到本岗的一步"),
            whose_turn=turn_of(matter),
        )
    advised = advising.advised(matter, main)
    klass = klass or first_class(matter, advised)
    answering = remit_of(matter, main, klass=klass, now=now)
    return Panel(
        **common,
        advised=advised,
        alike=twins(actor, matter, main, now=now),
        merges=may_merge(allowed),
        form=form_of(matter, main, procedure, klass=klass, remit=answering, now=now)(),
        move=main.move,
        move_title=main.title.of(_lang()),
        others=offers(one for one in allowed if one is not main and one.move not in BESIDE)[:3],
        remit=answering,
        cause=causing.asked_with(actor, matter, main.move, now=now),
    )


def first_class(matter: MatterView, advised: advising.Advised | None) -> str:
    """The class a form begins with: the one the matter has, else the likest one."""
    return matter.class_code or (advised.choices[0].code if advised else "")


def may_merge(allowed: Iterable[engine.Possible]) -> bool:
    """Whether a matter may be merged into one that reads alike."""
    return any(one.move == MERGE for one in allowed)


def twins(actor: Actor, matter: MatterView, one: engine.Possible, *, now: datetime) -> list[Twin]:
    """What may be the same matter, where a move asks what it is about."""
    if "class" not in (*one.asks, *one.optional):
        return []
    titles = names.classes()
    return [
        Twin(
            number=each.number,
            gist=each.gist,
            sign=vocabulary.matter_sign(each.status),
            title=names.class_path(each.class_code, titles),
            opened_at=each.opened_at,
            likeness=f"{each.likeness:.0%}",
        )
        for each in queries.alike(actor, matter, now=now)
    ]


def offers(allowed: Iterable[engine.Possible]) -> list[Offer]:
    """Moves as buttons, in the language in force."""
    return [Offer(one.move, one.title.of(_lang())) for one in allowed]


def open_moves(actor: Actor, matter: MatterView, *, now: datetime) -> list[engine.Possible]:
    """The moves the actor may make now, in the procedure's order."""
    return [
        one for one in queries.possible_moves(actor, matter.id, now=now).possible if one.allowed and one.here
    ]


def main_of(
    allowed: Iterable[engine.Possible], procedure: engine.Procedure, state: str
) -> engine.Possible | None:
    """The move that brings the matter on: the first that leads to a later state of the way and no end, else
    the first that leads to another state."""
    edges = [one for one in allowed if _goes_on(one, procedure)]
    return next((one for one in edges if _is_ahead(one, procedure, state)), next(iter(edges), None))


def _is_ahead(one: engine.Possible, procedure: engine.Procedure, state: str) -> bool:
    """Whether a move leads to a state that the procedure names after this one; an end brings nothing on."""
    to, order = procedure.moves[one.move].to, list(procedure.states)
    return to is not None and not procedure.states[to].is_end and order.index(to) > order.index(state)


def _goes_on(one: engine.Possible, procedure: engine.Procedure) -> bool:
    move = procedure.moves.get(one.move)
    return move is not None and move.is_edge and one.move not in BESIDE


def remit_of(matter: MatterView, one: engine.Possible, *, klass: str, now: datetime) -> choices.Remit | None:
    """Which unit answers, where the move asks for a unit."""
    if "unit" not in (*one.asks, *one.optional):
        return None
    return remit_for(matter, klass or matter.class_code, now=now)


def remit_for(matter: MatterView, klass: str, *, now: datetime) -> choices.Remit:
    """Which unit answers for the matter's ground and a class, and why."""
    if not klass:
        return choices.Remit("", _("先定类别，归口单位才知道。"))
    return choices.remit(klass=klass, ground=matter.scope, duty=LEAD, on=now.date())


def form_of(
    matter: MatterView,
    one: engine.Possible,
    procedure: engine.Procedure,
    *,
    klass: str = "",
    remit: choices.Remit | None = None,
    now: datetime,
) -> type[Questions]:
    """The form of a move, with its choices and what is already known as first values."""
    offered = choices.Offered(matter.scope, now.date())
    first = {"class": klass or matter.class_code, "track": "urgent" if matter.urgent else "ordinary"}
    # which posts there are depends on the unit that is chosen here: the unit takes the work, then gives it
    optional = [name for name in one.optional if name != "post"]
    form = questions(procedure.fields_of(one.move), one.asks, optional, choices=offered)
    for name, value in {**first, **_implied(one, procedure)}.items():
        if name in form.base_fields:
            form.base_fields[name].initial = value
    return form


def _implied(one: engine.Possible, procedure: engine.Procedure) -> dict[str, str]:
    """What the move itself says: an answer that it needs chosen is filled in where it asks for it. What ends
    a matter is a finding, and said by whoever found it."""
    move = procedure.moves.get(one.move)
    needs = () if move is None or (move.to and procedure.states[move.to].is_end) else move.needs
    return {need.args[0]: need.args[1] for need in needs if need.name == "chosen" and len(need.args) == 2}


def turn_of(matter: MatterView) -> str:
    """Whose turn it is, in words."""
    if matter.ended_at is not None:
        return _("已经结束。")
    unit = posts.unit_names([matter.owner_unit]).get(matter.owner_unit, "") if matter.owner_unit else ""
    duty = str(vocabulary.DUTIES.get(matter.owner_duty, matter.owner_duty))
    return (
        _("轮到%(who)s（%(duty)s）。") % {"who": unit, "duty": duty}
        if unit
        else _("轮到%(duty)s。") % {"duty": duty}
    )


def _lang() -> str:
    return get_language() or "zh-hans"
