"""Procedures by chance, small and full of faults: at most 6 states, 10 moves, `at_most` 2.

Some wait for a child or a gate (`KIDS`), some have a total that may be extended or that moves the matter.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import MappingProxyType

from gantang.engine.model import Extend, Guard, LateRule, Move, Pause, Place, Procedure, State, Within, Words
from gantang.engine.time import Span

OWNERS = ("receiver", "handler", "handler", "mediator", "verifier", "verifier", "supervisor", "reporter")
SPANS = (
    "3 working hours",
    "20 hours",
    "1 day",
    "3 days",
    "1 working day",
    "2 working days",
    "4 working days",
)
LONG = ("1 month", "2 months", "1 year")
TOTALS = ("6 days", "8 working days", "12 working days", "20 working days", "40 working days", "60 hours")
LONG_TOTALS = ("2 months", "1 year")
#: Clocks no longer than that may be paused: each day is tried as a pause's beginning.
PAUSED = ("3 working hours", "20 hours", "1 day", "3 days", "1 working day", "2 working days")
OUTCOMES = ("good", "bad")


def generate(seed: int) -> Procedure:
    """The procedure of a seed; the same one every time."""
    return _Maker(Random(seed)).procedure(f"made_{seed}")


def _kid(name: str, within: str | None, *, turns: bool = False) -> Procedure:
    """A procedure to be waited for: one state, left at the end of its clock; `turns` round and round."""
    words, place = Words(name, name), Place("kid.yaml", 1)
    state = State(
        "asked", words, "handling", "cooperator", Within(Span.parse(within)) if within else None, place=place
    )
    other = State("asked_again", words, "handling", "cooperator", Within(Span.parse("1 day")), place=place)
    end = State("over", words, "closed", ends=("done",), place=place)
    moves = [
        Move("answer", words, ("asked",), "over", ("cooperator",), outcomes=("done",), place=place),
        Move("ask_again", words, ("asked",), "asked_again", ("cooperator",), place=place),
        Move("back", words, ("asked_again",), "asked", ("cooperator",), place=place),
    ]
    return Procedure(
        name=name,
        version=1,
        title=words,
        states={one.name: one for one in ((state, other, end) if turns else (state, end))},
        moves={one.name: one for one in (moves if turns else moves[:1])},
        fields={},
        late=(LateRule(100, "red", ("leader",), place=place),),
        outcomes={"done": words},
        place=place,
    )


#: What may be waited for: two that end in time, and three that nothing bounds.
KIDS = {
    one.name: one
    for one in (
        _kid("brief", "1 working day"),
        _kid("lasting", "6 days"),
        _kid("turning", "2 days", turns=True),
        _kid("clockless", None),
    )
}


class _Maker:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.line = 0
        self.states: dict[str, State] = {}
        self.moves: dict[str, Move] = {}

    def procedure(self, name: str) -> Procedure:
        inner = [f"s{n}" for n in range(self.chance.randint(1, 4))]
        ends = ["e0", "e1"][: self.chance.choice((1, 1, 2))]
        for one in inner:
            self.states[one] = self._state(one)
        for one in ends:
            self.states[one] = State(one, self._words(one), "closed", ends=OUTCOMES, place=self._place())
        self._backbone(inner, ends)
        while len(self.moves) < 10 and self._may(0.75):
            self._extra(inner, ends)
        totals = LONG_TOTALS if self._may(0.1) else TOTALS
        total = (
            Within(Span.parse(self.chance.choice(totals)), place=self._place()) if self._may(0.75) else None
        )
        late = self._late(inner, total)
        longer = None
        if total is not None and self._may(0.2):
            longer = Extend(self._span(), self.chance.randint(1, 2), ("leader",), total.place)
        return Procedure(
            name=name,
            version=1,
            title=self._words(name),
            states=MappingProxyType(self.states),
            moves=MappingProxyType(self.moves),
            fields=MappingProxyType({}),
            total=total,
            total_extend=longer,
            late=late,
            outcomes={one: self._words(one) for one in OUTCOMES},
            templates={"paper": ""},
            place=Place("made.yaml", 1),
        )

    def _may(self, share: float) -> bool:
        return self.chance.random() < share

    def _place(self) -> Place:
        self.line += 1
        return Place("made.yaml", self.line)

    @staticmethod
    def _words(name: str) -> Words:
        return Words(name, name)

    def _span(self) -> Span:
        return Span.parse(self.chance.choice(LONG if self._may(0.04) else SPANS))

    def _state(self, name: str) -> State:
        place = self._place()
        within = Within(self._span(), place=place) if self._may(0.96) else None
        pause = None
        if self._may(0.12) and (within is None or str(within.span) in PAUSED):
            up_to = Span.parse(self.chance.choice(("1 day", "2 days", "2 days")))
            pause = Pause(up_to, self.chance.choice((1, 1, 2)), ("leader",), place)
        extend = None
        if self._may(0.2):
            extend = Extend(self._span(), self.chance.randint(1, 2), ("leader",), place)
        owner = self.chance.choice(OWNERS)
        return State(name, self._words(name), "handling", owner, within, pause, extend, place=place)

    def _backbone(self, inner: list[str], ends: list[str]) -> None:
        for source, target in zip(inner, [*inner[1:], ends[0]], strict=True):
            if self._may(0.95):
                self._move(source, target, at_most=self.chance.choice((None, None, None, None, None, 2)))
            owner = self.states[source].owner
            if owner == "reporter" and self._may(0.7):
                self._move(source, target, by=("clock",))

    def _extra(self, inner: list[str], ends: list[str]) -> None:
        source = self.chance.choice([*inner, *inner, *inner, *ends])
        targets = [*inner, *inner, *ends] if source in inner else inner
        target = self.chance.choice(targets)
        order = list(self.states)
        back = order.index(target) <= order.index(source)
        bounded = self._may(0.92 if back else 0.3)
        self._move(source, target, at_most=self.chance.choice((1, 1, 2)) if bounded else None)

    def _move(
        self, source: str, target: str, *, at_most: int | None = None, by: tuple[str, ...] | None = None
    ) -> None:
        if len(self.moves) >= 10:
            return
        name, place, end = f"m{len(self.moves)}", self._place(), source.startswith("e")
        by = by or self._by(source)
        act = not end and self._may(0.05)
        sources = (source,)
        everywhere = not end and self._may(0.06)
        if everywhere:
            sources = tuple(one for one in self.states if not one.startswith("e"))
        self.moves[name] = Move(
            name=name,
            title=self._words(name),
            sources=sources,
            to=None if act else target,
            by=by,
            needs=self._needs(by, place),
            outcomes=(self.chance.choice(OUTCOMES),) if target.startswith("e") and not act else (),
            at_most=at_most,
            until=Within(self._span(), place=place)
            if (end and self._may(0.93)) or ("clock" not in by and self._may(0.04))
            else None,
            from_open=everywhere,
            place=place,
        )

    def _by(self, source: str) -> tuple[str, ...]:
        if source.startswith("e"):
            return self.chance.choice((("reporter",), ("supervisor",), ("reporter", "supervisor")))
        owner = self.states[source].owner or "handler"
        if self._may(0.12):
            return ("clock",)
        return (owner,) if self._may(0.85) else (owner, self.chance.choice(("leader", "clock", "verifier")))

    def _needs(self, by: tuple[str, ...], place: Place) -> tuple[Guard, ...]:
        needs = []
        if "verifier" in by and self._may(0.75):
            needs.append(
                Guard(
                    "other_than",
                    (self.chance.choice(("handler", "handler", "handler", "receiver")),),
                    False,
                    place,
                )
            )
        if self._may(0.14):
            needs.append(Guard("willing_parties", (), True, place))
        if self._may(0.1):
            needs.append(Guard("document", ("paper",), True, place))
        if self._may(0.05):
            kid = self.chance.choice(("brief", "brief", "lasting", "lasting", "turning", "clockless"))
            name, essential = self.chance.choice((("children_closed", False), ("gate_open", True)))
            needs.append(Guard(name, (kid,), essential, place))
        if self.moves and self._may(0.08):
            needs.append(Guard("used", (self.chance.choice(list(self.moves)),), False, place))
        return tuple(needs)

    def _late(self, inner: list[str], total: Within | None) -> tuple[LateRule, ...]:
        rules = [LateRule(80, "yellow", ("owner",), place=self._place())]
        if self._may(0.93):
            states = tuple(inner) if self._may(0.93) else tuple(inner[1:])
            rules.append(LateRule(100, "red", ("leader",), states=states, place=self._place()))
        if total is not None and self._may(0.3):
            rules.append(
                LateRule(self.chance.choice((80, 100)), "red", ("leader",), of="total", place=self._place())
            )
        clocked = [move for move in self.moves.values() if move.by_clock]
        for move in clocked:
            if self._may(0.2):
                at = self.chance.choice((50, 100, 100, 150))
                of = "total" if total is not None and self._may(0.3) else "state"
                told = ("leader",) if self._may(0.1) else ()
                rules.append(LateRule(at, None, told, move.name, of=of, place=self._place()))
        named = {rule.move for rule in rules}
        rules += [
            LateRule(100, move=move.name, states=move.sources, implied=True, place=move.place)
            for move in clocked
            if move.name not in named
        ]
        return tuple(replace(rule, order=rule.place.line) for rule in rules)
