"""Campaigns: ordered, renewed with each period, closed. What they open stands in `matters`."""

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Exists, OuterRef

from gantang.engine import Procedure
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.posts import service as posts
from gantang.posts.service import Followers
from gantang.procedures import campaign_rows, errors, queries, rhythm
from gantang.procedures.campaign_rows import view
from gantang.procedures.models import Campaign
from gantang.procedures.service import ordering
from gantang.procedures.types import CampaignView, NewCampaign
from gantang.territory import queries as territory
from gantang.territory.types import GroundChange

PLANNED, OPENING, OPEN, CLOSED = "planned", "opening", "open", "closed"
_CITY = 3600


def create_campaign(
    *, actor: Actor, campaign: NewCampaign, key: str | None = None, now: datetime
) -> CampaignView:
    """Order a campaign; from its first day on its matters are opened by the worker. The same key with the
    same order makes one.

    Errors: CampaignInvalidError (all faults at once), NotOrderedByYouError, UnknownProcedureError.
    """
    today = now.date()
    if campaign.repeat in rhythm.REPEATS:
        campaign = replace(campaign, until=rhythm.period_of(campaign.repeat, campaign.since)[1])
    procedure = queries.named(campaign.procedure, "", now)
    ordering.check(procedure, campaign, today)
    ordering.may(actor, campaign)
    with work(actor) as w:
        claim = once(w, actor=actor, key=key, body=_body(campaign)) if key else None
        if claim is not None and claim.again:
            return queries.campaign(claim.ref["campaign"])
        row = _row(actor, campaign, procedure, now)
        row.save(force_insert=True)
        row.series = row.pk
        row.save(update_fields=["series"])
        _note(w, row, "made", now)
        if claim is not None:
            claim.keep(201, {"campaign": row.pk})
    return view(row)


def _body(campaign: NewCampaign) -> dict[str, Any]:
    """What makes two orders the same."""
    days = {"since": campaign.since.isoformat(), "until": campaign.until.isoformat()}
    return {**asdict(campaign), **days}


def renew_campaigns(now: datetime) -> list[CampaignView]:
    """The next period of each repeated campaign whose last one is over; safe to repeat and in parallel."""
    today = now.date()
    later = Campaign.objects.filter(series=OuterRef("series"), no__gt=OuterRef("no"))
    last = Campaign.objects.filter(until__lt=today).exclude(repeat="").exclude(state=CLOSED)
    return [new for row in last.exclude(Exists(later)) for new in _renewed(row, today, now)]


def _renewed(row: Campaign, today: date, now: datetime) -> list[CampaignView]:
    since, until = rhythm.next_period(row.repeat, row.until, today)
    new = Campaign.objects.get(pk=row.pk)
    new.pk, new.no, new.since, new.until, new.made_at = None, row.no + 1, since, until, now
    new.state, new.targets, new.opened_at, new.closed_at = PLANNED, None, None, None
    try:
        with work(SYSTEM) as w:
            new.save(force_insert=True)
            _note(w, new, "renewed", now)
    except IntegrityError:  # another worker was faster
        return []
    return [view(new)]


def begin_opening(*, campaign: int, targets: int, now: datetime) -> CampaignView:
    """The opening begins, or goes on after it broke off. Errors: UnknownCampaignError, CampaignStateError."""
    with work(SYSTEM) as w:
        row = _locked(campaign)
        if row.state == CLOSED:
            raise errors.CampaignStateError(details={"why": "closed"})
        if not row.since <= now.date() <= row.until:
            raise errors.CampaignStateError(details={"why": "not_its_period"})
        if not targets:
            raise errors.CampaignInvalidError(details=ordering.told([("grounds", "no_targets")]))
        if row.state == PLANNED:
            row.state, row.targets = OPENING, targets
            row.save(update_fields=["state", "targets"])
            _note(w, row, "opening", now)
    return view(row)


def end_opening(*, campaign: int, now: datetime) -> CampaignView:
    """Every matter of the campaign is there."""
    with work(SYSTEM) as w:
        row = _locked(campaign)
        if row.state == OPENING:
            row.state, row.opened_at = OPEN, now
            row.save(update_fields=["state", "opened_at"])
            _note(w, row, "opened", now)
    return view(row)


def close_campaign(*, actor: Actor, campaign: int, key: str | None = None, now: datetime) -> CampaignView:
    """No further matter and no further period; what is open goes on. Errors: UnknownCampaignError,
    NotOrderedByYouError."""
    found = queries.campaign(campaign)
    ordering.may(actor, found)
    with work(actor) as w:
        claim = once(w, actor=actor, key=key, body={"close": campaign}) if key else None
        row = _locked(campaign)
        if row.state != CLOSED:
            row.state, row.closed_at = CLOSED, now
            row.save(update_fields=["state", "closed_at"])
            _note(w, row, "closed", now)
        if claim is not None and not claim.again:
            claim.keep(200, {"campaign": campaign})
    return view(row)


def follow_ground(*, change: GroundChange, now: datetime) -> int:
    """Campaigns whose list names ground that ends, past ones too, come to name what became of it: the same
    ground and no more, by the rule of remits. Their matters follow by themselves. How many."""
    after, found = posts.followers(change), 0
    for row in campaign_rows.on_ground(after.heirs):
        named = {each for code in row.grounds for each in _after(after, code)}
        row.grounds = sorted(territory.outermost(named))
        with work(SYSTEM) as w:
            row.save(update_fields=["grounds"])
            _note(w, row, "ground_followed", now)
        found += 1
    return found


def _after(after: Followers, code: str) -> tuple[str, ...]:
    return after.grounds(code) if code in after.heirs else (code,)


def _locked(campaign: int) -> Campaign:
    row = Campaign.objects.select_for_update().filter(pk=campaign).first()
    if row is None:
        raise errors.UnknownCampaignError
    return row


def _row(actor: Actor, given: NewCampaign, procedure: Procedure, now: datetime) -> Campaign:
    return Campaign(
        title_zh=given.title_zh.strip(),
        title_en=given.title_en.strip(),
        procedure=procedure.name,
        version=procedure.version,
        klass=given.klass,
        each=given.each,
        grounds=sorted(set(given.grounds)) if given.each != "unit" else [],
        units=sorted(set(given.units)) if given.each == "unit" else [],
        answers=dict(given.answers),
        since=given.since,
        until=given.until,
        repeat=given.repeat,
        basis=given.basis.strip(),
        account=actor.account,
        unit=actor.unit,
        made_at=now,
    )


def _note(w: Work, row: Campaign, step: str, now: datetime) -> None:
    """One step in the stream of the campaign."""
    data = {
        "procedure": row.procedure,
        "version": row.version,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "targets": row.targets,
    }
    ledger.append(
        w,
        actor=w.actor,
        city=_CITY,
        stream=ledger.stream_of("campaign", row.pk),
        kind="campaign",
        items=[(f"campaign.{step}", data)],
        happened_at=now,
        now=now,
        key=row.pk,
    )
