"""Opening a fund for a unit."""

from datetime import date, datetime

from gantang.engine import Words
from gantang.fund import errors
from gantang.fund.models import Fund
from gantang.fund.service.common import record_fund, today
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.posts import queries as posts
from gantang.posts.types import UnitView

#: A fund is a province's, a city's or a county's.
DEEPEST = 3
_FIRST = date(2000, 1, 1)


def make_fund(*, actor: Actor, unit: int, title: Words, opened_on: date, key: str, now: datetime) -> int:
    """Open the fund of a unit on the actor's own ground; its id. Its first year is that of ``opened_on``.
    The same key is one fund. Errors: NotMakerError, EntryError, UnknownError, KeyReusedError."""
    home = _unit(actor, unit)
    zh, en = title.zh.strip(), title.en.strip()
    if not (0 < len(zh) <= 40 and 0 < len(en) <= 80 and (zh + en).isprintable()):
        raise errors.wrong("name")
    if not _FIRST <= opened_on <= today(now):
        raise errors.wrong("opened")
    body = {"unit": unit, "zh": zh, "en": en, "on": opened_on.isoformat()}
    with work(actor) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return int(claim.ref["fund"])
        if Fund.objects.filter(unit=unit).exists():
            raise errors.wrong("unit", home.name)
        row = Fund(unit=unit, scope=home.ground, zh=zh, en=en, opened_on=opened_on, made_at=now)
        w.add(row)
        w.flush()
        record_fund(w, row, "made", {"unit": unit, "from": opened_on.isoformat()}, now)
        claim.keep(201, {"fund": row.pk})
    return int(row.pk)


def _unit(actor: Actor, unit: int) -> UnitView:
    if not actor.admin or actor.unit is None:
        raise errors.NotMakerError
    found = posts.unit(unit)
    if not found.ground.startswith(posts.unit(actor.unit).ground):
        raise errors.NotMakerError
    if found.level > DEEPEST or found.valid_to is not None:
        raise errors.wrong("unit", found.name)
    return found
