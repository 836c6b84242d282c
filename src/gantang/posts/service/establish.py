"""Many units, posts and remits at once, from a plan: how a county comes in."""

from collections.abc import Mapping
from datetime import date, datetime

from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.posts import book, rules
from gantang.posts.models import Centre, Cooperation, Post, Remit, Stationing, Unit
from gantang.posts.service import common, remits
from gantang.posts.types import Established, NewRemit, Plan

_BATCH = 1000


def establish(*, actor: Actor, plan: Plan, valid_from: date, now: datetime) -> Established:
    """Make everything in a plan, in one transaction, checked as the single functions check it.

    A plan names its own units and posts by keys; parents stand before their children.
    """
    with common.change(actor, book.REMITS, book.STAFF) as w:
        _check(plan, valid_from)
        units = _units(w, actor, plan, valid_from, now)
        posts = _posts(w, actor, plan, units, valid_from, now)
        _centres(w, actor, plan, units, valid_from, now)
        _remits(w, actor, plan, units, posts, valid_from, now)
    return Established(
        {key: row.pk for key, row in units.items()}, {key: row.pk for key, row in posts.items()}
    )


def _check(plan: Plan, on: date) -> None:
    for unit in plan.units:
        common.check_choice(unit.kind, rules.UNIT_KINDS)
    for post in plan.posts:
        common.check_duties(post.duties)
    for stationing in plan.stationings:
        common.check_choice(stationing.way, rules.WAYS)
    common.check_duties({remit.duty for remit in plan.remits})
    for klass in {remit.klass for remit in plan.remits}:
        common.check_class(klass)
    grounds = {unit.ground for unit in plan.units} | {remit.ground for remit in plan.remits}
    common.check_grounds(grounds | {post.ground for post in plan.posts if post.ground}, on)


def _units(w: Work, actor: Actor, plan: Plan, on: date, now: datetime) -> dict[str, Unit]:
    """Level by level, so that a parent has its number before its children are written."""
    made: dict[str, Unit] = {}
    for level in sorted({unit.level for unit in plan.units}):
        for wave in _waves([unit for unit in plan.units if unit.level == level], made):
            rows = {
                unit.key: Unit(
                    name=unit.name,
                    level=unit.level,
                    ground=unit.ground,
                    kind=unit.kind,
                    parent=made[unit.parent] if unit.parent else None,
                    valid_from=on,
                )
                for unit in wave
            }
            Unit.objects.bulk_create(rows.values(), batch_size=_BATCH)
            made |= rows
    for row in made.values():
        data = {
            "level": row.level,
            "ground": row.ground,
            "kind": row.kind,
            "parent": row.parent_id,
            "from": common.day(on),
        }
        common.record(w, actor, "unit", row.pk, row.ground, "made", data, now)
    return made
