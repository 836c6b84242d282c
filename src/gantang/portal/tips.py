"""What the form of a protected tip asks, and the units that may be named in it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.matters.service.sealed import MOST_PICTURES
from gantang.matters.types import Tip
from gantang.portal.forms import FilesField, ManyFiles, Tokened
from gantang.portal.places import Ladder
from gantang.posts import queries as posts

KINDS = (
    ("gang", _("黑恶势力")),
    ("shelter", _("充当保护伞")),
    ("bribery", _("贪污受贿")),
    ("abuse", _("以权压人或不作为")),
    ("other", _("其他违法犯罪")),
)
LEVELS = (
    ("", _("不清楚")),
    ("5", _("村或社区")),
    ("4", _("乡镇街道一级")),
    ("3", _("县市区一级")),
    ("2", _("市一级")),
    ("1", _("省一级")),
)
_RUNGS = {4: 2, 6: 3, 9: 4, 12: 5}


class TipForm(Tokened):
    """The tip. Only the words are asked for; everything else may be left out."""

    words = forms.CharField(
        max_length=8000,
        error_messages={"required": _("还没有写要举报什么。请写清时间、地点、谁、做了什么。")},
    )
    kind = forms.ChoiceField(choices=KINDS, required=False)
    accused_level = forms.ChoiceField(choices=LEVELS, required=False)
    accused_unit = forms.IntegerField(required=False, min_value=1)
    accused_name = forms.CharField(required=False, max_length=100)
    tell = forms.ChoiceField(choices=[("nobody", ""), ("sealed", "")], required=False)
    name = forms.CharField(required=False, max_length=60)
    contact = forms.CharField(required=False, max_length=100)
    files = FilesField(  # type: ignore[assignment]  # Django takes fields off the class
        required=False, widget=ManyFiles(attrs={"class": "form-control", "accept": "image/*"})
    )

    def clean_files(self) -> list[Any]:
        """As many pictures as are taken."""
        given: list[Any] = self.cleaned_data["files"]
        if len(given) > MOST_PICTURES:
            raise forms.ValidationError(_("最多4张照片。"))
        return given

    def tip(self, place: str) -> Tip:
        """What was told; a name only where it is to be sealed."""
        given = self.cleaned_data
        named = given["tell"] == "sealed"
        return Tip(
            words=given["words"],
            kind=given["kind"] or "other",
            accused_level=int(given["accused_level"]) if given["accused_level"] else None,
            accused_unit=given["accused_unit"],
            accused_name=given["accused_name"],
            place=place,
            name=given["name"] if named else "",
            contact=given["contact"] if named else "",
            pictures=tuple(one.read() for one in given["files"]),
        )


def units_on(ladder: Ladder, *, on: date) -> list[tuple[int, str]]:
    """The units of the ground chosen and of those above it, the deepest first: who may be accused by name."""
    grounds = [ladder.ground[:digits] for digits in reversed(_RUNGS) if len(ladder.ground) >= digits]
    found = [
        (one.id, one.name)
        for ground in grounds
        for one in posts.units(ground, on=on, level=_RUNGS[len(ground)])
        if one.ground == ground
    ]
    return found
