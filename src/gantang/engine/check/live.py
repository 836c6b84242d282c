"""Which moves can never be made, and why: nobody may, or a guard that never holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gantang.engine.language.reading import nearest
from gantang.engine.model import CLOCK, DUTIES, Guard, Move, Place, Procedure, Words
from gantang.engine.vocabulary.counts import COUNTS


@dataclass(frozen=True, slots=True)
class Dead:
    """Why a move can never be made.

    One that is `lost` is no edge; another is followed as if it were mended, so that one
    fault is told once, and not again by all that lies behind it.
    """

    kind: str
    sentence: Words
    remedy: Words
    guard: Guard | None = None
    lost: bool = False

    def place(self, move: Move) -> Place:
        return self.guard.place if self.guard is not None and self.guard.place.line else move.place


@dataclass(frozen=True, slots=True)
class World:
    """What guards are judged against: the moves still alive, the procedures known."""

    procedure: Procedure
    alive: tuple[Move, ...]
    known: frozenset[str] | None

    def asked(self) -> frozenset[str]:
        """Every field that the form or a living move asks for."""
        asks = {ask.field for move in self.alive for ask in move.asks}
        return frozenset(asks | set(self.procedure.form.fields))

    def does(self, *effects: str) -> bool:
        return any(move.does_it(effect) for move in self.alive for effect in effects)


def dead_moves(procedure: Procedure, known: frozenset[str] | None = None) -> dict[str, Dead]:
    """Moves that can never be made, in rounds: what waits for a dead move is dead as well."""
    dead: dict[str, Dead] = {}
    while True:
        alive = tuple(move for move in procedure.moves.values() if move.name not in dead)
        world = World(procedure, alive, known)
        new = {move.name: why for move in alive if (why := why_dead(move, world)) is not None}
        if not any(why.lost for why in new.values()):
            return {**dead, **new}
        dead.update({name: why for name, why in new.items() if why.lost})


def why_dead(move: Move, world: World) -> Dead | None:
    """The first reason why the move can never be made."""
    return nobody(move, world.procedure) or next(never(move, world), None)


def nobody(move: Move, procedure: Procedure) -> Dead | None:
    """A blind spot: no duty, no use, or only a clock that never strikes."""
    name = move.name
    if not any(duty in DUTIES for duty in move.by):
        return Dead(
            "blind spot",
            Words(f"动作 {name} 没有人可以做。", f"Nobody may make the move {name}."),
            Words("在 by 里写上职责。", "Name a duty under by."),
        )
    if move.at_most is not None and move.at_most < 1:
        return Dead(
            "blind spot",
            Words(
                f"动作 {name} 的次数上限是 0，没有人可以做。",
                f"The move {name} has no use, so nobody may make it.",
            ),
            Words(
                "把 at_most 改为 1 以上，或删去这个动作。", "Raise at_most to 1 or more, or drop the move."
            ),
            lost=True,
        )
    if set(move.by) == {CLOCK} and not strikes(move, procedure):
        return Dead(
            "blind spot",
            Words(
                f"动作 {name} 只由时钟触发，但在它的起点没有时钟会触发它。",
                f"The move {name} is left to the clock, but no clock strikes for it in any of its sources.",
            ),
            Words(
                "给起点状态写上 within，并在 late 里写明何时触发它。",
                "Give the source a within, and say under late when the move is made.",
            ),
            lost=True,
        )
    return None


def strikes(move: Move, procedure: Procedure) -> bool:
    """Whether a late rule with a running clock calls the move in one of its sources."""
    for name in move.sources:
        state = procedure.states.get(name)
        if state is None or state.is_end:
            continue
        clocks = {"state": state.within, "total": procedure.total}
        for rule in procedure.late:
            if rule.move == move.name and rule.holds_in(name) and clocks.get(rule.of) is not None:
                return True
    return False


def never(move: Move, world: World) -> Iterator[Dead]:
    """The move's guards that can never hold, one by one and against each other."""
    for guard in move.needs:
        test = TESTS.get(guard.name)
        why = test(guard, world) if test is not None else None
        if why is not None:
            yield gap(move, guard, why, meant(guard, world))
    if move.does_it("question") and not any(_pauses(world.procedure, name) for name in move.sources):
        yield Dead(
            "gap",
            Words(
                f"动作 {move.name} 提问要停表，但它的起点都不许暂停。",
                f"The move {move.name} asks a question, which pauses; none of its sources allows one.",
            ),
            Words("给起点状态写上 may: {pause: …}。", "Give a source may: {pause: …}."),
        )
    for one, other in contradictions(move):
        yield gap(
            move,
            other,
            Words(f"它和 {one} 不能同时成立", f"it cannot hold together with {one}"),
        )


def meant(guard: Guard, world: World) -> Words | None:
    """The nearest name, where the guard names a document or a procedure that is not there."""
    known = {
        "document": world.procedure.templates,
        "gate_open": world.known or frozenset(),
        "gate_absent": world.known or frozenset(),
        "children_closed": world.known or frozenset(),
    }.get(guard.name, frozenset())
    guess = nearest(guard.args[0], known) if guard.args else None
    return Words(f"是不是想写“{guess}”？", f"Did you mean “{guess}”?") if guess else None


