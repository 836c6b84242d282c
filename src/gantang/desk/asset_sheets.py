"""A sheet of facilities or of places: read, its columns matched, what it would change, handed back with its
errors."""

import base64
import binascii
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.adminforms import select_of
from gantang.desk.assetforms import DATUMS
from gantang.kit import clock
from gantang.posts import queries as posts
from gantang.sheets import queries as sheets
from gantang.territory import service
from gantang.territory.types import AssetPlan

#: So many faulty rows are shown; all of them stand in the sheet that goes back.
SHOWN = 200
LARGEST = 3_000_000
FACILITY = {
    "code": _("设施编号"),
    "kind": _("种类"),
    "name": _("名称"),
    "ground": _("村、社区或网格代码"),
    "lon": _("经度"),
    "lat": _("纬度"),
    "installed_on": _("安装日期"),
    "condition": _("状况"),
    "keeper": _("管护单位"),
}
PLACE = {
    "name": _("名称"),
    "ground": _("村、社区或网格代码"),
    "address": _("地址"),
    "lon": _("经度"),
    "lat": _("纬度"),
    "services": _("服务"),
    "hours": _("时间"),
    "phone": _("电话"),
}
_COLUMN = "column-"


class AssetSheetForm(forms.Form):
    """A sheet, and what its coordinates are given in."""

    use_required_attribute = False
    table = forms.FileField(
        label=_("表格"),
        help_text=_("CSV或xlsx，第一行是表头，最大3MB、3000行。"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".csv,.xlsx"}),
    )
    datum = select_of(_("坐标是哪一种"), DATUMS)

    def clean_table(self) -> Any:
        """A sheet that the page can carry."""
        table = self.cleaned_data["table"]
        if table.size > LARGEST:
            raise forms.ValidationError(_("表格太大了。"))
        return table


class ColumnForm(forms.Form):
    """Which column of the sheet is what, to be confirmed or put right."""

    use_required_attribute = False

    def __init__(self, places: bool, columns: tuple[str, ...], chosen: Mapping[str, str]) -> None:
        super().__init__()
        offered = [("", _("表里没有")), *((one, one) for one in columns)]
        for name, label in (PLACE if places else FACILITY).items():
            field = select_of(label, offered, required=False)
            field.initial = chosen.get(name, "")
            self.fields[f"{_COLUMN}{name}"] = field


def told(given: Mapping[str, str]) -> dict[str, str]:
    """The columns as somebody confirmed them; none where nobody did yet."""
    return {key.removeprefix(_COLUMN): value for key, value in given.items() if key.startswith(_COLUMN)}


@dataclass(frozen=True, slots=True)
class Carried:
    """A sheet as the page's form carries it from look to look."""

    name: str
    data: bytes

    @property
    def packed(self) -> str:
        return base64.b64encode(self.data).decode()

    @classmethod
    def unpacked(cls, name: str, text: str) -> Self:
        """Errors: ValueError for what no page wrote."""
        try:
            data = base64.b64decode(text, validate=True)
        except binascii.Error:
            raise ValueError("not a carried sheet") from None
        if not 0 < len(data) <= LARGEST:
            raise ValueError("not a carried sheet")
        return cls(name, data)

    @contextmanager
    def as_file(self) -> Iterator[Path]:
        """The sheet for as long as it is read. Its name is never a path of ours."""
        with TemporaryDirectory(prefix="gantang-sheet-") as folder:
            path = Path(folder, f"sheet{self._ending()}")
            path.write_bytes(self.data)
            yield path

    def _ending(self) -> str:
        return ".csv" if self.name.lower().endswith((".csv", ".txt")) else ".xlsx"

    def columns(self) -> tuple[str, ...]:
        """Its header. Errors: SheetError."""
        with self.as_file() as path:
            return tuple(sheets.read(path).columns)


def planned(
    carried: Carried, *, places: bool, datum: str, columns: Mapping[str, str], within: str
) -> AssetPlan:
    """What taking the sheet would do. Errors: SheetError, GroundError."""
    with carried.as_file() as path:
        return service.plan_assets(
            path,
            places=places,
            on=clock.now().date(),
            coordinates=datum,
            columns_told=columns,
            names=posts.asset_words(places=places),
            within=within,
            at_a_door=True,
        )


def said(carried: Carried, plan: AssetPlan) -> dict[str, Any]:
    """The plan as the page tells it; with errors the sheet that goes back."""
    wrong = [one for one in plan.lines if one.kind == "error"]
    context: dict[str, Any] = {
        "counts": Counter(one.kind for one in plan.lines),
        "errors": wrong[:SHOWN],
        "more_errors": max(0, len(wrong) - SHOWN),
        "unused": plan.unused,
    }
    if wrong:
        context["returned"] = _returned(carried, plan)
    return context


def _returned(carried: Carried, plan: AssetPlan) -> str:
    with carried.as_file() as path:
        back = path.with_name("errors.xlsx")
        service.write_faults(back, source=path, lines=plan.lines)
        return base64.b64encode(back.read_bytes()).decode()
