"""Matters come in: one, or many at once."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gantang.exchange.api.v1 import render
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, writing
from gantang.exchange.api.v1.problem import problem
from gantang.exchange.api.v1.shapes.matter import Receipt, Taken, Takens
from gantang.exchange.api.v1.told import Bulk, StaffReport
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters import service as matters
from gantang.matters.types import Receipt as Got

router = Router(auth=STAFF, tags=["intake"])


@router.post("/matters", response={201: Receipt}, openapi_extra=writing(404))
def intake(request: HttpRequest, response: HttpResponse, key: Key, body: StaffReport) -> Receipt:
    """Take a report in, for somebody or from another system. It starts the procedure of its class and
    ground."""
    got = matters.intake(actor=actor_of(request), report=body.as_report(), key=key, now=clock.now())
    shown = render.receipt(got)
    response["Location"] = f"/api/v1/matters/{shown.number}"
    return shown


@router.post("/matters/bulk", response=Takens, openapi_extra=writing())
def intake_many(request: HttpRequest, body: Bulk) -> Takens:
    """Take up to 200 reports in. Each has its own idempotency key, and goes in or is refused by itself."""
    reports = [(one.key, one.report.as_report()) for one in body.items]
    found = matters.intake_many(actor=actor_of(request), reports=reports, now=clock.now())
    return Takens(items=[_taken(one.key, got) for one, got in zip(body.items, found, strict=True)])


def _taken(key: str, got: Got | GantangError) -> Taken:
    if isinstance(got, GantangError):
        return Taken(key=key, receipt=None, problem=problem(got))
    return Taken(key=key, receipt=render.receipt(got), problem=None)
