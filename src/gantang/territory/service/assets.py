"""Files of facilities and of places: read, planned, taken. A facility is known by its code, or, without one,
by kind and name in its village; a place by its name there. So a second run changes nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.kit.work import Work, work
from gantang.sheets import queries as sheets
from gantang.territory import errors
from gantang.territory.facilities import stored_point
from gantang.territory.models import Facility, Place
from gantang.territory.rules import asset_columns, columns
from gantang.territory.rules import facilities as rules
from gantang.territory.service import facilities, placing, standing
from gantang.territory.service.common import must_administer
from gantang.territory.types import AssetPlan, GroundLine, NewFacility, NewPlace

if TYPE_CHECKING:
    from gantang.territory.formats import Raw

#: So many rows are looked up at once.
_LOOKED = 1000
#: So many rows of a sheet are taken by a page; more by the command.
AT_A_DOOR = 3000
_SEPARATORS = str.maketrans("，,；;|", "、、、、、")
New = NewFacility | NewPlace
Lists = tuple[facilities.Kinds, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Told:
    """A row that could be read: what it says, field by field; silent fields are left out."""

    row: int
    said: Mapping[str, Any]
    found: str | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        return self.said.get("point")


class _Kind:
    """What differs between the two kinds of file."""

    def __init__(self, *, places: bool, names: Mapping[str, Any]) -> None:
        self.places, self.names = places, names
        self.known: columns.Names = asset_columns.PLACE if places else asset_columns.FACILITY

    def blank(self) -> New:
        return NewPlace("") if self.places else NewFacility("", "")

    def key_of(self, new: New) -> tuple[str, ...]:
        """What a row without a code is known by."""
        own = () if isinstance(new, NewPlace) else (new.kind,)
        return (new.ground[:12], new.name, *own)


def plan_assets(
    path: Path,
    *,
    places: bool,
    on: date,
    coordinates: str = "cgcs2000",
    ground: str = "",
    columns_told: Mapping[str, str] | None = None,
    sheet: str = "",
    names: Mapping[str, Any] | None = None,
    within: str = "",
    at_a_door: bool = False,
) -> AssetPlan:
    """What taking a file of facilities, or of ``places``, would do. ``coordinates`` is what its points are
    given in, ``ground`` narrows where points are looked for, ``columns_told`` says which column a field is
    ("": none), ``names`` which unit, kind or service a word means. Rows that lie, or lay, outside ``within``
    are refused. Writes nothing.

    For commands and jobs, since it loads shapely; ``at_a_door`` it does not: tables alone, of at most
    ``AT_A_DOOR`` rows, each point looked up by itself. Errors: SheetError, GroundError for the file as a
    whole. Rows that cannot be taken are lines of "error".
    """
    from gantang.territory import formats

    kind = _Kind(places=places, names=names or {})
    opened = formats.opened(path, sheet=sheet)
    found = _matched(opened.columns, dict(columns_told or {}), kind)
    told, lines = [], []
    for count, raw in enumerate(opened.rows):
        if at_a_door and count >= AT_A_DOOR:
            raise errors.too_many_rows(AT_A_DOOR)
        try:
            told.append(_told(raw, found.fields, kind, coordinates))
        except GantangError as error:
            lines.append(_wrong(raw.number, error))
    lines += [GroundLine(one.row, "error", "", one.reason, one.remedy) for one in opened.faults]
    plan = AssetPlan(path.name, [], lines, found.fields, found.unused, opened.encoding)
    placed = _placed_singly(told, on) if at_a_door else _placed(told, ground, on)
    _compare(plan, placed, kind, on, within)
    plan.lines.sort(key=lambda one: one.row)
    return plan


def guess_columns(found: Sequence[str], *, places: bool) -> dict[str, str]:
    """Which of a sheet's columns is what, as far as only one can be meant: field → column."""
    kind = _Kind(places=places, names={})
    return dict(columns.matched(found, {}, kind.known).fields)


def take_assets(*, actor: Actor, plan: AssetPlan, now: datetime) -> Counter[str]:
    """Take the rows of a plan, all of them in one transaction. Returns how many were new, amended.

    Errors: NotAdminError; FacilityError where things are different by now (plan again).
    """
    must_administer(actor)
    with work(actor):  # a hundred in a part of it, for each names its stream to the wall
        for start in range(0, len(plan.take), facilities.BATCH):
            with work(actor) as w:
                _take(w, plan.take[start : start + facilities.BATCH], now)
    return Counter("new" if known is None else "amended" for _row, _new, known in plan.take)


