"""Campaigns: the list and the order of a new one; coverage, who is missing, what was found."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.desk import campaigns, choices
from gantang.desk.campaign_form import CampaignForm
from gantang.desk.guard import frame, staffed
from gantang.desk.lines import lines
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, InvalidError, RefusedError
from gantang.kit.page import Page
from gantang.matters import queries
from gantang.matters.types import MatterRow
from gantang.procedures import service as orders
from gantang.procedures.errors import NotOrderedByYouError
from gantang.procedures.service import ORDERING

SHOWN = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def listed(request: HttpRequest) -> HttpResponse:
    """The campaigns that bear on one's ground, newest first; a post orders a new one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = _form(actor, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _list(request, actor, form, status=422 if request.method == "POST" else 200)
    try:
        made = orders.create_campaign(actor=actor, campaign=form.campaign(), now=clock.now())
    except (InvalidError, RefusedError, NotOrderedByYouError) as error:
        return _list(request, actor, form, error=error, status=error.status)
    messages.success(request, _("布置好了，到开始那天自动开件。"))
    return redirect("desk:campaign", campaign=made.id)


def _form(actor: Actor, given: Any) -> CampaignForm:
    return CampaignForm(given, kinds=campaigns.kinds(clock.now()), grounds=choices.grounds(actor))


def _list(
    request: HttpRequest,
    actor: Actor,
    form: CampaignForm,
    *,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    before = request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 18 else None
    found = queries.campaigns(actor, before=number, size=SHOWN)
    page = {
        "lines": campaigns.lines(actor, found, today=clock.now().date()),
        "next_url": "?" + urlencode({"before": found[-1].id}) if len(found) == SHOWN else "",
        "may_order": any(triple.duty in ORDERING for triple in actor.sight),
        "form": form,
    }
    context = {**frame(request, "campaigns"), "page": page, "problem": problem(error) if error else None}
    return render(request, "desk/campaigns.html", context, status=status)


@never_cache
@require_safe
@staffed
def campaign(request: HttpRequest, campaign: int) -> HttpResponse:
    """Coverage by ground, one level at a time."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ground = request.GET.get("ground", "")[:15]
    page = campaigns.page_of(actor, campaign, ground, today=clock.now().date())
    return render(request, "desk/campaign.html", {**frame(request, "campaigns"), "page": page})


@require_POST
@staffed
def close(request: HttpRequest, campaign: int) -> HttpResponse:
    """End a campaign: no further matter, no further period."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    queries.campaign(actor, campaign)
    orders.close_campaign(actor=actor, campaign=campaign, now=clock.now())
    messages.success(request, _("结束了，已经开的件照常办。"))
    return redirect("desk:campaign", campaign=campaign)


@never_cache
@require_safe
@staffed
def unreported(request: HttpRequest, campaign: int) -> HttpResponse:
    """Who has not reported, by place."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ground, cursor = request.GET.get("ground", "")[:15], request.GET.get("cursor") or None
    rows = queries.unreported(actor, campaign, ground=ground, cursor=cursor)
    return _rows(request, actor, campaign, ground, rows, "desk/campaign_missing.html")


@never_cache
@require_safe
@staffed
def findings(request: HttpRequest, campaign: int) -> HttpResponse:
    """What was found, to be claimed; with `all` also what is over."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ground, cursor = request.GET.get("ground", "")[:15], request.GET.get("cursor") or None
    only = not request.GET.get("all")
    rows = queries.findings(actor, campaign, ground=ground, open_only=only, cursor=cursor)
    return _rows(request, actor, campaign, ground, rows, "desk/campaign_findings.html")


def _rows(
    request: HttpRequest,
    actor: Actor,
    number: int,
    ground: str,
    rows: Page[MatterRow],
    template: str,
) -> HttpResponse:
    now = clock.now()
    page = campaigns.page_of(actor, number, ground, today=now.date())
    kept = {name: request.GET[name] for name in ("ground", "all") if request.GET.get(name)}
    page |= {
        "lines": lines(rows.items, now=now),
        "all": bool(request.GET.get("all")),
        "next_url": "?" + urlencode({**kept, "cursor": rows.next}) if rows.next else "",
    }
    return render(request, template, {**frame(request, "campaigns"), "page": page})
