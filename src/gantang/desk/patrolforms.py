"""Forms of a day of the patrol: the water, a shift's vessel, orders, where it is, what it found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.desk.patrolkeyed import Choices, Keyed, Place, pair
from gantang.desk.receptionforms import _area
from gantang.patrol.queries import words


class LevelForm(Keyed):
    """How the water stands."""

    ground = text_of(_("哪片地方（区划代码）"), 15, required=True)
    level = select_of(_("水位"), [], required=False, help_text=_("填了枯水、丰水界线的，可以只报读数。"))
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
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            ("", _("按读数算")),
            *words.LEVEL_WORDS.items(),
        ]


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

    def clean_at(self) -> Place:
        """A longitude and a latitude."""
        return pair(self.cleaned_data["at"])


class FoundForm(Keyed):
    """What a crew came upon on its shift."""

    words = _area(_("水上发现了什么"), 3, 4000, required=True)
    place = text_of(_("在哪里"), 120, required=True)
    urgent = forms.BooleanField(label=_("现在有人有危险"), required=False)


class FoundNumberForm(forms.Form):
    """A matter that was entered already."""

    use_required_attribute = False
    number = text_of(_("已登记的事项编号"), 16, required=True)
