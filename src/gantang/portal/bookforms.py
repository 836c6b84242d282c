"""What is filled in to book a time: which one, and whoever comes, if they like."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gantang.kit.clock import ZONE
from gantang.portal.forms import Tokened, _line
from gantang.reception.types import Visitor


class BookForm(Tokened):
    """A time, and who comes: all of it may be left out."""

    found = forms.CharField(required=False, max_length=12)
    at = forms.CharField(max_length=40, error_messages={"required": _("还没有选时间。请选一个。")})
    name = _line(_("怎么称呼您（可以不留）"), "text", "name", 60)
    phone = _line(_("电话（可以不留）"), "tel", "tel", 20)
    email = forms.EmailField(
        label=_("邮箱（留了就发确认，前一天提醒）"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "email"}),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if settings.GANTANG_SMS_URL:
            self.fields["phone"].label = _("电话（可以不留；只留电话，前一天短信提醒）")

    def clean_at(self) -> datetime:
        """The moment that a time of the page stands for."""
        try:
            found = datetime.fromisoformat(str(self.cleaned_data["at"]))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise forms.ValidationError(_("还没有选时间。请选一个。"))
        return found.astimezone(ZONE)

    def clean_phone(self) -> str:
        """Digits, with a leading + allowed; blanks and dashes are dropped."""
        text = "".join(ch for ch in self.cleaned_data["phone"] if ch not in " -")
        if text and not (text.lstrip("+").isdigit() and 7 <= len(text) <= 16):
            raise forms.ValidationError(_("号码好像不对，请核对；也可以不留。"))
        return text

    def visitor(self) -> Visitor:
        """Whoever comes."""
        given: dict[str, Any] = self.cleaned_data
        return Visitor(name=given["name"].strip(), phone=given["phone"], email=given["email"])


class CommentForm(Tokened):
    """A comment on a notice; nobody's name is asked."""

    found = forms.CharField(required=False, max_length=12)
    words = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 5, "maxlength": 4000}),
        error_messages={"required": _("还没有写。请写一两句。")},
    )
