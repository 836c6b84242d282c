"""Names that mean the same in every pack (`docs/how-to/write-a-pack.md`), used for something else."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.say import at_move, finding
from gantang.engine.model import ABOVE, CLOCK, Finding, Move, Procedure, Words

#: What a move of that name must do, and what it must need.
DOES = {"supervise": "raise_supervision", "cancel_supervision": "cancel_supervision"}
NEEDS = {"cancel_supervision": "supervised"}
#: The move by which somebody above the work looks after it.
SUPERVISE = "supervise"
#: An end that only a past row of an import may have.
RECORDED, IMPORTED = "recorded", "imported"


def meanings(procedure: Procedure) -> Iterator[Finding]:
    for move in procedure.moves.values():
        does, needs = DOES.get(move.name), NEEDS.get(move.name)
        if does is not None and does not in {one.name for one in move.does}:
            yield _without(procedure, move, "does", does)
        if needs is not None and not has(move, needs):
            yield _without(procedure, move, "needs", needs)
        if move.name == SUPERVISE:
            yield from _from_above(procedure, move)
        if RECORDED in move.outcomes and not has(move, IMPORTED):
            yield _any_matter(procedure, move)


def _from_above(procedure: Procedure, move: Move) -> Iterator[Finding]:
    """Supervision by somebody beside the work, or one that could be lowered."""
    if not set(move.by) <= {*ABOVE, CLOCK}:
        beside = next(duty for duty in move.by if duty not in (*ABOVE, CLOCK))
        yield finding(
            "self-check",
            move.place,
            at_move(procedure, move.name),
            Words(
                f"督办由 {beside} 作出，{beside} 不在承办人之上。",
                f"The {beside} may supervise, who does not stand above the work.",
            ),
            Words(
                f"写上 by: [{', '.join(ABOVE[1:])}, clock]。",
                f"Write by: [{', '.join(ABOVE[1:])}, clock].",
            ),
        )
    if any(ask.field == "level" for ask in move.asks) and not has(move, "level_rises"):
        yield _without(procedure, move, "needs", "level_rises")


def has(move: Move, guard: str, *args: str) -> bool:
    """Whether a move needs that guard, with these arguments."""
    return any(one.name == guard and one.args[: len(args)] == args for one in move.needs)


def _without(procedure: Procedure, move: Move, part: str, word: str) -> Finding:
    return finding(
        "gap",
        move.place,
        at_move(procedure, move.name),
        Words(
            f"动作 {move.name} 的名字在各流程里意思一样，却没有写 {word}。",
            f"The name of the move {move.name} means the same everywhere, and it lacks {word}.",
        ),
        Words(f"在 {part} 里加上 {word}，或换一个名字。", f"Add {word} to its {part}, or name it otherwise."),
    )


def _any_matter(procedure: Procedure, move: Move) -> Finding:
    return finding(
        "gap",
        move.place,
        at_move(procedure, move.name),
        Words(
            f"动作 {move.name} 能把正在办的事项当作旧事项存档了事。",
            f"The move {move.name} could put a running matter on record as a past one.",
        ),
        Words("在 needs 里加上 imported。", "Add imported to its needs."),
    )
