"""Merging: a matter goes into another; the original stays, and every reporter keeps code and right to
verify."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.engine import Procedure
from gantang.kit import keys, numbers
from gantang.kit.errors import InvalidError
from gantang.kit.work import Work
from gantang.matters.errors import AnswerInvalidError, LinkInvalidError, MatterNotFoundError, unfit
from gantang.matters.models import AccessCode, Matter, Party
from gantang.matters.service import people, record
from gantang.matters.service.links import pair
from gantang.matters.service.taking import Taken, take
from gantang.vault import service as vault


def resolved(taken: Taken, procedure: Procedure, move: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with matters named by number turned into ids. Errors: AnswerInvalidError."""
    found = dict(answers)
    if move not in procedure.moves:
        return found
    for ask in procedure.moves[move].asks:
        if procedure.fields[ask.field].kind == "matter" and found.get(ask.field):
            found[ask.field] = str(_matter(taken, str(found[ask.field]), ask.field))
    return found


def _matter(taken: Taken, given: str, field: str) -> UUID:
    """A matter in the actor's sight: one that is not is told like one that does not exist."""
    from gantang.matters.queries.finding import id_of, seen

    try:
        found = UUID(given) if len(given) >= 32 else id_of(numbers.parse(given))
        return seen(taken.actor, found)[0].id
    except (ValueError, InvalidError, MatterNotFoundError):
        raise unfit([(field, "unknown_matter")], AnswerInvalidError) from None


def into(w: Work, taken: Taken, other: UUID) -> None:
    """What a merge means for the matter it goes into. Errors: LinkInvalidError, MatterNotFoundError."""
    row, now = taken.row, taken.now
    if other == row.id:
        raise LinkInvalidError
    w.name([other])
    target = take(taken.actor, other, now=now)
    if target.row.ended_at is not None or target.row.procedure != row.procedure:
        raise LinkInvalidError
    pair(w, row, target.row, kinds=("merged", "merged"), now=now)
    joined = _join(w, row, target.row, now)
    data = {"at": now.isoformat(), "city": row.city, "matter": str(row.id), "people": joined}
    items: list[record.Item] = [("joined", data)]
    if joined and not target.row.reachable and any(one["has_code"] for one in joined):
        items.append(("reached", {"at": now.isoformat(), "reachable": True}))
    record.record(w, target.row, items, actor=taken.actor, now=now)


def _join(w: Work, row: Matter, target: Matter, now: datetime) -> list[dict[str, Any]]:
    """Everybody of the one becomes somebody of the other; their codes lead there from now on."""
    first = Party.objects.filter(city=target.city, matter_id=target.id).count()
    old = list(Party.objects.filter(city=row.city, matter_id=row.id).order_by("no"))
    return [_carry(w, one, target, first + place, now) for place, one in enumerate(old)]


def _carry(w: Work, old: Party, target: Matter, no: int, now: datetime) -> dict[str, Any]:
    entry = None
    if old.entry is not None:
        person = vault.open_for_system(city=old.city, matter=old.matter_id, entry=old.entry)
        entry = vault.keep(
            w,
            city=target.city,
            matter=target.id,
            kind="person",
            plain=person,
            purpose=people.PURPOSE,
            party=no,
            now=now,
        ).id
    w.add(
        Party(
            city=target.city,
            id=keys.mint(target.city, now),
            matter_id=target.id,
            no=no,
            role=old.role,
            entry=entry,
            anonymous=old.anonymous,
            reachable_by=old.reachable_by,
            has_code=old.has_code,
        )
    )
    if old.has_code:
        lead_to(w, old, target, no)
    return {
        "no": no,
        "was": old.no,
        "role": old.role,
        "entry": str(entry) if entry else None,
        "has_code": old.has_code,
    }


def lead_to(w: Work, old: Party, target: Matter, no: int) -> None:
    """A code that was given out leads to another matter from now on."""
    codes = AccessCode.objects.filter(
        matter_city=old.city, matter_id=old.matter_id, party=old.no, revoked_at=None
    )
    for code in codes:
        code.matter_city, code.matter_id, code.party = target.city, target.id, no
        w.change(code, ["matter_city", "matter_id", "party"])
