"""A file of grids read: its columns matched, each row looked at by itself. Nothing is written."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gantang.sheets import queries as sheets
from gantang.territory import errors, faults, planning
from gantang.territory.faults import RowError
from gantang.territory.models import Division
from gantang.territory.rules import columns, kinds, prefix, schemes
from gantang.territory.rules.changing.divisions import URBAN_CLASSES
from gantang.territory.types import GridRow, GroundFile, GroundLine

_KIND_WORDS = [one.zh.removesuffix("网格") for one in kinds.KINDS.values()]
#: More than a township has: a slip of the hand.
_MOST_HOUSEHOLDS = 100_000

if TYPE_CHECKING:
    from gantang.territory.formats import Opened, Raw


def read_ground(
    path: Path,
    *,
    columns_told: Mapping[str, str] | None = None,
    ground: str = "",
    sheet: str = "",
    most: int | None = None,
) -> GroundFile:
    """Read a file of grids. ``columns_told`` says for a field (code, village …) which column it is ("":
    none); villages that are named, not coded, are looked for in ``ground``; more rows than ``most`` are too
    many. For commands and jobs: loads shapely.

    Errors: SheetError, GroundError for the file as a whole. Rows that cannot be taken stand in ``faults``.
    """
    from gantang.territory import formats

    opened = formats.opened(path, sheet=sheet)
    found = _matched(opened, dict(columns_told or {}))
    made = GroundFile(
        path.name, [], [], found.fields, found.doubtful, found.unused, opened.encoding, opened.system
    )
    villages = _Villages(ground)
    for count, raw in enumerate(_in_degrees(opened)):
        if count == most:
            raise errors.too_many_rows(most)
        try:
            made.rows.append(_row(raw, found.fields, villages))
        except RowError as error:
            made.faults.append(GroundLine(raw.number, "error", "", *error.fault))
    made.faults += [GroundLine(one.row, "error", "", one.reason, one.remedy) for one in opened.faults]
    return made


def read_outlines(path: Path, *, sheet: str = "") -> dict[str, Any]:
    """Outlines of divisions by prefix, from a file that has their codes. Errors: as ``read_ground``."""
    from gantang.territory import formats

    opened = formats.opened(path, sheet=sheet)
    column = columns.matched(opened.columns).fields.get(columns.CODE)
    if column is None:
        raise errors.no_columns("、".join(opened.columns))
    rows = ((raw.cells.get(column, ""), raw.geometry) for raw in _in_degrees(opened))
    return {
        prefix.prefix_of(code.ljust(12, "0")): geometry
        for code, geometry in rows
        if geometry is not None and code.isdigit() and len(code) <= 12
    }


def _matched(opened: "Opened", told: dict[str, str]) -> columns.Matched:
    for field, column in told.items():
        if field not in columns.KNOWN or (column and column not in opened.columns):
            raise errors.no_such_column(field, column)
    known = {field: names for field, names in columns.KNOWN.items() if told.get(field) != ""}
    found = columns.matched(opened.columns, {field: one for field, one in told.items() if one}, known)
    for field, claiming in found.doubtful.items():
        raise errors.doubtful_columns(field, "、".join(claiming))
    if columns.CODE not in found.fields and columns.VILLAGE not in found.fields:
        raise errors.no_columns("、".join(opened.columns))
    return found


def _in_degrees(opened: "Opened") -> "list[Raw]":
    """All rows, their shapes in degrees whatever the file's own system is."""
    from dataclasses import replace

    from gantang.territory import reproject

    rows = list(opened.rows)
    if reproject.is_ours(opened.system):
        return rows
    moved = reproject.degrees_of(opened.system, [one.geometry for one in rows])
    return [replace(one, geometry=shape) for one, shape in zip(rows, moved, strict=True)]


