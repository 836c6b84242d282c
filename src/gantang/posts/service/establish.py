"""Many units, posts, remits and holders at once, from a plan: how a county comes in.

Keys are reserved first, so that rows can name each other before they are written, and leave by COPY.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gantang.kit.actor import Actor
from gantang.kit.copy import copy_in, reserve
from gantang.posts import book, errors, rules
from gantang.posts.models import Appointment, Centre, Cooperation, Function, Post, Remit, Stationing, Unit
from gantang.posts.service import appointments, common, news, remits
from gantang.posts.types import FUNCTIONS, Established, NewRemit, NewUnit, Plan


def establish(
    *,
    actor: Actor,
    plan: Plan,
    holders: Mapping[str, int] | None = None,
    valid_from: date,
    now: datetime,
    tell: bool = True,
) -> Established:
    """Make everything in a plan, in one transaction, checked as the single functions check it.

    A plan names its own units and posts by keys; ``holders`` are accounts by the keys of the posts that they
    get. ``tell=False``: there is no matter yet that could move, so no word of it leaves. Errors: as the
    single functions'.
    """
    with common.change(actor, book.REMITS, book.STAFF) as w:
        _check(plan, valid_from)
        anybody = tell and Remit.objects.exists()  # where nobody answered, nobody holds work to move
        entries: list[common.Entry] = []
        units = _units(plan, valid_from, entries)
        posts = _posts(plan, units, valid_from, entries)
        _centres(plan, units, valid_from, entries)
        _remits(plan, units, posts, valid_from, entries)
        _holders(holders or {}, posts, units, valid_from, entries)
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
    numbers = dict(zip((new.key for new in plan.units), reserve(Unit, len(plan.units)), strict=True))
    for wave in _waves(plan):
        made |= {each.key: _unit(each, numbers, plan.standing, on) for each in wave}
        copy_in(Unit, (made[each.key] for each in wave), keyed=True)
    for row in made.values():
        data = {"level": row.level, "ground": row.ground, "kind": row.kind, "parent": row.parent_id}
        entries.append(
            common.Entry("unit", row.pk, row.ground, "made", data | {"from": common.day(on)}, is_new=True)
        )
    return made


def _waves(plan: Plan) -> list[list[NewUnit]]:
    """Units whose parents came in an earlier wave. Errors: UnknownError for a parent that is not planned."""
    waves: list[list[NewUnit]] = []
    waiting, placed = list(plan.units), {None, *plan.standing}
    while waiting:
        wave = [unit for unit in waiting if unit.parent in placed]
        if not wave:
            raise errors.UnknownError(_("单位"), waiting[0].parent)
        waves.append(wave)
        placed |= {unit.key for unit in wave}
        waiting = [unit for unit in waiting if unit.key not in placed]
    return waves


def _unit(new: NewUnit, numbers: Mapping[str, int], standing: Mapping[str, int], on: date) -> Unit:
    parent = numbers.get(new.parent) or standing[new.parent] if new.parent else None
    return Unit(
        pk=numbers[new.key],
        name=new.name,
        level=new.level,
        ground=new.ground,
        kind=new.kind,
        parent_id=parent,
        valid_from=on,
    )


def _posts(plan: Plan, units: Mapping[str, Unit], on: date, entries: list[common.Entry]) -> dict[str, Post]:
    made: dict[str, Post] = {}
    for new, number in zip(plan.posts, reserve(Post, len(plan.posts)), strict=True):
        if new.ground and not new.ground.startswith(units[new.unit].ground):
            raise errors.wrong_ground(new.ground)
        made[new.key] = Post(
            pk=number,
            unit=units[new.unit],
            title=new.title,
            duties=sorted(new.duties),
            ground=new.ground,
            admin=new.admin,
            role=new.role,
            tasks=sorted(new.tasks),
            valid_from=on,
        )
    copy_in(Post, made.values(), keyed=True)
    for row in made.values():
        data = {"unit": row.unit_id, "duties": row.duties, "ground": row.ground, "admin": row.admin}
        data |= {"role": row.role, "tasks": row.tasks, "from": common.day(on)}
        entries.append(common.Entry("post", row.pk, row.unit.ground, "made", data, is_new=True))
    return made


def _centres(plan: Plan, units: Mapping[str, Unit], on: date, entries: list[common.Entry]) -> None:
    for key in plan.centres:
        common.check_choice(units[key].kind, ("centre",))
        entries.append(
            common.Entry("unit", units[key].pk, units[key].ground, "centre_opened", {"on": common.day(on)})
        )
    copy_in(Centre, [Centre(unit=units[key], opened_on=on) for key in plan.centres])
    rows = [
        Stationing(centre_id=units[new.centre].pk, unit=units[new.unit], way=new.way, valid_from=on)
        for new in plan.stationings
    ]
    copy_in(Stationing, rows)
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
    copy_in(Function, rows)
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
    """All are compared with what is there, and with each other, before any is written."""
    rows = [
        _remit(new, number, units, posts, on)
        for new, number in zip(plan.remits, reserve(Remit, len(plan.remits)), strict=True)
    ]
    _refuse_ties(rows)
    copy_in(Remit, rows, keyed=True)
    helpers = [tuple(dict.fromkeys(units[key].pk for key in new.cooperating)) for new in plan.remits]
    both = list(zip(rows, helpers, strict=True))
    copy_in(Cooperation, [Cooperation(remit=row, unit_id=unit) for row, some in both for unit in some])
    for row, some in both:
        data = remits.as_data(row, some)
        entries.append(common.Entry("remit", row.pk, row.ground, "set", data, is_new=True))


def _remit(
    new: NewRemit, number: int, units: Mapping[str, Unit], posts: Mapping[str, Post], on: date
) -> Remit:
    return Remit(
        pk=number,
        klass=new.klass,
        ground=new.ground,
        duty=new.duty,
        unit=units[new.unit],
        leader=posts[new.leader] if new.leader else None,
        basis=new.basis,
        valid_from=on,
    )


def _refuse_ties(rows: Sequence[Remit]) -> None:
    """Errors: TakenRemitError, naming both."""
    if not rows:
        return
    open_then = Q(valid_to=None) | Q(valid_to__gt=rows[0].valid_from)
    there = Remit.objects.filter(open_then, ground__in={row.ground for row in rows})
    taken = {(row.klass, row.ground, row.duty): row for row in there}
    for row in rows:
        other = taken.setdefault((row.klass, row.ground, row.duty), row)
        if other is not row:
            raise errors.TakenRemitError(book.remit_view(other, ()), book.remit_view(row, ()))


def _holders(
    holders: Mapping[str, int],
    posts: Mapping[str, Post],
    units: Mapping[str, Unit],
    on: date,
    entries: list[common.Entry],
) -> None:
    """Who gets which of the new posts, recorded in their streams while these are being opened."""
    rows = [
        Appointment(pk=number, post=posts[key], account=account, valid_from=on)
        for (key, account), number in zip(holders.items(), reserve(Appointment, len(holders)), strict=True)
    ]
    copy_in(Appointment, rows, keyed=True)
    entries += [appointments.entry(row, row.post.unit.ground) for row in rows]
