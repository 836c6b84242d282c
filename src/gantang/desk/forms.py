"""Intake by phone: one screen, few questions."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.faces.picking import Picker

Pairs = list[tuple[str, str]]


def _text(label: Any, most: int = 200, kind: str = "text", **given: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control", "type": kind, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, widget=widget, required=False, **given)


def _select(label: Any, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, widget=Picker())


class IntakeForm(forms.Form):
    """What is heard on the phone. The reporter's name and number go to the vault and nowhere else."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("什么事"),
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4, "autofocus": True}),
    )
    ground = _select(_("哪个村、社区"), required=True)
    place = _text(_("门牌、路口或附近的什么"))
    name = _text(_("怎么称呼"), most=60)
    phone = _text(_("来电号码"), most=20, kind="tel")
    email = forms.EmailField(
        label=_("邮箱"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    channel = _select(_("怎么来的"), required=True)
    class_code = _select(_("类别"))
    danger = forms.ChoiceField(
        label=_("有没有危险"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("none", _("没有")), ("possible", _("可能有")), ("now", _("现在就有"))],
    )

    def __init__(self, *args: Any, grounds: Pairs, channels: Pairs, classes: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = ("", _("请选择"))
        self.fields["ground"].choices = [blank, *grounds]  # type: ignore[attr-defined]
        self.fields["channel"].choices = channels  # type: ignore[attr-defined]
        self.fields["class_code"].choices = [("", _("先不定")), *classes]  # type: ignore[attr-defined]
        self.fields["key"].initial = secrets.token_urlsafe(16)