def _row(raw: "Raw", fields: Mapping[str, str], villages: "_Villages") -> GridRow:
    """Errors: RowError."""
    given = {field: raw.cells.get(column, "") for field, column in fields.items()}
    code, village = _code(given), villages.code_of(given.get(columns.VILLAGE, ""))
    if not code and not village:
        raise RowError(faults.nothing_to_go_by())
    if code and not villages.code_of(code[:12]):
        raise RowError(faults.no_village(code[:12]))
    if code and village and not code.startswith(village):
        raise RowError(faults.other_village(code, village))
    name, shape = given.get(columns.NAME, ""), _shape(raw, given)
    if not code and not name and shape is None:
        raise RowError(faults.nothing_to_know_it_by())
    return GridRow(
        row=raw.number,
        code=code,
        village=village or code[:12],
        name=name,
        kind=_kind(given, code),
        since=_since(given),
        schematic=_schematic(given),
        households=_households(given),
        urban_class=_urban_class(given),
        shape=shape,
    )


def _code(given: Mapping[str, str]) -> str:
    text = given.get(columns.CODE, "")
    if sheets.is_empty(text):
        return ""
    code = schemes.typed(planning.primary(), text)
    if code is None:
        raise RowError(faults.no_code(text))
    return code


def _kind(given: Mapping[str, str], code: str) -> str:
    """The kind, which must be of the block that the code lies in."""
    text = given.get(columns.KIND, "")
    kind = columns.KINDS.get(text.casefold(), "")
    if text and not kind:
        raise RowError(faults.no_kind(text, _KIND_WORDS))
    if code and kind and kinds.block_of(kind) != schemes.block_of(planning.primary(), code):
        raise RowError(faults.other_kind(code))
    return kind


def _since(given: Mapping[str, str]) -> date | None:
    text = given.get(columns.SINCE, "")
    if sheets.is_empty(text):
        return None
    try:
        return sheets.as_date(text)
    except ValueError:
        raise RowError(faults.no_date(text)) from None


def _schematic(given: Mapping[str, str]) -> bool | None:
    text = given.get(columns.SCHEMATIC, "").casefold()
    if text not in columns.YES | columns.NO:
        raise RowError(faults.no_yes(text))
    return None if not text else text in columns.YES


def _households(given: Mapping[str, str]) -> int | None:
    text = given.get(columns.HOUSEHOLDS, "")
    if sheets.is_empty(text):
        return None
    try:
        number = sheets.as_number(text)
    except ValueError:
        raise RowError(faults.no_count(text)) from None
    if number != int(number) or not 0 <= number <= _MOST_HOUSEHOLDS:
        raise RowError(faults.no_count(text))
    return int(number)


def _urban_class(given: Mapping[str, str]) -> str:
    text = given.get(columns.URBAN, "")
    if text and text not in URBAN_CLASSES:
        raise RowError(faults.no_class(text))
    return text


def _shape(raw: "Raw", given: Mapping[str, str]) -> Any:
    from gantang.territory import outlines

    text = given.get(columns.SHAPE, "")
    geometry = raw.geometry if raw.geometry is not None else outlines.of_text(text) if text else None
    return None if geometry is None else outlines.checked(geometry)


class _Villages:
    """Villages in force, by code or by a name that only one of them has in the ground."""

    def __init__(self, ground: str) -> None:
        rows = Division.objects.filter(level=prefix.VILLAGE, valid_to=None).values_list("prefix", "name")
        self._known = dict(rows)
        self._named: dict[str, list[str]] = {}
        for code, name in self._known.items():
            if ground and code.startswith(ground):
                self._named.setdefault(name, []).append(code)

    def code_of(self, text: str) -> str:
        """Errors: RowError."""
        if sheets.is_empty(text):
            return ""
        digits = "".join(text.split())
        if digits in self._known:
            return digits
        found = self._named.get(text, [])
        if len(found) > 1:
            raise RowError(faults.many_villages(text, "、".join(found[:5])))
        if not found:
            raise RowError(faults.no_village(text))
        return found[0]
