"""What matters are made of: classes, channels, slots, divisions, units, procedures in force. Public, but
for the units."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from gantang.catalogue import queries as catalogue
from gantang.catalogue.types import Term as TermView
from gantang.catalogue.types import Value
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import declared, reading
from gantang.exchange.api.v1.render import lang
from gantang.exchange.api.v1.shapes.reference import (
    Division,
    Divisions,
    Line,
    Procedure,
    Procedures,
    Slot,
    Slots,
    State,
    Term,
    Terms,
    Unit,
    Units,
)
from gantang.exchange.api.v1.values import Ground
from gantang.exchange.errors import GroundMissingError
from gantang.kit import clock
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.procedures.types import VersionView
from gantang.territory import queries as territory

router = Router(tags=["reference"])


@router.get("/classes", response=Terms, auth=None, openapi_extra=declared(422, 503))
def list_classes(request: HttpRequest) -> Terms:
    """The classes of matters, each behind its parent."""
    return _terms(catalogue.classes())


@router.get("/causes", response=Terms, auth=None, openapi_extra=declared(422, 503))
def list_causes(request: HttpRequest) -> Terms:
    """The causes, each behind its parent."""
    return _terms(catalogue.causes())


@router.get("/channels", response=Terms, auth=None, openapi_extra=declared(422, 503))
def list_channels(request: HttpRequest) -> Terms:
    """How matters come in."""
    return _terms(catalogue.channels())


@router.get("/slots", response=Slots, auth=None, openapi_extra=declared(422, 503))
def list_slots(request: HttpRequest) -> Slots:
    """Values that no public source gives: set here, from a day on, or waiting."""
    return Slots(
        items=[
            Slot(
                code=one.code,
                title=one.title.of(lang()),
                form=one.form,
                value=_value(one.value),
                ours=one.ours,
                source=one.source,
                basis=one.basis,
                since=one.valid_from,
            )
            for one in catalogue.slots()
        ]
    )


@router.get(
    "/divisions/{ground}/children", response=Divisions, auth=None, openapi_extra=declared(404, 422, 503)
)
def list_divisions(request: HttpRequest, ground: Ground) -> Divisions:
    """The divisions one level below a ground in force today; below a village, its grids."""
    on = clock.now().date()
    if not territory.exists(ground, on):
        raise GroundMissingError
    if len(ground) >= 12:
        grids = territory.grids(ground, on=on) if len(ground) == 12 else []
        return Divisions(items=[Division(ground=one.code, name=one.name, level=6) for one in grids])
    found = territory.children(ground, on=on)
    return Divisions(items=[Division(ground=one.prefix, name=one.name, level=one.level) for one in found])


@router.get("/units", response=Units, auth=STAFF, openapi_extra=reading())
def list_units(
    request: HttpRequest, ground: Annotated[Ground, Query(description="At least a county.", min_length=6)]
) -> Units:
    """The units on a county or on a ground in it."""
    found = posts.units(ground, on=clock.now().date())
    return Units(
        items=[
            Unit(id=one.id, name=one.name, level=one.level, ground=one.ground, kind=one.kind) for one in found
        ]
    )


@router.get("/procedures", response=Procedures, auth=None, openapi_extra=declared(422, 503))
def list_procedures(request: HttpRequest) -> Procedures:
    """The procedures in force, with their states."""
    return Procedures(items=[_procedure(one) for one in procedures.all_in_force(clock.now())])


def _value(held: Value) -> int | str | list[str] | list[Line] | None:
    """A slot's value; a record as its lines, in the order it was written in."""
    if isinstance(held, dict):
        return [Line(name=name, text=text) for name, text in held.items()]
    return held


def _terms(found: list[TermView]) -> Terms:
    return Terms(
        items=[
            Term(code=one.code, title=one.title.of(lang()), parent=one.parent, leaf=one.leaf) for one in found
        ]
    )


def _procedure(one: VersionView) -> Procedure:
    found = procedures.by_hash(one.hash)
    return Procedure(
        name=one.name,
        version=one.version,
        hash=one.hash,
        title=found.title.of(lang()),
        serves=list(one.serves),
        ground=one.ground,
        in_force_from=one.in_force_from,
        states=[
            State(name=state.name, title=state.title.of(lang()), status=state.status, ends=list(state.ends))
            for state in found.states.values()
        ],
    )
