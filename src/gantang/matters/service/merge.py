"""Merging: a matter goes into another; the original stays, and every reporter keeps code and right to
verify."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gantang.engine import Case, Procedure
from gantang.kit import numbers
from gantang.kit.errors import InvalidError
from gantang.kit.work import Work
from gantang.matters.errors import AnswerInvalidError, LinkInvalidError, MatterNotFoundError, unfit
from gantang.matters.models import AccessCode, Matter
from gantang.matters.rules import doubled
from gantang.matters.service import joining, record
from gantang.matters.service.links import pair
from gantang.matters.service.taking import Taken, take


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
    if taken.procedure.campaign is not None and not _asked_twice(row, target.row):
        raise LinkInvalidError  # else a ground would go unasked
    pair(w, row, target.row, kinds=("merged", "merged"), now=now)
    joined = joining.join(w, row, target.row, now)
    for one in joined.people:
        lead_to(w, row, one["was"], target.row, one["no"])
    data = {"at": now.isoformat(), "city": row.city, "matter": str(row.id), **joined.data()}
    items: list[record.Item] = [("joined", data)]
    if not target.row.reachable and any(one["has_code"] for one in joined.people):
        items.append(("reached", {"at": now.isoformat(), "reachable": True}))
    record.record(w, target.row, items, actor=taken.actor, now=now)
    joining.bring_files(w, taken, target.row, joined)


def _asked_twice(*rows: Matter) -> bool:
    alike = {doubled.asked(row.id, row.campaign, row.scope, Case.from_dict(row.case)).same for row in rows}
    return len(alike) == 1


def lead_to(w: Work, row: Matter, was: int, target: Matter, no: int) -> None:
    """The codes of a person of a matter lead to another matter from now on."""
    codes = AccessCode.objects.filter(matter_city=row.city, matter_id=row.id, party=was, revoked_at=None)
    for code in codes:
        code.matter_city, code.matter_id, code.party = target.city, target.id, no
        w.change(code, ["matter_city", "matter_id", "party"])
