"""Makes the sample (示例) by the rooms' services only, as an administrator would; again adds nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gantang.kit.actor import SYSTEM
from gantang.posts import queries as posts
from gantang.posts import service
from gantang.sample import ground, people, plan
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
    by the owner only; all others have none. ``small`` is the tests' world: a few villages of both counties.
    """
    tell = _steps(progress, 5)
    territory.seed()
    tell()
    made = not _is_made(now)
    if made:
        with transaction.atomic():
            _make(now=now, small=small, tell=tell)
    if data_dir is not None:
        people.write_sign_ins(data_dir, actor=BUILDER, now=now)
    tell()
    return made


def _make(*, now: datetime, small: bool, tell: Callable[[], None]) -> None:
    extents = ground.SMALL if small else ground.WHOLE
    above, counties = ground.make(actor=BUILDER, extents=extents, since=SINCE, now=now)
    tell()
    classes = _classes()
    drafted = plan.draft(above, counties, DEPARTMENTS, classes)
    made = service.establish(actor=BUILDER, plan=drafted, valid_from=SINCE, now=now)
    tell()
    accounts = people.make_accounts(people.usernames(drafted), actor=BUILDER, now=now)
    holders = [(made.posts[key], account) for key, account in accounts.items()]
    service.appoint_many(actor=BUILDER, holders=holders, valid_from=SINCE, now=now)
    tell()


def _classes() -> frozenset[str]:
    from importlib.util import find_spec

    if find_spec("gantang.catalogue") is None:
        return frozenset({"facility", "dispute"})
    from gantang.catalogue import queries as catalogue

    return frozenset(each.code for each in catalogue.classes())


def _is_made(now: datetime) -> bool:
    return any(unit.name.endswith(plan.MARK) for unit in posts.units("36", on=now.date(), level=1))


def _steps(progress: Progress | None, total: int) -> Callable[[], None]:
    done = iter(range(1, total + 1))

    def tell() -> None:
        if progress is not None:
            progress(next(done, total), total)

    return tell
