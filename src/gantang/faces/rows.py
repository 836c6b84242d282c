"""A field of rows: the same few questions line by line, as many lines as are needed, without a script.

A form begins with some empty lines. "Add a line" sends it to be shown again with one more; what was
typed stays, and nothing is checked before the form itself is sent.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

#: Empty lines at first, and the most that a form takes.
FEWEST, MOST = 3, 50
#: The name of the button that asks for one more line; its value is the field.
MORE = "more"
Line = Mapping[str, Any]


class RowsWidget(forms.Widget):
    """Draws the lines; every cell has the widget of its column."""

    template_name = "faces/parts/rows.html"
    use_fieldset = True
    is_rows = True

    def __init__(self, columns: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.columns = columns
        self.bad: set[tuple[int, str]] = set()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Line]:
        """Every line as it was typed, and one more where that was asked for."""
        return [
            {
                column: field.widget.value_from_datadict(data, files, cell_name(name, place, column))
                for column, field in self.columns.items()
            }
            for place in range(_lines(data, name))
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-lines" not in data

    def id_for_label(self, id_: str) -> str:
        """The legend names the group; each cell has a label of its own."""
        return ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        given: list[Line] = list(value or ())
        lines = given or [{} for _line in range(FEWEST)]
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "lines": [self._line(name, place, line) for place, line in enumerate(lines)],
            "count": len(lines),
            "more": MORE,
            "is_full": len(lines) >= MOST,
        }
        return context

    def _line(self, name: str, place: int, line: Line) -> dict[str, Any]:
        return {
            "label": _("第%(n)d行") % {"n": place + 1},
            "cells": list(self._cells(name, place, line)),
        }

    def _cells(self, name: str, place: int, line: Line) -> Iterator[dict[str, Any]]:
        for column, field in self.columns.items():
            key = cell_name(name, place, column)
            bad = (place, column) in self.bad
            attrs = {"id": f"id_{key}", **({"aria-invalid": "true"} if bad else {})}
            yield {
                "id": attrs["id"],
                "label": field.label,
                "required": field.required,
                "bad": bad,
                "html": field.widget.render(key, line.get(column), attrs),
            }


class RowsField(forms.Field):
    """Lines that are left empty count as none; the others are checked cell by cell."""

    widget: RowsWidget

    def __init__(self, columns: Mapping[str, forms.Field], **given: Any) -> None:
        super().__init__(widget=RowsWidget(columns), **given)
        self.columns = columns

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """The lines by column. Errors: ValidationError, one sentence for each cell that is wrong."""
        faults: list[str] = []
        lines = [
            self._line(place, line, faults)
            for place, line in enumerate(value or ())
            if any(one not in _EMPTY for one in line.values())
        ]
        if faults:
            raise forms.ValidationError(faults)
        if self.required and not lines:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return lines

    def _line(self, place: int, line: Line, faults: list[str]) -> dict[str, Any]:
        found = {}
        for column, field in self.columns.items():
            try:
                found[column] = field.clean(line.get(column))
            except forms.ValidationError as error:
                self.widget.bad.add((place, column))
                said = {"line": place + 1, "column": field.label, "fault": " ".join(error.messages)}
                faults.append(_("第%(line)d行，%(column)s：%(fault)s") % said)
        return {column: one for column, one in found.items() if one not in _EMPTY}


_EMPTY: tuple[Any, ...] = (None, "", [], ())


def cell_name(field: str, place: int, column: str) -> str:
    """The name of one cell's input."""
    return f"{field}-{place}-{column}"


def wants_more(data: QueryDict) -> bool:
    """Whether a form was sent only to have one more line."""
    return MORE in data


def _lines(data: Mapping[str, Any], name: str) -> int:
    given = str(data.get(f"{name}-lines", ""))
    count = int(given) if given.isascii() and given.isdecimal() and len(given) < 4 else 0
    return min(count + (data.get(MORE) == name), MOST)