def _pauses(procedure: Procedure, name: str) -> bool:
    state = procedure.states.get(name)
    return state is not None and state.pause is not None


def gap(move: Move, guard: Guard, why: Words, remedy: Words | None = None) -> Dead:
    return Dead(
        "gap",
        Words(
            f"动作 {move.name} 的条件 {guard} 永远不会成立：{why.zh}。",
            f"The guard {guard} of the move {move.name} can never hold: {why.en}.",
        ),
        remedy
        or Words("补上它所依靠的内容，或改正这个条件。", "Supply what it rests on, or correct the guard."),
        guard,
        lost=guard.name == "used",
    )


#: Of the same arguments never both: one says what the other denies.
OPPOSITE = (
    {"gate_open", "gate_absent"},
    {"more_than_half", "at_most_half"},
    {"equal", "fewer"},
    {"two_thirds", "at_most_half"},
)


def contradictions(move: Move) -> Iterator[tuple[Guard, Guard]]:
    """Pairs of guards of one move that exclude each other."""
    guards = move.needs
    for at, one in enumerate(guards):
        for other in guards[at + 1 :]:
            names = {one.name, other.name}
            if names == {"reachable", "unreachable"}:
                yield one, other
            if names in OPPOSITE and one.args == other.args:
                yield one, other
            if names == {"chosen"} and one.args[:1] == other.args[:1] and one.args != other.args:
                yield one, other


def _chosen(guard: Guard, world: World) -> Words | None:
    if not guard.args or guard.args[0] in world.asked():
        return _code(guard, world)
    name = guard.args[0]
    return Words(f"没有哪一步询问 {name}", f"nobody asks {name}")


def _code(guard: Guard, world: World) -> Words | None:
    if len(guard.args) < 2:
        return None
    name, code = guard.args[0], guard.args[1]
    one = world.procedure.fields.get(name) or world.procedure.form.fields.get(name)
    if one is None or one.kind == "yes_no" or not one.options or code in one.codes():
        return None
    return Words(f"{name} 没有 {code} 这一项", f"{name} has no answer {code}")


def _document(guard: Guard, world: World) -> Words | None:
    name = guard.args[0] if guard.args else ""
    if name in world.procedure.templates or name in world.procedure.documents:
        return None
    return Words(f"没有文书模板 {name}", f"there is no template for the document {name}")


def _known(what: Words) -> Callable[[Guard, World], Words | None]:
    def test(guard: Guard, world: World) -> Words | None:
        name = guard.args[0] if guard.args else ""
        if world.known is None or name in world.known:
            return None
        return Words(f"{what.zh} {name} 不存在", f"{what.en} {name} does not exist")

    return test


def _used(guard: Guard, world: World) -> Words | None:
    name = guard.args[0] if guard.args else ""
    if any(move.name == name for move in world.alive):
        return None
    return Words(f"动作 {name} 永远不会发生", f"the move {name} is never made")


def _question(guard: Guard, world: World) -> Words | None:
    if world.does("question"):
        return None
    return Words("没有哪一步向反映人提问", "no move asks the reporter a question")


def _supervised(guard: Guard, world: World) -> Words | None:
    if world.does("raise_supervision"):
        return None
    return Words("没有哪一步提起督办", "no move raises supervision")


def _counted(guard: Guard, world: World) -> Words | None:
    """Numbers or rows, both asked by the very move: answers of numbers are not kept."""
    lacking = [name for name in guard.args if not _asked_as(guard, world, name, "number", "rows")]
    if lacking:
        return _not_asked(lacking[0])
    if guard.name == "fewer" and guard.args[0] == guard.args[-1]:
        return Words("两边是同一个数", "both sides are the same number")
    return None


def _each_counted(guard: Guard, world: World) -> Words | None:
    """A column of numbers in rows that the very move asks for, against a number it asks for."""
    if len(guard.args) < 3:
        return None
    rows, column, whole = guard.args
    if not _asked_as(guard, world, rows, "rows"):
        return Words(f"这一步没有把 {rows} 作为多行来问", f"the move does not ask for {rows} as rows")
    if not any(one.name == column and one.kind == "number" for one in world.procedure.fields[rows].columns):
        return Words(f"{rows} 没有数字列 {column}", f"{rows} has no column {column} of numbers")
    return None if _asked_as(guard, world, whole, "number") else _not_asked(whole)


def _asked_as(guard: Guard, world: World, name: str, *kinds: str) -> bool:
    moves = [m for m in world.procedure.moves.values() if any(guard is one for one in m.needs)]
    asked = {ask.field for move in moves for ask in move.asks if ask.required}
    return name in asked and world.procedure.fields[name].kind in kinds


def _not_asked(name: str) -> Words:
    return Words(f"这一步没有把 {name} 作为数字来问", f"the move does not ask for {name} as a number")


TESTS: Mapping[str, Callable[[Guard, World], Words | None]] = {
    "chosen": _chosen,
    **{name: _counted if len(word.parameters) == 2 else _each_counted for name, word in COUNTS.items()},
    "document": _document,
    "gate_open": _known(Words("前置程序", "the gate")),
    "gate_absent": _known(Words("前置程序", "the gate")),
    "children_closed": _known(Words("下级程序", "the procedure")),
    "used": _used,
    "question_open": _question,
    "supervised": _supervised,
}
