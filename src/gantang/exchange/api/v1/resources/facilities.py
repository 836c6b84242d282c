"""Facilities of one's own ground: listed, looked at, reported broken; places that combine services."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from gantang.exchange.api.v1 import asked, render, values
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, declared, reading, writing
from gantang.exchange.api.v1.render import lang
from gantang.exchange.api.v1.shapes.facilities import (
    Facilities,
    Facility,
    FacilityFault,
    FacilityKind,
    FacilityKinds,
    FaultIn,
    GridNeed,
    Inspection,
    InspectionIn,
    Inspections,
    Place,
    PlacePage,
    PlaceService,
    PlaceServices,
)
from gantang.exchange.api.v1.shapes.matter import Receipt
from gantang.exchange.api.v1.values import Strict
from gantang.kit import clock
from gantang.matters import service as matters
from gantang.matters.types import Report
from gantang.posts import queries as posts
from gantang.territory import queries, service
from gantang.territory.types import FacilityView, PlaceView

router = Router(auth=STAFF, tags=["facilities"])
Number = Annotated[values.Uuid, Path(description="From /facilities.")]
BY_PLACE, BY_CODE, BY_ID = (str, UUID), (str, str), (int,)


class LooksAsked(Strict):
    """Page by page."""

    cursor: values.Cursor | None = Field(None, description="`next` of the page before.")
    size: values.asked_integer(1, 200) = 50  # type: ignore[valid-type]


class FacilitiesAsked(LooksAsked):
    """Facilities, narrowed."""

    ground: values.Ground | None = Field(None, description="A division or grid, with what lies in it.")
    kind: values.Code | None = None
    condition: Literal["working", "faulty", "out_of_service"] | None = None
    due: values.AskedFlag = Field(False, description="Those alone that are to be looked at by today.")


class PlacesAsked(LooksAsked):
    """PlacePage of a ground."""

    ground: values.Ground = Field(..., description="A division or grid, with what lies in it.")
    service: values.Code | None = Field(None, description="From /place-services.")


@router.get("/facilities", response=Facilities, openapi_extra=reading())
def list_facilities(request: HttpRequest, asks: Annotated[FacilitiesAsked, Query()]) -> Facilities:
    """The facilities that stand on the grounds of one's post, by ground and code."""
    page = queries.facilities(
        posts.grounds_of(actor_of(request)),
        ground=asks.ground or "",
        kind=asks.kind or "",
        condition=asks.condition or "",
        due_by=clock.now().date() if asks.due else None,
        cursor=asked.cursor_of(asks.cursor, BY_CODE),
        size=asks.size,
    )
    return Facilities(items=[_facility(one) for one in page.items], next=page.next)


@router.get("/facilities/{facility}", response=Facility, openapi_extra=reading(404))
def read_facility(request: HttpRequest, facility: Number) -> Facility:
    """One facility, standing or past."""
    return _facility(_found(request, facility))


@router.get("/facilities/{facility}/inspections", response=Inspections, openapi_extra=reading(404))
def list_inspections(
    request: HttpRequest, facility: Number, asks: Annotated[LooksAsked, Query()]
) -> Inspections:
    """The looks at a facility, the newest first."""
    found = _found(request, facility)
    cursor = asked.cursor_of(asks.cursor, BY_ID)
    page = queries.inspections(found.id, cursor=cursor, size=asks.size)
    items = [
        Inspection(id=one.id, on=one.on, condition=one.condition, faults=list(one.faults))
        for one in page.items
    ]
    return Inspections(items=items, next=page.next)


@router.post("/facilities/{facility}/inspections", response={201: Facility}, openapi_extra=writing(404))
def inspect_facility(request: HttpRequest, facility: Number, key: Key, body: InspectionIn) -> Facility:
    """Write down a look; the newest one says the condition. Answers with the facility as it is now."""
    found = _found(request, facility)
    service.inspect_facility(
        actor=actor_of(request),
        facility=found.id,
        on=body.on,
        condition=body.condition,
        faults=body.faults,
        key=key,
        now=clock.now(),
    )
    return _facility(_found(request, facility))


@router.post("/facilities/{facility}/faults", response={201: Receipt}, openapi_extra=writing(404))
def report_fault(
    request: HttpRequest, response: HttpResponse, facility: Number, key: Key, body: FaultIn
) -> Receipt:
    """Report a facility broken: a matter begins where it stands, and it is faulty from now on."""
    found = _found(request, facility)
    kinds = {one.code: one.class_code for one in queries.facility_kinds()}
    report = Report(
        words=body.words,
        channel="api",
        class_code=kinds.get(found.kind, ""),
        place=f"{found.name}（{found.code}）",
        anonymous=True,
        on_behalf=True,
        facility=found.id,
    )
    shown = render.receipt(matters.intake(actor=actor_of(request), report=report, key=key, now=clock.now()))
    response["Location"] = f"/api/v1/matters/{shown.number}"
    return shown


@router.get("/facility-kinds", response=FacilityKinds, auth=None, openapi_extra=declared(422, 503))
def list_facility_kinds(request: HttpRequest) -> FacilityKinds:
    """The kinds of facility with their rules, and what may be wrong with one."""
    english = lang().startswith("en")
    return FacilityKinds(
        items=[
            FacilityKind(
                code=one.code,
                title=one.en if english else one.zh,
                class_code=one.class_code,
                inspect_days=one.inspect_days,
                needs=[GridNeed(grid_kind=kind, least=n) for kind, n in sorted(one.needs.items())],
                basis=one.basis,
            )
            for one in queries.facility_kinds()
        ],
        faults=[
            FacilityFault(code=one.code, title=one.en if english else one.zh)
            for one in queries.FAULTS.values()
        ],
    )


@router.get("/places", response=PlacePage, auth=None, openapi_extra=declared(422, 503))
def list_places(request: HttpRequest, asks: Annotated[PlacesAsked, Query()]) -> PlacePage:
    """The places of a ground that combine services, by ground."""
    page = queries.places(
        ground=asks.ground,
        service=asks.service or "",
        cursor=asked.cursor_of(asks.cursor, BY_PLACE),
        size=asks.size,
    )
    return PlacePage(items=[_place(one) for one in page.items], next=page.next)


@router.get("/place-services", response=PlaceServices, auth=None, openapi_extra=declared(422, 503))
def list_place_services(request: HttpRequest) -> PlaceServices:
    """The services that places may offer, as the list is filled in here."""
    english = lang().startswith("en")
    return PlaceServices(
        items=[
            PlaceService(code=one.code, title=one.en if english else one.zh, basis=one.basis)
            for one in queries.place_services()
        ]
    )


def _found(request: HttpRequest, facility: UUID) -> FacilityView:
    """Errors: FacilityMissingError, also for one on other ground."""
    return queries.facility(facility, posts.grounds_of(actor_of(request)))


def _facility(one: FacilityView) -> Facility:
    return Facility(**{name: getattr(one, name) for name in Facility.model_fields})


def _place(one: PlaceView) -> Place:
    said = {name: getattr(one, name) for name in Place.model_fields}
    return Place(**{**said, "services": list(one.services)})
