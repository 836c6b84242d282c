"""Forms drawn from a pack: each field of `engine.Field` becomes a question with its own widget and check.

The door gives the choices that a pack cannot know (classes, units, posts, grounds); what comes out of
`cleaned_answers` is what `matters.service` takes: plain codes, numbers, texts, ISO days and moments.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gantang.engine import Field
from gantang.faces.picking import Picker
from gantang.faces.rows import RowsField

Choices = Sequence[tuple[str, str]]

#: Kinds whose choices the door must bring.
OPEN_KINDS = ("class", "ground", "unit", "units", "post", "matter", "place")
_NUMERIC = ("unit", "units", "post")
_BLANK = ("", _("请选择"))

#: How content people are, best first; stored as 5 to 1.
RATINGS = [("5", _("很满意")), ("4", _("满意")), ("3", _("一般")), ("2", _("不满意")), ("1", _("很不满意"))]


class Questions(forms.Form):
    """A form of a pack's fields. Every widget gets our class, and its errors are tied to it."""

    template_name = "faces/parts/questions.html"
    use_required_attribute = False

    @classmethod
    def as_typed(cls, data: Mapping[str, Any]) -> Self:
        """The form shown again as it was sent, unchecked: one more line was asked for."""
        fields = cls.base_fields.items()
        return cls(initial={name: one.widget.value_from_datadict(data, {}, name) for name, one in fields})

    def cleaned_answers(self) -> dict[str, Any]:
        """The answers given, without those left empty."""
        given = ((name, _plain(value)) for name, value in self.cleaned_data.items())
        return {name: value for name, value in given if value not in ("", None, [], ())}


def questions(
    fields: Mapping[str, Field],
    asks: Iterable[str],
    optional: Iterable[str] = (),
    *,
    choices: Mapping[str, Choices] | None = None,
) -> type[Questions]:
    """The form class for the asked fields, in their order; files are asked for by the door itself."""
    wanted = [*((name, True) for name in asks), *((name, False) for name in optional)]
    known = [(name, needed) for name, needed in wanted if name in fields and fields[name].kind != "files"]
    made = {name: _field(fields[name], required=needed, choices=choices or {}) for name, needed in known}
    return type("PackQuestions", (Questions,), made)


def _field(one: Field, *, required: bool, choices: Mapping[str, Choices]) -> forms.Field:
    lang = get_language() or "zh-hans"
    common: dict[str, Any] = {
        "label": one.title.of(lang),
        "help_text": one.help.of(lang) if one.help else "",
        "required": required,
    }
    if one.kind == "rows":
        cells = (_field(column, required=column.required, choices=choices) for column in one.columns)
        names = (column.name for column in one.columns)
        return RowsField({name: _cell(cell) for name, cell in zip(names, cells, strict=True)}, **common)
    build = _BUILDERS.get(one.kind, _text)
    return build(one, common, _offered(one, choices, lang))


def _offered(one: Field, choices: Mapping[str, Choices], lang: str) -> list[tuple[str, str]]:
    if one.options:
        return [(option.code, option.words.of(lang)) for option in one.options]
    return list(choices.get(one.name) or choices.get("units" if one.kind == "units" else one.kind, ()))


def _text(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    widget = forms.Textarea(attrs={"class": "form-control", "rows": 3})
    return forms.CharField(widget=widget, max_length=4000, **common)


def _line(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    modes = {"phone": "tel", "identity": "text", "name": "text"}
    attrs = {"class": "form-control", "autocomplete": "off", "inputmode": modes.get(one.kind, "text")}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), max_length=200, **common)


def _choice(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    if len(offered) <= 5 and one.kind == "choice":
        return forms.ChoiceField(choices=list(offered), widget=forms.RadioSelect, **common)
    given = {"choices": [_BLANK, *offered], "widget": Picker(), **common}
    if one.kind in _NUMERIC:
        return forms.TypedChoiceField(coerce=int, empty_value=None, **given)
    return forms.ChoiceField(**given)


def _several(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    given = {"choices": list(offered), "widget": forms.CheckboxSelectMultiple, **common}
    if one.kind in _NUMERIC:
        return forms.TypedMultipleChoiceField(coerce=int, **given)
    return forms.MultipleChoiceField(**given)


def _yes_no(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    pairs = [("yes", _("是")), ("no", _("否"))]
    return forms.TypedChoiceField(
        choices=pairs,
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        **common,
    )


def _number(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    return forms.IntegerField(widget=forms.NumberInput(attrs={"class": "form-control"}), **common)


def _rating(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    return forms.TypedChoiceField(
        choices=RATINGS, coerce=int, empty_value=None, widget=forms.RadioSelect, **common
    )


class AmountField(forms.DecimalField):
    """Money, typed in yuan and given in fen."""

    def clean(self, value: Any) -> int | None:
        """Fen; None where nothing was typed."""
        found: Decimal | None = super().clean(value)
        return None if found is None else int(found * 100)


class AmountInput(forms.NumberInput):
    """A number with its unit behind it."""

    template_name = "faces/parts/amount.html"


def _amount(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    widget = AmountInput(attrs={"class": "form-control", "inputmode": "decimal"})
    return AmountField(widget=widget, min_value=0, max_digits=15, decimal_places=2, **common)


def _cell(field: forms.Field) -> forms.Field:
    """A question as it stands in a line: short."""
    if isinstance(field.widget, forms.RadioSelect):
        offered = list(field.choices)  # type: ignore[attr-defined]
        field.widget = Picker()
        field.choices = [_BLANK, *offered]  # type: ignore[attr-defined]
    elif isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 1
    return field


def _day(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}), **common)


def _moment(one: Field, common: dict[str, Any], offered: Choices) -> forms.Field:
    widget = forms.DateTimeInput(attrs={"class": "form-control", "type": "datetime-local"})
    return forms.DateTimeField(widget=widget, **common)


_BUILDERS = {
    "choice": _choice,
    "class": _choice,
    "ground": _choice,
    "unit": _choice,
    "post": _choice,
    "matter": _line,
    "place": _line,
    "choices": _several,
    "units": _several,
    "yes_no": _yes_no,
    "number": _number,
    "amount": _amount,
    "rating": _rating,
    "date": _day,
    "moment": _moment,
    "case_number": _line,
    "phone": _line,
    "name": _line,
    "identity": _line,
}


def _plain(value: Any) -> Any:
    """Days and moments as ISO texts, also those of lines; the rest as it is."""
    if isinstance(value, list):
        return [{k: _plain(v) for k, v in one.items()} if isinstance(one, dict) else one for one in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value
