"""What facilities and places have in common: where they stand, what is counted of them, the ledger's step."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from gantang.kit.work import Work
from gantang.ledger import service as ledger
from gantang.territory import errors, lookup
from gantang.territory.models import Facility, Place
from gantang.territory.rules import facilities as rules
from gantang.territory.rules import plane, prefix

Point = tuple[float, float]
#: A ground, a kind, a condition: what facilities are counted by.
Kept = tuple[str, str, str]
_COUNT = """
INSERT INTO territory_facilitycount (ground, kind, condition, number) VALUES (%s, %s, %s, %s)
ON CONFLICT (ground, kind, condition)
DO UPDATE SET number = territory_facilitycount.number + EXCLUDED.number
"""


def ground_of(ground: str, point: Point | None, found: str | None, on: date) -> str:
    """The village or grid that something stands on. ``found`` is the grid that holds the point: it is finer
    than a village, and says the ground where nobody did. Errors: FacilityError."""
    if point is not None and not _is_place(point):
        raise errors.asset("asset_point", f"{point[0]}, {point[1]}")
    if not ground and found is None:
        raise errors.asset("asset_point" if point else "asset_ground", point or "")
    if ground and (len(ground) not in (12, 15) or not lookup.in_force([ground], on)):
        raise errors.asset("asset_ground", ground)
    if ground and found and not found.startswith(ground):
        raise errors.asset("asset_point", f"{point}")
    return found or ground


def located(point: Point | None, on: date) -> str | None:
    """The grid that holds a point."""
    from gantang.territory import queries

    return None if point is None else queries.locate(*point, on=on).grid


def _is_place(point: Point) -> bool:
    return plane.believable(*point) and not plane.looks_swapped(*point)


def name_of(name: str) -> str:
    """Errors: FacilityError."""
    found = name.strip()
    if not 0 < len(found) <= rules.LONGEST_NAME or not found.isprintable():
        raise errors.asset("asset_name")
    return found


def kept(row: Facility) -> Kept:
    return row.ground, row.kind, row.condition


def count(w: Work, gone: Iterable[Kept], come: Iterable[Kept]) -> None:
    """Keep the counts: what stood there and does not any more, what stands there now. Always in one order, so
    that two acts never wait for each other."""
    change = Counter(come)
    change.subtract(Counter(gone))
    for one, number in sorted(change.items()):
        if number:
            w.statement(_COUNT, [*one, number])


def record_facility(
    w: Work, row: Facility, what: str, data: Mapping[str, object], now: datetime, *, is_new: bool = False
) -> None:
    """A facility has a stream of its own."""
    if is_new:  # the id was minted in this act: no look for a head
        ledger.open_stream(w, city=_city(row), stream=row.id, kind="facility", now=now)
    _record(w, row, "facility", (f"facility.{what}", data), now)


def record_place(w: Work, row: Place, what: str, data: Mapping[str, object], now: datetime) -> None:
    """A place has a stream of its own."""
    _record(w, row, "place", (f"place.{what}", data), now)


def _record(
    w: Work, row: Facility | Place, kind: str, item: tuple[str, Mapping[str, object]], now: datetime
) -> None:
    ledger.append(
        w,
        actor=w.actor,
        city=_city(row),
        stream=row.id,
        kind=kind,
        items=[item],
        happened_at=now,
        now=now,
    )


def _city(row: Facility | Place) -> int:
    """The city that the stream began in: in the id, whatever became of the ground."""
    from gantang.kit import keys

    return keys.city_of(row.id)


def city_of(ground: str) -> int:
    return prefix.city_of(ground)


def locked(facility: UUID) -> Facility:
    """A facility that stands, locked. Errors: FacilityMissingError."""
    return all_locked([facility])[facility]


def all_locked(wanted: Sequence[UUID]) -> dict[UUID, Facility]:
    """Some of them, always in one order. Errors: FacilityMissingError for one that does not stand."""
    rows = Facility.objects.select_for_update().filter(pk__in=wanted, valid_to=None).order_by("pk")
    found = {row.id: row for row in rows}
    if len(found) < len(set(wanted)):
        raise errors.FacilityMissingError
    return found
