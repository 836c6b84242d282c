"""What a change of ground would take along, before it is taken."""

from django.db.models import Q

from gantang.posts.models import Post, Remit, Unit
from gantang.posts.types import StaffTouched
from gantang.territory.types import GroundChange


def touched_by(change: GroundChange) -> StaffTouched:
    """How many units, posts and remits stand on ground that a change ends, and so follow it."""
    on = Q(valid_to=None) | Q(valid_to__gt=change.on)
    rows = (Unit.objects, Post.objects, Remit.objects)
    counts = [one.filter(on, ground__in=change.ended).count() for one in rows]
    return StaffTouched(*counts)
