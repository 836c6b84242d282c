"""Forms of the page of remits: who answers, what changed, one remit, a sheet."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.posts import queries

DUTIES = [(code, word) for code, word in queries.DUTY_WORDS.items()]
KINDS = [
    ("remits", _("归口")),
    ("units", _("单位")),
    ("posts", _("岗位")),
    ("appointments", _("任职")),
]


class WhoForm(forms.Form):
    """Who answers for a class on a ground."""

    use_required_attribute = False
    klass = select_of(_("哪类事"), [])
    ground = text_of(_("区划或网格代码"), 15, required=True)
    duty = select_of(_("哪项职责"), DUTIES, initial="handler")
    on = date_of(_("哪一天"), required=False)

    def __init__(self, *args: Any, classes: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["klass"].choices = classes  # type: ignore[attr-defined]


class DiffForm(forms.Form):
    """Two days to be compared."""

    use_required_attribute = False
    before = date_of(_("前一天"), required=True)
    after = date_of(_("后一天"), required=True)


class RemitForm(forms.Form):
    """One remit, previewed like a sheet of one row."""

    use_required_attribute = False
    klass = select_of(_("哪类事"), [])
    ground = text_of(_("区划或网格代码"), 15, required=True)
    duty = select_of(_("哪项职责"), DUTIES)
    unit = select_of(_("牵头单位"), [])
    cooperating = text_of(_("配合单位"), 400, help_text=_("写全称，用顿号分开。"))
    leader = text_of(_("责任领导岗位"), 180, help_text=_("写岗位名称；别的单位的写成岗位@单位。"))
    basis = text_of(_("依据哪份文件"), 200, required=True)
    valid_from = date_of(_("从哪天起"), required=True)
    valid_to = date_of(_("到哪天为止"), help_text=_("不写就是一直有效。"))

    def __init__(
        self,
        *args: Any,
        classes: list[tuple[str, str]],
        units: list[tuple[str, str]],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.fields["klass"].choices = [("*", _("全部类别")), *classes]  # type: ignore[attr-defined]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def cells(self) -> dict[str, str]:
        """The row of a sheet that says the same."""
        return {name: _text(value) for name, value in self.cleaned_data.items()}


class SheetForm(forms.Form):
    """A sheet of units, posts, appointments or remits."""

    use_required_attribute = False
    kind = select_of(_("表里是什么"), KINDS)
    table = forms.FileField(
        label=_("表格"),
        help_text=_("CSV或xlsx，最大3MB；更大的请用命令导入。"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".csv,.xlsx,.xls,.ods"}),
    )
    replace = forms.BooleanField(label=_("与现有的重叠时，从新的开始之日终止现有的"), required=False)

    def clean_table(self) -> Any:
        """A sheet that the preview can carry."""
        table = self.cleaned_data["table"]
        if table.size > 3_000_000:
            raise forms.ValidationError(_("表格太大了。"))
        return table


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
