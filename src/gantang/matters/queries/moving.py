"""Which open matters changed remits would move, before they are taken: figures only, of what is not
sealed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from gantang import engine
from gantang.engine import Case, Facts, Step
from gantang.kit import scope
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError, GantangError
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.holding import holders_of
from gantang.matters.queries.touched import COUNTING, MOST
from gantang.matters.types import Handed, Rerouted
from gantang.posts import queries as posts
from gantang.posts.types import RemitChange
from gantang.procedures import queries as procedures

#: The duty, the unit that has the work and the one that gets it.
Move = tuple[str, int, int]


def moved_by(actor: Actor, changes: Sequence[RemitChange], *, now: datetime, most: int = MOST) -> Rerouted:
    """How many open matters would go from which unit to which, on the day the first change takes effect.

    Errors: ForbiddenError.
    """
    if not actor.admin:
        raise ForbiddenError
    starts = [one.after.valid_from for one in changes if one.after is not None]
    resolver = posts.proposed(changes, max(min(starts, default=now.date()), now.date()))
    rows = _open(sorted({one.ground for one in changes}), most + 1)
    told: Counter[Move] = Counter()
    moving = tied = 0
    for row in rows[:most]:
        try:
            found = _moves(row, resolver, now)
        except GantangError:
            tied += 1
            continue
        told.update(found)
        moving += bool(found)
    handed = tuple(Handed(*move, count) for move, count in told.most_common())
    return Rerouted(min(len(rows), most), moving, handed, tied, len(rows) > most)


def _open(grounds: Sequence[str], limit: int) -> list[Matter]:
    """Open matters on these grounds, each once."""
    highest = [one for one in grounds if not any(one != two and one.startswith(two) for two in grounds)]
    found: list[Matter] = []
    with reading(COUNTING):
        for ground in highest:
            low, high = scope.bounds(ground)
            rows = Matter.objects.filter(ended_at=None, scope__gte=low, scope__lt=high).order_by(
                "due_at", "id"
            )
            columns = ("city", "id", "scope", "class_code", "procedure_hash", "case")
            found += rows.only(*columns)[: limit - len(found)]
    return found


def _moves(row: Matter, resolver: posts.Resolver, now: datetime) -> list[Move]:
    procedure, case = procedures.by_hash(row.procedure_hash), Case.from_dict(row.case)
    holders = holders_of(procedure, klass=row.class_code, ground=row.scope, now=now, resolver=resolver)
    steps = engine.reroute(procedure, case, Facts(holders=holders), now)
    return [move for step in steps for move in _told(case, step)]


def _told(case: Case, step: Step) -> list[Move]:
    """Where the unit or the post becomes another; that another remit says the same moves nothing."""
    found = ((duty, case.holders[duty], held) for duty, held in step.data["holders"].items())
    return [
        (duty, was.unit, int(held["unit"]))
        for duty, was, held in found
        if (was.unit, was.post) != (held["unit"], held.get("post"))
    ]
