"""Forms of the patrol: how the water stands, points, vessels, zones, routes, officers, a roster, a
shift's vessel."""

import re
import secrets
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.desk.receptionforms import _area, _number
from gantang.patrol.queries import words

_PAIR = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*$")
Choices = list[tuple[str, str]]


class Keyed(forms.Form):
    """A form that is sent once."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def given(self) -> dict[str, Any]:
        """As the service takes it."""
        found = dict(self.cleaned_data)
        found["key"] = found["key"] or secrets.token_urlsafe(16)
        return found


class LevelForm(Keyed):
    """How the water stands."""

    ground = text_of(_("哪片地方（区划代码）"), 15, required=True)
    level = select_of(_("水位"), [])
    on = date_of(_("哪一天的水位"), required=True)
    gauge = forms.FloatField(
        label=_("水尺读数（米）"),
        required=False,
        min_value=0,
        max_value=98.99,
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.01", "autocomplete": "off"}),
    )
    source = text_of(_("从哪里来的"), 120, required=True, help_text=_("如哪个水文站、哪份通报。"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["level"].choices = list(words.LEVEL_WORDS.items())  # type: ignore[attr-defined]


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

    def clean_at(self) -> tuple[float, float] | None:
        """A longitude and a latitude, or nothing."""
        text = self.cleaned_data["at"]
        if text and not _PAIR.match(text):
            raise forms.ValidationError(_("写成经度, 纬度，如116.20, 29.27。"))
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

    def clean_outline(self) -> tuple[tuple[float, float], ...]:
        """The points, in their order."""
        lines = [one for one in self.cleaned_data["outline"].splitlines() if one.strip()]
        if any(not _PAIR.match(one) for one in lines):
            raise forms.ValidationError(_("每行写成经度, 纬度，如116.20, 29.27。"))
        return tuple(pair(one) for one in lines)


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


class ShiftForm(forms.Form):
    """The vessel and the route of a shift."""

    use_required_attribute = False
    vessel = select_of(_("派哪条船"), [])
    route = select_of(_("走哪条航线"), [], required=False)

    def __init__(self, *args: Any, vessels: Choices, routes: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["vessel"].choices = vessels  # type: ignore[attr-defined]
        self.fields["route"].choices = [("", "–"), *routes]  # type: ignore[attr-defined]


class OrderForm(Keyed):
    """An order to a shift, in closed words."""

    shift = select_of(_("给哪一班"), [])
    kind = select_of(_("做什么"), [])
    point = select_of(_("到哪里"), [], required=False)
    matter = text_of(_("事项编号"), 16, help_text=_("没有就空着；不写人的姓名和事由。"))

    def __init__(self, *args: Any, shifts: Choices, points: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["shift"].choices = shifts  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(words.ORDER_WORDS.items())  # type: ignore[attr-defined]
        self.fields["point"].choices = [("", "–"), *points]  # type: ignore[attr-defined]


class PositionForm(Keyed):
    """Where the vessel is now."""

    at = text_of(_("船位（经度, 纬度）"), 60, required=True, help_text=_("CGCS2000，如116.20, 29.27。"))

    def clean_at(self) -> tuple[float, float]:
        """A longitude and a latitude."""
        if not _PAIR.match(self.cleaned_data["at"]):
            raise forms.ValidationError(_("写成经度, 纬度，如116.20, 29.27。"))
        return pair(self.cleaned_data["at"])


def pair(text: str) -> tuple[float, float]:
    """A longitude and a latitude as written."""
    found = _PAIR.match(text)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)
