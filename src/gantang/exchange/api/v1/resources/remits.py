"""Remits: who answers here for this, and why; what changed between two days."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from gantang.exchange.api.v1 import values
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import reading
from gantang.exchange.api.v1.shapes.remits import (
    RemitAnswer,
    RemitDifference,
    RemitDifferences,
    RemitSaid,
    RemitUnit,
)
from gantang.exchange.api.v1.values import Strict
from gantang.kit import clock
from gantang.posts import queries
from gantang.posts.types import RemitView

router = Router(auth=STAFF, tags=["remits"])
#: At most so many differences are told at once.
MOST = 2000
Duty = Literal[
    "receiver",
    "dispatcher",
    "handler",
    "cooperator",
    "mediator",
    "verifier",
    "arbiter",
    "supervisor",
    "leader",
    "privacy",
]


class Asked(Strict):
    """A class on a ground, a duty, a day."""

    klass: values.ClassCode = Field(..., alias="class", description="From /classes.")
    ground: values.Ground = Field(..., description="A division or grid.")
    duty: Duty = "handler"
    on: values.Day | None = Field(None, description="Today without one.")


class Between(Strict):
    """Two days, on a ground and below it."""

    before: values.Day
    after: values.Day
    ground: Annotated[values.Ground, Field(min_length=6, description="At least a county.")]


@router.get("/remits/answer", response=RemitAnswer, openapi_extra=reading(409))
def who_answers(request: HttpRequest, asks: Annotated[Asked, Query()]) -> RemitAnswer:
    """The unit that answers here for this, by which remit and why."""
    found = queries.why(
        klass=asks.klass, ground=asks.ground, duty=asks.duty, on=asks.on or clock.now().date()
    )
    one = found.answering
    titles = queries.post_titles(post for post in (one.post, one.leader) if post) if one else {}
    names = queries.unit_names((one.unit, *one.cooperating)) if one else {}
    return RemitAnswer(
        unit=_unit(one.unit, names) if one else None,
        post=titles.get(one.post) if one and one.post else None,
        cooperating=_units(one.cooperating, names) if one else [],
        leader=titles.get(one.leader) if one and one.leader else None,
        basis=one.basis if one else "",
        remit=one.remit if one else None,
        seat=found.seat,
        reason=queries.reason_words(found),
    )


@router.get("/remits/changes", response=RemitDifferences, openapi_extra=reading())
def list_remit_changes(request: HttpRequest, asks: Annotated[Between, Query()]) -> RemitDifferences:
    """What the remits of a ground say differently on two days."""
    found = queries.remit_changes(asks.before, asks.after, ground=asks.ground)
    shown = found[:MOST]
    held = [one for change in shown for one in (change.before, change.after) if one is not None]
    names = queries.unit_names(unit for one in held for unit in (one.unit, *one.cooperating))
    titles = queries.post_titles(one.leader for one in held if one.leader)
    items = [
        RemitDifference(
            kind=one.kind,
            klass=one.klass,
            ground=one.ground,
            duty=one.duty,
            before=_said(one.before, names, titles),
            after=_said(one.after, names, titles),
        )
        for one in shown
    ]
    return RemitDifferences(items=items, more=len(found) - len(shown))


def _said(one: RemitView | None, names: Mapping[int, str], titles: Mapping[int, str]) -> RemitSaid | None:
    if one is None:
        return None
    return RemitSaid(
        remit=one.id,
        unit=_unit(one.unit, names),
        cooperating=_units(one.cooperating, names),
        leader=titles.get(one.leader) if one.leader else None,
        basis=one.basis,
        since=one.valid_from,
        until=one.valid_to,
    )


def _units(numbers: Iterable[int], names: Mapping[int, str]) -> list[RemitUnit]:
    return [_unit(number, names) for number in numbers]


def _unit(number: int, names: Mapping[int, str]) -> RemitUnit:
    return RemitUnit(id=number, name=names.get(number, ""))
