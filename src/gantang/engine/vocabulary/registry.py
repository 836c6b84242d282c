"""How a word of the vocabulary is registered: a pure function with its wording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gantang.engine.model import Words

if TYPE_CHECKING:
    from datetime import datetime

    from gantang.engine.model import Move, Procedure
    from gantang.engine.run.case import Case
    from gantang.engine.run.values import Doer, Facts

#: What an argument must name: the loader looks each up, with the nearest known name.
PARAMETERS = ("duty", "procedure", "field", "document", "gate", "move", "code", "level", "outcome", "column")


@dataclass(frozen=True, slots=True)
class Context:
    """All that a guard or an effect may look at. `duty` is the one the doer acts under."""

    procedure: Procedure
    case: Case
    move: Move
    duty: str
    doer: Doer
    answers: Mapping[str, Any]
    facts: Facts
    now: datetime


@dataclass(frozen=True, slots=True)
class GuardWord:
    """A condition: `holds(context, args)`; `refusal` is said when it does not.

    `excused` is said in its place where the optional argument, a way out, is written; `told` gives a
    sentence with the numbers that were counted, once they are answered: {0} and {1} are what was
    counted and what it was counted against, {2} and {3} their numbers, {4} the bound.
    """

    name: str
    parameters: tuple[str, ...]
    holds: Callable[[Context, tuple[str, ...]], bool]
    title: Words
    refusal: Words
    essential: bool = False
    optional: int = 0
    excused: Words | None = None
    told: Callable[[Context, tuple[str, ...]], tuple[Words, tuple[str, ...]] | None] | None = None

    @property
    def doc(self) -> str:
        return (self.holds.__doc__ or "").strip()


@dataclass(frozen=True, slots=True)
class EffectWord:
    """A change: `of(context, args)` gives what the step says, `apply` does it."""

    name: str
    parameters: tuple[str, ...]
    of: Callable[[Context, tuple[str, ...]], dict[str, Any]]
    title: Words
    optional: int = 0

    @property
    def doc(self) -> str:
        return (self.of.__doc__ or "").strip()
