"""An answer in words: 费用：1,200.00元. Of rows, one line each."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gantang.engine import Field
from gantang.faces.words import is_english


def lines(field: Field, value: Any) -> Iterator[str]:
    """What was answered, with its question; nothing for kinds whose value says nothing to people."""
    if field.kind == "rows":
        yield from (row for row in rows(field, value).splitlines() if row)
    elif (words := said(field, value)) is not None:
        yield pair(field, words)


def pair(field: Field, words: str) -> str:
    """A question and its answer."""
    return _("%(what)s：%(answer)s") % {"what": title(field), "answer": words}


def title(field: Field) -> str:
    return field.title.of("en" if is_english() else "zh-hans")


def said(field: Field, value: Any) -> str | None:
    """One value in words; None for ids and the like."""
    say = _SAID.get(field.kind)
    return None if say is None or value is None else say(field, value)


def rows(field: Field, value: Any) -> str:
    """Rows, one line each; as the vault keeps them, as JSON, or as they were given."""
    given = _read(value) if isinstance(value, str) else value
    if not isinstance(given, list):
        return str(value)
    return "\n".join(_row(field, row) for row in given if isinstance(row, Mapping))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _row(field: Field, row: Mapping[str, Any]) -> str:
    cells = ((column, row.get(column.name)) for column in field.columns)
    return _("；").join(
        pair(column, words)
        for column, value in cells
        if value not in (None, "") and (words := _cell(column, value)) is not None
    )


def _cell(column: Field, value: Any) -> str | None:
    return str(value) if column.vault else said(column, value)


def _choice(field: Field, value: Any) -> str | None:
    found = next((one for one in field.options if one.code == value), None)
    return found.words.of("en" if is_english() else "zh-hans") if found else None


def _choices(field: Field, value: Any) -> str | None:
    found = (_choice(field, one) for one in value) if isinstance(value, list) else ()
    return _("、").join(one for one in found if one) or None


def _money(_field: Field, value: Any) -> str:
    yuan, fen = divmod(int(value), 100)
    return _("%(yuan)s元") % {"yuan": f"{yuan:,}.{fen:02}"}


def _plain(_field: Field, value: Any) -> str:
    return str(value)


def _yes_no(_field: Field, value: Any) -> str:
    return _("是") if value else _("否")


_SAID: dict[str, Callable[[Field, Any], str | None]] = {
    "choice": _choice,
    "choices": _choices,
    "amount": _money,
    "number": _plain,
    "date": _plain,
    "yes_no": _yes_no,
}
