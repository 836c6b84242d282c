"""Makes the sample (示例) by the rooms' services only, as an administrator would; again adds nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from gantang.catalogue import queries as classes
from gantang.catalogue import service as catalogue
from gantang.identity import service as identity
from gantang.kit.actor import SYSTEM
from gantang.posts import queries as posts
from gantang.posts import service
from gantang.posts.types import Plan
from gantang.sample import (
    campaigns,
    care,
    disputes,
    duties,
    facilities,
    fund,
    ground,
    joint,
    learning,
    months,
    patrol,
    peacemakers,
    people,
    plan,
    reception,
    requests,
    services,
    stability,
    staffing,
    tips,
    villages,
)
from gantang.sample.departments import DEPARTMENTS, SERVICES
from gantang.sample.ground import Choice, Extent, Layout
from gantang.territory import service as territory

Progress = Callable[[int, int], None]
#: Opens a bar with a title, for one stage of the work.
Bars = Callable[[str], AbstractContextManager[Progress]]

BUILDER = replace(SYSTEM, admin=True)
SINCE = date(2024, 1, 1)
#: Each makes its matters once, by the rooms' services; in their order.
STORIES: tuple[Callable[..., bool], ...] = (
    months.make,
    campaigns.make,
    requests.make,
    disputes.make,
    services.make,
    duties.make,
    partial(stability.make, builder=BUILDER),
    joint.make,
    villages.make,
    partial(peacemakers.make, builder=BUILDER),
    care.make,
    partial(facilities.make, builder=BUILDER),
    partial(reception.make, builder=BUILDER),
    staffing.make,
    learning.make,
    partial(patrol.make, builder=BUILDER),
    fund.make,
)
STAGES = (
    "示例：区划与目录 … sample: divisions",
    "示例：网格、单位、岗位、账号 … sample: counties",
    "示例：事项 … sample: matters",
)


@contextmanager
def _silent(title: str) -> Iterator[Progress]:
    yield lambda done, total: None


def make(
    *,
    data_dir: Path | None,
    bars: Bars = _silent,
    now: datetime,
    small: bool = False,
    province: bool = False,
) -> bool:
    """Make ground, units, posts, remits and accounts; say whether anything was made.

    With ``data_dir`` some accounts get random passwords, written to ``sample-sign-ins.json`` there, readable
    by the owner only; all others have none. The passphrases of two of them, who hold the county's box for
    protected tips, and the receipt of a tip stand beside them. ``small`` is the tests' world: a few villages
    of both counties. ``province``: every county, not only two; what is there already stays as it is.
    """
    with bars(STAGES[0]) as progress:
        territory.seed()
        progress(1, 2)
        catalogue.seed(now=now)
        progress(2, 2)
    extents = ground.SMALL if small else ground.province(SINCE) if province else ground.WHOLE
    made = make_counties(extents, bars=bars, now=now)
    if data_dir is None:
        return made
    with bars(STAGES[2]) as progress:
        return _make_matters(data_dir, progress, small=small, now=now) or made


def make_counties(extents: Mapping[str, Extent], *, bars: Bars = _silent, now: datetime) -> bool:
    """Counties that are not there yet, each whole in one transaction; say whether any was made.

    A run that was stopped goes on with the next county; each has the same ground, whatever comes with it.
    """
    standing = _standing(now)
    missing = [county for county in extents if county not in standing]
    if not missing:
        return False
    maker = _Maker(standing, now)
    maker.above(missing)
    with bars(STAGES[1]) as progress:
        for done, county in enumerate(missing, 1):
            maker.county(ground.choose(county, extents[county], SINCE))
            progress(done, len(missing))
    return True


def make_tip(data_dir: Path, *, now: datetime) -> bool:
    """Let the county receive protected tips and tell it one, unless it does; say whether anything was made.

    The passphrases are in the file before they are set, so that no stop on the way can lose them.
    """
    words, new = people.passphrases(data_dir, tips.HOLDERS, fresh=tips.passphrase)
    receipt = tips.make(words, builder=BUILDER, anew=new, now=now)
    if receipt is not None:
        people.write_receipt(data_dir, receipt)
    return receipt is not None


def make_stories(*, now: datetime) -> bool:
    """What the posts of the first county would have done, story by story; say whether any was told now."""
    made = [tell(now=now) for tell in STORIES]
    return any(made)


def _make_matters(data_dir: Path, progress: Progress, *, small: bool, now: datetime) -> bool:
    """The sign-ins, and in the first county what its posts would have done."""
    made = not small and make_stories(now=now)
    progress(2, 4)
    people.write_sign_ins(data_dir, actor=BUILDER, now=now)
    progress(3, 4)
    if not small:
        made = make_tip(data_dir, now=now) or made
    progress(4, 4)
    return made


def _standing(now: datetime) -> dict[str, int]:
    """The sample's centres of province, cities and counties, by ground."""
    return {
        unit.ground: unit.id
        for level in (1, 2, 3)
        for unit in posts.units(ground.PROVINCE, on=now.date(), level=level)
        if unit.kind == "centre" and unit.name.endswith(plan.MARK)
    }


class _Maker:
    """Makes one county after the other. ``standing`` are the centres' units by ground."""

    def __init__(self, standing: dict[str, int], now: datetime) -> None:
        self._standing, self._now = standing, now
        self._is_first = not standing  # then there is no matter that could move
        self._layout, self._classes = Layout(SINCE), frozenset(each.code for each in classes.classes())

    def above(self, counties: Sequence[str]) -> None:
        """The province and the cities, where they are missing."""
        places = [place for place in ground.above(counties) if place.prefix not in self._standing]
        if places:
            self._standing |= self._establish(plan.draft_above(places, self._standing))

    def county(self, choice: Choice) -> None:
        """Grids, units, posts, remits and accounts, or nothing."""
        with transaction.atomic():
            grids = list(self._layout.grids(choice))
            codes = territory.make_grids(actor=BUILDER, grids=grids, valid_from=SINCE, now=self._now)
            by_village: dict[str, list[str]] = {}
            for code in sorted(codes):
                by_village.setdefault(code[:12], []).append(code)
            made = plan.CountyGround(choice.county, choice.townships, choice.villages, by_village)
            self._establish(plan.draft(made, DEPARTMENTS, self._classes, self._standing, SERVICES))

    def _establish(self, drafted: Plan) -> dict[str, int]:
        """Units, posts and remits with an account for every post; the units by key."""
        names = people.usernames(drafted)
        with transaction.atomic():
            accounts = identity.make_accounts(actor=BUILDER, usernames=list(names.values()), now=self._now)
            holders = dict(zip(names, accounts, strict=True))
            made = service.establish(
                actor=BUILDER,
                plan=drafted,
                holders=holders,
                valid_from=SINCE,
                now=self._now,
                tell=not self._is_first,
            )
        return made.units
