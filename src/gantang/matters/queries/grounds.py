"""What a change of ground would take along, before it is taken: figures only, of what is not sealed."""

from functools import reduce
from operator import or_

from django.db.models import Q

from gantang.engine import Case
from gantang.kit import scope
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.touched import COUNTING
from gantang.matters.rules import doubled as rule
from gantang.matters.types import GroundTouched
from gantang.procedures import queries as procedures
from gantang.territory.types import GroundChange

#: So many are counted; more would let the page wait.
MOST = 100_000


def touched_by_ground(actor: Actor, change: GroundChange, *, most: int = MOST) -> GroundTouched:
    """How many open matters lie on ground that changes, and how many of them have no point, so that they go
    to the successor that the change names. Errors: ForbiddenError."""
    if not actor.admin:
        raise ForbiddenError
    with reading(COUNTING):
        rows = Matter.objects.filter(_below(change.roots), ended_at=None)
        found = rows[: most + 1].count()
        without = rows.filter(lon=None)[:most].count()
        doubled = _doubled(change)
    return GroundTouched(min(found, most), without, found > most, doubled)


def _doubled(change: GroundChange) -> int:
    """How many open matters of campaigns would go into another one, since their grids become one."""
    heirs = {line.old: line.new for line in change.successions if line.heir and line.new}
    grounds = {ground for old, new in heirs.items() if old != new for ground in (old, new)}
    rows = Matter.objects.filter(scope__in=grounds, campaign__isnull=False, ended_at=None)
    found = []
    for matter, campaign, ground, plain in rows.values_list("id", "campaign", "scope", "case"):
        case = Case.from_dict(plain)
        if rule.can_merge(procedures.by_hash(case.hash)):
            found.append(rule.asked(matter, campaign, heirs.get(ground, ground), case))
    return len(rule.pairs(found))


def _below(roots: tuple[str, ...]) -> Q:
    bounds = [scope.bounds(root) for root in roots]
    return reduce(or_, (Q(scope__gte=low, scope__lt=high) for low, high in bounds), Q(pk__in=[]))
