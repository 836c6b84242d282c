"""Several matters at once: which move may be made on which of them, what it does, and what leads back.

Each matter is its own act with its own key: one that is refused stops none of the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang import engine
from gantang.desk.panel import form_of
from gantang.faces import vocabulary
from gantang.faces.forms import Questions
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import MatterView
from gantang.procedures import queries as procedures

#: So many at once; a person can still read what they are about to do.
MOST = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """A matter that was chosen, and its moves as the actor finds them."""

    matter: MatterView
    moves: Mapping[str, engine.Possible]

    @property
    def sign(self) -> vocabulary.Sign:
        """How its state is shown."""
        return vocabulary.matter_sign(self.matter.status)


@dataclass(frozen=True, slots=True)
class Common:
    """A move that some of the chosen matters allow."""

    move: str
    title: str
    many: int


@dataclass(frozen=True, slots=True)
class Line:
    """What happens, or happened, to one of them; ``why_not`` says why nothing does."""

    chosen: Chosen
    why_not: str = ""


def chosen(actor: Actor, numbers: Sequence[str], *, now: datetime) -> list[Chosen]:
    """The matters in sight among those that were named; others are as if they did not exist."""
    return [
        Chosen(matter, {one.move: one for one in moves.possible})
        for matter, moves in queries.opened(actor, numbers=numbers[:MOST], now=now)
    ]


def common(every: Sequence[Chosen]) -> list[Common]:
    """The moves that may be made on any of them, those for the most first."""
    titles: dict[str, str] = {}
    many: dict[str, int] = {}
    for one in every:
        for move in one.moves.values():
            if move.allowed and move.here:
                titles.setdefault(move.move, move.title.of(_lang()))
                many[move.move] = many.get(move.move, 0) + 1
    return sorted((Common(move, titles[move], n) for move, n in many.items()), key=lambda one: -one.many)


def lines(every: Sequence[Chosen], move: str) -> list[Line]:
    """For each whether the move may be made, else every reason. Those of another procedure than the first
    that may are asked other things, and are done by themselves."""
    first = next((one for one in every if _may(one, move)), None)
    kept = first.matter.procedure_hash if first else ""
    return [Line(one, _why_not(one, move, kept)) for one in every]


def form_for(found: Sequence[Line], move: str, *, now: datetime) -> type[Questions] | None:
    """The one form that is asked for all of them; None where the move is open to none."""
    one = next((line.chosen for line in found if not line.why_not), None)
    if one is None:
        return None
    procedure = procedures.by_hash(one.matter.procedure_hash)
    return form_of(one.matter, one.moves[move], procedure, now=now)


def act(
    actor: Actor, found: Sequence[Line], move: str, answers: dict[str, Any], *, key: str, now: datetime
) -> list[Line]:
    """Make the move on each that allows it; what became of each."""
    return [line if line.why_not else _acted(actor, line, move, answers, key, now) for line in found]


def _acted(actor: Actor, line: Line, move: str, answers: dict[str, Any], key: str, now: datetime) -> Line:
    matter = line.chosen.matter
    try:
        matters.act(
            actor=actor,
            matter=matter.id,
            move=move,
            answers=answers,
            key=f"{key[:40]}-{matter.number}",
            now=now,
            version=matter.version,
        )
    except GantangError as error:
        return Line(line.chosen, error.words)
    return line


def as_now(actor: Actor, done: Sequence[Line], *, now: datetime) -> list[Line]:
    """The same lines with each matter as it stands now; what went out of sight stays as it was."""
    numbers = [line.chosen.matter.number for line in done]
    after = {one.matter.number: one for one in chosen(actor, numbers, now=now)}
    return [Line(after.get(line.chosen.matter.number, line.chosen), line.why_not) for line in done]


def ways_back(actor: Actor, done: Sequence[Line], *, now: datetime) -> list[Common]:
    """The moves by which the procedure lets the actor bring them back to where they were."""
    before = {line.chosen.matter.number: line.chosen.matter.state for line in done if not line.why_not}
    after = chosen(actor, list(before), now=now)
    back = [Chosen(one.matter, _leading(one, before[one.matter.number])) for one in after]
    return common(back)


def _leading(one: Chosen, state: str) -> dict[str, engine.Possible]:
    known = procedures.by_hash(one.matter.procedure_hash).moves
    return {name: move for name, move in one.moves.items() if name in known and known[name].to == state}


def _may(one: Chosen, move: str) -> bool:
    found = one.moves.get(move)
    return found is not None and found.allowed and found.here


def _why_not(one: Chosen, move: str, kept: str) -> str:
    found = one.moves.get(move)
    if found is None or not found.here:
        return _("现在的环节没有这一步。")
    if not found.allowed:
        return " ".join(refusal.sentence.of(_lang()) for refusal in found.refusals)
    return "" if one.matter.procedure_hash == kept else _("走的是另一个流程，请单独办。")


def _lang() -> str:
    return get_language() or "zh-hans"
