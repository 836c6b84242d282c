"""Forms of the administering pages: a day, a table of days, an outage, a slot."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.faces.picking import Picker
from gantang.kit import clock

_SPAN = re.compile(r"(\d{1,2}:\d{2})\s*[-–—至~]\s*(\d{1,2}:\d{2})")
_TEXT = {"class": "form-control", "autocomplete": "off"}


def text_of(label: Any, most: int, *, required: bool = False, **given: Any) -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, widget=forms.TextInput(attrs=_TEXT), **given
    )


def date_of(label: Any, *, required: bool = False, **given: Any) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={**_TEXT, "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **given)


def select_of(label: Any, choices: Any, **given: Any) -> forms.ChoiceField:
    """A list to choose one from."""
    widget = Picker()
    return forms.ChoiceField(label=label, choices=choices, widget=widget, **given)


class DayForm(forms.Form):
    """One day of a calendar."""

    use_required_attribute = False
    on = date_of(_("哪一天"), required=True)
    kind = select_of(
        _("改成什么"),
        [
            ("rest", _("休息")),
            ("makeup", _("调休上班")),
            ("working", _("上班")),
            ("half", _("半天或另定时间")),
            ("clear", _("取消，照上一级日历")),
        ],
    )
    zh = text_of(_("名称"), 40)
    en = text_of(_("英文名称"), 60)
    hours = text_of(_("时间"), 60, help_text=_("只有半天要写，如09:00-12:00。"))
    source = text_of(_("依据哪份文件"), 200, required=True)
    since = date_of(_("从哪天起生效"), help_text=_("不写就是马上。"))

    def clean_hours(self) -> list[tuple[str, str]]:
        """Spans of opening hours."""
        text = str(self.cleaned_data["hours"]).replace("：", ":")
        found = _SPAN.findall(text)
        if _SPAN.sub("", text).strip(" ,，;；、") or (self.data.get("kind") == "half" and not found):
            raise forms.ValidationError(_("时间写法不对，请写成09:00-12:00。"))
        return [(since, until) for since, until in found]


class TableForm(forms.Form):
    """A table of days."""

    use_required_attribute = False
    table = forms.FileField(
        label=_("表格"),
        help_text=_("CSV或xlsx，列名：日期、类型、名称、英文名称、时间。"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".csv,.xlsx,.xls,.ods"}),
    )
    source = text_of(_("依据哪份文件"), 200, required=True)
    year = forms.IntegerField(
        label=_("发布哪一年的全国安排"),
        required=False,
        min_value=2004,
        max_value=2100,
        widget=forms.NumberInput(attrs=_TEXT),
        help_text=_("地方的日子不填。"),
    )
    whole = forms.BooleanField(label=_("表里就是这些年的全部，没列的取消"), required=False)
    since = date_of(_("从哪天起生效"), help_text=_("不写就是马上。"))


class OutageForm(forms.Form):
    """An outage: nobody could work."""

    use_required_attribute = False
    ground = select_of(_("哪个地方"), [])
    since = forms.DateTimeField(
        label=_("从什么时候"),
        widget=forms.DateTimeInput(attrs={**_TEXT, "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    until = forms.DateTimeField(
        label=_("到什么时候"),
        widget=forms.DateTimeInput(attrs={**_TEXT, "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = select_of(
        _("什么原因"),
        [
            ("power", _("停电")),
            ("network", _("断网")),
            ("system", _("系统故障")),
            ("disaster", _("灾害")),
            ("maintenance", _("检修")),
            ("other", _("其他")),
        ],
    )

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
        self.fields["ground"].required = False

    def moment(self, name: str) -> datetime:
        """A moment of the form, local time."""
        given: datetime = self.cleaned_data[name]
        return given.astimezone(clock.ZONE)


class CauseForm(forms.Form):
    """A cause of the tree: a new one, or another name for one, from a day on."""

    use_required_attribute = False
    code = text_of(_("代码"), 64, required=True, help_text=_("小写英文，上下级用点隔开，如asset.wear。"))
    zh = text_of(_("名称"), 60, required=True)
    en = text_of(_("英文名称"), 100, required=True)
    source = text_of(_("依据哪份文件"), 200, required=True)
    valid_from = date_of(_("从哪天起"), required=True)


class ClassForm(CauseForm):
    """A class of matter: a new one, or another name for one, from a day on."""

    _help = _("小写英文，上下级用点隔开，如facility.lighting。")
    code = text_of(_("代码"), 64, required=True, help_text=_help)


class SlotForm(forms.Form):
    """A value for a slot; how it is written follows from the slot's form."""

    use_required_attribute = False
    code = forms.CharField(widget=forms.HiddenInput, max_length=64)
    value = forms.CharField(
        label=_("值"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )
    source = text_of(_("依据哪份文件"), 200, required=True)
    valid_from = date_of(_("从哪天起"), required=True)
