"""Answers: which are missing or wrong, and what of them may stand in a step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from gantang.engine import case_number
from gantang.engine.model import Field, Move, Procedure, Words
from gantang.engine.run.say import refusal
from gantang.engine.run.values import Refusal

#: Closed answers are remembered on the case: tables of periods and outcomes read them.
REMEMBERED = ("choice", "class", "ground", "yes_no")


#: No amount of money is beyond this, in fen; a typing error is.
MOST_FEN = 10**15


class _Maybe:
    """Stands for an answer not given yet, when only possibilities are listed: it may be anything."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True


MAYBE = _Maybe()


def faults(procedure: Procedure, move: Move, answers: Mapping[str, Any]) -> Iterator[Refusal]:
    """Every reason the answers give against the move."""
    asked = {ask.field: ask for ask in move.asks}
    for name, ask in asked.items():
        field = procedure.fields[name]
        value = answers.get(name)
        if value is None or value == "" or value == []:
            if ask.required:
                yield refusal("answer.missing", field.title)
        elif not fits(field, value, move):
            yield refusal("answer.invalid", field.title)
    for name in answers:
        if name not in asked:
            yield refusal(
                "answer.unknown", procedure.fields[name].title if name in procedure.fields else name
            )


def fits(field: Field, value: Any, move: Move | None = None) -> bool:
    """Whether a value is of the field's kind. Text is any text: it goes to the vault unread."""
    if field.kind == "choice":
        codes = move.outcomes if move is not None and field.name == "outcome" else field.codes()
        return value in codes
    if field.kind == "choices":
        return isinstance(value, list) and all(one in field.codes() for one in value)
    if field.kind == "rows":
        return isinstance(value, list) and all(_row_fits(field, row) for row in value)
    test = _TESTS.get(field.kind)
    return test is None or test(value)


def _row_fits(field: Field, row: Any) -> bool:
    """Whether a row gives each column it needs, each of its kind, and no other."""
    if not isinstance(row, Mapping) or not set(row) <= {column.name for column in field.columns}:
        return False
    return all(
        not column.required if row.get(column.name) in (None, "") else fits(column, row[column.name])
        for column in field.columns
    )


def _integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _day(value: Any) -> bool:
    return _parses(date.fromisoformat, value)


def _moment(value: Any) -> bool:
    return _parses(datetime.fromisoformat, value)


def _parses(parse: Any, value: Any) -> bool:
    try:
        parse(value)
    except (TypeError, ValueError):
        return False
    return True


_TESTS: dict[str, Callable[[Any], bool]] = {
    "yes_no": lambda value: isinstance(value, bool),
    "number": _integer,
    "amount": lambda value: _integer(value) and 0 <= value <= MOST_FEN,
    "rating": lambda value: _integer(value) and 1 <= value <= 5,
    "date": _day,
    "moment": _moment,
    "unit": _integer,
    "post": _integer,
    "units": lambda value: isinstance(value, list) and bool(value) and all(_integer(one) for one in value),
    "class": lambda value: isinstance(value, str),
    "ground": lambda value: isinstance(value, str),
    "matter": lambda value: isinstance(value, str),
    "case_number": case_number.holds,
}


def recorded(procedure: Procedure, move: Move, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that may stand in a step, and the names of those kept in the vault."""
    shown, kept = {}, []
    for ask in move.asks:
        if answers.get(ask.field) is None:
            continue
        if procedure.fields[ask.field].vault:
            kept.append(ask.field)
        else:
            shown[ask.field] = answers[ask.field]
    return {"answers": shown, "kept": kept}


def chosen(procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, str]:
    """Closed answers, to be remembered: those that may stand in a step, and whatever a feed states."""
    known, stated = procedure.fields, procedure.feed.fields if procedure.feed is not None else ()
    return {
        name: str(value)
        for name, value in answers.items()
        if value is not None
        and name in known
        and (known[name].kind in REMEMBERED or name in stated)
        and not known[name].vault
    }


def titles(procedure: Procedure, names: tuple[str, ...]) -> tuple[Words, ...]:
    return tuple(procedure.fields[name].title for name in names)
