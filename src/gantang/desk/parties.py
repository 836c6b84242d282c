"""The parties on the desk: what each says of taking part, and the form that enters one."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.forms import Pairs, _select, _text
from gantang.faces.picking import Picker
from gantang.matters.types import SIDES, AttachmentView, Contact, PersonView

#: By what a willingness said to the staff is shown, in words.
EVIDENCE = {
    "signed": _("签了字（附上那一页）"),
    "in_person": _("当面说的"),
    "phone": _("电话里说的"),
    "message": _("留言说的"),
}
STANDINGS = {None: _("还没有表示"), True: _("愿意参加"), False: _("拒绝参加")}
TONES = {None: "stone", True: "dai", False: "zhu"}


class PartyForm(forms.Form):
    """Who the party is, on which side. It goes to the vault and nowhere else."""

    use_required_attribute = False
    name = _text(_("姓名或单位名称"), most=60)
    phone = _text(_("电话"), most=20, kind="tel")
    email = forms.EmailField(
        label=_("邮箱"), required=False, widget=forms.EmailInput(attrs={"class": "form-control"})
    )
    address = _text(_("住址"))
    id_number = _text(_("证件号"), most=20)
    side = forms.TypedChoiceField(
        label=_("哪一方"),
        coerce=int,
        initial=2,
        choices=[(1, _("申请方")), (2, _("另一方")), *((n, _("第%(n)d方") % {"n": n}) for n in SIDES[2:])],
        widget=Picker(),
    )
    minor = forms.BooleanField(label=_("未成年人（文书里一律遮住）"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def contact(self) -> Contact:
        """The person as told."""
        given = self.cleaned_data
        return Contact(**{name: given[name] for name in Contact.__slots__})


class WillingForm(forms.Form):
    """What somebody said of taking part, and by what it is shown."""

    use_required_attribute = False
    said = forms.ChoiceField(
        label=_("怎么说的"),
        choices=[("yes", _("愿意")), ("no", _("拒绝"))],
        widget=forms.RadioSelect,
    )
    evidence = forms.ChoiceField(label=_("以什么为凭"), choices=EVIDENCE.items(), widget=Picker())
    attachment = _select(_("签字的那一页"))
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, files: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachment"].choices = [("", _("没有")), *files]  # type: ignore[attr-defined]
        self.fields["key"].initial = secrets.token_urlsafe(16)


def files_of(found: Sequence[AttachmentView]) -> Pairs:
    """The files of a matter, to choose the signed paper from."""
    return [(str(one.id), str(_("第%(n)d个附件") % {"n": n})) for n, one in enumerate(found, start=1)]


def standing(one: PersonView) -> dict[str, Any]:
    """What a person said of taking part, as a word with its tone."""
    return {
        "no": one.no,
        "side": one.side,
        "minor": one.minor,
        "word": STANDINGS[one.willing],
        "tone": TONES[one.willing],
    }
