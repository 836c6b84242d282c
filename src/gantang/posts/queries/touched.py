"""What a change of ground touches, before it is taken."""

from gantang.posts.models import Post, Remit, Unit
from gantang.posts.queries.listing import in_force
from gantang.posts.types import StaffTouched
from gantang.territory.types import GroundChange


def touched_by(change: GroundChange) -> StaffTouched:
    """How many units, posts and remits stand on ground that a change ends, and so follow it."""
    rows = (Unit.objects, Post.objects, Remit.objects)
    counts = [one.filter(in_force(change.on), ground__in=change.ended).count() for one in rows]
    return StaffTouched(*counts)
