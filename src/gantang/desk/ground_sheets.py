"""A file of grids at the desk: what is carried from look to look, its columns, what it would do, in words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk import ground as shown
from gantang.desk.adminforms import select_of
from gantang.desk.asset_sheets import LARGEST, SHOWN, Carried
from gantang.desk.assetforms import DATUMS
from gantang.desk.groundforms import HeadForm
from gantang.kit import clock
from gantang.territory import service
from gantang.territory.types import DatumFit, GroundLook, Operation

GRID = {
    "code": _("网格代码"),
    "village": _("村、社区"),
    "name": _("网格名称"),
    "kind": _("网格类别"),
    "households": _("户数"),
    "shape": _("边界"),
    "urban_class": _("城乡分类"),
    "valid_from": _("启用日期"),
    "schematic": _("是否示意"),
}
#: What a name may end in; all else is taken for a workbook.
ENDINGS = (".csv", ".txt", ".xlsx", ".xls", ".ods", ".geojson", ".json", ".zip", ".gpkg")
_COLUMN = "column-"


class GridFile(Carried):
    """A file of grids as the page's form carries it."""

    def _ending(self) -> str:
        ending = PurePath(self.name.lower()).suffix
        return ending if ending in ENDINGS else ".xlsx"


class GroundSheetForm(forms.Form):
    """A file, and what its coordinates are given in."""

    use_required_attribute = False
    table = forms.FileField(
        label=_("文件"),
        help_text=_("CSV、Excel、GeoJSON、打成zip的Shapefile或GeoPackage，最大3MB、3000行。"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ",".join(ENDINGS)}),
    )
    datum = select_of(_("坐标是哪一种"), DATUMS)

    def clean_table(self) -> Any:
        """A file that the page can carry."""
        table = self.cleaned_data["table"]
        if table.size > LARGEST:
            raise forms.ValidationError(_("文件太大了。"))
        return table


class ConfirmForm(forms.Form):
    """Which column is what, what the coordinates are given in; where they look otherwise, that it is so."""

    use_required_attribute = False
    datum = select_of(_("坐标是哪一种"), DATUMS)

    def __init__(self, look: GroundLook, told: Mapping[str, str], datum: str) -> None:
        super().__init__(initial={"datum": datum})
        offered = [("", _("表里没有")), *((one, one) for one in look.columns)]
        chosen = look.fields or told
        for name, label in GRID.items():
            field = select_of(label, offered, required=False)
            field.initial = chosen.get(name, "")
            self.fields[f"{_COLUMN}{name}"] = field


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was looked at: what may come in at once, and what is to be reviewed."""

    look: GroundLook
    counts: Mapping[str, int]
    operations: list[Operation]

    @property
    def wrong(self) -> bool:
        """Whether nothing of it can be taken."""
        return self.look.plan is None or bool(self.counts["error"])

    @property
    def empty(self) -> bool:
        return not (self.counts["new"] or self.counts["amended"] or self.operations)


def seen(carried: GridFile, *, datum: str, told: Mapping[str, str], within: str) -> Seen:
    """What taking the file would do. Errors: GroundError."""
    with carried.as_file() as path:
        look = service.look_at_ground(
            path, datum=datum, on=clock.now().date(), within=within, columns_told=told
        )
    if look.plan is None:
        return Seen(look, Counter(), [])
    direct, operations = service.parted(look.plan)
    kinds = Counter(line.kind for line in look.plan.lines if line.kind in ("same", "warning", "error"))
    kinds.update(line.kind for _row, line in direct.take)
    return Seen(look, kinds, operations)


def shifted(found: Seen, datum: str) -> DatumFit | None:
    """The fit, where the coordinates look like another system than the one that was said."""
    fit = found.look.fit
    return fit if fit is not None and fit.compared and fit.best != datum else None


def said(found: Seen, datum: str) -> dict[str, Any]:
    """The look as the page tells it."""
    lines = found.look.plan.lines if found.look.plan is not None else []
    wrong, warned = ([one for one in lines if one.kind == kind] for kind in ("error", "warning"))
    unlike = shifted(found, datum)
    return {
        "counts": found.counts,
        "errors": wrong[:SHOWN],
        "more_errors": max(0, len(wrong) - SHOWN),
        "warnings": warned[:SHOWN],
        "unused": found.look.unused,
        "returned": found.look.returned,
        "reviewed": shown.said(found.operations[:SHOWN]),
        "more_reviewed": max(0, len(found.operations) - SHOWN),
        "unlike": unlike and {"name": dict(DATUMS)[unlike.best], "metres": round(unlike.metres)},
        "empty": found.empty,
        "wrong": found.wrong,
    }


def head(given: Mapping[str, str] | None, name: str) -> HeadForm:
    """What the change set is called: as filled in, else proposed from the file's name."""
    return HeadForm(given) if given is not None else HeadForm(initial={"title": PurePath(name).stem[:80]})
