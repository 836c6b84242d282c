"""Forms of changed ground: a change set's head, one operation of it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import date_of, select_of, text_of
from gantang.faces.picking import Picker
from gantang.territory import queries as territory

#: Kinds of operation by what they are about.
KINDS = [
    (
        _("网格"),
        [
            ("split", _("拆分")),
            ("merge", _("合并")),
            ("retire", _("撤销")),
            ("move", _("划到另一个村、社区")),
            ("recode", _("换编号、换类别")),
            ("redraw", _("改边界")),
        ],
    ),
    (
        _("区划"),
        [
            ("merge_divisions", _("整体并入")),
            ("recode_division", _("改代码、改隶属")),
            ("found", _("新设")),
            ("retire_division", _("撤销空的区划")),
        ],
    ),
    (_("都可以"), [("rename", _("改名")), ("classify", _("城乡分类"))]),
]
#: Classes of the statistics: 1… is urban, 2… rural.
URBAN_CLASSES = [
    ("111", _("111 主城区")),
    ("112", _("112 城乡结合区")),
    ("121", _("121 镇中心区")),
    ("122", _("122 镇乡结合区")),
    ("123", _("123 特殊区域")),
    ("210", _("210 乡中心区")),
    ("220", _("220 村庄")),
]
_CODE = re.compile(r"\d{2,15}")
_LINE = re.compile(r"(?P<name>.*?)[\s,，]*(?P<households>\d+)?\s*户?\s*$")
_LARGEST = 5_000_000
#: A ring has at least so many corners.
_FEWEST = 3


class HeadForm(forms.Form):
    """What a change set is called, what it rests on, when it takes effect."""

    use_required_attribute = False
    title = text_of(_("名称"), 80, required=True)
    basis = text_of(_("依据哪份文件"), 200, required=True)
    effective_on = date_of(_("从哪天起生效"), required=True, help_text=_("审核以后，到这天零点起生效。"))


class OperationForm(forms.Form):
    """One operation, with the fields that its kind needs."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("怎么调整"), choices=KINDS, widget=Picker())
    codes = text_of(_("哪些代码"), 400, required=True, help_text=_("几个代码用空格分开。"))
    into = text_of(
        _("去向代码"), 15, help_text=_("并入哪里、划到哪个村、换成什么代码、由谁承接；不写就自动编号。")
    )
    name = text_of(_("新名称"), 60)
    parts = forms.CharField(
        label=_("拆成哪几个"),
        required=False,
        max_length=2000,
        help_text=_("一行一个：名称、户数。户数最多的承接没有坐标的事项。"),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
    )
    outlines = forms.FileField(
        label=_("边界"),
        required=False,
        help_text=_("GeoJSON，经纬度；拆分时按上面的顺序，一行一个面。"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".geojson,.json"}),
    )
    corners = forms.CharField(
        label=_("边界坐标"),
        required=False,
        max_length=200_000,
        help_text=_("在下面的图上画，或直接写：一行一个面，每个角写经度,纬度，用空格分开，至少三个角。"),
        widget=forms.Textarea(attrs={"class": "form-control code", "rows": 3}),
    )
    grid_kind = select_of(_("网格类别"), [], required=False)
    urban_class = select_of(_("城乡分类"), [("", _("不写")), *URBAN_CLASSES], required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        en = (get_language() or "zh").startswith("en")
        kinds = [(one.code, one.en if en else one.zh) for one in territory.grid_kinds()]
        self.fields["grid_kind"].choices = [("", _("不变")), *kinds]  # type: ignore[attr-defined]

    def clean_codes(self) -> list[str]:
        """The codes, as digits."""
        found = _CODE.findall(str(self.cleaned_data["codes"]))
        if not found:
            raise forms.ValidationError(_("请写区划或网格的代码。"))
        return found

    def clean_outlines(self) -> list[list[Any]]:
        """The parts of each polygon of the file."""
        given = self.cleaned_data["outlines"]
        if not given:
            return []
        if given.size > _LARGEST:
            raise forms.ValidationError(_("文件太大了。"))
        try:
            return list(_polygons(json.loads(given.read())))
        except (ValueError, KeyError, TypeError):
            raise forms.ValidationError(_("读不出面，请给GeoJSON格式的多边形。")) from None

    def clean_corners(self) -> list[list[Any]]:
        """The same of what was drawn or written: a line is a polygon of one ring."""
        lines = [line.split() for line in str(self.cleaned_data["corners"]).splitlines() if line.strip()]
        try:
            rings = [[_corner(text) for text in line] for line in lines]
        except ValueError:
            raise forms.ValidationError(_("坐标读不出，请写成115.10,29.26 115.11,29.26。")) from None
        if any(len(_opened(ring)) < _FEWEST for ring in rings):
            raise forms.ValidationError(_("一个面至少要三个角。"))
        return [[_part([ring])] for ring in rings]

    def clean(self) -> dict[str, Any]:
        """Borders come from a file or from what was drawn, never from both."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("outlines") and given.get("corners"):
            self.add_error("corners", _("边界给了文件，又画了：只留一样。"))
        given["outlines"] = given.get("outlines") or given.get("corners") or []
        return given

    def operation(self) -> tuple[str, dict[str, Any]]:
        """What was filled in, as the service takes it; it checks what is missing."""
        kind = str(self.cleaned_data["kind"])
        found = {key: value for key, value in self._data(kind).items() if value not in ("", [], None)}
        return kind, found

    def _data(self, kind: str) -> Mapping[str, Any]:
        given = self.cleaned_data
        codes, into, name = given["codes"], given["into"], given["name"]
        first, outline = codes[0], given["outlines"][0] if given["outlines"] else []
        grid = {"grid": first, "kind": given["grid_kind"]}
        every: dict[str, Mapping[str, Any]] = {
            "split": {"grid": first, "into": list(self._parts())},
            "merge": {"grids": codes, "name": name, "kind": given["grid_kind"], "parts": outline},
            "retire": {"grid": first, "heir": into},
            "move": {"grid": first, "village": into},
            "recode": {**grid, "code": into},
            "redraw": {"grid": first, "parts": outline},
            "merge_divisions": {"divisions": codes, "into": into, "name": name},
            "recode_division": {"division": first, "code": into, "name": name},
            "found": {"division": first, "name": name, "urban_class": given["urban_class"]},
            "retire_division": {"division": first, "heir": into},
            "rename": {"ground": first, "name": name},
            "classify": {"ground": first, "urban_class": given["urban_class"]},
        }
        return every[kind]

    def _parts(self) -> Iterator[dict[str, Any]]:
        lines = [line.strip() for line in str(self.cleaned_data["parts"]).splitlines() if line.strip()]
        outlines = self.cleaned_data["outlines"]
        for place, line in enumerate(lines):
            found = _LINE.match(line)
            part: dict[str, Any] = {"name": found["name"] if found else line}
            if found and found["households"]:
                part["households"] = int(found["households"])
            if place < len(outlines):
                part["parts"] = outlines[place]
            yield part


def _polygons(data: Any) -> Iterator[list[Any]]:
    """Each polygon as parts [outer, [hole, …]] without the repeated last point."""
    if data["type"] == "FeatureCollection":
        for feature in data["features"]:
            yield from _polygons(feature)
    elif data["type"] == "Feature":
        yield from _polygons(data["geometry"])
    elif data["type"] == "Polygon":
        yield [_part(data["coordinates"])]
    elif data["type"] == "MultiPolygon":
        yield [_part(one) for one in data["coordinates"]]
    else:
        raise ValueError(data["type"])


def _corner(text: str) -> list[float]:
    """A corner as it is written. Errors: ValueError."""
    x, y = text.replace("，", ",").split(",")
    return [float(x), float(y)]


def _part(rings: list[Any]) -> list[Any]:
    open_rings = [[[float(x), float(y)] for x, y, *_ in _opened(ring)] for ring in rings]
    return [open_rings[0], open_rings[1:]]


def _opened(ring: list[Any]) -> list[Any]:
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
