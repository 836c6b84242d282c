"""A shift as it is read from its tables and handed out."""

from django.db.models import Count, Q, QuerySet

from gantang.patrol.models import Concern, Shift
from gantang.patrol.types import ShiftView


def whole_of(rows: "QuerySet[Shift]") -> "QuerySet[Shift]":
    """With crew and how many decisions wait, in one look."""
    waiting = Count("concerns", filter=Q(concerns__state=Concern.OPEN), distinct=True)
    return rows.annotate(waiting=waiting).prefetch_related("crew")


def shift_of(one: Shift) -> ShiftView:
    """As the room hands it out; ``one`` read by ``whole_of``."""
    crew = tuple(sorted((each.post, each.unit) for each in one.crew.all()))
    return ShiftView(
        one.id,
        one.ground,
        one.point_id,
        one.kind,
        one.starts_at,
        one.ends_at,
        one.vessel_id,
        one.route_id,
        one.state,
        crew,
        int(getattr(one, "waiting", 0)),
        tuple(one.found),
    )
