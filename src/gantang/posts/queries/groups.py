"""Standing groups, and who is in them through which post."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gantang.posts import book as kept
from gantang.posts.errors import UnknownError
from gantang.posts.models import Group, Membership
from gantang.posts.queries.listing import in_force
from gantang.posts.types import GroupView, MemberView


def groups(ground: str = "", *, on: date) -> list[GroupView]:
    """The groups of a ground and below it on a day."""
    rows = Group.objects.filter(in_force(on), ground__startswith=ground).order_by("ground", "pk")
    return [_view(row) for row in rows]


def group(number: int, *, on: date) -> GroupView:
    """One group on a day. Errors: UnknownError where there is none, or none any more."""
    row = Group.objects.filter(in_force(on), pk=number).first()
    if row is None:
        raise UnknownError(_("小组"), number)
    return _view(row)


def _view(r: Group) -> GroupView:
    return GroupView(r.pk, r.name, r.kind, r.topic, r.ground, r.unit_id, r.basis, r.valid_from, r.valid_to)


def members(group: int, *, on: date) -> list[MemberView]:
    """The posts in a group on a day, heads first, each with whoever holds it then."""
    rows = Membership.objects.filter(in_force(on), group_id=group).select_related("post")
    order = {"head": 0, "deputy": 1, "member": 2, "office": 3}
    book = kept.opened()
    book.fetch(row.post.unit_id for row in rows)
    found = []
    for row in sorted(rows, key=lambda row: (order[row.role], row.pk)):
        staffed = book.staffed(row.post_id, on)
        holder = staffed.holder(on) if staffed else None
        found.append(
            MemberView(
                row.pk,
                kept.post_view(row.post),
                row.role,
                holder.account if holder else None,
                bool(holder and holder.acting),
            )
        )
    return found
