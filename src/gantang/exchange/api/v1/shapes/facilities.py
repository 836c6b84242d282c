"""Facilities, looks at them, kinds; places that combine services."""

from datetime import date
from uuid import UUID

from pydantic import Field

from gantang.exchange.api.v1 import values
from gantang.exchange.api.v1.values import Shown, Strict
from gantang.territory.queries import CONDITIONS, FAULTS

Condition = values.code(f"^({'|'.join(CONDITIONS)})$", 16)
Fault = values.code(f"^({'|'.join(FAULTS)})$", 16)


class GridNeed(Shown):
    """How many working ones a grid of a kind must have."""

    grid_kind: str
    least: int


class FacilityKind(Shown):
    """A kind of facility. `inspect_days` is null and `needs` empty where nobody has ruled."""

    code: str
    title: str
    class_code: str
    inspect_days: int | None
    needs: list[GridNeed]
    basis: str


class FacilityFault(Shown):
    """What may be wrong with a facility."""

    code: str
    title: str


class FacilityKinds(Shown):
    """The kinds, and the closed list of faults."""

    items: list[FacilityKind]
    faults: list[FacilityFault]


class Facility(Shown):
    """A facility: where it stands, how it is, when somebody is to look. What it shows or sends is not
    known here. Degrees are CGCS2000."""

    id: UUID
    code: str
    kind: str
    name: str
    ground: str
    lon: float | None
    lat: float | None
    installed_on: date | None
    keeper: int | None
    condition: str
    inspected_on: date | None
    due_on: date | None
    valid_from: date
    valid_to: date | None


class Facilities(Shown):
    """A page. `next` is the cursor of the page after it, null at the end."""

    items: list[Facility]
    next: str | None


class Inspection(Shown):
    """A look at a facility."""

    id: int
    on: date
    condition: str
    faults: list[str]


class Inspections(Shown):
    """A page, the newest first. `next` is the cursor of the page after it, null at the end."""

    items: list[Inspection]
    next: str | None


class InspectionIn(Strict):
    """How a facility was found. A faulty one has at least one fault, a working one none."""

    on: values.Day
    condition: Condition  # type: ignore[valid-type]
    faults: list[Fault] = Field([], max_length=len(FAULTS))  # type: ignore[valid-type]


class FaultIn(Strict):
    """What is broken, in words. Ground, place and class are those of the facility."""

    words: values.Words


class Place(Shown):
    """A place that combines services; `services` are codes of the list."""

    id: UUID
    name: str
    ground: str
    address: str
    lon: float | None
    lat: float | None
    services: list[str]
    hours: str
    phone: str
    valid_from: date


class PlacePage(Shown):
    """A page. `next` is the cursor of the page after it, null at the end."""

    items: list[Place]
    next: str | None


class PlaceService(Shown):
    """A service that places may offer."""

    code: str
    title: str
    basis: str


class PlaceServices(Shown):
    """The list, as it is filled in here."""

    items: list[PlaceService]
