"""The form by which a roster is asked for: what every shift needs, and where it is something else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.desk.patrolkeyed import Choices, Keyed
from gantang.desk.receptionforms import _number
from gantang.faces.rows import RowsField
from gantang.patrol.queries import words


class RosterForm(Keyed):
    """A roster that is asked for."""

    ground = text_of(_("区划代码"), 15, required=True)
    first = date_of(_("从哪天起"), required=True)
    days = _number(_("排几天"), 1, 31, initial=7)
    points = forms.MultipleChoiceField(label=_("哪些点位"), widget=forms.CheckboxSelectMultiple)
    number = _number(_("每班几人"), 1, 20, initial=2)
    helm = _number(_("其中会驾船的至少几人"), 0, 20, initial=1)
    mixed = _number(_("至少几个单位的人"), 1, 9, initial=1)
    rest = _number(_("两班之间休息几小时"), 0, 72, initial=11)
    run = _number(_("最多连上几天"), 1, 14, initial=5)
    most = _number(_("每人最多几班"), 1, 62, required=False, help_text=_("可以不填。"))

    def __init__(self, *args: Any, points: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["points"].choices = points  # type: ignore[attr-defined]
        self.fields["other"] = RowsField(
            _columns(points),
            label=_("人数不一样的班次"),
            required=False,
            help_text=_("点位、班种、日期空着就是每一个；0人就是不排；前后说法不同的，以后一行为准。"),
        )


def _columns(points: Choices) -> dict[str, forms.Field]:
    every = ("", _("每一个"))
    return {
        "point": select_of(_("点位"), [every, *points], required=False),
        "kind": select_of(_("班种"), [every, *words.KIND_WORDS.items()], required=False),
        "on": date_of(_("日期")),
        "number": _number(_("几人"), 0, 20),
        "helm": _number(_("会驾船的几人"), 0, 20, required=False),
        "mixed": _number(_("几个单位"), 0, 9, required=False),
    }