def _take(w: Work, batch: Sequence[tuple[int, New, UUID | None]], now: datetime) -> None:
    """The grounds were settled when the file was planned, so no point is looked for again."""
    new = [one for _row, one, known in batch if known is None]
    known = {number: one for _row, one, number in batch if number is not None}
    _take_facilities(
        w,
        [one for one in new if isinstance(one, NewFacility)],
        {number: one for number, one in known.items() if isinstance(one, NewFacility)},
        now,
    )
    services = placing.open_services()
    for one in new:
        if isinstance(one, NewPlace):
            placing.add(w, one, None, services, now)
    for number, one in known.items():
        if isinstance(one, NewPlace):
            placing.amend(w, placing.locked(number), one, None, services, now)


def _take_facilities(
    w: Work, new: Sequence[NewFacility], known: Mapping[UUID, NewFacility], now: datetime
) -> None:
    facilities.add_all(w, new, [None] * len(new), now)
    rows, kinds = standing.all_locked(list(known)), facilities.open_kinds()
    for number, one in known.items():
        facilities.amend(w, rows[number], one, None, kinds, now)


def _matched(found: Sequence[str], told: dict[str, str], kind: _Kind) -> columns.Matched:
    for field, column in told.items():
        if field not in kind.known or (column and column not in found):
            raise errors.no_such_column(field, column)
    known = {field: names for field, names in kind.known.items() if told.get(field) != ""}
    made = columns.matched(found, {field: column for field, column in told.items() if column}, known)
    for field, claiming in made.doubtful.items():
        raise errors.doubtful_columns(field, "、".join(claiming))
    if "name" not in made.fields:
        raise errors.no_names("、".join(found))
    return made


def _told(raw: "Raw", fields: Mapping[str, str], kind: _Kind, given: str) -> _Told:
    """Errors: FacilityError."""
    cells = {field: raw.cells.get(column, "").strip() for field, column in fields.items()}
    said: dict[str, Any] = {
        field: text
        for field, text in cells.items()
        if field not in ("lon", "lat") and not sheets.is_empty(text)
    }
    for field, read in _READ.items():
        if field in said:
            said[field] = read(said[field], kind)
    if (point := _point(raw, cells)) is not None:
        said["point"] = stored_point(*point, given)
    return _Told(raw.number, said)


def _point(raw: "Raw", cells: Mapping[str, str]) -> tuple[float, float] | None:
    """Degrees, of the feature's point or of two columns."""
    if raw.geometry is not None:
        if raw.geometry.geom_type != "Point" or raw.geometry.is_empty:
            raise errors.asset("asset_point", raw.geometry.geom_type)
        return float(raw.geometry.x), float(raw.geometry.y)
    texts = [cells.get("lon", ""), cells.get("lat", "")]
    if all(sheets.is_empty(one) for one in texts):
        return None
    try:
        lon, lat = (float(one) for one in texts)
    except ValueError:
        raise errors.asset("asset_point", ", ".join(texts)) from None
    return lon, lat


def _code(text: str, kind: _Kind) -> str:
    found = rules.typed(text)
    if found is None:
        raise errors.asset("facility_code", text)
    return found


def _kind_code(text: str, kind: _Kind) -> str:
    return str(kind.names.get(text, text))


def _day(text: str, kind: _Kind) -> date:
    try:
        return sheets.as_date(text)
    except ValueError:
        raise errors.asset("facility_day", text) from None


def _condition(text: str, kind: _Kind) -> str:
    return asset_columns.CONDITION.get(text.casefold(), text)


def _keeper(text: str, kind: _Kind) -> int:
    found = kind.names.get(text)
    if not isinstance(found, int):
        raise errors.asset("keeper", text)
    return found


def _services(text: str, kind: _Kind) -> tuple[str, ...]:
    words = [one.strip() for one in text.translate(_SEPARATORS).split("、")]
    return tuple(sorted({str(kind.names.get(one, one)) for one in words if one}))


_READ: Mapping[str, Any] = {
    "code": _code,
    "kind": _kind_code,
    "installed_on": _day,
    "condition": _condition,
    "keeper": _keeper,
    "services": _services,
}


def _placed(told: Sequence[_Told], ground: str, on: date) -> list[_Told]:
    """Each row with the grid that holds its point."""
    from gantang.territory import queries

    pointed = [one for one in told if one.point is not None]
    if not pointed:
        return list(told)
    grounds = {str(one.said.get("ground", ""))[:6] for one in pointed}
    wide = ground or (grounds.pop() if len(grounds) == 1 else "")
    found = queries.locator(wide, on=on).locate([one.point for one in pointed if one.point])
    grids = {one.row: at.grid for one, at in zip(pointed, found, strict=True)}
    return [replace(one, found=grids.get(one.row)) for one in told]


