"""Makes the sample (示例) by the rooms' services only, as an administrator would; again adds nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gantang.catalogue import service as catalogue
from gantang.kit.actor import SYSTEM
from gantang.posts import queries as posts
from gantang.posts import service
from gantang.sample import campaigns, disputes, facilities, ground, people, plan, tips
from gantang.sample.departments import DEPARTMENTS
from gantang.territory import service as territory

Progress = Callable[[int, int], None]

BUILDER = replace(SYSTEM, admin=True)
SINCE = date(2024, 1, 1)


def make(
    *, data_dir: Path | None, progress: Progress | None = None, now: datetime, small: bool = False
) -> bool:
    """Make ground, units, posts, remits and accounts; say whether anything was made.

    With ``data_dir`` some accounts get random passwords, written to ``sample-sign-ins.json`` there, readable
    by the owner only; all others have none. The passphrases of two of them, who hold the county's box for
    protected tips, and the receipt of a tip stand beside them. ``small`` is the tests' world: a few villages
    of both counties.
    """
    tell = progress or (lambda done, total: None)
    territory.seed()
    catalogue.seed(now=now)
    tell(4, 100)
    made = not _is_made(now)
    if made:
        with transaction.atomic():
            _make(now=now, small=small, tell=tell)
    if data_dir is not None and not small:
        made = campaigns.make(now=now) or made
        made = disputes.make(now=now) or made
        made = facilities.make(builder=BUILDER, now=now) or made
    if data_dir is not None:
        people.write_sign_ins(data_dir, actor=BUILDER, now=now)
    if data_dir is not None and not small:
        made = make_tip(data_dir, now=now) or made
    tell(100, 100)
    return made


def make_tip(data_dir: Path, *, now: datetime) -> bool:
    """Let the county receive protected tips and tell it one, unless it does; say whether anything was made.

    The passphrases are in the file before they are set, so that no stop on the way can lose them.
    """
    words, new = people.passphrases(data_dir, tips.HOLDERS, fresh=tips.passphrase)
    receipt = tips.make(words, builder=BUILDER, anew=new, now=now)
    if receipt is not None:
        people.write_receipt(data_dir, receipt)
    return receipt is not None


def _make(*, now: datetime, small: bool, tell: Progress) -> None:
    extents = ground.SMALL if small else ground.WHOLE
    above, counties = ground.make(actor=BUILDER, extents=extents, since=SINCE, now=now)
    tell(10, 100)
    classes = _classes()
    drafted = plan.draft(above, counties, DEPARTMENTS, classes)
    made = service.establish(actor=BUILDER, plan=drafted, valid_from=SINCE, now=now)
    tell(25, 100)
    names = people.usernames(drafted)
    accounts = people.make_accounts(
        names, actor=BUILDER, progress=lambda done: tell(25 + 50 * done // len(names), 100), now=now
    )
    holders = [(made.posts[key], account) for key, account in accounts.items()]
    service.appoint_many(actor=BUILDER, holders=holders, valid_from=SINCE, now=now)
    tell(85, 100)


def _classes() -> frozenset[str]:
    from importlib.util import find_spec

    if find_spec("gantang.catalogue") is None:
        return frozenset({"facility", "dispute"})
    from gantang.catalogue import queries as catalogue

    return frozenset(each.code for each in catalogue.classes())


def _is_made(now: datetime) -> bool:
    return any(unit.name.endswith(plan.MARK) for unit in posts.units("36", on=now.date(), level=1))
