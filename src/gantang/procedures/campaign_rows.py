"""Campaigns as they are handed out, and as they are listed."""

from collections.abc import Collection
from datetime import datetime

from gantang.engine import Words
from gantang.procedures.errors import UnknownCampaignError
from gantang.procedures.models import Campaign
from gantang.procedures.types import CampaignView


def view(row: Campaign) -> CampaignView:
    """A row as it is handed out."""
    return CampaignView(
        row.pk,
        row.series or row.pk,
        row.no,
        Words(row.title_zh, row.title_en),
        row.procedure,
        row.version,
        row.klass,
        row.each,
        tuple(row.grounds),
        tuple(row.units),
        dict(row.answers),
        row.since,
        row.until,
        row.repeat,
        row.basis,
        row.state,
        row.targets,
        row.unit,
        row.made_at,
        row.opened_at,
        row.closed_at,
    )


def one(number: int) -> CampaignView:
    """A campaign by its id. Errors: UnknownCampaignError."""
    row = Campaign.objects.filter(pk=number).first()
    if row is None:
        raise UnknownCampaignError
    return view(row)


def listed(*, before: int | None = None, size: int = 50, states: tuple[str, ...] = ()) -> list[CampaignView]:
    """The newest first, from before an id on."""
    rows = Campaign.objects.all() if before is None else Campaign.objects.filter(pk__lt=before)
    wanted = rows.filter(state__in=states) if states else rows
    return [view(row) for row in wanted.order_by("-pk")[:size]]


def due(now: datetime) -> list[CampaignView]:
    """Campaigns whose matters are to be opened now, the oldest first."""
    today = now.date()
    rows = Campaign.objects.filter(since__lte=today, until__gte=today, state__in=("planned", "opening"))
    return [view(row) for row in rows.order_by("since", "id")]


def on_ground(codes: Collection[str]) -> list[Campaign]:
    """The campaigns, past ones too, whose list of grounds names one of the codes."""
    rows = Campaign.objects.exclude(grounds=[]).values_list("pk", "grounds")
    wanted = [pk for pk, grounds in rows if not set(codes).isdisjoint(grounds)]
    return list(Campaign.objects.filter(pk__in=wanted).order_by("pk"))