def _placed_singly(told: Sequence[_Told], on: date) -> list[_Told]:
    """The same, a point at a time by the database: no shapely is loaded."""
    from gantang.territory import queries

    return [
        one if one.point is None else replace(one, found=queries.locate(*one.point, on=on).grid)
        for one in told
    ]


def _compare(plan: AssetPlan, told: Sequence[_Told], kind: _Kind, on: date, within: str) -> None:
    """A line for each row, and what is to be taken."""
    lists = facilities.open_kinds(), placing.open_services()
    first: dict[Any, int] = {}
    for start in range(0, len(told), _LOOKED):
        batch = told[start : start + _LOOKED]
        known = _Known(batch, kind)
        for one in batch:
            try:
                plan.lines.append(_line(plan, one, kind, known, first, lists, on, within))
            except GantangError as error:
                plan.lines.append(_wrong(one.row, error, str(one.said.get("code", ""))))


def _line(
    plan: AssetPlan,
    one: _Told,
    kind: _Kind,
    known: "_Known",
    first: dict[Any, int],
    lists: Lists,
    on: date,
    within: str,
) -> GroundLine:
    row = known.of(one)
    new = replace(known.base(row), **one.said)
    if row is not None and "ground" not in one.said and one.found:
        new = replace(new, ground="")
    said = _checked(new, one.found, lists, row, on)
    new = replace(new, ground=said["ground"])
    for ground in (new.ground, *((row.ground,) if row is not None else ())):
        if not ground.startswith(within):
            raise errors.asset("asset_elsewhere", ground)
    key = row.id if row is not None else one.said.get("code") or kind.key_of(new)
    if first.setdefault(key, one.row) != one.row:
        raise errors.asset("double_asset", first[key])
    code = str(getattr(row, "code", "") or one.said.get("code", ""))
    if row is not None and all(getattr(row, name) == value for name, value in said.items()):
        return GroundLine(one.row, "same", code)
    plan.take.append((one.row, new, row.id if row else None))
    return GroundLine(one.row, "amended" if row else "new", code)


def _checked(new: New, found: str | None, lists: Lists, row: Any, on: date) -> dict[str, Any]:
    """What the row would say, as the service checks it."""
    kinds, services = lists
    if isinstance(new, NewPlace):
        return placing.said(new, found, {*services, *(row.services if row else ())}, on)
    return facilities.said(new, found, kinds, on, held=row.kind if row else "")


class _Known:
    """The facilities or places that the rows of a batch may be."""

    def __init__(self, batch: Sequence[_Told], kind: _Kind) -> None:
        self._kind = kind
        names = {str(one.said.get("name", "")) for one in batch if "code" not in one.said}
        model = Place if kind.places else Facility
        rows: list[Any] = list(model._default_manager.filter(name__in=names, valid_to=None).order_by("pk"))
        self._named: dict[tuple[str, ...], list[Any]] = {}
        for row in rows:
            self._named.setdefault(kind.key_of(self.base(row)), []).append(row)
        codes = {one.said["code"] for one in batch if "code" in one.said}
        self._coded = {} if kind.places else {r.code: r for r in Facility.objects.filter(code__in=codes)}

    def of(self, one: _Told) -> Any:
        """The known one that a row means, if any. Errors: FacilityError for one that is gone, or several."""
        code = one.said.get("code")
        if code is not None:
            row = self._coded.get(code)
            if row is not None and row.valid_to is not None:
                raise errors.asset("facility_code_used", code)
            return row
        ground = str(one.said.get("ground") or one.found or "")
        key = self._kind.key_of(replace(self._kind.blank(), **{**one.said, "ground": ground}))
        rows = self._named.get(key, [])
        if len(rows) > 1:
            raise errors.asset(
                "many_assets", ", ".join(str(getattr(row, "code", row.ground)) for row in rows[:5])
            )
        return rows[0] if rows else None

    def base(self, row: Any) -> New:
        """What is known, as a row would say it; what a silent row leaves as it is."""
        if row is None:
            return self._kind.blank()
        point = None if row.lon is None or row.lat is None else (row.lon, row.lat)
        if isinstance(row, Place):
            return NewPlace(
                row.name,
                row.ground,
                row.address,
                point,
                services=tuple(row.services),
                hours=row.hours,
                phone=row.phone,
            )
        return NewFacility(
            row.kind,
            row.name,
            row.ground,
            row.code,
            point,
            installed_on=row.installed_on,
            keeper=row.keeper,
            condition=row.condition,
        )


def _wrong(row: int, error: GantangError, code: str = "") -> GroundLine:
    return GroundLine(row, "error", code, error.words, error.remedy_words)
