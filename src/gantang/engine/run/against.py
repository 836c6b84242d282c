"""What a guard says where it does not hold: its sentence, with everything named as people know it."""

from __future__ import annotations

from gantang.engine.model import Document, Field, Guard, Move, Procedure, Words
from gantang.engine.run.say import DUTY_WORDS
from gantang.engine.run.values import Refusal
from gantang.engine.vocabulary import GUARDS, Context


def guard_refusal(context: Context, guard: Guard) -> Refusal:
    word = GUARDS[guard.name]
    said = word.excused if word.excused and len(guard.args) == len(word.parameters) else word.refusal
    shown = [
        _shown(context.procedure, kind, guard.args, arg)
        for kind, arg in zip(word.parameters, guard.args, strict=False)
    ]
    counted = word.told(context, guard.args) if word.told is not None else None
    if counted is not None:
        said, shown = counted[0], [*_named(shown), *(Words(one, one) for one in counted[1])]
    zh = said.zh.format(*(one.zh for one in shown))
    en = said.en.format(*(one.en for one in shown))
    return Refusal(f"guard.{guard.name}", Words(zh, en), context.move.because, context.move.law)


def _named(shown: list[Words]) -> tuple[Words, Words]:
    """What is counted, and what against: a column goes with its rows."""
    rows, *column, whole = shown
    if not column:
        return rows, whole
    return Words(f"{rows.zh}·{column[0].zh}", f"{rows.en}: {column[0].en}"), whole


def _shown(procedure: Procedure, kind: str, args: tuple[str, ...], arg: str) -> Words:
    if kind == "duty":
        return DUTY_WORDS.get(arg, Words(arg, arg))
    if kind == "code":
        return _option(procedure, args[0], arg) or Words(arg, arg)
    if kind == "column":
        return _column(procedure, args[0], arg) or Words(arg, arg)
    if kind in ("gate", "procedure"):
        return _opening(procedure, arg) or Words(arg, arg)
    found: Move | Field | Document | None = None
    if kind == "move":
        found = procedure.moves.get(arg)
    elif kind == "field":
        found = procedure.fields.get(arg)
    elif kind == "document":
        found = procedure.documents.get(arg)
    return found.title if found is not None else Words(arg, arg)


def _option(procedure: Procedure, field: str, code: str) -> Words | None:
    options = procedure.fields[field].options if field in procedure.fields else ()
    return next((one.words for one in options if one.code == code), None)


def _column(procedure: Procedure, field: str, name: str) -> Words | None:
    columns = procedure.fields[field].columns if field in procedure.fields else ()
    return next((one.title for one in columns if one.name == name), None)


def _opening(procedure: Procedure, name: str) -> Words | None:
    """Another procedure by the move that opens it: whoever reads this knows that move."""
    opening = (one for one in procedure.moves.values() if one.opens is not None)
    return next((one.title for one in opening if one.opens and one.opens.procedure == name), None)
