"""Campaigns of rolling screening in the small world."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters import service
from gantang.matters.models import Matter
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Acted
from gantang.procedures import service as procedures
from gantang.procedures.types import CampaignView, NewCampaign
from tests.matters.acting import fresh

if TYPE_CHECKING:
    from tests.world import World


def planned(on: date, *grounds: str, **given: Any) -> NewCampaign:
    """A week of screening, grid by grid, unless it is said otherwise."""
    known: dict[str, Any] = {
        "title_zh": "矛盾纠纷滚动排查（示例）",
        "title_en": "Rolling screening (sample)",
        "procedure": "screening",
        "klass": "screening",
        "each": "grid",
        "since": on,
        "until": on + timedelta(days=6),
        "grounds": grounds,
        "answers": {"rhythm": "weekly"},
    }
    return NewCampaign(**{**known, **given})


def ordered(world: "World", *grounds: str, actor: Actor | None = None, **given: Any) -> CampaignView:
    """A campaign ordered by the county's supervisor."""
    new = planned(world.on, *(grounds or (world.county,)), **given)
    return procedures.create_campaign(actor=actor or world.cast.supervisor, campaign=new, now=clock.now())


def opened(campaign: CampaignView, batch: int = 1000, now: datetime | None = None) -> int:
    """Open it; how many matters were added."""
    moment = now or clock.now()
    steps = list(service.open_campaign(campaign=campaign.id, clock=lambda: moment, batch=batch))
    return steps[-1].added


def matters_of(campaign: CampaignView) -> dict[str, UUID]:
    """The campaign's own matters by ground."""
    with reading(CLOCK):
        rows = Matter.objects.filter(campaign=campaign.id, procedure=campaign.procedure)
        return dict(rows.values_list("scope", "id"))


def by(actor: Actor, matter: UUID, move: str, **answers: Any) -> Acted:
    """A move on a matter."""
    return service.act(actor=actor, matter=matter, move=move, answers=answers, key=fresh(), now=clock.now())
