"""A campaign opens its matters: one for each place or unit of its list, once, in batches of one city.

The list may be long (100,000 grids), so it is a job: each batch is a transaction of its own, and a place that
has its matter is passed over. Killed at any moment and begun again, or run by two at once, it opens each
exactly once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from gantang.engine import Doer
from gantang.engine.model import Words
from gantang.kit import keys, numbers, once, window
from gantang.kit.actor import Actor
from gantang.kit.bulk import bulk
from gantang.matters.service.book import Book, locating
from gantang.matters.service.ground import Place
from gantang.matters.service.opening import Opening, begin_matter
from gantang.matters.types import CampaignProgress
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.procedures import service as campaigns
from gantang.procedures.types import CampaignView
from gantang.territory import queries as territory

BATCH = 1000
CHANNEL = "superior"
#: Levels of territory by what a campaign may open one matter for each of.
LEVELS = {"township": 4, "village": 5}


@dataclass(frozen=True, slots=True)
class Target:
    """What gets a matter: a place, or a unit on its ground."""

    ground: str
    unit: int | None = None

    @property
    def city(self) -> int:
        """The city its matter lives in; the province itself where no city is known."""
        return keys.city_on(self.ground)

    @property
    def key(self) -> str:
        """What makes it one of its campaign."""
        return self.ground if self.unit is None else f"{self.ground}/{self.unit}"


def open_campaign(
    *, campaign: int, clock: Callable[[], datetime], batch: int = BATCH
) -> Iterator[CampaignProgress]:
    """Open what is not open yet, a batch at a time; after each how far it is. What was yielded is committed.

    Errors: UnknownCampaignError, CampaignStateError (closed, or not its period), CampaignInvalidError (an
    empty list).
    """
    found = procedures.campaign(campaign)
    targets = targets_of(found, clock().date())
    begun = campaigns.begin_opening(campaign=campaign, targets=len(targets), now=clock())
    done = added = 0
    for chunk in _chunks(targets, batch):
        added += _open_batch(begun, _not_asked(begun, chunk), clock())
        done += len(chunk)
        yield CampaignProgress(campaign, len(targets), done, added)
    campaigns.end_opening(campaign=campaign, now=clock())


def targets_of(campaign: CampaignView, on: date) -> list[Target]:
    """The list written out, each once, in the order of city and code."""
    if campaign.each == "unit":
        units = [posts.unit(number) for number in campaign.units]
        return sorted((Target(one.ground, one.id) for one in units), key=lambda one: (one.city, one.key))
    codes = {code for ground in campaign.grounds for code in _codes(campaign.each, ground, on)}
    return [Target(code) for code in sorted(codes)]


def _codes(each: str, ground: str, on: date) -> list[str]:
    if each == "grid":
        return [one.code for one in territory.grids(ground, on=on)]
    return [one.prefix for one in territory.within(ground, level=LEVELS[each], on=on)]


def _chunks(targets: Sequence[Target], size: int) -> Iterator[Sequence[Target]]:
    for _city, ours in groupby(targets, key=lambda one: one.city):
        while chunk := list(islice(ours, size)):
            yield chunk


def _not_asked(campaign: CampaignView, targets: Sequence[Target]) -> list[Target]:
    """Those that come from no place that has its matter already: ground may change while an opening waits,
    and what was asked of a grid goes to its heirs without being asked again."""
    before = territory.predecessors({one.ground for one in targets if one.unit is None}, campaign.since)
    old = {code for codes in before.values() for code in codes}
    asked = once.kept(actor=_opener(campaign), keys=old) if old else {}
    return [one for one in targets if asked.keys().isdisjoint(before.get(one.ground, ()))]


def _opener(campaign: CampaignView) -> Actor:
    return Actor(client=f"{once.FOR_A_PERIOD}{campaign.id}")


def _open_batch(campaign: CampaignView, targets: Sequence[Target], now: datetime) -> int:
    """The matters of some places of one city, in one transaction; how many were not there before."""
    if not targets:
        return 0
    actor, book = _opener(campaign), Book(now, locating(now))
    city = targets[0].city
    with window.window(), bulk(actor) as w:  # reference data is asked for once, not for each place
        asked: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
            one.key: ({"campaign": campaign.id, "target": one.key}, {"city": city}) for one in targets
        }
        mine = once.claim_many(actor=actor, asked=asked, status=201, now=now)
        numbers.reserve(city, len(mine))
        for one in targets:
            if one.key in mine:
                opening = _opening(campaign, book, one)
                begun = [book.opened(opening, now)]
                begin_matter(w, opening, keys.mint(city, now), begun, at=now, actor=actor, now=now)
    return len(mine)


def _opening(campaign: CampaignView, book: Book, target: Target) -> Opening:
    place: Place = book.place(target.ground, None)
    answers: dict[str, Any] = dict(campaign.answers)
    if target.unit is not None:
        answers["unit"] = target.unit
    return Opening(
        procedure=book.named(campaign.procedure, place.scope),
        place=place,
        words="",
        channel=CHANNEL,
        people=(),
        doer=Doer(None, campaign.unit, None, frozenset({"dispatcher"})),
        class_code=campaign.klass,
        answers=answers,
        campaign=campaign.id,
        gist=gist_of(campaign.title, campaign.since, campaign.until),
    )


def gist_of(title: Words, since: date, until: date) -> str:
    """What lists show: the campaign's title and its period, nobody's words."""
    return f"{title.zh}（{since:%Y-%m-%d}至{until:%Y-%m-%d}）"


def open_due(*, clock: Callable[[], datetime], batch: int = BATCH) -> int:
    """The worker's turn: new periods of repeated campaigns, then openings that are due; how many matters."""
    campaigns.renew_campaigns(clock())
    added = 0
    for one in procedures.campaigns_due(clock()):
        steps = list(open_campaign(campaign=one.id, clock=clock, batch=batch))
        added += steps[-1].added if steps else 0
    return added
