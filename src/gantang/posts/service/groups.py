"""Standing groups by post: the members are posts, and so follow whoever holds them."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gantang.kit.actor import Actor
from gantang.posts import errors
from gantang.posts.book import STAFF
from gantang.posts.models import Group, Membership
from gantang.posts.service import common
from gantang.posts.service.units import found_post, found_unit
from gantang.posts.types import GROUP_KINDS, MEMBER_ROLES, TOPICS


def make_group(
    *,
    actor: Actor,
    name: str,
    kind: str,
    ground: str,
    unit: int,
    basis: str,
    topic: str = "",
    valid_from: date,
    now: datetime,
) -> int:
    """A leading group (领导小组) or a special group (专项组) of a ground; ``unit`` is its office.

    ``topic`` says what a special group is about (``types.TOPICS``). Returns the group's id.
    Errors: OverlapError where the ground has a group of that name.
    """
    common.check_choice(kind, GROUP_KINDS)
    common.check_choice(topic, TOPICS)
    with common.change(actor, STAFF) as w:
        common.check_ground(ground, valid_from)
        found_unit(unit)
        if Group.objects.filter(_until(valid_from), ground=ground, name=name).exists():
            raise errors.OverlapError
        row = Group(
            name=name, kind=kind, topic=topic, ground=ground, unit_id=unit, basis=basis, valid_from=valid_from
        )
        row.save(force_insert=True)
        data = {"kind": kind, "topic": topic, "unit": unit, "from": common.day(valid_from)}
        common.record(w, common.Entry("group", row.pk, ground, "made", data, is_new=True), now)
    return row.pk


def end_group(*, actor: Actor, group: int, valid_to: date, now: datetime) -> None:
    """End a group, and with it every membership."""
    with common.change(actor, STAFF) as w:
        row = _found(group)
        common.check_dates(row.valid_from, valid_to)
        Group.objects.filter(pk=group).update(valid_to=valid_to)
        row.memberships.filter(valid_to=None).update(valid_to=valid_to)
        common.record(w, common.Entry("group", group, row.ground, "ended", {"to": common.day(valid_to)}), now)


def add_member(*, actor: Actor, group: int, post: int, role: str, valid_from: date, now: datetime) -> int:
    """Put a post into a group as head, deputy, member or office. Returns the membership's id.

    Errors: OverlapError when it is in the group already.
    """
    common.check_choice(role, MEMBER_ROLES)
    with common.change(actor, STAFF) as w:
        row, one = _found(group), found_post(post)
        made = Membership(group=row, post=one, role=role, valid_from=valid_from)
        made.save(force_insert=True)
        data = {"post": post, "role": role, "from": common.day(valid_from)}
        common.record(w, common.Entry("group", group, row.ground, "member_added", data), now)
    return made.pk


def end_member(*, actor: Actor, membership: int, valid_to: date, now: datetime) -> None:
    """Take a post out of a group from ``valid_to`` on."""
    with common.change(actor, STAFF) as w:
        row = Membership.objects.select_related("group").filter(pk=membership).first()
        if row is None:
            raise errors.UnknownError(_("小组成员"), membership)
        common.check_dates(row.valid_from, valid_to)
        Membership.objects.filter(pk=membership).update(valid_to=valid_to)
        data = {"post": row.post_id, "to": common.day(valid_to)}
        common.record(w, common.Entry("group", row.group_id, row.group.ground, "member_ended", data), now)


def _until(day: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=day)


def _found(number: int) -> Group:
    row = Group.objects.filter(pk=number).first()
    if row is None:
        raise errors.UnknownError(_("小组"), number)
    return row
