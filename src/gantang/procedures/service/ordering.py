"""What a campaign may be, and who may order it."""

from collections.abc import Iterator
from datetime import date, timedelta

from gantang.engine import Procedure
from gantang.engine.run.answers import fits
from gantang.kit.actor import Actor
from gantang.posts import queries as posts
from gantang.posts.errors import UnknownError
from gantang.procedures import errors, rhythm, rules
from gantang.procedures.types import CampaignView, NewCampaign
from gantang.territory import queries as territory

#: Who may order a campaign, on all of its ground.
ORDERING = ("dispatcher", "supervisor", "leader")
LONGEST = timedelta(days=366)


def check(procedure: Procedure, campaign: NewCampaign, today: date) -> None:
    """Errors: CampaignInvalidError, with all faults at once."""
    wrong = list(_faults(procedure, campaign, today))
    if wrong:
        raise errors.CampaignInvalidError(details=told(wrong))


def told(wrong: list[tuple[str, str]]) -> dict[str, object]:
    """The details of the error that names each field."""
    fields = [
        {"field": name, "code": code, "sentence": str(errors.CAMPAIGN_FAULTS[code])} for name, code in wrong
    ]
    return {"fields": fields, "what": " ".join(str(one["sentence"]) for one in fields)}


def _faults(procedure: Procedure, campaign: NewCampaign, today: date) -> Iterator[tuple[str, str]]:
    if not campaign.title_zh.strip() or not campaign.title_en.strip():
        yield "title", "no_title"
    if procedure.campaign is None:
        yield "procedure", "no_campaign"
    elif campaign.each not in procedure.campaign.each:
        yield "each", "unfit_each"
    if not any(rules.serves(pattern, campaign.klass) for pattern in procedure.serves):
        yield "klass", "unknown_class"
    yield from _faults_of_time(campaign, today)
    yield from _faults_of_list(campaign, today)
    yield from _faults_of_answers(procedure, campaign)


def _faults_of_time(campaign: NewCampaign, today: date) -> Iterator[tuple[str, str]]:
    if campaign.repeat and campaign.repeat not in rhythm.REPEATS:
        yield "repeat", "unknown_repeat"
    if not max(campaign.since, today) <= campaign.until <= campaign.since + LONGEST:
        yield "until", "unfit_period"


def _faults_of_list(campaign: NewCampaign, today: date) -> Iterator[tuple[str, str]]:
    by_unit = campaign.each == "unit"
    if not (campaign.units if by_unit else campaign.grounds):
        yield "grounds", "no_list"
    if len(territory.existing(campaign.grounds, today)) < len(set(campaign.grounds)):
        yield "grounds", "unknown_ground"
    if len(posts.unit_names(campaign.units)) < len(set(campaign.units)):
        yield "units", "unknown_unit"


def _faults_of_answers(procedure: Procedure, campaign: NewCampaign) -> Iterator[tuple[str, str]]:
    for name, value in campaign.answers.items():
        field = procedure.form.fields.get(name)
        if field is None or field.kind != "choice" or not fits(field, value):
            yield name, "unfit_answer"
    asked = {within.by for state in procedure.states.values() if (within := state.within) and within.by}
    for name in sorted(asked & set(procedure.form.fields) - set(campaign.answers)):
        yield name, "unfit_answer"


def may(actor: Actor, campaign: NewCampaign | CampaignView) -> None:
    """Errors: NotOrderedByYouError."""
    grounds = [*campaign.grounds, *_grounds_of(campaign.units)]
    if not all(actor.duties(campaign.klass, ground) & set(ORDERING) for ground in grounds):
        raise errors.NotOrderedByYouError


def _grounds_of(units: tuple[int, ...]) -> list[str]:
    try:
        return [posts.unit(number).ground for number in units]
    except UnknownError:
        return []
