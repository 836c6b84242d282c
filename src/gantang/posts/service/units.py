"""Units, centres, who is stationed there, and posts."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gantang.kit.actor import Actor
from gantang.posts import errors, rules
from gantang.posts.book import STAFF
from gantang.posts.models import Centre, Function, Post, Stationing, Unit
from gantang.posts.service import common
from gantang.posts.types import FUNCTIONS


def make_unit(
    *,
    actor: Actor,
    name: str,
    level: int,
    ground: str,
    kind: str,
    parent: int | None = None,
    valid_from: date,
    now: datetime,
) -> int:
    """A unit that works on a ground: ``level`` 1 (province) to 5 (village). Returns its id."""
    common.check_choice(kind, rules.UNIT_KINDS)
    with common.change(actor, STAFF) as w:
        common.check_ground(ground, valid_from)
        row = Unit(name=name, level=level, ground=ground, kind=kind, parent_id=parent, valid_from=valid_from)
        row.save(force_insert=True)
        data = {
            "level": level,
            "ground": ground,
            "kind": kind,
            "parent": parent,
            "from": common.day(valid_from),
        }
        common.record(w, common.Entry("unit", row.pk, ground, "made", data, is_new=True), now)
    return row.pk


def end_unit(*, actor: Actor, unit: int, valid_to: date, now: datetime) -> None:
    """End a unit. Its posts and remits must have ended by then."""
    with common.change(actor, STAFF) as w:
        row = found_unit(unit)
        common.check_dates(row.valid_from, valid_to)
        if any(rows.filter(valid_to=None).exists() for rows in (row.posts, row.remits)):
            raise errors.still_busy(row.name)
        Unit.objects.filter(pk=unit).update(valid_to=valid_to)
        common.record(w, common.Entry("unit", unit, row.ground, "ended", {"to": common.day(valid_to)}), now)


def open_centre(*, actor: Actor, unit: int, opened_on: date, now: datetime) -> int:
    """Make a unit of kind ``centre`` a governance centre. Returns the centre's id, which is the unit's."""
    with common.change(actor, STAFF) as w:
        row = found_unit(unit)
        common.check_choice(row.kind, ("centre",))
        Centre(unit_id=unit, opened_on=opened_on).save(force_insert=True)
        common.record(
            w, common.Entry("unit", unit, row.ground, "centre_opened", {"on": common.day(opened_on)}), now
        )
    return unit


def station(
    *,
    actor: Actor,
    centre: int,
    unit: int,
    way: str,
    valid_from: date,
    valid_to: date | None = None,
    now: datetime,
) -> int:
    """Give a unit a place in a centre: resident (常驻), rotating (轮驻) or on_call (随驻)."""
    common.check_choice(way, rules.WAYS)
    common.check_dates(valid_from, valid_to)
    with common.change(actor, STAFF) as w:
        if not Centre.objects.filter(pk=centre).exists():
            raise errors.UnknownError(_("中心"), centre)
        ground = found_unit(unit).ground
        row = Stationing(centre_id=centre, unit_id=unit, way=way, valid_from=valid_from, valid_to=valid_to)
        row.save(force_insert=True)
        data = {"centre": centre, "way": way, "from": common.day(valid_from), "to": common.day(valid_to)}
        common.record(w, common.Entry("unit", unit, ground, "stationed", data), now)
    return row.pk


def fill_function(
    *,
    actor: Actor,
    centre: int,
    function: str,
    unit: int,
    valid_from: date,
    valid_to: date | None = None,
    now: datetime,
) -> int:
    """Say which unit fills one of a centre's five functions (``types.FUNCTIONS``); several may share one."""
    common.check_choice(function, FUNCTIONS)
    common.check_dates(valid_from, valid_to)
    with common.change(actor, STAFF) as w:
        if not Centre.objects.filter(pk=centre).exists():
            raise errors.UnknownError(_("中心"), centre)
        ground = found_unit(centre).ground
        found_unit(unit)
        row = Function(
            centre_id=centre, function=function, unit_id=unit, valid_from=valid_from, valid_to=valid_to
        )
        row.save(force_insert=True)
        data = {
            "function": function,
            "unit": unit,
            "from": common.day(valid_from),
            "to": common.day(valid_to),
        }
        common.record(w, common.Entry("unit", centre, ground, "function_filled", data), now)
    return row.pk


def end_function(
    *, actor: Actor, centre: int, function: str, unit: int, valid_to: date, now: datetime
) -> None:
    """A unit fills a function of a centre no longer. Errors: UnknownError where it does not."""
    with common.change(actor, STAFF) as w:
        rows = Function.objects.filter(centre=centre, function=function, unit=unit, valid_to=None)
        row = rows.select_related("centre__unit").first()
        if row is None:
            raise errors.UnknownError(_("中心功能"), function)
        common.check_dates(row.valid_from, valid_to)
        rows.update(valid_to=valid_to)
        data = {"function": function, "unit": unit, "to": common.day(valid_to)}
        ground = row.centre.unit.ground
        common.record(w, common.Entry("unit", centre, ground, "function_ended", data), now)


def make_post(
    *,
    actor: Actor,
    unit: int,
    title: str,
    duties: Collection[str],
    ground: str = "",
    admin: bool = False,
    role: str = "",
    tasks: Collection[str] = (),
    valid_from: date,
    now: datetime,
) -> int:
    """A post of a unit. ``ground`` narrows it to a part of the unit's ground (a grid worker's grid); ``role``
    and ``tasks`` say what it is there (``types.ROLES``, ``types.TASKS``)."""
    common.check_duties(duties)
    common.check_role(role, tasks)
    with common.change(actor, STAFF) as w:
        row = found_unit(unit)
        check_narrowing(row.ground, ground, valid_from)
        made = Post(
            unit_id=unit,
            title=title,
            duties=sorted(duties),
            ground=ground,
            admin=admin,
            role=role,
            tasks=sorted(tasks),
            valid_from=valid_from,
        )
        made.save(force_insert=True)
        data = {
            "unit": unit,
            "duties": made.duties,
            "ground": ground,
            "admin": admin,
            "role": role,
            "tasks": made.tasks,
            "from": common.day(valid_from),
        }
        common.record(w, common.Entry("post", made.pk, row.ground, "made", data, is_new=True), now)
    return made.pk


def end_post(*, actor: Actor, post: int, valid_to: date, now: datetime) -> None:
    """End a post. Nobody may be appointed to it beyond that day."""
    with common.change(actor, STAFF) as w:
        row = found_post(post)
        common.check_dates(row.valid_from, valid_to)
        if row.appointments.filter(valid_to=None).exists():
            raise errors.still_busy(row.title)
        Post.objects.filter(pk=post).update(valid_to=valid_to)
        common.record(
            w, common.Entry("post", post, row.unit.ground, "ended", {"to": common.day(valid_to)}), now
        )


def check_narrowing(unit_ground: str, ground: str, on: date) -> None:
    if ground:
        common.check_ground(ground, on)
        if not ground.startswith(unit_ground):
            raise errors.wrong_ground(ground)


def found_unit(number: int) -> Unit:
    row = Unit.objects.filter(pk=number).first()
    if row is None:
        raise errors.UnknownError(_("单位"), number)
    return row


def found_post(number: int) -> Post:
    row = Post.objects.select_related("unit").filter(pk=number).first()
    if row is None:
        raise errors.UnknownError(_("岗位"), number)
    return row
