"""Forms of facilities and places: one entered or amended, a look at it, a fault reported, their lists."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.territory.types import FacilityKindView, NewFacility, NewPlace, ServiceView

Pairs = list[tuple[str, str]]
DATUMS = [
    ("cgcs2000", _("CGCS2000 或 WGS-84")),
    ("gcj02", _("高德、腾讯地图（GCJ-02）")),
    ("bd09", _("百度地图（BD-09）")),
]
CONDITIONS = [("working", _("正常")), ("faulty", _("有故障")), ("out_of_service", _("停用"))]


def _degrees(label: Any) -> forms.FloatField:
    widget = forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal", "autocomplete": "off"})
    return forms.FloatField(label=label, required=False, min_value=-180, max_value=180, widget=widget)


def _number(label: Any, most: int, **given: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "form-control", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=most, widget=widget, **given
    )


def _boxes(label: Any, **given: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, **given
    )


class Standing(forms.Form):
    """What stands somewhere: its name and its place."""

    use_required_attribute = False
    name = text_of(_("名称"), 60, required=True, help_text=_("写明在哪里，如“村口东侧”。"))
    ground = text_of(
        _("村、社区或网格代码"), 15, help_text=_("12位或15位；填了坐标、坐标又在网格里的可以不写。")
    )
    lon = _degrees(_("经度"))
    lat = _degrees(_("纬度"))
    datum = select_of(_("坐标是哪一种"), DATUMS, required=False)

    def clean(self) -> dict[str, Any]:
        """Both numbers of a point, or none."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if (given.get("lon") is None) != (given.get("lat") is None) and not self.errors:
            self.add_error("lat", _("经度和纬度要一起写。"))
        return given

    def point(self) -> tuple[float, float] | None:
        """The point as it is stored, whatever it was given in."""
        from gantang.territory.queries import stored_point

        lon, lat = self.cleaned_data["lon"], self.cleaned_data["lat"]
        return None if lon is None or lat is None else stored_point(lon, lat, self.cleaned_data["datum"])


class FacilityForm(Standing):
    """A facility entered or amended. The code is printed on its label and never changes."""

    kind = select_of(_("种类"), [])
    code = text_of(_("编号"), 32, help_text=_("印在标牌上的；不写就自动编号。登记以后不能改。"))
    installed_on = date_of(_("安装日期"))
    keeper = select_of(_("管护单位"), [], required=False)
    condition = select_of(_("状况"), CONDITIONS)

    def __init__(self, *args: Any, kinds: Pairs, units: Pairs, coded: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["keeper"].choices = [("", _("未定")), *units]  # type: ignore[attr-defined]
        if coded:
            del self.fields["code"]
        self.order_fields(["kind", "name", "code", "ground", "lon", "lat", "datum"])

    def facility(self) -> NewFacility:
        """As the service takes it."""
        given = self.cleaned_data
        return NewFacility(
            kind=given["kind"],
            name=given["name"],
            ground=given["ground"].strip(),
            code=given.get("code", "").strip(),
            point=self.point(),
            installed_on=given["installed_on"],
            keeper=int(given["keeper"]) if given["keeper"] else None,
            condition=given["condition"],
        )


class PlaceForm(Standing):
    """A place that combines services."""

    address = text_of(_("地址"), 120)
    services = _boxes(_("有哪些服务"), help_text=_("清单里没有的，先到“服务清单”里加。"))
    hours = text_of(_("什么时候开门"), 120)
    phone = text_of(_("办公电话"), 40)

    def __init__(self, *args: Any, services: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["services"].choices = services  # type: ignore[attr-defined]
        if not services:
            del self.fields["services"]
        self.order_fields(["name", "address", "ground", "lon", "lat", "datum"])

    def place(self) -> NewPlace:
        """As the service takes it."""
        given = self.cleaned_data
        texts = {name: given[name] for name in ("name", "address", "hours", "phone")}
        return NewPlace(
            **texts,
            ground=given["ground"].strip(),
            point=self.point(),
            services=tuple(given.get("services", ())),
        )


class InspectForm(forms.Form):
    """A look at a facility."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    on = date_of(_("哪天看的"), required=True)
    condition = select_of(_("状况"), CONDITIONS)
    faults = _boxes(_("毛病"), help_text=_("有故障的至少选一样，正常的不选。"))

    def __init__(self, *args: Any, faults: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["faults"].choices = faults  # type: ignore[attr-defined]
        self.fields["key"].initial = secrets.token_urlsafe(16)


class ReportForm(forms.Form):
    """A broken facility reported: it becomes a matter."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("怎么坏的"),
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)


class ServiceForm(forms.Form):
    """A line of a list: a code and its words."""

    use_required_attribute = False
    code = text_of(_("代码"), 32, required=True, help_text=_("小写英文；定了以后不能改。"))
    zh = text_of(_("中文名称"), 40, required=True)
    en = text_of(_("英文名称"), 60, required=True)
    basis = text_of(_("依据哪份文件"), 200)

    def service(self) -> ServiceView:
        """As the service takes it."""
        given = self.cleaned_data
        return ServiceView(given["code"], given["zh"], given["en"], basis=given["basis"])


class KindForm(ServiceForm):
    """A kind of facility with its rules; empty is not ruled."""

    inspect_days = _number(_("几天巡检一次"), 3660, help_text=_("没有规定就空着，不提醒。"))
    class_code = select_of(_("报修时的类别"), [], required=False)

    def __init__(self, *args: Any, classes: Pairs, grid_kinds: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["class_code"].choices = [("", _("由受理岗定")), *classes]  # type: ignore[attr-defined]
        for code, name in grid_kinds:
            label = _("每个%(name)s至少几处") % {"name": name}
            self.fields[f"need-{code}"] = _number(label, 99)

    def kind(self, position: int) -> FacilityKindView:
        """As the service takes it."""
        given = self.cleaned_data
        needs = {
            name.removeprefix("need-"): least
            for name, least in given.items()
            if name.startswith("need-") and least
        }
        return FacilityKindView(
            given["code"],
            given["zh"],
            given["en"],
            position,
            given["class_code"],
            given["inspect_days"],
            needs,
            given["basis"],
        )
