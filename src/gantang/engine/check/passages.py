"""What is known of a course before time is counted: its stops, and the passages out of each."""

from __future__ import annotations

from dataclasses import dataclass

from gantang.engine.check.graph import Hop, Node
from gantang.engine.model import LateRule, Move, State
from gantang.engine.time.span import Unit


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A hop as it costs time: by hand at the end of the visit, or by the clock at a percent of it.

    `before`: a percent of the clock by which a hand must act, since the clock then moves the matter
    wherever the hand's own guards hold; `held` are percents of the total at which it does.
    """

    hop: Hop
    target: Node
    hand: bool
    until: Move | None
    percent: int | None
    of_total: int | None
    waits: tuple[str, ...]
    carries: bool
    before: int | None = None
    held: frozenset[int] = frozenset()

    def strikes(self, percent: int) -> bool:
        """Whether it is the total that takes it, at that percent."""
        return not self.hand and self.percent is None and self.of_total == percent

    def at(self, of: str) -> int | None:
        """The percent of a clock at which it is taken."""
        return self.of_total if of == "total" else self.percent


@dataclass(frozen=True, slots=True)
class Aim:
    """What a pause may be meant for: a percent of the visit's clock, or of it as carried into a state."""

    state: str | None
    percent: int


@dataclass(frozen=True, slots=True, eq=False)
class Stop:
    """A node on the course: its passages, the percent at which its clock surely moves, those at which the
    total does (`held`). `starts` are late rules of the total whose move may start here, `surely` those of
    them that nothing can stand against.

    `hurried` are the clocks ahead (of a handler's state, with that percent) that may have run out
    on entry and then take the matter on before anybody acts. `aims` are what its pauses may be meant
    for besides its own end. `struck` are the rules of the state's clock that surely move. `rolling`: here or
    ahead marks of a clock may fall together, so that it matters on which day one comes. `paused` are nodes
    ahead into which its clock may be carried towards a pause: whoever comes early may begin it early.
    """

    node: Node
    state: State
    passages: tuple[Passage, ...]
    sure: int | None
    held: frozenset[int]
    starts: frozenset[LateRule] = frozenset()
    surely: frozenset[LateRule] = frozenset()
    hurried: tuple[tuple[State, int], ...] = ()
    aims: tuple[Aim, ...] = ()
    struck: frozenset[LateRule] = frozenset()
    rolling: bool = False
    paused: frozenset[Node] = frozenset()

    def forestalled(self, percent: int, one: Passage) -> tuple[int, ...]:
        """Other percents of the clock that surely move before a passage does, if they fall on its moment."""
        turns = [rule.order for rule in one.hop.edge.rules if rule.of == "state" and rule.at == percent]
        return tuple(rule.at for rule in self.struck if rule.at != percent and rule.order < min(turns))

    def moves_at(self, percent: int) -> bool:
        """Whether the total may move the matter from here at a percent."""
        return any(rule.at == percent for rule in self.starts)

    def first(self, percent: int, one: Passage) -> bool:
        """Whether a rule of the total at a percent has its turn here before the rule that takes a passage."""
        turns = [rule.order for rule in one.hop.edge.rules if rule.at == one.at(rule.of)]
        return any(rule.at == percent and rule.order < min(turns) for rule in self.starts if turns)

    @property
    def rolls(self) -> bool:
        """Whether the clock may move the matter at several marks, in days."""
        within = self.state.within
        days = within is not None and any(span.unit is Unit.DAYS for span in within.spans())
        return days and len({one.percent for one in self.passages if one.percent is not None}) > 1

    @property
    def early(self) -> int | None:
        """The percent at which the clock surely moves, if that is before its end."""
        return self.sure if self.sure is not None and self.sure < 100 else None


@dataclass(frozen=True)
class Course:
    """Nodes from a first one on, each after all that lead to it; `broken` if a cycle had to be cut."""

    stops: tuple[Stop, ...]
    ends: tuple[Node, ...]
    broken: bool

    @property
    def first(self) -> Node:
        return self.stops[0].node

    @property
    def hasty(self) -> bool:
        """Whether to come later may be to end earlier: some clock may have run out on entry."""
        return any(stop.hurried for stop in self.stops)

    @property
    def rolls(self) -> bool:
        """Whether marks of one clock may fall together on some days: in days that roll over rest days."""
        return any(stop.rolling for stop in self.stops)

    @property
    def states(self) -> tuple[State, ...]:
        return tuple({stop.state.name: stop.state for stop in self.stops}.values())
