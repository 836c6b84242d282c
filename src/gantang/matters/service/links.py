"""Links between matters: two rows, one under each end, written together, in the order of (city, id)."""

from datetime import datetime
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters.errors import GateInvalidError, LinkInvalidError
from gantang.matters.models import Link, Matter
from gantang.matters.service import gates, record
from gantang.matters.service.replies import acted_again, acted_of, ref_of
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import Acted

#: What a person may say of two matters; the others follow from moves.
BY_HAND = ("related", "duplicate", gates.GATE)


def link(*, actor: Actor, matter: UUID, other: UUID, kind: str, key: str, now: datetime) -> Acted:
    """Say that two matters in sight have to do with each other; ``gate``: that the other is assessed for this
    one. Errors: LinkInvalidError, GateInvalidError, MatterNotFoundError."""
    try:
        return _change(actor, matter, other, kind, key, now, linking=True)
    except GateInvalidError as refusal:
        gates.note_tie(actor, matter, other, refusal, key=key, now=now)
        raise


def unlink(*, actor: Actor, matter: UUID, other: UUID, kind: str, key: str, now: datetime) -> Acted:
    """Take such a link back."""
    return _change(actor, matter, other, kind, key, now, linking=False)


def _change(
    actor: Actor, matter: UUID, other: UUID, kind: str, key: str, now: datetime, *, linking: bool
) -> Acted:
    if kind not in BY_HAND or matter == other or (kind == gates.GATE and not linking):
        raise LinkInvalidError
    with work(actor, ids=[matter, other]) as w:
        body = {"link" if linking else "unlink": str(matter), "other": str(other), "kind": kind}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return acted_again(claim.ref)
        ends = both(actor, matter, other, now=now)
        for one in ends.values():
            one.need_duty()
        _write(w, ends[matter].row, ends[other].row, kind, actor, now, linking=linking)
        acted = acted_of(ends[matter].row)
        claim.keep(200, ref_of(acted))
    return acted


def both(actor: Actor, matter: UUID, other: UUID, *, now: datetime) -> dict[UUID, Taken]:
    """Two matters in hand, locked in the order in which everybody locks."""
    ordered = sorted((matter, other), key=lambda one: (keys.city_of(one), one))
    return {one: take(actor, one, now=now) for one in ordered}


def _write(
    w: Work, one: Matter, other: Matter, kind: str, actor: Actor, now: datetime, *, linking: bool
) -> None:
    there = Link.objects.filter(city=one.city, matter_id=one.id, kind=kind, other_id=other.id).exists()
    if there == linking:
        return
    if linking:
        if kind == gates.GATE:
            gates.check_tie(one, other)
        pair(w, one, other, kinds=(kind, gates.SUBJECT if kind == gates.GATE else kind), now=now)
    else:
        part(w, one, other, kind)
    for here, there_ in ((one, other), (other, one)):
        data = {"at": now.isoformat(), "kind": kind, "city": there_.city, "matter": str(there_.id)}
        record.record(w, here, [("linked" if linking else "unlinked", data)], actor=actor, now=now)


def pair(
    w: Work, one: Matter, other: Matter, *, kinds: tuple[str, str], now: datetime, required: bool = False
) -> None:
    """The two rows of a link: what the other is to each."""
    for here, there, kind in ((one, other, kinds[0]), (other, one, kinds[1])):
        w.add(
            Link(
                city=here.city,
                id=keys.mint(here.city, now),
                matter_id=here.id,
                kind=kind,
                required=required,
                other_city=there.city,
                other_id=there.id,
                since=now,
            )
        )


def part(w: Work, one: Matter, other: Matter, kind: str) -> None:
    """Remove the two rows of a link."""
    for here, there in ((one, other), (other, one)):
        for row in Link.objects.filter(city=here.city, matter_id=here.id, kind=kind, other_id=there.id):
            w.remove(row)
