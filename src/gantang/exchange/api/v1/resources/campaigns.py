"""Campaigns: ordered, ended, looked into by ground."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from gantang.exchange.api.v1 import asked, render, values
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, reading, writing
from gantang.exchange.api.v1.render import lang
from gantang.exchange.api.v1.shapes.campaign import (
    Campaign,
    CampaignIn,
    Campaigns,
    Coverage,
    Figures,
    OpeningAnswer,
)
from gantang.exchange.api.v1.shapes.matter import Rows
from gantang.exchange.api.v1.values import Strict
from gantang.kit import clock
from gantang.kit.page import Page, decode, encode
from gantang.matters import queries
from gantang.matters.types import Covered, MatterRow
from gantang.procedures import service as orders
from gantang.procedures.types import CampaignView

router = Router(auth=STAFF, tags=["campaigns"])
Number = Annotated[values.AskedId, Path(description="From /campaigns.")]
BY_PLACE, BY_ID = (str, UUID), (int,)


class Paged(Strict):
    """A page of campaigns."""

    cursor: values.Cursor | None = Field(None, description="`next` of the page before.")
    size: values.asked_integer(1, 50) = 20  # type: ignore[valid-type]


class Where(Strict):
    """A ground in sight; all that is seen without one."""

    ground: values.Ground | None = Field(None, description="A division or grid, with what lies in it.")


class Places(Where):
    """Matters of a campaign, page by page."""

    cursor: values.Cursor | None = Field(None, description="`next` of the page before.")
    size: values.asked_integer(1, 200) = 50  # type: ignore[valid-type]


class Found(Places):
    """What a campaign found."""

    open_only: values.AskedFlag = True


@router.get("/campaigns", response=Campaigns, openapi_extra=reading())
def list_campaigns(request: HttpRequest, asks: Annotated[Paged, Query()]) -> Campaigns:
    """The campaigns that bear on the ground in sight, newest first."""
    cursor = asked.cursor_of(asks.cursor, BY_ID)
    before = decode(cursor)[0] if cursor else None
    found = queries.campaigns(actor_of(request), before=before, size=asks.size)
    more = encode(found[-1].id) if len(found) == asks.size else None
    return Campaigns(items=[_campaign(one) for one in found], next=more)


@router.post("/campaigns", response={201: Campaign}, openapi_extra=writing(404))
def order_campaign(request: HttpRequest, key: Key, body: CampaignIn) -> Campaign:
    """Order a campaign. Its matters are opened from its first day on, each place once."""
    made = orders.create_campaign(actor=actor_of(request), campaign=body.campaign(), key=key, now=clock.now())
    return _campaign(made)


@router.get("/campaigns/{campaign}", response=Campaign, openapi_extra=reading(404))
def get_campaign(request: HttpRequest, campaign: Number) -> Campaign:
    """One campaign."""
    return _campaign(queries.campaign(actor_of(request), campaign))


@router.post("/campaigns/{campaign}/close", response=Campaign, openapi_extra=writing(404))
def close_campaign(request: HttpRequest, campaign: Number, key: Key) -> Campaign:
    """End a campaign: no further matter, no further period."""
    actor = actor_of(request)
    queries.campaign(actor, campaign)
    return _campaign(orders.close_campaign(actor=actor, campaign=campaign, key=key, now=clock.now()))


@router.get("/campaigns/{campaign}/coverage", response=Coverage, openapi_extra=reading(404))
def get_coverage(request: HttpRequest, campaign: Number, asks: Annotated[Where, Query()]) -> Coverage:
    """How many matters were opened and reported, on a ground and one level below it: exact."""
    whole, below = queries.coverage(actor_of(request), campaign, asks.ground or "")
    return Coverage(whole=_figures(whole), items=[_figures(one) for one in below])


@router.get("/campaigns/{campaign}/unreported", response=Rows, openapi_extra=reading(404))
def list_unreported(request: HttpRequest, campaign: Number, asks: Annotated[Places, Query()]) -> Rows:
    """Who has not reported, by place."""
    cursor = asked.cursor_of(asks.cursor, BY_PLACE)
    return _rows(
        queries.unreported(
            actor_of(request), campaign, ground=asks.ground or "", cursor=cursor, size=asks.size
        )
    )


@router.get("/campaigns/{campaign}/findings", response=Rows, openapi_extra=reading(404))
def list_findings(request: HttpRequest, campaign: Number, asks: Annotated[Found, Query()]) -> Rows:
    """What was found: the list from which units claim, newest first."""
    cursor = asked.cursor_of(asks.cursor, asked.NEWEST)
    return _rows(
        queries.findings(
            actor_of(request),
            campaign,
            ground=asks.ground or "",
            open_only=asks.open_only,
            cursor=cursor,
            size=asks.size,
        )
    )


def _rows(page: Page[MatterRow]) -> Rows:
    return Rows(items=[render.row(one) for one in page.items], next=page.next)


def _figures(one: Covered) -> Figures:
    return Figures(
        ground=one.ground,
        opened=one.opened,
        reported=one.reported,
        zero=one.zero,
        found=one.found,
        missing=one.missing,
    )


def _campaign(one: CampaignView) -> Campaign:
    same = ("id", "series", "no", "procedure", "version", "each", "since", "until", "repeat", "basis")
    more = ("state", "targets", "made_at", "opened_at", "closed_at")
    return Campaign(
        **{name: getattr(one, name) for name in (*same, *more)},
        title=one.title.of(lang()),
        class_code=one.klass,
        grounds=list(one.grounds),
        units=list(one.units),
        answers=[OpeningAnswer(field=name, answer=code) for name, code in sorted(one.answers.items())],
    )
