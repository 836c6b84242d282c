"""Facilities and places, read. A door says what is seen: ``within`` are the grounds of whoever asks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, Sum
from django.utils.translation import get_language

from gantang.kit.page import Page, keyset
from gantang.territory import errors
from gantang.territory.models import (
    Facility,
    FacilityCount,
    FacilityKind,
    Grid,
    Inspection,
    Place,
    PlaceService,
)
from gantang.territory.rules import datum
from gantang.territory.rules import facilities as rules
from gantang.territory.rules.facilities import CONDITIONS as CONDITIONS
from gantang.territory.rules.facilities import FAULTS as FAULTS
from gantang.territory.types import (
    FacilityCoverage,
    FacilityKindView,
    FacilityView,
    GroundFinding,
    InspectionView,
    PlaceView,
    ServiceView,
)

PAGE, LARGEST_PAGE = 50, 200
_TOWNSHIP = 9


def facility_kinds(on: date | None = None) -> list[FacilityKindView]:
    """The kinds of facility in their order: those that are open, or those of a day."""
    rows = FacilityKind.objects.filter(_of(on)).order_by("position", "code")
    return [_kind(row) for row in rows]


def place_services(on: date | None = None) -> list[ServiceView]:
    """The services that places may offer."""
    rows = PlaceService.objects.filter(_of(on)).order_by("position", "code")
    return [
        ServiceView(row.code, row.zh, row.en, row.position, row.basis, row.valid_from, row.valid_to)
        for row in rows
    ]


def facilities(
    within: Sequence[str],
    *,
    ground: str = "",
    kind: str = "",
    condition: str = "",
    due_by: date | None = None,
    cursor: str | None = None,
    size: int = PAGE,
) -> Page[FacilityView]:
    """One page of the facilities that stand on some grounds, by ground and code; ``due_by`` a day: those that
    are to be looked at by then."""
    rows = Facility.objects.filter(on_grounds(within, ground), valid_to=None)
    if due_by is not None:
        rows = rows.filter(due_on__lte=due_by)
    given = {name: value for name, value in (("kind", kind), ("condition", condition)) if value}
    page = keyset(rows.filter(**given), order=("ground", "code"), cursor=cursor, size=min(size, LARGEST_PAGE))
    return Page([facility_view(row) for row in page.items], page.next)


def facility(number: UUID, within: Sequence[str]) -> FacilityView:
    """A facility, standing or past. Errors: FacilityMissingError, also for one on other ground."""
    row = Facility.objects.filter(on_grounds(within), pk=number).first()
    if row is None:
        raise errors.FacilityMissingError
    return facility_view(row)


def facility_coded(code: str, within: Sequence[str]) -> FacilityView | None:
    """The facility that bears a code on its label."""
    row = Facility.objects.filter(on_grounds(within), code=rules.typed(code) or "").first()
    return None if row is None else facility_view(row)


def inspections(number: UUID, *, cursor: str | None = None, size: int = PAGE) -> Page[InspectionView]:
    """The looks at a facility, the newest first. Ask for the facility in scope before."""
    rows = Inspection.objects.filter(facility_id=number)
    page = keyset(rows, order=("-id",), cursor=cursor, size=min(size, LARGEST_PAGE))
    return Page(
        [InspectionView(one.pk, one.on, one.condition, tuple(one.faults), one.post) for one in page.items],
        page.next,
    )


def facility_counts(within: Sequence[str], ground: str = "") -> dict[tuple[str, str], int]:
    """How many stand there, by kind and condition, from the kept counts."""
    rows = FacilityCount.objects.filter(on_grounds(within, ground)).values("kind", "condition")
    found = rows.annotate(total=Sum("number")).values_list("kind", "condition", "total")
    return {(kind, condition): total for kind, condition, total in found if total}


def facility_coverage(ground: str, *, on: date) -> list[FacilityCoverage]:
    """How far each kind's rule is kept, township by township; kinds without a rule are left out. For a county
    or less: it looks at every grid."""
    asked: Counter[tuple[str, str]] = Counter()
    short: Counter[tuple[str, str]] = Counter()
    for kind, grid, have, least in _ruled(ground, on):
        place = (grid.code[:_TOWNSHIP], kind.code)
        asked[place] += 1
        short[place] += have < least
    return [FacilityCoverage(town, kind, n, short[town, kind]) for (town, kind), n in sorted(asked.items())]


def facility_gaps(ground: str, *, on: date) -> list[GroundFinding]:
    """Grids with fewer working facilities of a kind than its rule asks for."""
    return [
        GroundFinding(
            "facility_gap",
            (grid.code,),
            None if grid.lon is None or grid.lat is None else (grid.lon, grid.lat),
            have,
            detail=f"{title_of(kind)} {least}",
        )
        for kind, grid, have, least in _ruled(ground, on)
        if have < least
    ]


def title_of(one: FacilityKindView) -> str:
    """In the language in force."""
    return one.en if (get_language() or "zh").startswith("en") else one.zh


def _ruled(ground: str, on: date) -> Iterable[tuple[FacilityKindView, Grid, int, int]]:
    """Each kind with a rule and each grid it asks something of: how many work there, how many must."""
    kinds = [one for one in facility_kinds(on) if one.needs]
    if not kinds:
        return
    rows = Grid.objects.filter(on_grounds([ground], field="code"), _in_force(on)).order_by("code")
    grids = list(rows.only("code", "kind", "lon", "lat"))
    working = _working(ground)
    for kind in kinds:
        for grid in grids:
            least = kind.needs.get(grid.kind, 0)
            if least:
                yield kind, grid, working.get((grid.code, kind.code), 0), least


def _working(ground: str) -> dict[tuple[str, str], int]:
    rows = FacilityCount.objects.filter(on_grounds([ground]), condition=rules.WORKING)
    return {(code, kind): number for code, kind, number in rows.values_list("ground", "kind", "number")}


def places(
    *, ground: str = "", service: str = "", cursor: str | None = None, size: int = PAGE
) -> Page[PlaceView]:
    """One page of the places that stand on a ground, for everybody: by ground."""
    rows = Place.objects.filter(on_grounds([ground]), valid_to=None)
    if service:
        rows = rows.filter(services__contains=[service])
    page = keyset(rows, order=("ground", "id"), cursor=cursor, size=min(size, LARGEST_PAGE))
    return Page([place_view(row) for row in page.items], page.next)


def place(number: UUID) -> PlaceView:
    """A place, standing or past. Errors: PlaceMissingError."""
    row = Place.objects.filter(pk=number).first()
    if row is None:
        raise errors.PlaceMissingError
    return place_view(row)


def stored_point(lon: float, lat: float, coordinates: str = "") -> tuple[float, float]:
    """A point as it is stored, whatever datum it was given in; "" is our own."""
    found = datum.stored(datum.Datum(coordinates or datum.Datum.CGCS2000), (lon, lat))
    return round(found[0], 7), round(found[1], 7)


def on_grounds(within: Sequence[str], ground: str = "", field: str = "ground") -> Q:
    """Rows on some grounds, narrowed to one: ranges of codes."""
    wanted = [_narrow(one, ground) for one in within]
    ranges = [_range(one, field) for one in sorted({one for one in wanted if one is not None})]
    return reduce(or_, ranges, Q(pk__in=[]))


def _narrow(wide: str, ground: str) -> str | None:
    """What two grounds have in common; None where that is nothing."""
    if ground.startswith(wide):
        return ground
    return wide if wide.startswith(ground) else None


def _range(ground: str, field: str) -> Q:
    return Q(**{f"{field}__gte": ground, f"{field}__lt": f"{ground}:"}) if ground else ~Q(pk__in=[])


def _of(on: date | None) -> Q:
    if on is None:
        return Q(valid_to=None)
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def _in_force(on: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gt=on))


def _kind(row: FacilityKind) -> FacilityKindView:
    needs: Mapping[str, int] = row.needs
    return FacilityKindView(
        row.code,
        row.zh,
        row.en,
        row.position,
        row.class_code,
        row.inspect_days,
        needs,
        row.basis,
        row.valid_from,
        row.valid_to,
    )


def facility_view(row: Facility) -> FacilityView:
    names = FacilityView.__slots__
    return FacilityView(**{name: getattr(row, name) for name in names})


def place_view(row: Place) -> PlaceView:
    said = {name: getattr(row, name) for name in PlaceView.__slots__}
    return PlaceView(**{**said, "services": tuple(row.services)})
