"""Answers of a move that name something: looked up before the engine is asked, so that a wrong one names its
field."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from gantang.catalogue import queries as catalogue
from gantang.engine import Field, Procedure, case_number
from gantang.engine.run.answers import fits
from gantang.kit.actor import lies_apart
from gantang.matters.errors import AnswerInvalidError, unfit
from gantang.posts import queries as posts
from gantang.territory import queries as territory


def spelt(procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with each case number in its closed form, in rows too; what is none stays as told."""
    fields = procedure.fields
    return {name: _spelt(fields[name], one) if name in fields else one for name, one in answers.items()}


def _spelt(field: Field, value: Any) -> Any:
    if field.kind == "case_number" and isinstance(value, str):
        return case_number.read(value) or value
    if field.kind == "rows" and isinstance(value, list):
        columns = {one.name: one for one in field.columns}
        return [_cells(columns, row) if isinstance(row, Mapping) else row for row in value]
    return value


def _cells(columns: Mapping[str, Field], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _spelt(columns[name], one) if name in columns else one for name, one in row.items()}


def check(procedure: Procedure, move: str, answers: Mapping[str, Any], *, on: date) -> None:
    """Errors: AnswerInvalidError, naming each field whose answer names nothing."""
    wrong = list(_wrong(procedure, move, answers, on))
    if wrong:
        raise unfit(wrong, AnswerInvalidError)


def _wrong(
    procedure: Procedure, move: str, answers: Mapping[str, Any], on: date
) -> Iterator[tuple[str, str]]:
    asked = {ask.field for ask in procedure.moves[move].asks} if move in procedure.moves else set()
    for name, value in answers.items():
        if name in procedure.fields and name in asked:
            yield from of_field(procedure.fields[name], name, value, on)
    if answers.get("post") is not None and "post" in asked and not _post_fits(answers, on):
        yield "post", "unknown_post"


def of_field(field: Field, where: str, value: Any, on: date) -> Iterator[tuple[str, str]]:
    """What is wrong with one answer; of rows cell by cell, told as `instalments.0.amount`."""
    if value in (None, "", []):
        return
    if field.kind in ("rows", "amount") and not fits(field, value):
        yield where, "unknown_answer"
    elif field.kind == "case_number" and not fits(field, value):
        yield where, "unknown_case_number"
    elif field.kind == "rows":
        for at, row in enumerate(value):
            for column in field.columns:
                yield from of_field(column, f"{where}.{at}.{column.name}", row.get(column.name), on)
    elif field.kind in _KNOWN and not _names(field.kind, value, on):
        yield where, _FAULT[field.kind]


def _names(kind: str, value: Any, on: date) -> bool:
    try:
        return _KNOWN[kind](value, on)
    except (TypeError, ValueError, OverflowError):
        return False


def _unit(number: Any, on: date) -> bool:
    return bool(posts.unit_names([int(number)])) and _in_force(int(number), on)


def _in_force(number: int, on: date) -> bool:
    found = posts.unit(number)
    return found.valid_from <= on and (found.valid_to is None or on < found.valid_to)


def _post_fits(answers: Mapping[str, Any], on: date) -> bool:
    unit, post = answers.get("unit"), answers["post"]
    return isinstance(unit, int) and post in {one.id for one in posts.posts(unit, on)}


_KNOWN: dict[str, Callable[[Any, date], bool]] = {
    # a matter that lies on ground never comes to lie apart, nor opens what does
    "class": lambda code, on: catalogue.get_class(str(code)) is not None and not lies_apart(str(code)),
    "ground": lambda code, on: territory.exists(str(code), on),
    "unit": _unit,
    "units": lambda numbers, on: all(_unit(one, on) for one in numbers),
}
_FAULT = {
    "class": "unknown_class",
    "ground": "unknown_ground",
    "unit": "unknown_unit",
    "units": "unknown_unit",
}
