"""Forms and words of the page for people who ask what is held about them."""

import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import select_of, text_of
from gantang.desk.people import FIELDS
from gantang.kit import numbers
from gantang.matters.types import Held

#: By what a person is found.
ASKED = [("phone", _("电话")), ("id_number", _("证件号")), ("name", _("姓名"))]
BECAUSE = [("inaccurate", _("不准确")), ("incomplete", _("不完整")), ("changed", _("情况变了"))]
KINDS = {
    "person": _("身份和联系方式"),
    "place": _("地点"),
    "words": _("反映的原话"),
    "message": _("留言"),
    "answer": _("所填内容"),
    "note": _("办理说明"),
    "file": _("附件"),
}


class AskForm(forms.Form):
    """Who asks; what is typed is in no address and in no log."""

    use_required_attribute = False
    field = select_of(_("按哪一项查"), ASKED)
    value = text_of(_("号码或姓名"), 200, required=True)
    copy = forms.BooleanField(label=_("本人要复制件：把内容一并列出（每项都留查看记录）"), required=False)


class CorrectForm(forms.Form):
    """What is put right, where, and why."""

    use_required_attribute = False
    number = text_of(_("事项编号"), 20, required=True)
    person = forms.IntegerField(
        label=_("第几人（0是反映人）"),
        min_value=0,
        max_value=999,
        initial=0,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
    field = select_of(_("改哪一项"), list(FIELDS.items()))
    value = text_of(_("正确的内容（不写就是去掉）"), 200)
    because = select_of(_("为什么改"), BECAUSE)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)


def lines(found: Iterable[Held]) -> list[dict[str, Any]]:
    """What is held, a row each, in the language in force."""
    chinese = (get_language() or "zh").startswith("zh")
    return [
        {
            "number": numbers.show(one.number),
            "kind": KINDS.get(one.kind, one.kind),
            "person": one.person,
            "purpose": one.purpose[not chinese],
            "basis": one.basis[not chinese],
            "since": one.since,
            "until": one.until,
            "content": [(FIELDS.get(name, KINDS.get(name, name)), text) for name, text in one.content],
        }
        for one in found
    ]
