"""Many units, posts and remits at once, from a plan: how a county comes in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gantang.kit.actor import Actor
from gantang.posts import book, errors, rules
from gantang.posts.models import Centre, Function, Post, Remit, Stationing, Unit
from gantang.posts.service import common, news, remits
from gantang.posts.types import FUNCTIONS, Established, NewUnit, Plan

_BATCH = 1000


def establish(*, actor: Actor, plan: Plan, valid_from: date, now: datetime) -> Established:
    """Make everything in a plan, in one transaction, checked as the single functions check it.

    A plan names its own units and posts by keys. Errors: as the single functions'.
    """
    with common.change(actor, book.REMITS, book.STAFF) as w:
        _check(plan, valid_from)
        anybody = Remit.objects.exists()  # where nobody answered before, nobody holds work that could move
        entries: list[common.Entry] = []
        units = _units(plan, valid_from, entries)
        posts = _posts(plan, units, valid_from, entries)
        _centres(plan, units, valid_from, entries)
        _remits(plan, units, posts, valid_from, entries)
        common.record_many(actor, entries, now)
        if anybody:
            news.remits_changed(w, [(remit.ground, valid_from) for remit in plan.remits], now)
    return Established(
        {key: row.pk for key, row in units.items()}, {key: row.pk for key, row in posts.items()}
    )


def _check(plan: Plan, on: date) -> None:
    for unit in plan.units:
        common.check_choice(unit.kind, rules.UNIT_KINDS)
    for post in plan.posts:
        common.check_duties(post.duties)
        common.check_role(post.role, post.tasks)
    for stationing in plan.stationings:
        common.check_choice(stationing.way, rules.WAYS)
    common.check_duties({remit.duty for remit in plan.remits})
    for klass in {remit.klass for remit in plan.remits}:
        common.check_class(klass)
    grounds = {unit.ground for unit in plan.units} | {remit.ground for remit in plan.remits}
    common.check_grounds(grounds | {post.ground for post in plan.posts if post.ground}, on)


def _units(plan: Plan, on: date, entries: list[common.Entry]) -> dict[str, Unit]:
    """Parents before children, so that a parent has its number when its children are written."""
    made: dict[str, Unit] = {}
    for wave in _waves(plan.units):
        rows = {each.key: _unit(each, made, on) for each in wave}
        Unit.objects.bulk_create(rows.values(), batch_size=_BATCH)
        made |= rows
    for row in made.values():
        data = {"level": row.level, "ground": row.ground, "kind": row.kind, "parent": row.parent_id}
        entries.append(
            common.Entry("unit", row.pk, row.ground, "made", data | {"from": common.day(on)}, is_new=True)
        )
    return made


def _waves(units: Sequence[NewUnit]) -> list[list[NewUnit]]:
    """Units whose parents came in an earlier wave. Errors: UnknownError for a parent that is not planned."""
    waves: list[list[NewUnit]] = []
    waiting, placed = list(units), set[str | None]({None})
    while waiting:
        wave = [unit for unit in waiting if unit.parent in placed]
        if not wave:
            raise errors.UnknownError(_("单位"), waiting[0].parent)
        waves.append(wave)
        placed |= {unit.key for unit in wave}
        waiting = [unit for unit in waiting if unit.key not in placed]
    return waves


def _unit(new: NewUnit, made: Mapping[str, Unit], on: date) -> Unit:
    parent = made[new.parent] if new.parent else None
    return Unit(
        name=new.name, level=new.level, ground=new.ground, kind=new.kind, parent=parent, valid_from=on
    )


def _posts(plan: Plan, units: Mapping[str, Unit], on: date, entries: list[common.Entry]) -> dict[str, Post]:
    made: dict[str, Post] = {}
    for new in plan.posts:
        if new.ground and not new.ground.startswith(units[new.unit].ground):
            raise errors.wrong_ground(new.ground)
        made[new.key] = Post(
            unit=units[new.unit],
            title=new.title,
            duties=sorted(new.duties),
            ground=new.ground,
            admin=new.admin,
            role=new.role,
            tasks=sorted(new.tasks),
            valid_from=on,
        )
    Post.objects.bulk_create(made.values(), batch_size=_BATCH)
    for row in made.values():
        data = {"unit": row.unit_id, "duties": row.duties, "ground": row.ground, "admin": row.admin}
        data |= {"role": row.role, "tasks": row.tasks}
        entries.append(
            common.Entry(
                "post", row.pk, row.unit.ground, "made", data | {"from": common.day(on)}, is_new=True
            )
        )
    return made


def _centres(plan: Plan, units: Mapping[str, Unit], on: date, entries: list[common.Entry]) -> None:
    for key in plan.centres:
        common.check_choice(units[key].kind, ("centre",))
        entries.append(
            common.Entry("unit", units[key].pk, units[key].ground, "centre_opened", {"on": common.day(on)})
        )
    Centre.objects.bulk_create(
        [Centre(unit=units[key], opened_on=on) for key in plan.centres], batch_size=_BATCH
    )
    rows = [
        Stationing(centre_id=units[new.centre].pk, unit=units[new.unit], way=new.way, valid_from=on)
        for new in plan.stationings
    ]
    Stationing.objects.bulk_create(rows, batch_size=_BATCH)
    for row in rows:
        data = {"centre": row.centre_id, "way": row.way, "from": common.day(on)}
        entries.append(common.Entry("unit", row.unit_id, row.unit.ground, "stationed", data))
    _functions(plan, units, on, entries)


def _functions(plan: Plan, units: Mapping[str, Unit], on: date, entries: list[common.Entry]) -> None:
    for new in plan.functions:
        common.check_choice(new.function, FUNCTIONS)
    rows = [
        Function(centre_id=units[new.centre].pk, function=new.function, unit=units[new.unit], valid_from=on)
        for new in plan.functions
    ]
    Function.objects.bulk_create(rows, batch_size=_BATCH)
    grounds = {unit.pk: unit.ground for unit in units.values()}
    for row in rows:
        data = {"function": row.function, "unit": row.unit_id, "from": common.day(on), "to": None}
        ground = grounds[row.centre_id]
        entries.append(common.Entry("unit", row.centre_id, ground, "function_filled", data))


def _remits(
    plan: Plan,
    units: Mapping[str, Unit],
    posts: Mapping[str, Post],
    on: date,
    entries: list[common.Entry],
) -> None:
    """One by one: each is compared with what is there, and ties are rare enough to be told one at a time."""
    for new in plan.remits:
        row = Remit(
            klass=new.klass,
            ground=new.ground,
            duty=new.duty,
            unit=units[new.unit],
            leader=posts[new.leader] if new.leader else None,
            basis=new.basis,
            valid_from=on,
        )
        remits.refuse_tie(row)
        row.save(force_insert=True)
        cooperating = [units[key].pk for key in new.cooperating]
        remits.cooperate(row, cooperating)
        data = remits.as_data(row, cooperating)
        entries.append(common.Entry("remit", row.pk, row.ground, "set", data, is_new=True))
