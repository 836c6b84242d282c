"""A matter that a move names as known already: both are tied, nothing is opened."""

from uuid import UUID

from gantang.kit.work import Work
from gantang.matters.errors import LinkInvalidError
from gantang.matters.models import Link
from gantang.matters.service import record
from gantang.matters.service.links import pair
from gantang.matters.service.taking import Taken, take

#: What the other is to the one that names it, and the other way round.
KNOWN, NOTICED = "known", "noticed"


def tie(w: Work, taken: Taken, other: UUID) -> None:
    """Tie a matter to the one in sight that it names; once. Errors: LinkInvalidError, MatterNotFoundError."""
    row, now = taken.row, taken.now
    if other == row.id:
        raise LinkInvalidError
    w.name([other])
    target = take(taken.actor, other, now=now).row
    if Link.objects.filter(city=row.city, matter_id=row.id, kind=KNOWN, other_id=other).exists():
        return
    pair(w, row, target, kinds=(KNOWN, NOTICED), now=now)
    said = {"at": now.isoformat(), "kind": NOTICED, "city": row.city, "matter": str(row.id)}
    record.record(w, target, [("linked", said)], actor=taken.actor, now=now)
