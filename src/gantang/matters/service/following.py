"""Following what somebody else reported: a code of one's own that shows public steps and nothing else."""

from datetime import datetime
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters.errors import CodeNotFoundError, MatterNotFoundError
from gantang.matters.models import Matter, Party
from gantang.matters.queries.near import offered
from gantang.matters.rules import near as rules
from gantang.matters.rules.sight import FOLLOWER
from gantang.matters.service import people, record
from gantang.matters.service.people import Entering
from gantang.matters.types import Receipt

#: So many may follow one matter.
MOST = 200


def follow(*, actor: Actor, matter: UUID, key: str, now: datetime) -> Receipt:
    """A code that follows a matter of a public class while it is in work; the same key gives the same code.

    Errors: MatterNotFoundError for whatever is not offered to everybody, ForbiddenError once too many follow.
    """
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"follow": str(matter)})
        if claim.again:
            return _again(matter, int(claim.ref["party"]))
        row = Matter.objects.select_for_update().filter(offered(matter)).first()
        if row is None or not rules.is_open(row.class_code):
            raise MatterNotFoundError
        party = _enter(w, row, actor, now)
        claim.keep(201, {"city": row.city, "matter": str(matter), "party": party.no})
        return _receipt(row, party)


def _enter(w: Work, row: Matter, actor: Actor, now: datetime) -> Party:
    known = Party.objects.filter(city=row.city, matter_id=row.id)
    if known.filter(role=FOLLOWER).count() >= MOST:
        raise ForbiddenError
    no = 1 + max(known.values_list("no", flat=True), default=people.REPORTER)
    entered = people.enter(w, row.city, row.id, Entering(no, FOLLOWER, None, by_hand=True), now, is_new=False)
    people.add(w, entered)
    data = {"at": now.isoformat(), "by": {"unit": None, "post": None}, "people": [entered.data]}
    record.record(w, row, [("party_added", data)], actor=actor, now=now)
    return entered.row


def _again(matter: UUID, no: int) -> Receipt:
    place = {"city": keys.city_of(matter)}
    row = Matter.objects.filter(id=matter, **place).first()
    party = Party.objects.filter(matter_id=matter, no=no, **place).first()
    if row is None or party is None:
        raise CodeNotFoundError
    return _receipt(row, party)


def _receipt(row: Matter, party: Party) -> Receipt:
    return Receipt(
        city=row.city,
        matter=row.id,
        number=row.number,
        access_code=people.code_of(row.id, party),
        due_at=None,
        issue=party.issue,
    )
