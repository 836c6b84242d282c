"""What a resident fills in: the report, the verdict, a sentence back."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from gantang.faces.forms import RATINGS
from gantang.kit import clock
from gantang.portal import human

MOST_FILES = 6


def new_token() -> str:
    """A signed token of 128 random bits: it makes a form sent twice count once, without an account."""
    return human.sign(secrets.token_hex(16), now=clock.now())


class Tokened(forms.Form):
    """A form that carries its idempotency token; one that was tampered with is replaced, not refused."""

    use_required_attribute = False
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_token(self) -> str:
        """The token, or a fresh one."""
        try:
            return human.read(self.cleaned_data["token"])
        except signing.BadSignature:
            return secrets.token_hex(16)


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each within the installation's limit."""

    def __init__(self, **given: Any) -> None:
        given.setdefault(
            "widget", ManyFiles(attrs={"class": "form-control", "accept": "image/*,application/pdf"})
        )
        super().__init__(**given)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, checked one by one."""
        several = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(several) > MOST_FILES:
            raise forms.ValidationError(_("最多6个文件。"))
        if any(one.size > settings.GANTANG_MAX_ATTACHMENT_BYTES for one in several):
            raise forms.ValidationError(
                _("有文件太大了，每个不超过%(mb)d兆。"),
                params={"mb": settings.GANTANG_MAX_ATTACHMENT_BYTES // 1_000_000},
            )
        return [forms.FileField.clean(self, one, initial) for one in several]


def _line(label: Any, kind: str, complete: str, most: int, **given: Any) -> forms.CharField:
    attrs = {"class": "form-control", "type": kind, "autocomplete": complete}
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.TextInput(attrs=attrs), **given
    )


class ReportForm(Tokened):
    """The report. Where it is stands in the lists of ``places``, checked by the view."""

    words = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4, "maxlength": 4000}),
        error_messages={"required": _("还没有写出了什么事。请写一两句话。")},
    )
    found = forms.CharField(required=False, max_length=12)
    class_code = forms.CharField(required=False, max_length=64)
    suggested = forms.CharField(required=False, max_length=64)
    ground = forms.CharField(required=False, max_length=15)
    place = _line(_("门牌、路口或附近的什么"), "text", "off", 200)
    files = FilesField(required=False)  # type: ignore[assignment]  # Django takes fields off the class
    shows_place = forms.BooleanField(required=False)
    tell = forms.ChoiceField(choices=[("code", ""), ("contact", "")], required=False)
    name = _line(_("怎么称呼您（可以不留）"), "text", "name", 60)
    phone = _line(_("手机号码"), "tel", "tel", 20)
    email = forms.EmailField(
        label=_("或者邮箱"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "email"}),
    )

    def clean_phone(self) -> str:
        """Digits, with a leading + allowed; blanks and dashes are dropped."""
        text = "".join(ch for ch in self.cleaned_data["phone"] if ch not in " -")
        if text and not (text.lstrip("+").isdigit() and 7 <= len(text) <= 16):
            raise forms.ValidationError(_("号码好像不对，请核对；也可以不留。"))
        return text

    def clean(self) -> dict[str, Any]:
        """Whoever wants to be called leaves a way to be called."""
        given = super().clean() or {}
        if given.get("tell") == "contact" and not (given.get("phone") or given.get("email") or self.errors):
            self.add_error("phone", _("请留手机号码或邮箱；不想留，就选“我自己用查询码查”。"))
        return given


class VerdictForm(Tokened):
    """Solved or not; a reason when not, stars when solved."""

    solved = forms.ChoiceField(
        choices=[("yes", ""), ("no", "")], error_messages={"required": _("请选一个：解决了，还是没有解决。")}
    )
    rating = forms.TypedChoiceField(
        choices=RATINGS, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    files = FilesField(required=False)  # type: ignore[assignment]  # Django takes fields off the class
    reason = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"class": "form-control", "rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """No verdict "not solved" without a word why."""
        given = super().clean() or {}
        if given.get("solved") == "no" and not given.get("reason", "").strip():
            self.add_error("reason", _("还没写哪里没好。请写一句，办事的单位要照着回应。"))
        return given


class WillingForm(Tokened):
    """Whether one takes part in the mediation of one's own will."""

    said = forms.ChoiceField(
        choices=[("yes", ""), ("no", "")], error_messages={"required": _("请选一个：愿意，还是不愿意。")}
    )


class SayForm(Tokened):
    """A sentence to the centre with pictures if wanted, or the answer to its question."""

    words = forms.CharField(required=False, max_length=2000)
    files = FilesField(required=False)  # type: ignore[assignment]  # Django takes fields off the class
    kind = forms.ChoiceField(choices=[("say", ""), ("answer", "")], required=False)

    def clean(self) -> dict[str, Any]:
        """Words, or at least a picture; a question is answered in words."""
        given = super().clean() or {}
        if not given.get("words", "").strip() and (given.get("kind") == "answer" or not given.get("files")):
            self.add_error("words", _("还没有写。"))
        return given
