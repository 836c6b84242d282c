"""What makes a board of a matter, whatever its pack: moves that open a matter for each row, or one each time
something comes round again; moves that tell how it stands."""

from datetime import datetime

from gantang.engine import Procedure
from gantang.engine.model import ABOVE, CLOCK, Move

#: From this part of its time on a report that was not made is due.
DUE = 0.8


def opening(procedure: Procedure) -> tuple[Move, ...]:
    """The moves that open what stands on the board; none for a matter that is no list."""
    return tuple(one for one in procedure.moves.values() if _by_rows(procedure, one) or _again(one))


def is_list(procedure: Procedure) -> bool:
    """Whether it is drawn up to be worked off: what it opens is handed out from above, or comes round again.
    Instalments of an agreement or what a talk hands on stand on their matter's own board, and are no list."""
    return any(_again(one) or set(one.by) <= set(ABOVE) for one in opening(procedure))


def _by_rows(procedure: Procedure, move: Move) -> bool:
    each = move.opens.each if move.opens is not None else None
    return each is not None and bool(procedure.fields[each].columns)


def _again(move: Move) -> bool:
    """It opens a matter and begins the same state, and so its clock, anew."""
    return move.opens is not None and move.to is not None and move.to in move.sources


def again(procedure: Procedure) -> Move | None:
    """What comes round again, if anything does."""
    return next((one for one in procedure.moves.values() if _again(one)), None)


def columns(procedure: Procedure) -> tuple[str, ...]:
    """The closed columns of the rows, in the order of the pack."""
    rows = [
        procedure.fields[one.opens.each]
        for one in opening(procedure)
        if one.opens is not None and one.opens.each is not None
    ]
    return tuple(dict.fromkeys(one.name for field in rows for one in field.columns if one.kind == "choice"))


def telling(procedure: Procedure) -> tuple[Move, ...]:
    """The moves that tell how a matter stands: they keep its state, open nothing, ask for words, and are made
    by people."""
    return tuple(
        one
        for one in procedure.moves.values()
        if one.to is None and one.opens is None and not one.from_open and _is_told(procedure, one)
    )


def _is_told(procedure: Procedure, move: Move) -> bool:
    asked = [procedure.fields[ask.field] for ask in move.asks if ask.required]
    return CLOCK not in move.by and any(one.kind == "text" for one in asked)


def stands(*, entered: datetime, due: datetime | None, last: datetime | None, now: datetime) -> str:
    """Whether a report is due in the running period: it was made, its time runs, it is due, it is late."""
    if last is not None and last >= entered:
        return "made"
    if due is None:
        return "running"
    if now > due:
        return "late"
    whole = (due - entered).total_seconds()
    return "due" if whole <= 0 or (now - entered).total_seconds() / whole >= DUE else "running"


def missed(procedure: Procedure, *, state: str, due: datetime | None, now: datetime) -> datetime | None:
    """When something that comes round again should have been done in this state, and was not."""
    move = again(procedure)
    if move is None or state not in move.sources or due is None or now <= due:
        return None
    return due
