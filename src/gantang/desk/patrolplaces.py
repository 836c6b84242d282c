"""Forms of what the patrol has: points, vessels, zones, routes, posts that serve."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import select_of, text_of
from gantang.desk.patrolkeyed import Choices, Keyed, Place, pair
from gantang.desk.receptionforms import _area
from gantang.patrol.queries import words


class PlaceForm(Keyed):
    """What every place of the patrol has."""

    ground = text_of(_("区划代码"), 15, required=True)
    name = text_of(_("名称"), 60, required=True)


class PointForm(PlaceForm):
    """A point, with the levels at which it can be reached."""

    kind = select_of(_("种类"), [])
    at = text_of(_("坐标（经度, 纬度）"), 60, help_text=_("CGCS2000，如116.20, 29.27；可以不填。"))
    levels = forms.MultipleChoiceField(label=_("哪些水位到得了"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = list(words.POINT_WORDS.items())  # type: ignore[attr-defined]
        levels: Any = self.fields["levels"]
        levels.choices, levels.initial = list(words.LEVEL_WORDS.items()), list(words.LEVEL_WORDS)

    def clean_at(self) -> Place | None:
        """A longitude and a latitude, or nothing."""
        text = self.cleaned_data["at"]
        return pair(text) if text else None


class VesselForm(PlaceForm):
    """A vessel and the unit that sends it."""

    plate = text_of(_("船名牌号"), 24, required=True)
    unit = select_of(_("派船的单位"), [])

    def __init__(self, *args: Any, units: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def clean_unit(self) -> int:
        """The unit's number."""
        return int(self.cleaned_data["unit"])


class OutlineForm(forms.Form):
    """Where a zone lies at a level."""

    use_required_attribute = False
    zone = select_of(_("区域"), [])
    level = select_of(_("水位"), [])
    outline = _area(
        _("轮廓（一行一个点）"), 5, 16_000, help_text=_("经度, 纬度；空着表示这个水位没有这片区域。")
    )

    def __init__(self, *args: Any, zones: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["zone"].choices = zones  # type: ignore[attr-defined]
        self.fields["level"].choices = list(words.LEVEL_WORDS.items())  # type: ignore[attr-defined]

    def clean_outline(self) -> tuple[Place, ...]:
        """The points, in their order."""
        return tuple(pair(one) for one in self.cleaned_data["outline"].splitlines() if one.strip())


class RouteForm(PlaceForm):
    """Points in their order, and zones on the way."""

    first = select_of(_("从哪里出发"), [])
    via = forms.MultipleChoiceField(label=_("经过"), required=False, widget=forms.CheckboxSelectMultiple)
    last = select_of(_("到哪里为止"), [])
    zones = forms.MultipleChoiceField(
        label=_("经过的区域"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, points: Choices, zones: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        for name, choices in (("first", points), ("via", points), ("last", points), ("zones", zones)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class OfficerForm(forms.Form):
    """A post that serves."""

    use_required_attribute = False
    ground = text_of(_("区划代码"), 15, required=True)
    post = select_of(_("岗位"), [])
    skills = forms.MultipleChoiceField(label=_("资格"), required=False, widget=forms.CheckboxSelectMultiple)
    leave = _area(_("哪几天不上班（一行一天）"), 3, 900, help_text=_("如2026-12-08；不写原因。"))

    def __init__(self, *args: Any, posts: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]
        self.fields["skills"].choices = list(words.SKILLS.items())  # type: ignore[attr-defined]

    def clean_post(self) -> int:
        """The post's number."""
        return int(self.cleaned_data["post"])

    def clean_leave(self) -> list[date]:
        """The days."""
        try:
            return [date.fromisoformat(one) for one in self.cleaned_data["leave"].split()]
        except ValueError:
            raise forms.ValidationError(_("日期写成2026-12-08这样。")) from None
